/* hold-dialog.h: what an order is held for, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_HOLD_DIALOG (tw_hold_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwHoldDialog, tw_hold_dialog, TW, HOLD_DIALOG, AdwMessageDialog)

/* Signal: "answered" (GString *arguments): the body of the action hold (borrowed). Nothing is emitted on cancel. */
TwHoldDialog *tw_hold_dialog_new (GtkWindow *parent);

G_END_DECLS
