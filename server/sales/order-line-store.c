/* order-line-store.c: the SQL of order lines and their quantities
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-line-store.h"

/* The joins in this order: begun with the few tax classes, it would read every line there is. */
#define LINE_COLUMNS                                                                                                   \
  "l.id, l.position, p.sku AS product, l.product_id, p.name AS product_name, l.description, l.quantity,"              \
  " l.unit, l.list_price, l.price, l.discount, x.code AS tax_class, l.tax_class_id, l.tax_rate, l.net, l.cost,"       \
  " l.margin, l.promised_date, l.shortage, l.cancelled, l.open_quantity, l.backordered, l.reserved, l.picking,"       \
  " l.picked, l.packed, l.shipped, l.delivered, l.returned, l.invoiced"
#define LINE_TABLES                                                                                                    \
  " FROM order_line l FORCE INDEX (order_line_position) JOIN product p ON p.id = l.product_id"                        \
  " JOIN tax_class x ON x.id = l.tax_class_id"
static const char read_sql[]
  = "SELECT STRAIGHT_JOIN " LINE_COLUMNS ", COALESCE(s.on_hand - s.reserved, 0) AS available" LINE_TABLES
    " LEFT JOIN stock_level s ON s.product_id = l.product_id AND s.warehouse_id = :warehouse"
    " WHERE l.order_id = :id ORDER BY l.position";
static const char range_sql[]
  = "SELECT STRAIGHT_JOIN l.order_id, " LINE_COLUMNS LINE_TABLES
    " WHERE l.order_id > :after AND l.order_id <= :last ORDER BY l.order_id, l.position";
static const char available_sql[]
  = "SELECT STRAIGHT_JOIN COALESCE(s.on_hand - s.reserved, 0) AS available FROM order_line l"
    " FORCE INDEX (order_line_position) LEFT JOIN stock_level s ON s.product_id = l.product_id"
    " AND s.warehouse_id = :warehouse WHERE l.order_id = :id ORDER BY l.position";
static const TwRowsSql levels_sql
  = { "SELECT s.product_id, s.on_hand - s.reserved AS available FROM stock_level s FORCE INDEX (stock_level_place)"
      " WHERE s.product_id IN (",
      ":product_id", ") AND s.warehouse_id = :warehouse" };
static const TwRowsSql insert_sql
  = { "INSERT INTO order_line (id, order_id, position, product_id, description, quantity, unit, list_price, price,"
      " discount, tax_class_id, tax_rate, net, cost, margin, promised_date, shortage, open_quantity) VALUES ",
      "(:id, :owner, :position, :product_id, :description, :quantity, :unit, :list_price, :price, :discount,"
      " :tax_class_id, :tax_rate, :net, :cost, :margin, :promised_date, :shortage, :quantity)",
      " RETURNING id" };
static const char remove_sql[] = "DELETE FROM order_line WHERE order_id = :id";
static const char update_prices_sql[]
  = "UPDATE order_line SET list_price = :list_price, tax_rate = :tax_rate, net = :net, cost = :cost, margin = :margin"
    " WHERE id = :id";

gboolean
tw_order_line_store_read (TwDb *db, TwOrder *order, gboolean available, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_sql);

  g_list_store_remove_all (order->lines);
  tw_bind_int (read, "id", order->parent.id);
  tw_bind_id (read, "warehouse", available ? order->warehouse_id : 0);
  return tw_statement_read_all (read, tw_order_line_get_type (), order->lines, error);
}

TwStatement *
tw_order_line_store_prepare_range (TwDb *db, gint64 after, gint64 last)
{
  TwStatement *read = tw_db_prepare (db, range_sql);

  tw_bind_int (read, "after", after);
  tw_bind_int (read, "last", last);
  return read;
}

gboolean
tw_order_line_store_read_available (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, available_sql);
  guint n = tw_record_count (order->lines);
  gboolean found;

  if (!tw_order_is_open (order))
    {
      for (guint i = 0; i < n; i++)
        ((TwOrderLine *) tw_record_nth (order->lines, i))->available = TW_DECIMAL_ZERO;
      return TRUE;
    }
  tw_bind_int (read, "id", order->parent.id);
  tw_bind_int (read, "warehouse", order->warehouse_id);
  for (guint i = 0; i < n; i++)
    {
      if (!tw_statement_step (read, &found, error))
        return FALSE;
      g_assert (found);
      ((TwOrderLine *) tw_record_nth (order->lines, i))->available = tw_column_decimal (read, "available");
    }
  return TRUE;
}

static void
set_available (TwOrder *order, gint64 product_id, TwDecimal available)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      if (line->product_id == product_id)
        line->available = available;
    }
}

gboolean
tw_order_line_store_look_up_available (TwDb *db, TwOrder *order, GError **error)
{
  guint count = tw_record_count (order->lines);
  gboolean found;

  for (guint first = 0; first < count; first += TW_ROWS_AT_ONCE)
    {
      g_autoptr (TwStatement) read = tw_db_prepare_rows (db, &levels_sql, order->lines, first,
                                                         MIN (count - first, TW_ROWS_AT_ONCE), 0);

      tw_bind_int (read, "warehouse", order->warehouse_id);
      for (;;)
        {
          if (!tw_statement_step (read, &found, error))
            return FALSE;
          if (!found)
            break;
          set_available (order, tw_column_int (read, "product_id"), tw_column_decimal (read, "available"));
        }
    }
  return TRUE;
}

