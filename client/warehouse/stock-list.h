/* stock-list.h: stock levels of products in warehouses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_STOCK_LIST (tw_stock_list_get_type ())
G_DECLARE_FINAL_TYPE (TwStockList, tw_stock_list, TW, STOCK_LIST, TwListPage)

G_END_DECLS
