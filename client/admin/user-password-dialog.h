/* user-password-dialog.h: an administrator gives somebody a new password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/user.h"

G_BEGIN_DECLS

#define TW_TYPE_USER_PASSWORD_DIALOG (tw_user_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwUserPasswordDialog, tw_user_password_dialog, TW, USER_PASSWORD_DIALOG, AdwWindow)

/* Signal: "changed" (): the user has the new password; the dialog closes. */
TwUserPasswordDialog *tw_user_password_dialog_new (GtkWindow *parent, TwUser *user);

G_END_DECLS
