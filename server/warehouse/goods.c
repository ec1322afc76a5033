/* goods.c: products that are kept in stock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/goods.h"

TwProduct *
tw_goods_find (TwContext *ctx, const char *sku_or_barcode, const char *pointer, GError **error)
{
  g_autoptr (TwProduct) product = tw_product_find (ctx, sku_or_barcode, pointer, error);

  if (!product)
    return NULL;
  if (!g_str_equal (product->kind, "stocked"))
    {
      tw_error_fault (error, pointer, "not_stocked", _("%s is a service and is not kept in stock."), product->sku);
      return NULL;
    }
  return g_steal_pointer (&product);
}
