/* stock-count-page.h: a count of what is on the shelves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

#define TW_TYPE_STOCK_COUNT_PAGE (tw_stock_count_page_get_type ())
G_DECLARE_FINAL_TYPE (TwStockCountPage, tw_stock_count_page, TW, STOCK_COUNT_PAGE, TwDetailPage)

G_END_DECLS
