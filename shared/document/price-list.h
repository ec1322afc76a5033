/* price-list.h: price lists with quantity breaks and dates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

struct _TwPriceListItem
{
  TwRecord parent;
  char *product; /* sku */
  gint64 product_id;
  char *product_name;
  TwDecimal min_quantity; /* the price holds from this quantity */
  TwDecimal price;
  TwDate valid_from; /* none: always */
  TwDate valid_to;   /* the last day; none: always */
};
TW_DECLARE_RECORD (TwPriceListItem, tw_price_list_item)

struct _TwPriceList
{
  TwRecord parent;
  char *code;
  char *name;
  char *currency;
  const char *status;
  GListStore *items;
};
TW_DECLARE_RECORD (TwPriceList, tw_price_list)

G_END_DECLS
