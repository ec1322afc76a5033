/* offer.h: products with their prices, many at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/masterdata/masterdata.h"

G_BEGIN_DECLS

/* A product as it is offered for some quantity on some day. */
typedef struct
{
  TwProduct *product;
  TwDecimal price; /* as tw_price_find() has it */
} TwOffer;

void tw_offer_free (TwOffer *offer);

/* What is asked for. */
typedef struct
{
  const char *product; /* sku or barcode */
  TwDecimal quantity;
} TwOfferQuery;

/* As tw_product_find() and tw_price_find() for each of @n queries, in one statement. Every product that is not there or
 * not active is a fault at "/lines/N/product". (transfer full) (element-type TwOffer) */
GPtrArray *tw_offer_find (TwContext *ctx, gint64 price_list_id, TwDate day, const TwOfferQuery *queries, guint n,
                          GError **error);

G_END_DECLS
