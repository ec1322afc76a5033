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
/* What shows a field in a cell: a pill for a state, a label for anything else. Made in code and the only child, for
 * there are thousands. (transfer none) */
GtkWidget *tw_cell_face_new (GtkWidget *cell, TwListColumn *column, const TwField *field);
/* @text: of @record (nullable: nothing is known). */
void tw_cell_face_show (GtkWidget *face, TwRecord *record, const TwField *field, const char *text);
/* Whether a KEY field is a state that a pill shows: "state", "status" or "…_status". */
gboolean tw_field_is_status (const TwField *field);

G_END_DECLS
