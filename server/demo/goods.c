/* goods.c: see goods.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/goods.h"

#include "server/masterdata/masterdata.h"
#include "server/warehouse/receipt.h"
#include "shared/document/price-list.h"
#include "shared/document/stock.h"

#define PRODUCTS 77
#define EAST_STOCK 40
/* Every so many-th product gets a little less than is ordered. */
#define SHORT_EVERY 13

char *
tw_demo_sku (gint64 product_id)
{
  return g_strdup_printf ("NW-%" G_GINT64_FORMAT, product_id);
}

/* EAN-13 of the range for use inside a company (GS1 General Specifications 1.4.3: prefix 20). */
static char *
make_barcode (gint64 product_id)
{
  g_autofree char *digits = g_strdup_printf ("200000000%03d", (int) product_id);
  int sum = 0;

  for (guint i = 0; i < 12; i++)
    sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return g_strdup_printf ("%s%d", digits, (10 - sum % 10) % 10);
}

static const char *
find_category (TwSample *categories, gint64 id)
{
  for (guint i = 0; i < tw_sample_count (categories); i++)
    if (tw_sample_get_int (categories, i, "category_id") == id)
      return tw_sample_get (categories, i, "category_name");
  return NULL;
}

static gboolean
add_product (TwStage *stage, TwSample *products, guint i, TwSample *categories, TwPriceList *list, GError **error)
{
  g_autoptr (TwProduct) product = tw_product_new ();
  g_autoptr (TwPriceListItem) item = tw_price_list_item_new ();
  gint64 id = tw_sample_get_int (products, i, "product_id");

  product->sku = tw_demo_sku (id);
  product->barcode = make_barcode (id);
  tw_record_set_string (&product->name, tw_sample_get (products, i, "product_name"));
  tw_record_set_string (&product->category, find_category (categories, tw_sample_get_int (products, i, "category_id")));
  tw_record_set_string (&product->description, tw_sample_get (products, i, "quantity_per_unit"));
  tw_record_set_string (&product->unit, "pcs");
  tw_record_set_string (&product->tax_class, "standard");
  product->weight = tw_decimal_div (TW_DECIMAL_ONE, tw_decimal_from_int (2), 1);
  if (!tw_decimal_parse (tw_sample_get (products, i, "unit_price"), &product->price, error))
    return FALSE;
  /* The source knows no cost: six tenths of the price. */
  product->cost = tw_decimal_div (tw_decimal_mul (product->price, tw_decimal_from_int (6), 6), tw_decimal_from_int (10),
                                  2);
  tw_record_set_string (&item->product, product->sku);
  item->price = product->price;
  g_list_store_append (list->items, item);
  return tw_stage_create (stage, "planner", &tw_product_resource, product, error);
}

gboolean
tw_demo_add_products (TwStage *stage, GError **error)
{
  const char *folder = tw_stage_get_folder (stage);
  g_autoptr (TwSample) products = tw_sample_read (folder, "products.csv", error);
  g_autoptr (TwSample) categories = products != NULL ? tw_sample_read (folder, "categories.csv", error) : NULL;
  g_autoptr (TwPriceList) list = tw_price_list_new ();

  if (categories == NULL)
    return FALSE;
  tw_record_set_string (&list->code, "STANDARD");
  tw_record_set_string (&list->name, "标准价 Standard prices");
  tw_record_set_string (&list->currency, "CNY");
  for (guint i = 0; i < tw_sample_count (products); i++)
    if (!add_product (stage, products, i, categories, list, error))
      return FALSE;
  return tw_stage_create (stage, "sales_manager", &tw_price_list_resource, list, error);
}

static gboolean
sum_demand (TwStage *stage, gint64 demand[PRODUCTS + 1], GError **error)
{
  g_autoptr (TwSample) details = tw_sample_read (tw_stage_get_folder (stage), "order_details.csv", error);

  if (details == NULL)
    return FALSE;
  for (guint i = 0; i < tw_sample_count (details); i++)
    {
      gint64 id = tw_sample_get_int (details, i, "product_id");

      g_assert (id >= 1 && id <= PRODUCTS);
      demand[id] += tw_sample_get_int (details, i, "quantity");
    }
  return TRUE;
}

static void
add_line (TwReceipt *receipt, gint64 product_id, gint64 quantity)
{
  g_autoptr (TwReceiptLine) line = tw_receipt_line_new ();

  line->product = tw_demo_sku (product_id);
  line->quantity = tw_decimal_from_int (quantity);
  g_list_store_append (receipt->lines, line);
}

static TwReceipt *
make_receipt (TwStage *stage, const char *warehouse)
{
  TwReceipt *receipt = tw_receipt_new ();

  tw_record_set_string (&receipt->warehouse, warehouse);
  receipt->reason = tw_key_find (tw_receipt_reason_keys, "opening");
  receipt->receipt_date = tw_stage_get_day (stage);
  return receipt;
}

gboolean
tw_demo_receive_opening_stock (TwStage *stage, GError **error)
{
  g_autoptr (TwReceipt) main_stock = make_receipt (stage, "MAIN");
  g_autoptr (TwReceipt) east_stock = make_receipt (stage, "EAST");
  gint64 demand[PRODUCTS + 1] = { 0 };

  if (!sum_demand (stage, demand, error))
    return FALSE;
  for (gint64 id = 1; id <= PRODUCTS; id++)
    {
      add_line (main_stock, id,
                id % SHORT_EVERY == 0 ? demand[id] - demand[id] / 50 - 1 : demand[id] + demand[id] / 10);
      add_line (east_stock, id, EAST_STOCK);
    }
  return tw_stage_create (stage, "warehouse", &tw_receipt_resource, main_stock, error)
         && tw_stage_create (stage, "warehouse", &tw_receipt_resource, east_stock, error);
}
