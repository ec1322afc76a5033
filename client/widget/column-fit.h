/* column-fit.h: shows as many columns as the width holds, and headers aligned with what stands below them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns that are "wide-only" are taken out, from the last one on, where the others would be cut off, and come back
 * when there is room.
 */
#pragma once

#include "client/widget/list-column.h"

G_BEGIN_DECLS

#define TW_TYPE_COLUMN_FIT (tw_column_fit_get_type ())
G_DECLARE_FINAL_TYPE (TwColumnFit, tw_column_fit, TW, COLUMN_FIT, GObject)

/* For @view, the child of @scroller. Lives as long as @view. (transfer none) */
TwColumnFit *tw_column_fit_new (GtkColumnView *view, GtkScrolledWindow *scroller);
/* Makes the column for @column's field with @factory (taken) and @sorter (nullable), and appends it. Returns it.
 * (transfer none) */
GtkColumnViewColumn *tw_column_fit_add (TwColumnFit *self, TwListColumn *column, GType type,
                                        GtkListItemFactory *factory, GtkSorter *sorter);

G_END_DECLS
