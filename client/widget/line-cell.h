/* line-cell.h: one field of one line: a label, and an editor while the cursor is in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Live editors in all cells cost too much for orders of a hundred lines, so only the active cell has one.
 */
#pragma once

#include "client/widget/list-column.h"

G_BEGIN_DECLS

#define TW_TYPE_LINE_CELL (tw_line_cell_get_type ())
G_DECLARE_FINAL_TYPE (TwLineCell, tw_line_cell, TW, LINE_CELL, GtkWidget)

/* Signals: "edited" (): the record has a new value; "finished" (): the value was picked, the next cell may follow;
 * "entered" (): Enter was pressed and the value taken. */
TwLineCell *tw_line_cell_new (TwListColumn *column, const TwField *field);
void tw_line_cell_set_record (TwLineCell *self, TwRecord *record);
TwRecord *tw_line_cell_get_record (TwLineCell *self); /* nullable */
TwListColumn *tw_line_cell_get_column (TwLineCell *self);
void tw_line_cell_set_editable (TwLineCell *self, gboolean editable);
gboolean tw_line_cell_is_editable (TwLineCell *self);
gboolean tw_line_cell_is_editing (TwLineCell *self);
/* FALSE when what is typed makes no sense. */
gboolean tw_line_cell_commit (TwLineCell *self);
/* Whether the editor needs Enter and the arrow keys for itself now. */
gboolean tw_line_cell_wants_keys (TwLineCell *self);
/* Shows again what the record holds, and its fault. */
void tw_line_cell_update (TwLineCell *self);

/* What the server said about a line's field; NULL detail lifts it. Kept with the record. */
void tw_line_set_fault (TwRecord *line, const char *field, const char *detail);
const char *tw_line_get_fault (TwRecord *line, const char *field);
/* Reads @typed as people write it into @line's field; FALSE with the reason. */
gboolean tw_line_read_typed (TwRecord *line, const TwField *field, const char *typed, GError **error);

G_END_DECLS
