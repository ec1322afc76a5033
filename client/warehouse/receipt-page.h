/* receipt-page.h: goods that come in: scanned or typed, posted when stored
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

#define TW_TYPE_RECEIPT_PAGE (tw_receipt_page_get_type ())
G_DECLARE_FINAL_TYPE (TwReceiptPage, tw_receipt_page, TW, RECEIPT_PAGE, TwDetailPage)

G_END_DECLS
