/* password-dialog.h: changing one's own password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_PASSWORD_DIALOG (tw_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwPasswordDialog, tw_password_dialog, TW, PASSWORD_DIALOG, AdwWindow)

/* Signal: "changed" () when the server took the new password; the dialog closes itself. */
TwPasswordDialog *tw_password_dialog_new (GtkWindow *parent);

G_END_DECLS
