/* stock-store.c: rows of stock levels, their ledger and reservations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/stock-store.h"

#define LEVEL_COLUMNS                                                                                                  \
  "l.id, l.version, l.created_at, l.updated_at, p.sku AS product, l.product_id, p.name AS product_name, p.barcode,"    \
  " p.category, p.unit, w.code AS warehouse, l.warehouse_id, l.on_hand, l.reserved,"                                   \
  " l.on_hand - l.reserved AS available, l.backordered"
#define LEVEL_TABLES "stock_level l JOIN product p ON p.id = l.product_id JOIN warehouse w ON w.id = l.warehouse_id"

static const TwListColumn level_columns[] = {
  { "id", "l.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "product", "p.sku", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "product_name", "p.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "barcode", "p.barcode", TW_COLUMN_FILTER | TW_COLUMN_SEARCH },
  { "category", "p.category", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "warehouse", "w.code", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "on_hand", "l.on_hand", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "reserved", "l.reserved", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "available", "(l.on_hand - l.reserved)", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "backordered", "l.backordered", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "l.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_stock_level_list = {
  .type = tw_stock_level_get_type,
  .select = LEVEL_COLUMNS,
  .from = LEVEL_TABLES,
  .count_from = "stock_level l",
  .marked = "stock_level",
  .id = "l.id",
  .default_sort = "product",
  .columns = level_columns,
};

#define MOVE_COLUMNS                                                                                                   \
  "m.id, m.created_at, p.sku AS product, m.product_id, p.name AS product_name, m.quantity, m.from_location,"           \
  " f.code AS from_warehouse, m.to_location, t.code AS to_warehouse, m.document, m.document_id, m.document_number,"    \
  " u.user, m.reason"
#define MOVE_TABLES                                                                                                    \
  "stock_move m JOIN product p ON p.id = m.product_id LEFT JOIN warehouse f ON f.id = m.from_warehouse_id"             \
  " LEFT JOIN warehouse t ON t.id = m.to_warehouse_id LEFT JOIN app_user u ON u.id = m.user_id"

static const TwListColumn move_columns[] = {
  { "id", "m.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "created_at", "m.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "product", "p.sku", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "product_name", "p.name", TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "quantity", "m.quantity", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "from_location", "m.from_location", TW_COLUMN_FILTER },
  { "from_warehouse", "f.code", TW_COLUMN_FILTER },
  { "to_location", "m.to_location", TW_COLUMN_FILTER },
  { "to_warehouse", "t.code", TW_COLUMN_FILTER },
  { "document", "m.document", TW_COLUMN_FILTER },
  { "document_id", "m.document_id", TW_COLUMN_FILTER },
  { "document_number", "m.document_number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "user", "u.user", TW_COLUMN_FILTER },
  { NULL },
};

#define MOVES_OF(document)                                                                                             \
  "(SELECT f.id FROM (SELECT k.id FROM " document " k WHERE k.number LIKE :beginning ORDER BY k.id DESC LIMIT 1000) d" \
  " JOIN stock_move f ON f.document = '" document "' AND f.document_id = d.id ORDER BY f.id DESC LIMIT 10000)"
#define MOVES_OF_PRODUCT                                                                                               \
  "(SELECT f.id FROM (SELECT k.id FROM product k WHERE k.sku LIKE :anywhere OR k.name LIKE :anywhere"                  \
  " ORDER BY k.id LIMIT 50) d JOIN stock_move f ON f.product_id = d.id ORDER BY f.id DESC LIMIT 10000)"

const TwList tw_stock_move_list = {
  .type = tw_stock_move_get_type,
  .select = MOVE_COLUMNS,
  .from = MOVE_TABLES,
  .count_from = "stock_move m",
  .search = MOVES_OF_PRODUCT " UNION " MOVES_OF ("shipment") " UNION " MOVES_OF ("receipt") " UNION "
    MOVES_OF ("stock_count"),
  .marked = "stock_move",
  .id = "m.id",
  .default_sort = "-id",
  .columns = move_columns,
};

static gboolean
require_found (gboolean found, GError **error)
{
  return found || tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such record."));
}

TwStockLevel *
tw_stock_store_load (TwDb *db, gint64 id, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT " LEVEL_COLUMNS " FROM " LEVEL_TABLES " WHERE l.id = :id");
  g_autoptr (TwStockLevel) level = tw_stock_level_new ();
  gboolean found;

  tw_bind_int (s, "id", id);
  if (!tw_statement_read_one (s, TW_RECORD (level), &found, error) || !require_found (found, error))
    return NULL;
  return g_steal_pointer (&level);
}

TwStockMove *
tw_stock_store_load_move (TwDb *db, gint64 id, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT " MOVE_COLUMNS " FROM " MOVE_TABLES " WHERE m.id = :id");
  g_autoptr (TwStockMove) move = tw_stock_move_new ();
  gboolean found;

  tw_bind_int (s, "id", id);
  if (!tw_statement_read_one (s, TW_RECORD (move), &found, error) || !require_found (found, error))
    return NULL;
  return g_steal_pointer (&move);
}

/* ---- Levels ---- */

