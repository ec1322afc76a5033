/* offer-store.c: the SQL of products with their prices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/offer-store.h"

/* A product is looked up by sku first, then by barcode, so that either unique key serves. */
static const char products_sql[]
  = "SELECT p.id, p.version, p.sku, p.barcode, p.name, p.local_name, p.category, p.unit, p.price, p.cost,"
    " p.tax_class_id, p.weight, p.kind, p.status, t.code AS tax_class, t.rate AS tax_rate"
    " FROM JSON_TABLE(:keys, '$[*]' COLUMNS (position FOR ORDINALITY, product VARCHAR(40) PATH '$')) q"
    " LEFT JOIN product p ON p.id = COALESCE("
    "(SELECT s.id FROM product s WHERE s.sku = q.product COLLATE utf8mb4_unicode_ci),"
    " (SELECT b.id FROM product b WHERE b.barcode = q.product COLLATE utf8mb4_unicode_ci))"
    " LEFT JOIN tax_class t ON t.id = p.tax_class_id ORDER BY q.position";
static const char items_sql[]
  = "SELECT STRAIGHT_JOIN i.id, i.product_id, i.min_quantity, i.price, i.valid_from, i.valid_to"
    " FROM JSON_TABLE(:ids, '$[*]' COLUMNS (product BIGINT PATH '$')) q"
    " JOIN price_list_item i ON i.price_list_id = :price_list AND i.product_id = q.product"
    " ORDER BY i.product_id, i.min_quantity DESC, i.valid_from DESC, i.id DESC";

gboolean
tw_offer_store_read_products (TwDb *db, const char *keys, GPtrArray *products, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, products_sql);
  gboolean found;

  tw_bind_text (read, "keys", keys);
  while (tw_statement_step (read, &found, error))
    {
      TwProduct *product = NULL;

      if (!found)
        return TRUE;
      if (!tw_column_is_null (read, "id"))
        {
          product = tw_product_new ();
          tw_column_record (read, TW_RECORD (product));
        }
      g_ptr_array_add (products, product);
    }
  return FALSE;
}

gboolean
tw_offer_store_read_items (TwDb *db, gint64 price_list_id, const char *ids, GPtrArray *items, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, items_sql);
  gboolean found;

  tw_bind_text (read, "ids", ids);
  tw_bind_int (read, "price_list", price_list_id);
  while (tw_statement_step (read, &found, error))
    {
      TwPriceListItem *item;

      if (!found)
        return TRUE;
      item = tw_price_list_item_new ();
      tw_column_record (read, TW_RECORD (item));
      g_ptr_array_add (items, item);
    }
  return FALSE;
}
