/* shot.h: a window as a PNG file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Renders what @window shows now. FALSE with an error when there is nothing to render or the file cannot be written. */
gboolean tw_shot_save (GtkWidget *window, const char *file, GError **error);

G_END_DECLS
