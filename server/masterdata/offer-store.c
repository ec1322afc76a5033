/* offer-store.c: the SQL of products with their prices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/offer-store.h"

/* A product is looked up by sku first, then by barcode, so that either unique key serves. */
static const char read_sql[]
  = "SELECT p.id, p.version, p.sku, p.barcode, p.name, p.local_name, p.category, p.unit, p.price, p.cost,"
    " p.tax_class_id, p.weight, p.kind, p.status, t.code AS tax_class, t.rate AS tax_rate,"
    " COALESCE((SELECT i.price FROM price_list_item i WHERE i.price_list_id = :price_list AND i.product_id = p.id"
    " AND i.min_quantity <= q.quantity AND COALESCE(i.valid_from, :day) <= :day AND COALESCE(i.valid_to, :day) >= :day"
    " ORDER BY i.min_quantity DESC, i.valid_from DESC, i.id DESC LIMIT 1), p.price) AS offered"
    " FROM JSON_TABLE(:queries, '$[*]' COLUMNS (position FOR ORDINALITY, product VARCHAR(40) PATH '$.product',"
    " quantity DECIMAL(18,6) PATH '$.quantity')) q"
    " LEFT JOIN product p ON p.id = COALESCE("
    "(SELECT s.id FROM product s WHERE s.sku = q.product COLLATE utf8mb4_unicode_ci),"
    " (SELECT b.id FROM product b WHERE b.barcode = q.product COLLATE utf8mb4_unicode_ci))"
    " LEFT JOIN tax_class t ON t.id = p.tax_class_id ORDER BY q.position";

static TwOffer *
read_offer (TwStatement *read)
{
  TwOffer *offer = g_new0 (TwOffer, 1);

  if (tw_column_is_null (read, "id"))
    return offer;
  offer->product = tw_product_new ();
  tw_column_record (read, TW_RECORD (offer->product));
  offer->price = tw_column_decimal (read, "offered");
  return offer;
}

GPtrArray *
tw_offer_store_read (TwDb *db, gint64 price_list_id, TwDate day, const char *queries, GError **error)
{
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_offer_free);
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_sql);
  gboolean found;

  tw_bind_int (read, "price_list", price_list_id);
  tw_bind_date (read, "day", day);
  tw_bind_text (read, "queries", queries);
  while (TRUE)
    {
      if (!tw_statement_step (read, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&offers);
      g_ptr_array_add (offers, read_offer (read));
    }
}
