/* session-store.c: see session-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/session-store.h"

#define PRINCIPAL_COLUMNS                                                                                              \
  "s.id, s.user_id, s.last_seen_at, s.expires_at, u.user, u.name, u.language, u.customer_id,"                          \
  " (SELECT GROUP_CONCAT(r.role) FROM user_role r WHERE r.user_id = u.id) AS roles"                                    \
  " FROM session s JOIN app_user u ON u.id = s.user_id"

void
tw_credentials_clear (TwCredentials *credentials)
{
  g_clear_pointer (&credentials->user, g_free);
  g_clear_pointer (&credentials->hash, g_free);
}

gboolean
tw_session_store_find_user (TwDb *db, const char *user, gboolean lock, gboolean *found, TwCredentials *credentials,
                            GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (
    db, lock ? "SELECT id, user, password_hash, status FROM app_user WHERE user = :user FOR UPDATE"
             : "SELECT id, user, password_hash, status FROM app_user WHERE user = :user");

  tw_bind_text (find, "user", user);
  if (!tw_statement_step (find, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  tw_credentials_clear (credentials);
  credentials->user_id = tw_column_int (find, "id");
  credentials->user = g_strdup (tw_column_text (find, "user"));
  credentials->hash = g_strdup (tw_column_text (find, "password_hash"));
  credentials->active = g_str_equal (tw_column_text (find, "status"), "active");
  return TRUE;
}

gboolean
tw_session_store_set_password (TwContext *ctx, gint64 user_id, const char *hash, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (ctx->db, "UPDATE app_user SET password_hash = :hash, version = version + 1, updated_at = :now"
                              " WHERE id = :id");

  tw_bind_text (update, "hash", hash);
  tw_bind_time (update, "now", ctx->now);
  tw_bind_int (update, "id", user_id);
  return tw_statement_run (update, NULL, error);
}

gboolean
tw_session_store_insert (TwContext *ctx, gint64 user_id, const guint8 *token_hash, TwTime expires, const char *address,
                         gint64 *id, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (
    ctx->db, "INSERT INTO session (token_hash, user_id, created_at, last_seen_at, expires_at, address)"
             " VALUES (:token_hash, :user_id, :now, :now, :expires, :address)");

  tw_bind_blob (insert, "token_hash", token_hash, TW_TOKEN_HASH_BYTES);
  tw_bind_int (insert, "user_id", user_id);
  tw_bind_time (insert, "now", ctx->now);
  tw_bind_time (insert, "expires", expires);
  tw_bind_text (insert, "address", address);
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  *id = tw_statement_last_id (insert);
  return TRUE;
}

static TwPrincipal *
read_principal (TwStatement *find)
{
  const char *keys = tw_column_text (find, "roles");
  g_auto (GStrv) roles = g_strsplit (keys ? keys : "", ",", -1);

  return tw_principal_new (tw_column_int (find, "user_id"), tw_column_text (find, "user"),
                           tw_column_text (find, "name"), tw_column_text (find, "language"),
                           tw_roles_from_keys ((const char *const *) roles), tw_column_int (find, "customer_id"),
                           tw_column_int (find, "id"));
}

TwPrincipal *
tw_session_store_find (TwDb *db, const guint8 *token_hash, TwTime now, TwTime idle_since, TwTime *last_seen_at,
                       GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (
    db, "SELECT " PRINCIPAL_COLUMNS " WHERE s.token_hash = :token_hash AND s.expires_at > :now"
        " AND s.last_seen_at > :idle_since AND u.status = 'active'");
  gboolean found;

  tw_bind_blob (find, "token_hash", token_hash, TW_TOKEN_HASH_BYTES);
  tw_bind_time (find, "now", now);
  tw_bind_time (find, "idle_since", idle_since);
  if (!tw_statement_step (find, &found, error) || !found)
    return NULL;
  *last_seen_at = tw_column_time (find, "last_seen_at");
  return read_principal (find);
}

TwPrincipal *
tw_session_store_find_by_id (TwDb *db, gint64 id, TwTime *expires_at, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, "SELECT " PRINCIPAL_COLUMNS " WHERE s.id = :id");
  gboolean found;

  tw_bind_int (find, "id", id);
  if (!tw_statement_step (find, &found, error) || !found)
    return NULL;
  *expires_at = tw_column_time (find, "expires_at");
  return read_principal (find);
}

gboolean
tw_session_store_touch (TwDb *db, gint64 id, TwTime now, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (db, "UPDATE session SET last_seen_at = :now WHERE id = :id");

  tw_bind_time (update, "now", now);
  tw_bind_int (update, "id", id);
  return tw_statement_run (update, NULL, error);
}

gboolean
tw_session_store_delete (TwContext *ctx, gint64 id, GError **error)
{
  g_autoptr (TwStatement) remove = tw_db_prepare (ctx->db, "DELETE FROM session WHERE id = :id");

  tw_bind_int (remove, "id", id);
  return tw_statement_run (remove, NULL, error);
}

gboolean
tw_session_store_delete_others (TwContext *ctx, gint64 user_id, gint64 except, GError **error)
{
  g_autoptr (TwStatement) remove
    = tw_db_prepare (ctx->db, "DELETE FROM session WHERE user_id = :user_id AND id <> :except");

  tw_bind_int (remove, "user_id", user_id);
  tw_bind_int (remove, "except", except);
  return tw_statement_run (remove, NULL, error);
}

gboolean
tw_session_store_sweep (TwContext *ctx, GError **error)
{
  g_autoptr (TwStatement) sweep = tw_db_prepare (ctx->db, "DELETE FROM session WHERE expires_at < :now LIMIT 50");

  tw_bind_time (sweep, "now", ctx->now);
  return tw_statement_run (sweep, NULL, error);
}
