/* user-routes.c: an administrator gives somebody a new password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hash is made in the prepare step, before the transaction.
 */
#include <string.h>

#include "server/admin/user.h"
#include "server/core/change.h"
#include "server/core/password.h"
#include "server/core/router.h"
#include "server/core/session.h"
#include "shared/document/password.h"

typedef struct
{
  TwContext *ctx;
  gint64 id;
  TwUser *user;
} Wanted;

static gboolean
load_cb (TwDb *db, gpointer data, GError **error)
{
  Wanted *wanted = data;

  g_clear_object (&wanted->user);
  wanted->user = (TwUser *) tw_user_resource.load (wanted->ctx, wanted->id, FALSE, error);
  return wanted->user != NULL;
}

/* The user is asked for in a snapshot of its own, which takes up a lost connection. */
static gboolean
check_for_user (TwContext *ctx, gint64 id, const char *password, GError **error)
{
  Wanted wanted = { ctx, id, NULL };
  gboolean done = tw_db_snapshot (ctx->db, load_cb, &wanted, error);
  g_autoptr (TwUser) user = wanted.user;

  return done && tw_password_check (password, user->user, "/password", error);
}

static gboolean
password_prepare (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwNewPassword) body = tw_new_password_new ();
  char *hash = NULL;
  gint64 id;

  if (!tw_request_param_id (request, "id", &id, error)
      || !tw_request_read (request, TW_RECORD (body), TW_CODEC_CREATE, error)
      || !check_for_user (ctx, id, body->password, error))
    return FALSE;
  hash = tw_password_hash (body->password, error);
  if (hash == NULL)
    return FALSE;
  tw_request_set_prepared (request, hash, g_free);
  return TRUE;
}

static gboolean
password_set (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwRecord) user = NULL;
  gint64 id;

  if (!tw_request_param_id (request, "id", &id, error))
    return FALSE;
  user = tw_user_resource.load (ctx, id, TRUE, error);
  if (user == NULL || !tw_session_set_password (ctx, id, tw_request_get_prepared (request), 0, error)
      || !tw_change_note (ctx, "user", id, user->version, "set_password", NULL, NULL, error))
    return FALSE;
  tw_reply_no_content (reply);
  return TRUE;
}

static const TwRoute routes[] = {
  { .method = "PUT",
    .path = "/users/{id}/password",
    .permission = "user.write",
    .handler = password_set,
    .flags = TW_ROUTE_HASHING,
    .summary = "Give a user a new password and end their sessions",
    .body = tw_new_password_get_type,
    .prepare = password_prepare },
  { NULL },
};

void
tw_admin_register (void)
{
  tw_resource_add_routes (&tw_user_resource);
  tw_router_add_table (routes);
}
