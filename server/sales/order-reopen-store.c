/* order-reopen-store.c: the SQL of proposals to reopen a completed order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-reopen-store.h"

static const char find_sql[] = "SELECT id, user_id, role FROM order_reopening"
                               " WHERE order_id = :order_id AND accepted_at IS NULL ORDER BY id DESC LIMIT 1";
static const char insert_sql[] = "INSERT INTO order_reopening (order_id, user_id, role, reason, created_at)"
                                 " VALUES (:order_id, :user_id, :role, :reason, :now)";
static const char accept_sql[] = "UPDATE order_reopening SET accepted_by = :user_id, accepted_at = :now WHERE id = :id";

gboolean
tw_order_reopen_store_find (TwDb *db, gint64 order_id, TwReopening *open, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, find_sql);
  gboolean found;

  *open = (TwReopening) { 0 };
  tw_bind_int (find, "order_id", order_id);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  if (found)
    *open = (TwReopening) { tw_column_int (find, "id"), tw_column_int (find, "user_id"),
                            tw_role_from_key (tw_column_text (find, "role")) };
  return TRUE;
}

gboolean
tw_order_reopen_store_insert (TwContext *ctx, gint64 order_id, const char *role, const char *reason, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (ctx->db, insert_sql);

  tw_bind_int (insert, "order_id", order_id);
  tw_bind_int (insert, "user_id", ctx->who->user_id);
  tw_bind_text (insert, "role", role);
  tw_bind_text (insert, "reason", reason);
  tw_bind_time (insert, "now", ctx->now);
  return tw_statement_run (insert, NULL, error);
}

gboolean
tw_order_reopen_store_accept (TwContext *ctx, gint64 id, GError **error)
{
  g_autoptr (TwStatement) accept = tw_db_prepare (ctx->db, accept_sql);

  tw_bind_int (accept, "id", id);
  tw_bind_int (accept, "user_id", ctx->who->user_id);
  tw_bind_time (accept, "now", ctx->now);
  return tw_statement_run (accept, NULL, error);
}
