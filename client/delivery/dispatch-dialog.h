/* dispatch-dialog.h: to which carrier the parcels go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_DISPATCH_DIALOG (tw_dispatch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwDispatchDialog, tw_dispatch_dialog, TW, DISPATCH_DIALOG, TwActionDialog)

G_END_DECLS
