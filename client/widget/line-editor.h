/* line-editor.h: the lines of a document as a grid that is written into like a sheet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Generic: order lines, receipts, counts, packing. Declared in `.ui`:
 *
 *   <object class="TwLineEditor">
 *     <property name="field">lines</property>
 *     <property name="title" translatable="yes">Lines</property>
 *     <child><object class="TwListColumn">
 *       <property name="field">product</property>
 *       <property name="editable">True</property>
 *       <property name="route">/products</property>
 *       <property name="key-field">sku</property>
 *       <property name="fill">unit=unit</property>      what a picked product brings along, see form-row.h
 *     </object></child>
 *     <child><object class="TwListColumn">
 *       <property name="field">quantity</property><property name="editable">True</property>
 *     </object></child>
 *     <child><object class="TwListColumn"><property name="field">net</property></object></child>
 *   </object>
 *
 * Keys: Enter the next field, after the last one a new line; Tab and Shift+Tab; Up and Down the same field of the line
 * above or below; Ctrl+L adds, Ctrl+Delete removes a line; Ctrl+V pastes rows of a spreadsheet from the active
 * field on.
 */
#pragma once

#include <adwaita.h>

#include "client/widget/editor.h"
#include "client/widget/list-column.h"

G_BEGIN_DECLS

#define TW_TYPE_LINE_EDITOR (tw_line_editor_get_type ())
G_DECLARE_FINAL_TYPE (TwLineEditor, tw_line_editor, TW, LINE_EDITOR, AdwBin)

/* A TwEditor of a LIST field. Properties: "field", "title", "fixed-lines" (boolean: lines are given, only their fields
 * are written: a count, a pick), "empty-text". Signal: "line-added" (TwRecord *line): set defaults; it has no fields
 * yet. */

/* The number of lines, and the line, as shown. */
GListModel *tw_line_editor_get_lines (TwLineEditor *self);
/* Adds an empty line and puts the cursor into its first field. */
void tw_line_editor_add_line (TwLineEditor *self);
void tw_line_editor_remove_line (TwLineEditor *self, guint position);
/* Puts the cursor into a field; FALSE when it cannot be edited. */
gboolean tw_line_editor_focus_field (TwLineEditor *self, guint position, const char *field);
/* Writes rows of tab-separated text from line @position and @field on, adding lines as needed. The number of values
 * that could not be read is returned and shown. */
guint tw_line_editor_paste (TwLineEditor *self, guint position, const char *field, const char *text);
/* The lines got values that the grid has to show again (a preview's prices). */
void tw_line_editor_update (TwLineEditor *self);

G_END_DECLS