static void
bind_place (TwStatement *s, gint64 product_id, gint64 warehouse_id)
{
  tw_bind_int (s, "product_id", product_id);
  tw_bind_int (s, "warehouse_id", warehouse_id);
}

gboolean
tw_stock_store_get_available (TwDb *db, gint64 product_id, gint64 warehouse_id, gboolean lock, TwDecimal *available,
                              GError **error)
{
  static const char plain[] = "SELECT on_hand - reserved AS available FROM stock_level"
                              " WHERE product_id = :product_id AND warehouse_id = :warehouse_id";
  static const char locking[] = "SELECT on_hand - reserved AS available FROM stock_level"
                                " WHERE product_id = :product_id AND warehouse_id = :warehouse_id FOR UPDATE";
  g_autoptr (TwStatement) s = tw_db_prepare (db, lock ? locking : plain);
  gboolean found;

  bind_place (s, product_id, warehouse_id);
  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *available = found ? tw_column_decimal (s, "available") : TW_DECIMAL_ZERO;
  return TRUE;
}

gboolean
tw_stock_store_lock_places (TwDb *db, gint64 product_id, GArray *warehouse_ids, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT warehouse_id AS id FROM stock_level WHERE product_id = :product_id"
                         " ORDER BY warehouse_id FOR UPDATE");

  tw_bind_int (s, "product_id", product_id);
  return tw_statement_read_ids (s, warehouse_ids, error);
}

/* Runs one change of a level; @done (nullable): a row was there for it. */
static gboolean
change_level (TwContext *ctx, const char *sql, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
              gboolean *done, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (ctx->db, sql);
  guint64 affected;

  bind_place (s, product_id, warehouse_id);
  tw_bind_decimal (s, "quantity", quantity);
  tw_bind_time (s, "now", ctx->now);
  if (!tw_statement_run (s, &affected, error))
    return FALSE;
  if (done)
    *done = affected > 0;
  return TRUE;
}

static const char *
less_reserved (void)
{
  return _("Less is reserved than would be given back.");
}

gboolean
tw_stock_store_raise (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity, GError **error)
{
  return change_level (ctx,
                       "INSERT INTO stock_level (created_at, updated_at, product_id, warehouse_id, on_hand)"
                       " VALUES (:now, :now, :product_id, :warehouse_id, :quantity)"
                       " ON DUPLICATE KEY UPDATE on_hand = on_hand + VALUES (on_hand), version = version + 1,"
                       " updated_at = VALUES (updated_at)",
                       product_id, warehouse_id, quantity, NULL, error);
}

gboolean
tw_stock_store_lower (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity, gboolean *done,
                      GError **error)
{
  return change_level (ctx,
                       "UPDATE stock_level SET on_hand = on_hand - :quantity, version = version + 1, updated_at = :now"
                       " WHERE product_id = :product_id AND warehouse_id = :warehouse_id"
                       " AND on_hand - reserved >= :quantity",
                       product_id, warehouse_id, quantity, done, error);
}

