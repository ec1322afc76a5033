/* refund-dialog.h: asks to give back what is left of a payment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_REFUND_DIALOG (tw_refund_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwRefundDialog, tw_refund_dialog, TW, REFUND_DIALOG, TwActionDialog)

G_END_DECLS
