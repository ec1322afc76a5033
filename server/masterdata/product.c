/* product.c: goods and services
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/masterdata.h"
#include "server/masterdata/product-store.h"
#include "shared/document/common.h"

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwProduct *product = (TwProduct *) record;
  g_autoptr (TwTaxClass) tax_class = NULL;

  if (product->status == NULL)
    product->status = tw_key_find (tw_active_keys, "active");
  if (product->kind == NULL)
    product->kind = tw_key_find (tw_product_kind_keys, "stocked");
  tax_class = tw_tax_class_find (ctx, product->tax_class, "/tax_class", error);
  if (tax_class == NULL)
    return FALSE;
  product->tax_class_id = tax_class->parent.id;
  product->tax_rate = tax_class->rate;
  return TRUE;
}

TW_DEFINE_MASTER_FUNCTIONS (product, tw_product_master, prepare)

const TwResource tw_product_resource = {
  .path = "products",
  .document = "product",
  .type = tw_product_get_type,
  .list = &tw_product_list,
  .load = product_load,
  .create = product_create,
  .update = product_update,
  .importable = TRUE,
};

TwProduct *
tw_product_find (TwContext *ctx, const char *sku_or_barcode, const char *pointer, GError **error)
{
  gint64 id;

  if (!tw_master_find_id (ctx, tw_product_find_sql, sku_or_barcode, &tw_product_words, pointer, &id, error))
    return NULL;
  return (TwProduct *) tw_master_load (ctx, &tw_product_master, id, FALSE, error);
}
