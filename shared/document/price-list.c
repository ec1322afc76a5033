/* price-list.c: see price-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/price-list.h"

#include "shared/document/common.h"

static const TwField price_list_item_fields[] = {
  TW_LINE_FIELDS (TwPriceListItem),
  TW_TEXT (TwPriceListItem, product, N_ ("Product"), 40, TW_REQUIRED),
  TW_INT (TwPriceListItem, product_id, N_ ("Product"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwPriceListItem, product_name, N_ ("Name"), 120, TW_SERVER),
  TW_QUANTITY (TwPriceListItem, min_quantity, N_ ("From quantity"), TW_NOT_NEGATIVE),
  TW_PRICE (TwPriceListItem, price, N_ ("Price"), TW_REQUIRED | TW_NOT_NEGATIVE),
  TW_DATE (TwPriceListItem, valid_from, N_ ("Valid from"), 0),
  TW_DATE (TwPriceListItem, valid_to, N_ ("Valid until"), 0),
};
TW_DEFINE_RECORD (TwPriceListItem, tw_price_list_item, "price_list_item", N_ ("Price"), price_list_item_fields)

static const TwField price_list_fields[] = {
  TW_RECORD_FIELDS (TwPriceList),
  TW_TEXT (TwPriceList, code, N_ ("Code"), 20, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwPriceList, name, N_ ("Name"), 120, TW_REQUIRED),
  TW_TEXT (TwPriceList, currency, N_ ("Currency"), 3, TW_REQUIRED | TW_FIXED),
  TW_KEY (TwPriceList, status, N_ ("Status"), tw_active_keys, 0),
  TW_LIST (TwPriceList, items, N_ ("Prices"), tw_price_list_item_get_type, 5000, TW_ABSENT),
};
TW_DEFINE_RECORD (TwPriceList, tw_price_list, "price_list", N_ ("Price list"), price_list_fields)
