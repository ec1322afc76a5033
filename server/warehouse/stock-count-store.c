/* stock-count-store.c: rows of stock counts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/stock-count-store.h"

#define COUNT_COLUMNS                                                                                                  \
  "c.id, c.version, c.created_at, c.updated_at, c.number, c.state, w.code AS warehouse, c.warehouse_id, c.count_date," \
  " c.reason, u.user AS author, c.author_id, c.line_count"
#define COUNT_TABLES                                                                                                   \
  "stock_count c JOIN warehouse w ON w.id = c.warehouse_id LEFT JOIN app_user u ON u.id = c.author_id"

static const TwListColumn count_columns[] = {
  { "id", "c.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "c.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "state", "c.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "warehouse", "w.code", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "count_date", "c.count_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "reason", "c.reason", TW_COLUMN_SEARCH },
  { "author", "u.user", TW_COLUMN_FILTER },
  { "created_at", "c.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_stock_count_list = {
  .type = tw_stock_count_get_type,
  .select = COUNT_COLUMNS,
  .from = COUNT_TABLES,
  .count_from = "stock_count c",
  .marked = "stock_count",
  .id = "c.id",
  .default_sort = "-id",
  .columns = count_columns,
};

static const char lock_sql[] = "SELECT id FROM stock_count WHERE id = :id FOR UPDATE";

static gboolean
load_lines (TwDb *db, TwStockCount *count, GError **error)
{
  static const char stored[]
    = "SELECT l.id, p.sku AS product, l.product_id, p.name AS product_name, p.unit, l.counted, l.expected,"
      " l.difference FROM stock_count_line l JOIN product p ON p.id = l.product_id"
      " WHERE l.stock_count_id = :id ORDER BY l.position";
  static const char now[]
    = "SELECT l.id, p.sku AS product, l.product_id, p.name AS product_name, p.unit, l.counted,"
      " COALESCE(s.on_hand, 0) AS expected, l.counted - COALESCE(s.on_hand, 0) AS difference"
      " FROM stock_count_line l JOIN product p ON p.id = l.product_id"
      " JOIN stock_count c ON c.id = l.stock_count_id"
      " LEFT JOIN stock_level s ON s.product_id = l.product_id AND s.warehouse_id = c.warehouse_id"
      " WHERE l.stock_count_id = :id ORDER BY l.position";
  g_autoptr (TwStatement) s = tw_db_prepare (db, g_str_equal (count->state, "draft") ? now : stored);

  tw_bind_int (s, "id", TW_RECORD (count)->id);
  return tw_statement_read_all (s, tw_stock_count_line_get_type (), count->lines, error);
}

TwStockCount *
tw_stock_count_store_load (TwDb *db, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwStatement) head = tw_db_prepare (db, "SELECT " COUNT_COLUMNS " FROM " COUNT_TABLES " WHERE c.id = :id");
  g_autoptr (TwStockCount) count = tw_stock_count_new ();
  gboolean found;

  tw_bind_int (head, "id", id);
  if ((lock && !tw_row_lock (db, lock_sql, id, NULL, error)) || !tw_statement_read_one (head, TW_RECORD (count), &found,
                                                                                        error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such stock count."));
      return NULL;
    }
  if (!load_lines (db, count, error))
    return NULL;
  return g_steal_pointer (&count);
}

static gboolean
insert_lines (TwDb *db, TwStockCount *count, GError **error)
{
  for (guint i = 0; i < tw_record_count (count->lines); i++)
    {
      g_autoptr (TwStatement) s = tw_db_prepare (
        db, "INSERT INTO stock_count_line (stock_count_id, position, product_id, counted)"
            " VALUES (:stock_count_id, :position, :product_id, :counted)");
      TwRecord *line = tw_record_nth (count->lines, i);

      tw_bind_int (s, "stock_count_id", TW_RECORD (count)->id);
      tw_bind_int (s, "position", i + 1);
      tw_bind_record (s, line);
      if (!tw_statement_run (s, NULL, error))
        return FALSE;
      line->id = tw_statement_last_id (s);
    }
  return TRUE;
}

gboolean
tw_stock_count_store_insert (TwDb *db, TwStockCount *count, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "INSERT INTO stock_count (version, created_at, updated_at, number, state, warehouse_id, count_date, reason,"
        " author_id, line_count) VALUES (:version, :created_at, :updated_at, :number, :state, :warehouse_id,"
        " :count_date, :reason, :author_id, :line_count)");

  tw_bind_record (s, TW_RECORD (count));
  if (!tw_statement_run (s, NULL, error))
    return FALSE;
  TW_RECORD (count)->id = tw_statement_last_id (s);
  return insert_lines (db, count, error);
}

static gboolean
delete_lines (TwDb *db, gint64 id, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "DELETE FROM stock_count_line WHERE stock_count_id = :id");

  tw_bind_int (s, "id", id);
  return tw_statement_run (s, NULL, error);
}

gboolean
tw_stock_count_store_update (TwContext *ctx, TwStockCount *count, gboolean *done, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE stock_count SET version = version + 1, updated_at = :now, count_date = :count_date,"
             " reason = :reason, line_count = :line_count WHERE id = :id AND version = :version");
  guint64 affected;

  tw_bind_time (s, "now", ctx->now);
  tw_bind_record (s, TW_RECORD (count));
  if (!tw_statement_run (s, &affected, error))
    return FALSE;
  *done = affected > 0;
  return !*done || (delete_lines (ctx->db, TW_RECORD (count)->id, error) && insert_lines (ctx->db, count, error));
}

gboolean
tw_stock_count_store_set_state (TwContext *ctx, TwStockCount *count, const char *state, gboolean *done, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE stock_count SET version = version + 1, updated_at = :now, state = :state"
             " WHERE id = :id AND version = :version");
  guint64 affected;

  tw_bind_time (s, "now", ctx->now);
  tw_bind_text (s, "state", state);
  tw_bind_int (s, "id", TW_RECORD (count)->id);
  tw_bind_int (s, "version", TW_RECORD (count)->version);
  if (!tw_statement_run (s, &affected, error))
    return FALSE;
  *done = affected > 0;
  return TRUE;
}

gboolean
tw_stock_count_store_set_result (TwDb *db, TwStockCountLine *line, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "UPDATE stock_count_line SET expected = :expected, difference = :difference WHERE id = :id");

  tw_bind_record (s, TW_RECORD (line));
  return tw_statement_run (s, NULL, error);
}

gboolean
tw_stock_count_store_lock_level (TwDb *db, gint64 product_id, gint64 warehouse_id, TwDecimal *on_hand,
                                 TwDecimal *reserved, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT on_hand, reserved FROM stock_level WHERE product_id = :product_id"
                         " AND warehouse_id = :warehouse_id FOR UPDATE");
  gboolean found;

  tw_bind_int (s, "product_id", product_id);
  tw_bind_int (s, "warehouse_id", warehouse_id);
  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *on_hand = found ? tw_column_decimal (s, "on_hand") : TW_DECIMAL_ZERO;
  *reserved = found ? tw_column_decimal (s, "reserved") : TW_DECIMAL_ZERO;
  return TRUE;
}
