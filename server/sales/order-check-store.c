/* order-check-store.c: the SQL of checks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-check-store.h"

#include "shared/document/order-check.h"

static const char insert_sql[]
  = "INSERT INTO order_check (order_id, round, position, check_key, result, line, facts)"
    " VALUES (:order_id, :round, :position, :check, :result, :line, :facts)";
static const char read_sql[] = "SELECT check_key AS `check`, result, line, facts FROM order_check"
                               " WHERE order_id = :order_id AND round = :round ORDER BY position";

gboolean
tw_order_check_store_insert (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, insert_sql);
  guint n = tw_record_count (order->checks);

  tw_bind_int (insert, "order_id", order->parent.id);
  tw_bind_int (insert, "round", order->approval_round);
  for (guint i = 0; i < n; i++)
    {
      tw_bind_int (insert, "position", i + 1);
      tw_bind_record (insert, tw_record_nth (order->checks, i));
      if (!tw_statement_run (insert, NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tw_order_check_store_read (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_sql);

  g_list_store_remove_all (order->checks);
  tw_bind_int (read, "order_id", order->parent.id);
  tw_bind_int (read, "round", order->approval_round);
  return tw_statement_read_all (read, tw_order_check_get_type (), order->checks, error);
}
