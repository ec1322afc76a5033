/* goods.h: products that are kept in stock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/masterdata/masterdata.h"

G_BEGIN_DECLS

/* As tw_product_find(); a service is a fault at @pointer, too. (transfer full) */
TwProduct *tw_goods_find (TwContext *ctx, const char *sku_or_barcode, const char *pointer, GError **error);

G_END_DECLS