gboolean
tw_stock_store_reserve (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity, gboolean *done,
                        GError **error)
{
  return change_level (ctx,
                       "UPDATE stock_level SET reserved = reserved + :quantity, version = version + 1,"
                       " updated_at = :now WHERE product_id = :product_id AND warehouse_id = :warehouse_id"
                       " AND on_hand - reserved >= :quantity",
                       product_id, warehouse_id, quantity, done, error);
}

gboolean
tw_stock_store_unreserve (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity, TwDecimal taken,
                          GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE stock_level SET reserved = reserved - :quantity, on_hand = on_hand - :taken,"
             " version = version + 1, updated_at = :now"
             " WHERE product_id = :product_id AND warehouse_id = :warehouse_id AND reserved >= :quantity");

  bind_place (s, product_id, warehouse_id);
  tw_bind_decimal (s, "quantity", quantity);
  tw_bind_decimal (s, "taken", taken);
  tw_bind_time (s, "now", ctx->now);
  return tw_statement_run_later (s, TW_BEFORE_NEXT, less_reserved (), error);
}

gboolean
tw_stock_store_wait (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity, GError **error)
{
  if (tw_decimal_sign (quantity) < 0)
    return change_level (ctx,
                         "UPDATE stock_level SET backordered = backordered + :quantity, version = version + 1,"
                         " updated_at = :now WHERE product_id = :product_id AND warehouse_id = :warehouse_id",
                         product_id, warehouse_id, quantity, NULL, error);
  return change_level (ctx,
                       "INSERT INTO stock_level (created_at, updated_at, product_id, warehouse_id, backordered)"
                       " VALUES (:now, :now, :product_id, :warehouse_id, :quantity)"
                       " ON DUPLICATE KEY UPDATE backordered = backordered + VALUES (backordered),"
                       " version = version + 1, updated_at = VALUES (updated_at)",
                       product_id, warehouse_id, quantity, NULL, error);
}

gboolean
tw_stock_store_insert_move (TwContext *ctx, const TwStockTransfer *transfer, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "INSERT INTO stock_move (created_at, product_id, quantity, from_location, from_warehouse_id, to_location,"
             " to_warehouse_id, document, document_id, document_number, order_line_id, user_id, reason)"
             " VALUES (:now, :product_id, :quantity, :from_location, :from_warehouse_id, :to_location,"
             " :to_warehouse_id, :document, :document_id, :document_number, :order_line_id, :user_id, :reason)");

  tw_bind_time (s, "now", ctx->now);
  tw_bind_int (s, "product_id", transfer->product_id);
  tw_bind_decimal (s, "quantity", transfer->quantity);
  tw_bind_text (s, "from_location", transfer->from);
  tw_bind_id (s, "from_warehouse_id", transfer->from_warehouse_id);
  tw_bind_text (s, "to_location", transfer->to);
  tw_bind_id (s, "to_warehouse_id", transfer->to_warehouse_id);
  tw_bind_text (s, "document", transfer->document);
  tw_bind_int (s, "document_id", transfer->document_id);
  tw_bind_text (s, "document_number", transfer->document_number);
  tw_bind_id (s, "order_line_id", transfer->order_line_id);
  tw_bind_id (s, "user_id", ctx->who->user_id);
  tw_bind_text (s, "reason", transfer->reason);
  return tw_statement_run_later (s, TW_AT_COMMIT, NULL, error);
}

/* ---- Lines and reservations ---- */

#define LINE_COLUMNS                                                                                                   \
  "SELECT l.id, l.product_id, o.warehouse_id, p.kind = 'stocked' AS stocked,"                                          \
  " COALESCE(l.shortage, '') = 'other_warehouse' AS elsewhere, COALESCE(l.shortage, '') = 'reduce' AS reduces,"        \
  " l.open_quantity, l.backordered, l.reserved"                                                                        \
  " FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN product p ON p.id = l.product_id"

