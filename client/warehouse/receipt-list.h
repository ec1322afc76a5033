/* receipt-list.h: what came in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_RECEIPT_LIST (tw_receipt_list_get_type ())
G_DECLARE_FINAL_TYPE (TwReceiptList, tw_receipt_list, TW, RECEIPT_LIST, TwListPage)

G_END_DECLS
