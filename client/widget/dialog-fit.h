/* dialog-fit.h: how wide a dialog is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Its default width, but no wider than the window it stands over, which may be a phone's. Returns the width. */
int tw_dialog_fit (GtkWindow *dialog);

G_END_DECLS
