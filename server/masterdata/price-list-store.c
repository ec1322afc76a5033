/* price-list-store.c: the SQL of price lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/price-list-store.h"

#include "shared/document/price-list.h"

static const TwMasterList price_list_lists[] = {
  { "items",
    "SELECT i.id, p.sku AS product, i.product_id, p.name AS product_name, i.min_quantity, i.price, i.valid_from, "
    "i.valid_to FROM price_list_item i JOIN product p ON p.id = i.product_id WHERE i.price_list_id = :owner "
    "ORDER BY p.sku, i.min_quantity, i.valid_from",
    "DELETE FROM price_list_item WHERE price_list_id = :owner",
    "INSERT INTO price_list_item (price_list_id, product_id, min_quantity, price, valid_from, valid_to) "
    "VALUES (:owner, :product_id, :min_quantity, :price, :valid_from, :valid_to)" },
  { NULL },
};

const TwMaster tw_price_list_master = {
  .type = tw_price_list_get_type,
  .table = "price_list",
  .select = "SELECT l.id, l.version, l.created_at, l.updated_at, l.code, l.name, l.currency, l.status FROM "
            "price_list l WHERE l.id = :id",
  .lock = "SELECT id FROM price_list WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO price_list (version, created_at, updated_at, code, name, currency, status) VALUES "
            "(:version, :created_at, :updated_at, :code, :name, :currency, :status)",
  .update = "UPDATE price_list SET name = :name, status = :status, updated_at = :updated_at, version = "
            ":version + 1 WHERE id = :id AND version = :version",
  .lists = price_list_lists,
};

const char tw_price_list_find_sql[] = "SELECT id, status FROM price_list WHERE code = :key";

static const TwListColumn price_list_columns[] = {
  { "code", "l.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "l.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "currency", "l.currency", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "status", "l.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_price_list_list = {
  .type = tw_price_list_get_type,
  .select = "l.id, l.version, l.created_at, l.updated_at, l.code, l.name, l.currency, l.status",
  .from = "price_list l",
  .count_from = "price_list l",
  .id = "l.id",
  .default_sort = "code",
  .columns = price_list_columns,
};

gboolean
tw_price_list_store_read_head (TwDb *db, gint64 id, TwPriceList *list, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, tw_price_list_master.select);
  gboolean found;

  tw_bind_int (read, "id", id);
  if (!tw_statement_read_one (read, TW_RECORD (list), &found, error))
    return FALSE;
  return found || tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such record."));
}
