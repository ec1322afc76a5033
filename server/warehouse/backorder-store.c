/* backorder-store.c: who waits for goods, first come first served
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/backorder-store.h"

gboolean
tw_backorder_store_list (TwDb *db, gint64 product_id, gint64 warehouse_id, GArray *lines, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT l.order_id, l.id, l.backordered FROM order_line l JOIN sales_order o ON o.id = l.order_id"
        " WHERE l.product_id = :product_id AND l.backordered > 0 AND o.warehouse_id = :warehouse_id"
        " AND o.state IN ('released', 'in_fulfilment') AND o.hold IS NULL"
        " ORDER BY COALESCE(l.promised_date, o.promised_date, o.requested_date, o.order_date), l.order_id, l.position");
  gboolean found;

  tw_bind_int (s, "product_id", product_id);
  tw_bind_int (s, "warehouse_id", warehouse_id);
  for (;;)
    {
      TwWaitingLine line;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      line.order_id = tw_column_int (s, "order_id");
      line.order_line_id = tw_column_int (s, "id");
      line.backordered = tw_column_decimal (s, "backordered");
      g_array_append_val (lines, line);
    }
}
