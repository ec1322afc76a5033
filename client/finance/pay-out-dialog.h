/* pay-out-dialog.h: when and how a refund was paid out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_PAY_OUT_DIALOG (tw_pay_out_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwPayOutDialog, tw_pay_out_dialog, TW, PAY_OUT_DIALOG, TwActionDialog)

G_END_DECLS
