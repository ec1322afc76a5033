/* order-pricing.h: the amounts of an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/masterdata/offer.h"
#include "server/sales/order-entry.h"

G_BEGIN_DECLS

/* What a line's price follows from. */
typedef enum
{
  TW_PRICE_KEEP,    /* the line's own price stands */
  TW_PRICE_LIST,    /* nobody wrote one: the list's */
  TW_PRICE_FOLLOW,  /* it was the list's and stays it */
} TwPriceSource;

/* List price, price, tax rate and cost of @line from what its product is offered at. */
gboolean tw_order_pricing_line (TwContext *ctx, TwOrderLine *line, const TwOffer *offer, TwPriceSource source,
                                const char *pointer, GError **error);

/* Nets, taxes, totals and margins from prices and quantities. Faults where an amount is too large to be true. */
gboolean tw_order_pricing_total (TwContext *ctx, TwOrder *order, GError **error);

/* Only the taxes by category: after a load. */
void tw_order_pricing_fill_taxes (TwOrder *order);

G_END_DECLS