static TwStockLine
read_line (TwStatement *s)
{
  return (TwStockLine) {
    .id = tw_column_int (s, "id"),
    .product_id = tw_column_int (s, "product_id"),
    .warehouse_id = tw_column_int (s, "warehouse_id"),
    .stocked = tw_column_bool (s, "stocked"),
    .elsewhere = tw_column_bool (s, "elsewhere"),
    .reduces = tw_column_bool (s, "reduces"),
    .open_quantity = tw_column_decimal (s, "open_quantity"),
    .backordered = tw_column_decimal (s, "backordered"),
    .reserved = tw_column_decimal (s, "reserved"),
  };
}

gboolean
tw_stock_store_list_lines (TwDb *db, gint64 order_id, GArray *lines, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, LINE_COLUMNS " WHERE l.order_id = :order_id ORDER BY l.product_id, l.position");
  gboolean found;

  tw_bind_int (s, "order_id", order_id);
  for (;;)
    {
      TwStockLine line;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      line = read_line (s);
      g_array_append_val (lines, line);
    }
}

gboolean
tw_stock_store_get_line (TwDb *db, gint64 order_line_id, TwStockLine *line, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, LINE_COLUMNS " WHERE l.id = :id");
  gboolean found;

  tw_bind_int (s, "id", order_line_id);
  if (!tw_statement_step (s, &found, error) || !require_found (found, error))
    return FALSE;
  *line = read_line (s);
  return TRUE;
}

gboolean
tw_stock_store_add_reservation (TwContext *ctx, const TwReservation *reservation, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "INSERT INTO reservation (order_line_id, product_id, warehouse_id, quantity, created_at)"
             " VALUES (:order_line_id, :product_id, :warehouse_id, :quantity, :now)"
             " ON DUPLICATE KEY UPDATE quantity = quantity + VALUES (quantity)");

  tw_bind_int (s, "order_line_id", reservation->order_line_id);
  bind_place (s, reservation->product_id, reservation->warehouse_id);
  tw_bind_decimal (s, "quantity", reservation->quantity);
  tw_bind_time (s, "now", ctx->now);
  return tw_statement_run_later (s, TW_BEFORE_NEXT, NULL, error);
}

gboolean
tw_stock_store_take_reservation (TwDb *db, const TwReservation *reservation, GError **error)
{
  g_autoptr (TwStatement) take
    = tw_db_prepare (db, "UPDATE reservation SET quantity = quantity - :quantity WHERE order_line_id = :order_line_id"
                         " AND warehouse_id = :warehouse_id AND quantity >= :quantity");
  g_autoptr (TwStatement) clear
    = tw_db_prepare (db, "DELETE FROM reservation WHERE order_line_id = :order_line_id"
                         " AND warehouse_id = :warehouse_id AND quantity = 0");

  tw_bind_decimal (take, "quantity", reservation->quantity);
  tw_bind_int (take, "order_line_id", reservation->order_line_id);
  tw_bind_int (take, "warehouse_id", reservation->warehouse_id);
  tw_bind_int (clear, "order_line_id", reservation->order_line_id);
  tw_bind_int (clear, "warehouse_id", reservation->warehouse_id);
  return tw_statement_run_later (take, TW_BEFORE_NEXT, less_reserved (), error)
         && tw_statement_run_later (clear, TW_BEFORE_NEXT, NULL, error);
}

gboolean
tw_stock_store_list_reservations (TwDb *db, gint64 order_id, GArray *reservations, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT r.order_line_id, r.product_id, r.warehouse_id, r.quantity FROM reservation r"
        " JOIN order_line l ON l.id = r.order_line_id WHERE l.order_id = :order_id AND r.quantity > 0"
        " ORDER BY r.product_id, r.warehouse_id, r.order_line_id");
  gboolean found;

  tw_bind_int (s, "order_id", order_id);
  for (;;)
    {
      TwReservation reservation;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      reservation = (TwReservation) {
        .order_line_id = tw_column_int (s, "order_line_id"),
        .product_id = tw_column_int (s, "product_id"),
        .warehouse_id = tw_column_int (s, "warehouse_id"),
        .quantity = tw_column_decimal (s, "quantity"),
      };
      g_array_append_val (reservations, reservation);
    }
}
