/* far-rows.h: rows of a table that nobody can see take no part in its work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK 4.8 keeps some two hundred rows of a list, of which twenty are seen, and at each move of the focus it looks at
 * the style of every widget in the window that is visible. So all but the first cell of a row that is far from what is
 * seen is hidden; the first one keeps the row as high as it is. Cells are shown again before their row is painted.
 * What a cell holds may be made hidden and make its parts when it is shown, which those of most rows never are.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For @view, from when it is first on the screen for as long as it lives. */
void tw_far_rows_hide (GtkColumnView *view);
/* For @widget, the child of a cell, which is about to be used though it may be far away. */
void tw_far_rows_show_row_of (GtkWidget *widget);

G_END_DECLS
