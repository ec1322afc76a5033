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
  TwProduct *product; /* shared: not to be changed */
  TwDecimal price;    /* the list's item with the largest break ≤ the quantity that is valid that day, the latest of
                         such; without one the product's own price */
} TwOffer;

void tw_offer_free (TwOffer *offer);

/* What is asked for. */
typedef struct
{
  const char *product; /* sku or barcode */
  TwDecimal quantity;
} TwOfferQuery;

/* What @n products cost on @day. Every product that is not there or not active is a fault at "/lines/N/product".
 * (transfer full) (element-type TwOffer) */
GPtrArray *tw_offer_find (TwContext *ctx, gint64 price_list_id, TwDate day, const TwOfferQuery *queries, guint n,
                          GError **error);

G_END_DECLS
