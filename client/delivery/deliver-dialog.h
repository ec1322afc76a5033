/* deliver-dialog.h: who took the goods, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_DELIVER_DIALOG (tw_deliver_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwDeliverDialog, tw_deliver_dialog, TW, DELIVER_DIALOG, TwActionDialog)

G_END_DECLS
