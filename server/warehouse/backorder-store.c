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

gboolean
tw_backorder_store_list_free (TwDb *db, GArray *places, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT v.product_id, v.warehouse_id FROM stock_level v WHERE v.backordered > 0 AND v.on_hand > v.reserved"
        " AND EXISTS (SELECT 1 FROM order_line l JOIN sales_order o ON o.id = l.order_id"
        " WHERE l.product_id = v.product_id AND l.backordered > 0 AND o.warehouse_id = v.warehouse_id"
        " AND o.state IN ('released', 'in_fulfilment') AND o.hold IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM shipment_exception e JOIN shipment_line x ON x.shipment_id = e.shipment_id"
        " JOIN shipment h ON h.id = e.shipment_id WHERE e.kind = 'short_pick' AND e.state = 'open'"
        " AND x.product_id = v.product_id AND x.picked < x.quantity AND h.warehouse_id = v.warehouse_id)"
        " ORDER BY v.product_id, v.warehouse_id LIMIT 500");
  gboolean found;

  for (;;)
    {
      TwFreePlace place;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      place.product_id = tw_column_int (s, "product_id");
      place.warehouse_id = tw_column_int (s, "warehouse_id");
      g_array_append_val (places, place);
    }
}
