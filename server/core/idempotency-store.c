/* idempotency-store.c: see idempotency-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/idempotency-store.h"

#include <string.h>

gboolean
tw_idempotency_store_insert (TwContext *ctx, const char *key, const guint8 *hash, guint status, const char *headers,
                             GBytes *body, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (ctx->db, "INSERT INTO idempotency (user_id, idempotency_key, body_hash, status, headers, body,"
                              " created_at) VALUES (:user_id, :key, :hash, :status, :headers, :body, :now)");
  gsize length = 0;
  gconstpointer bytes = body ? g_bytes_get_data (body, &length) : NULL;

  tw_bind_int (insert, "user_id", ctx->who->user_id);
  tw_bind_text (insert, "key", key);
  tw_bind_blob (insert, "hash", hash, TW_HASH_BYTES);
  tw_bind_int (insert, "status", status);
  tw_bind_text (insert, "headers", headers);
  if (bytes)
    tw_bind_blob (insert, "body", bytes, length);
  else
    tw_bind_null (insert, "body");
  tw_bind_time (insert, "now", ctx->now);
  return tw_statement_post (insert, error);
}

gboolean
tw_idempotency_store_find (TwContext *ctx, const char *key, gboolean *found, guint8 *hash, guint *status,
                           char **headers, GBytes **body, GError **error)
{
  g_autoptr (TwStatement) find
    = tw_db_prepare (ctx->db, "SELECT body_hash, status, headers, body FROM idempotency"
                              " WHERE user_id = :user_id AND idempotency_key = :key");
  gconstpointer bytes;
  gsize length;

  tw_bind_int (find, "user_id", ctx->who->user_id);
  tw_bind_text (find, "key", key);
  if (!tw_statement_step (find, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  bytes = tw_column_blob (find, "body_hash", &length);
  g_assert (length == TW_HASH_BYTES);
  memcpy (hash, bytes, TW_HASH_BYTES);
  *status = (guint) tw_column_int (find, "status");
  *headers = g_strdup (tw_column_text (find, "headers"));
  bytes = tw_column_blob (find, "body", &length);
  *body = g_bytes_new (bytes, length);
  return TRUE;
}
