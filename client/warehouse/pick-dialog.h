/* pick-dialog.h: what was found on the shelves: everything, or less and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_PICK_DIALOG (tw_pick_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwPickDialog, tw_pick_dialog, TW, PICK_DIALOG, TwActionDialog)

G_END_DECLS
