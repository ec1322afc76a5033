/* session-routes.c: /session: sign in, who am I, sign out, new password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passwords are hashed in the prepare steps, before any transaction. The attempt is counted even before that.
 */
#include <sodium.h>
#include <string.h>

#include "server/core/change.h"
#include "server/core/password.h"
#include "server/core/router.h"
#include "server/core/session-record.h"
#include "server/core/session-store.h"
#include "server/core/session.h"
#include "server/core/throttle.h"

/* What a prepare step found out. */
typedef struct
{
  TwCredentials credentials; /* as they were when the password was checked */
  char *user;
  char *new_hash;
  gboolean right;
} Prepared;

static void
prepared_free (gpointer data)
{
  Prepared *prepared = data;

  tw_credentials_clear (&prepared->credentials);
  g_free (prepared->user);
  g_free (prepared->new_hash);
  g_free (prepared);
}

static void
wipe (char *secret)
{
  if (secret)
    sodium_memzero (secret, strlen (secret));
}

static gboolean
find_user_cb (TwDb *db, gpointer data, GError **error)
{
  Prepared *prepared = data;
  gboolean found;

  return tw_session_store_find_user (db, prepared->user, FALSE, &found, &prepared->credentials, error);
}

/* A name may be written in many ways that the database takes for the same ("eve", "EVE ", with accents): attempts are
 * counted for the user that it finds, or one could guess anew with each spelling. */
static gboolean
find_user (TwContext *ctx, Prepared *prepared, GError **error)
{
  if (!tw_db_snapshot (ctx->db, find_user_cb, prepared, error))
    return FALSE;
  if (prepared->credentials.user)
    {
      g_free (prepared->user);
      prepared->user = g_strdup (prepared->credentials.user);
    }
  return TRUE;
}

/* Counts the attempt and checks @password. */
/* An attempt that came to no verdict is none. */
static void
give_attempt_back (TwContext *ctx, TwRequest *request, const char *user)
{
  g_autoptr (GError) error = NULL;

  if (!tw_throttle_give_back (ctx->db, user, tw_request_get_address (request), &error))
    g_message ("an attempt to sign in stays counted: %s", error->message);
}

static gboolean
check_password (TwContext *ctx, TwRequest *request, TwReply *reply, Prepared *prepared, const char *password,
                GError **error)
{
  guint wait;

  if (!find_user (ctx, prepared, error)
      || !tw_throttle_enter (ctx->db, prepared->user, tw_request_get_address (request), ctx->now, &wait, error))
    return FALSE;
  if (wait > 0)
    {
      tw_reply_set_retry_after (reply, wait);
      return tw_error_set (error, TW_ERROR_TOO_MANY,
                           _("There were too many failed attempts to sign in. Please try again in %u seconds."), wait);
    }
  if (!tw_password_verify (prepared->credentials.hash, password, &prepared->right, error))
    {
      give_attempt_back (ctx, request, prepared->user);
      return FALSE;
    }
  prepared->right = prepared->right && prepared->credentials.active;
  return TRUE;
}

static gboolean
sign_in_prepare (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwSignIn) body = tw_sign_in_new ();
  Prepared *prepared = g_new0 (Prepared, 1);
  gboolean done;

  tw_request_set_prepared (request, prepared, prepared_free);
  if (!tw_request_read (request, TW_RECORD (body), TW_CODEC_CREATE, error))
    return FALSE;
  prepared->user = g_strdup (body->user);
  done = check_password (ctx, request, reply, prepared, body->password, error);
  wipe (body->password);
  return done;
}

/* Whether the user still is what the prepare step saw: active, with the same password. */
static gboolean
confirm (TwContext *ctx, Prepared *prepared, gboolean *same, GError **error)
{
  g_auto (TwCredentials) now = { 0 };
  gboolean found;

  if (!tw_session_store_find_user (ctx->db, prepared->user, TRUE, &found, &now, error))
    return FALSE;
  *same = found && now.active && now.user_id == prepared->credentials.user_id
          && g_strcmp0 (now.hash, prepared->credentials.hash) == 0;
  return TRUE;
}

/* Kept in the audit when there is such a user, although the answer is a failure. */
static gboolean
refuse (TwContext *ctx, Prepared *prepared, TwReply *reply, GError **error)
{
  GError *refusal = NULL;

  if (prepared->credentials.user_id > 0
      && !tw_change_note (ctx, "user", prepared->credentials.user_id, 0, "sign_in_failed", NULL, NULL, error))
    return FALSE;
  tw_error_set (&refusal, TW_ERROR_UNAUTHENTICATED, _("The user name or the password is wrong."));
  tw_reply_refuse (reply, refusal);
  return TRUE;
}

