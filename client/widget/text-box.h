/* text-box.h: an entry for text of several lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkTextView that Tab leaves. */
GtkWidget *tw_text_box_create_view (void);
/* What is put into a form for @view: three lines high, whatever the text. */
GtkWidget *tw_text_box_create_frame (GtkWidget *view);

G_END_DECLS
