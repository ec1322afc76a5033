/* receipt-store.c: rows of goods receipts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/receipt-store.h"

#define RECEIPT_COLUMNS                                                                                                \
  "r.id, r.version, r.created_at, r.updated_at, r.number, w.code AS warehouse, r.warehouse_id, r.reason, r.reference," \
  " r.receipt_date, u.user AS author, r.author_id, r.line_count"
#define RECEIPT_TABLES                                                                                                 \
  "receipt r JOIN warehouse w ON w.id = r.warehouse_id LEFT JOIN app_user u ON u.id = r.author_id"

static const TwListColumn receipt_columns[] = {
  { "id", "r.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "r.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "warehouse", "w.code", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "reason", "r.reason", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "reference", "r.reference", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "receipt_date", "r.receipt_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "author", "u.user", TW_COLUMN_FILTER },
  { "created_at", "r.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_receipt_list = {
  .type = tw_receipt_get_type,
  .select = RECEIPT_COLUMNS,
  .from = RECEIPT_TABLES,
  .count_from = "receipt r",
  .marked = "receipt",
  .id = "r.id",
  .default_sort = "-id",
  .columns = receipt_columns,
};

TwReceipt *
tw_receipt_store_load (TwDb *db, gint64 id, GError **error)
{
  g_autoptr (TwStatement) head
    = tw_db_prepare (db, "SELECT " RECEIPT_COLUMNS " FROM " RECEIPT_TABLES " WHERE r.id = :id");
  g_autoptr (TwStatement) lines = tw_db_prepare (
    db, "SELECT l.id, p.sku AS product, l.product_id, p.name AS product_name, p.unit, l.quantity FROM receipt_line l"
        " JOIN product p ON p.id = l.product_id WHERE l.receipt_id = :id ORDER BY l.position");
  g_autoptr (TwReceipt) receipt = tw_receipt_new ();
  gboolean found;

  tw_bind_int (head, "id", id);
  tw_bind_int (lines, "id", id);
  if (!tw_statement_read_one (head, TW_RECORD (receipt), &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such goods receipt."));
      return NULL;
    }
  if (!tw_statement_read_all (lines, tw_receipt_line_get_type (), receipt->lines, error))
    return NULL;
  return g_steal_pointer (&receipt);
}

static gboolean
insert_line (TwDb *db, TwReceipt *receipt, guint index, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "INSERT INTO receipt_line (receipt_id, position, product_id, quantity)"
                                                 " VALUES (:receipt_id, :position, :product_id, :quantity)");
  TwRecord *line = tw_record_nth (receipt->lines, index);

  tw_bind_int (s, "receipt_id", TW_RECORD (receipt)->id);
  tw_bind_int (s, "position", index + 1);
  tw_bind_record (s, line);
  if (!tw_statement_run (s, NULL, error))
    return FALSE;
  line->id = tw_statement_last_id (s);
  return TRUE;
}

gboolean
tw_receipt_store_insert (TwDb *db, TwReceipt *receipt, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "INSERT INTO receipt (version, created_at, updated_at, number, warehouse_id, reason, reference, receipt_date,"
        " author_id, line_count) VALUES (:version, :created_at, :updated_at, :number, :warehouse_id, :reason,"
        " :reference, :receipt_date, :author_id, :line_count)");

  tw_bind_record (s, TW_RECORD (receipt));
  if (!tw_statement_run (s, NULL, error))
    return FALSE;
  TW_RECORD (receipt)->id = tw_statement_last_id (s);
  for (guint i = 0; i < tw_record_count (receipt->lines); i++)
    if (!insert_line (db, receipt, i, error))
      return FALSE;
  return TRUE;
}
