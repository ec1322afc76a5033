/* cell.h: one field of one record, to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-column.h"

G_BEGIN_DECLS

/* A factory whose cells show @column's field of a TwRecord item, formatted by its kind, and follow its
 * changes. A state is a pill. (transfer full) */
GtkListItemFactory *tw_cell_factory_new (TwListColumn *column, GType type);

/* The cell's widget: a label that follows a record's field. */
#define TW_TYPE_CELL (tw_cell_get_type ())
G_DECLARE_FINAL_TYPE (TwCell, tw_cell, TW, CELL, GtkWidget)

void tw_cell_set_record (TwCell *self, TwRecord *record);
/* Whether a KEY field is a state that a pill shows: "state", "status" or "…_status". */
gboolean tw_field_is_status (const TwField *field);

G_END_DECLS