gboolean
tw_order_line_store_insert (TwDb *db, TwOrder *order, GError **error)
{
  return tw_db_insert_rows (db, &insert_sql, order->lines, order->parent.id, error);
}

gboolean
tw_order_line_store_replace (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) remove = tw_db_prepare (db, remove_sql);

  tw_bind_int (remove, "id", order->parent.id);
  return tw_statement_run (remove, NULL, error) && tw_order_line_store_insert (db, order, error);
}

gboolean
tw_order_line_store_update_prices (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (db, update_prices_sql);

  return tw_statement_run_all (update, order->lines, error);
}

/* ---- Quantities ---- */

#define MOVE(from, to)                                                                                                 \
  "UPDATE order_line SET " from " = " from " - :quantity, " to " = " to " + :quantity"                                 \
  " WHERE id = :id AND " from " >= :quantity"
#define MOVES(from)                                                                                                    \
  {                                                                                                                    \
    [TW_BUCKET_CANCELLED] = MOVE (from, "cancelled"),                                                                  \
    [TW_BUCKET_OPEN] = MOVE (from, "open_quantity"),                                                                   \
    [TW_BUCKET_BACKORDERED] = MOVE (from, "backordered"),                                                              \
    [TW_BUCKET_RESERVED] = MOVE (from, "reserved"),                                                                    \
    [TW_BUCKET_PICKING] = MOVE (from, "picking"),                                                                      \
    [TW_BUCKET_PICKED] = MOVE (from, "picked"),                                                                        \
    [TW_BUCKET_PACKED] = MOVE (from, "packed"),                                                                        \
    [TW_BUCKET_SHIPPED] = MOVE (from, "shipped"),                                                                      \
    [TW_BUCKET_DELIVERED] = MOVE (from, "delivered"),                                                                  \
  }
static const char *const move_sql[][TW_BUCKET_DELIVERED + 1] = {
  [TW_BUCKET_CANCELLED] = MOVES ("cancelled"),
  [TW_BUCKET_OPEN] = MOVES ("open_quantity"),
  [TW_BUCKET_BACKORDERED] = MOVES ("backordered"),
  [TW_BUCKET_RESERVED] = MOVES ("reserved"),
  [TW_BUCKET_PICKING] = MOVES ("picking"),
  [TW_BUCKET_PICKED] = MOVES ("picked"),
  [TW_BUCKET_PACKED] = MOVES ("packed"),
  [TW_BUCKET_SHIPPED] = MOVES ("shipped"),
  [TW_BUCKET_DELIVERED] = MOVES ("delivered"),
};
static const char invoiced_sql[]
  = "UPDATE order_line SET invoiced = invoiced + :quantity"
    " WHERE id = :id AND invoiced + :quantity BETWEEN 0 AND quantity - cancelled";
static const char returned_sql[] = "UPDATE order_line SET returned = returned + :quantity"
                                   " WHERE id = :id AND returned + :quantity BETWEEN 0 AND delivered";

static gboolean
run_later (TwStatement *update, gint64 line_id, TwDecimal quantity, GError **error)
{
  tw_bind_int (update, "id", line_id);
  tw_bind_decimal (update, "quantity", quantity);
  return tw_statement_run_later (update, TW_BEFORE_NEXT,
                                 _ ("The order's line does not have that quantity any more."), error);
}

gboolean
tw_order_line_store_move (TwDb *db, gint64 line_id, TwBucket from, TwBucket to, TwDecimal quantity, GError **error)
{
  g_autoptr (TwStatement) move = tw_db_prepare (db, move_sql[from][to]);

  return run_later (move, line_id, quantity, error);
}

gboolean
tw_order_line_store_add_invoiced (TwDb *db, gint64 line_id, TwDecimal quantity, GError **error)
{
  g_autoptr (TwStatement) add = tw_db_prepare (db, invoiced_sql);

  return run_later (add, line_id, quantity, error);
}

gboolean
tw_order_line_store_add_returned (TwDb *db, gint64 line_id, TwDecimal quantity, GError **error)
{
  g_autoptr (TwStatement) add = tw_db_prepare (db, returned_sql);

  return run_later (add, line_id, quantity, error);
}

/* ---- The rest of an order ---- */

static const char cancel_open_sql[]
  = "UPDATE order_line SET cancelled = cancelled + open_quantity + backordered, open_quantity = 0, backordered = 0"
    " WHERE order_id = :id";

gboolean
tw_order_line_store_cancel_open (TwDb *db, gint64 order_id, GError **error)
{
  g_autoptr (TwStatement) cancel = tw_db_prepare (db, cancel_open_sql);

  tw_bind_int (cancel, "id", order_id);
  return tw_statement_run (cancel, NULL, error);
}
