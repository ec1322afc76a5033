/* reason-dialog.h: are you sure, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/action.h"

G_BEGIN_DECLS

#define TW_TYPE_REASON_DIALOG (tw_reason_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwReasonDialog, tw_reason_dialog, TW, REASON_DIALOG, AdwMessageDialog)

/* Signal: "answered" (const char *reason): to be done; reason NULL when none was asked for. Nothing is emitted on
 * cancel. */
TwReasonDialog *tw_reason_dialog_new (GtkWindow *parent, TwActionState *action);

G_END_DECLS
