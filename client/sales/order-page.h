/* order-page.h: one sales order or quotation: entered, checked, submitted, followed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"
#include "shared/document/order.h"

G_BEGIN_DECLS

/* Properties beside those of the detail page:
 *  "reckoned" (TwOrder, nullable) the order with the totals, checks and signers that the server sees in what is typed;
 *             the stored one while nothing is typed
 *  "outlook"  (boolean) its checks and signers are what would come, not what was
 *  "trouble"  (string) why it cannot be reckoned, "" when it can
 * Actions: "order.submit", "order.add-line". */
#define TW_TYPE_ORDER_PAGE (tw_order_page_get_type ())
G_DECLARE_FINAL_TYPE (TwOrderPage, tw_order_page, TW, ORDER_PAGE, TwDetailPage)

G_END_DECLS
