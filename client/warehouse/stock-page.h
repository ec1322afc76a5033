/* stock-page.h: a product in a warehouse, and how its stock moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

#define TW_TYPE_STOCK_PAGE (tw_stock_page_get_type ())
G_DECLARE_FINAL_TYPE (TwStockPage, tw_stock_page, TW, STOCK_PAGE, TwDetailPage)

G_END_DECLS