static TwSessionInfo *
describe (TwPrincipal *who, const char *token, TwTime expires)
{
  TwSessionInfo *info = tw_session_info_new ();

  tw_record_set_string (&info->token, token);
  tw_record_set_string (&info->user, who->user);
  info->user_id = who->user_id;
  tw_record_set_string (&info->name, who->name);
  info->roles = tw_roles_to_keys (who->roles);
  info->permissions = tw_role_list_permissions (who->roles);
  tw_record_set_string (&info->language, who->language);
  info->expires_at = expires;
  return info;
}

static gboolean
sign_in (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  Prepared *prepared = tw_request_get_prepared (request);
  gint64 user_id = prepared->credentials.user_id;
  g_autoptr (TwPrincipal) who = NULL;
  g_autoptr (TwSessionInfo) info = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  TwContext as_user = *ctx;
  TwTime expires;
  gboolean same;

  if (!prepared->right)
    return refuse (ctx, prepared, reply, error);
  if (!confirm (ctx, prepared, &same, error))
    return FALSE;
  if (!same)
    return refuse (ctx, prepared, reply, error);
  if (!tw_throttle_clear (ctx, prepared->user, tw_request_get_address (request), error)
      || !tw_session_open (ctx, user_id, tw_request_get_address (request), &token, &expires, &who, error))
    return FALSE;
  as_user.who = who;
  if (!tw_change_note (&as_user, "user", user_id, 0, "sign_in", NULL, NULL, error))
    return FALSE;
  info = describe (who, token, expires);
  tw_codec_write (TW_RECORD (info), TW_SECRET_NONE, out);
  tw_reply_json (reply, 201, g_steal_pointer (&out));
  return TRUE;
}

static gboolean
who_am_i (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwSessionInfo) info = NULL;
  g_autoptr (TwPrincipal) who = NULL;
  g_autoptr (GError) problem = NULL;
  TwTime expires = TW_TIME_NONE;

  who = tw_session_store_find_by_id (ctx->db, ctx->who->session_id, &expires, &problem);
  if (problem)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!who)
    return tw_error_set (error, TW_ERROR_UNAUTHENTICATED, _ ("Your session has ended. Please sign in again."));
  info = describe (who, NULL, expires);
  tw_reply_record (reply, ctx, TW_RECORD (info));
  return TRUE;
}

static gboolean
sign_out (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  if (!tw_session_close (ctx, ctx->who->session_id, error)
      || !tw_change_note (ctx, "user", ctx->who->user_id, 0, "sign_out", NULL, NULL, error))
    return FALSE;
  tw_reply_no_content (reply);
  return TRUE;
}

static gboolean
new_password_prepare (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwPasswordChange) body = tw_password_change_new ();
  Prepared *prepared = g_new0 (Prepared, 1);
  gboolean done;

  tw_request_set_prepared (request, prepared, prepared_free);
  if (!tw_request_read (request, TW_RECORD (body), TW_CODEC_CREATE, error)
      || !tw_password_check (body->new_password, ctx->who->user, "/new_password", error))
    return FALSE;
  prepared->user = g_strdup (ctx->who->user);
  done = check_password (ctx, request, reply, prepared, body->password, error);
  if (done && !prepared->right)
    done = tw_error_fault (error, "/password", "wrong", _("This is not your password until now."));
  if (done)
    prepared->new_hash = tw_password_hash (body->new_password, error);
  wipe (body->password);
  wipe (body->new_password);
  return done && prepared->new_hash;
}

static gboolean
new_password (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  Prepared *prepared = tw_request_get_prepared (request);
  gint64 user_id = ctx->who->user_id;
  gboolean same;

  if (!confirm (ctx, prepared, &same, error))
    return FALSE;
  if (!same)
    return tw_error_set (error, TW_ERROR_STATE, _("Your password was changed by somebody else meanwhile."));
  if (!tw_session_set_password (ctx, user_id, prepared->new_hash, ctx->who->session_id, error)
      || !tw_throttle_clear (ctx, prepared->user, tw_request_get_address (request), error)
      || !tw_change_note (ctx, "user", user_id, 0, "change_password", NULL, NULL, error))
    return FALSE;
  tw_reply_no_content (reply);
  return TRUE;
}

static const TwRoute routes[] = {
  { "POST", "/session", NULL, sign_in, TW_ROUTE_PUBLIC | TW_ROUTE_HASHING, "Sign in", .body = tw_sign_in_get_type,
    .answer = tw_session_info_get_type, .prepare = sign_in_prepare },
  { "GET", "/session", NULL, who_am_i, TW_ROUTE_ANY_USER | TW_ROUTE_READ, "Who is signed in",
    .answer = tw_session_info_get_type },
  { "DELETE", "/session", NULL, sign_out, TW_ROUTE_ANY_USER, "Sign out" },
  { "PUT", "/session/password", NULL, new_password, TW_ROUTE_ANY_USER | TW_ROUTE_HASHING,
    "Change one's own password; ends all other sessions", .body = tw_password_change_get_type,
    .prepare = new_password_prepare },
  { NULL },
};

void
tw_session_add_routes (void)
{
  tw_router_add_table (routes);
}
