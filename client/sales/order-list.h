/* order-list.h: the list of sales orders and quotations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_ORDER_LIST (tw_order_list_get_type ())
G_DECLARE_FINAL_TYPE (TwOrderList, tw_order_list, TW, ORDER_LIST, TwListPage)

G_END_DECLS
