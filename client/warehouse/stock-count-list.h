/* stock-count-list.h: stock counts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_STOCK_COUNT_LIST (tw_stock_count_list_get_type ())
G_DECLARE_FINAL_TYPE (TwStockCountList, tw_stock_count_list, TW, STOCK_COUNT_LIST, TwListPage)

G_END_DECLS
