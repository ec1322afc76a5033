/* offer-store.h: the SQL of products with their prices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/masterdata/offer.h"
#include "shared/document/price-list.h"

G_BEGIN_DECLS

/* @keys: a JSON array of skus or barcodes. Appends the product of each, in order, NULL where there is none.
 * (element-type TwProduct) */
gboolean tw_offer_store_read_products (TwDb *db, const char *keys, GPtrArray *products, GError **error);

/* @ids: a JSON array of products. Appends the items that the list has for them, the one to be preferred first among
 * those of a product. (element-type TwPriceListItem) */
gboolean tw_offer_store_read_items (TwDb *db, gint64 price_list_id, const char *ids, GPtrArray *items, GError **error);

G_END_DECLS
