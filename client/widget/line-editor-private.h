/* line-editor-private.h: the line editor's members, shared by its files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * line-editor.c shows and edits; line-editor-keys.c moves the cursor and pastes.
 */
#pragma once

#include "client/widget/line-cell.h"
#include "client/widget/line-editor.h"

G_BEGIN_DECLS

struct _TwLineEditor
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkButton *add_button;
  GtkStack *stack; /* "lines", "empty" */
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkNoSelection *selection;
  GtkLabel *empty;
  GtkLabel *fault;

  char *field_name;
  gboolean fixed_lines;
  GPtrArray *columns; /* TwListColumn */
  GtkColumnViewColumn *remove_column;

  TwRecord *record;
  GListStore *lines; /* the record's; NULL without one */
  GType line_type;   /* G_TYPE_INVALID until known: then the columns are made */
  GPtrArray *cells;  /* bound TwLineCell, borrowed */
  gulong lines_handler;
  gboolean editable;
};

int tw_line_editor_next_editable (TwLineEditor *self, int index, int by);
TwLineCell *tw_line_editor_find_active (TwLineEditor *self);
gboolean tw_line_editor_enter_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
                                          gpointer user_data);
gboolean tw_line_editor_move_forward (TwLineEditor *self, TwLineCell *from, gboolean entered);
guint tw_line_editor_count_lines (TwLineEditor *self);
void tw_line_editor_go_to (TwLineEditor *self, guint position, int index);
gboolean tw_line_editor_key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
                                        gpointer user_data);
void tw_line_editor_update_stack (TwLineEditor *self);
void tw_line_editor_show_message (TwLineEditor *self, const char *text);
void tw_line_editor_note_edited (TwLineEditor *self);

G_END_DECLS
