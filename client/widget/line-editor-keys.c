/* line-editor-keys.c: moving through the grid of a line editor, and pasting into it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/line-editor-private.h"

#include <string.h>

#include "client/widget/far-rows.h"
#include "shared/base/text.h"

guint
tw_line_editor_count_lines (TwLineEditor *self)
{
  return self->lines != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->lines)) : 0;
}

/* ---- Finding one's way --------------------------------------------------------------------------------------- */

static TwLineCell *
find_cell (TwLineEditor *self, TwRecord *line, TwListColumn *column)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      TwLineCell *cell = g_ptr_array_index (self->cells, i);

      if (tw_line_cell_get_record (cell) == line && tw_line_cell_get_column (cell) == column)
        return cell;
    }
  return NULL;
}

TwLineCell *
tw_line_editor_find_active (TwLineEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *cell = focus != NULL ? gtk_widget_get_ancestor (focus, TW_TYPE_LINE_CELL) : NULL;

  return cell != NULL && gtk_widget_is_ancestor (cell, GTK_WIDGET (self)) ? TW_LINE_CELL (cell) : NULL;
}

static int
column_index (TwLineEditor *self, TwListColumn *column)
{
  guint index = 0;

  return g_ptr_array_find (self->columns, column, &index) ? (int) index : -1;
}

static guint
line_position (TwLineEditor *self, TwRecord *line)
{
  guint position = 0;

  return self->lines != NULL && g_list_store_find (self->lines, line, &position) ? position : GTK_INVALID_LIST_POSITION;
}

/* The next column in @by's direction that can be written into; -1 at the end. */
int
tw_line_editor_next_editable (TwLineEditor *self, int index, int by)
{
  for (index += by; index >= 0 && index < (int) self->columns->len; index += by)
    if (tw_list_column_get_editable (g_ptr_array_index (self->columns, index)))
      return index;
  return -1;
}

static gboolean
focus_cell (TwLineEditor *self, guint position, int index)
{
  g_autoptr (TwRecord) line = NULL;
  TwLineCell *cell;

  if (position >= tw_line_editor_count_lines (self) || index < 0)
    return FALSE;
  line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
  cell = find_cell (self, line, g_ptr_array_index (self->columns, index));
  if (cell == NULL)
    return FALSE;
  tw_far_rows_show_row_of (GTK_WIDGET (cell));
  return gtk_widget_grab_focus (GTK_WIDGET (cell));
}

typedef struct
{
  TwLineEditor *editor;
  guint position;
  int index;
} FocusWish;

static gboolean
focus_later_cb (gpointer user_data)
{
  FocusWish *wish = user_data;

  focus_cell (wish->editor, wish->position, wish->index);
  return G_SOURCE_REMOVE;
}

static void
focus_wish_free (gpointer data)
{
  FocusWish *wish = data;

  g_object_unref (wish->editor);
  g_free (wish);
}

/* A line that is not on the screen has no cells yet: scroll to it, then put the cursor there. */
void
tw_line_editor_go_to (TwLineEditor *self, guint position, int index)
{
  FocusWish *wish;
  GtkWidget *inner;

  if (focus_cell (self, position, index))
    return;
  for (inner = gtk_widget_get_first_child (GTK_WIDGET (self->view)); inner != NULL;
       inner = gtk_widget_get_next_sibling (inner))
    if (gtk_widget_activate_action (inner, "list.scroll-to-item", "u", position))
      break;
  wish = g_new0 (FocusWish, 1);
  wish->editor = g_object_ref (self);
  wish->position = position;
  wish->index = index;
  /* After layout, which makes the cells. */
  g_idle_add_full (GDK_PRIORITY_REDRAW + 10, focus_later_cb, wish, focus_wish_free);
}

/* Enter asks only for what every line needs. */
static int
next_wanted (TwLineEditor *self, int index)
{
  do
    index = tw_line_editor_next_editable (self, index, 1);
  while (index >= 0 && tw_list_column_get_optional (g_ptr_array_index (self->columns, index)));
  return index;
}

gboolean
tw_line_editor_move_forward (TwLineEditor *self, TwLineCell *from, gboolean entered)
{
  guint position = line_position (self, tw_line_cell_get_record (from));
  int at = column_index (self, tw_line_cell_get_column (from));
  int index = entered ? next_wanted (self, at) : tw_line_editor_next_editable (self, at, 1);

  if (index >= 0)
    tw_line_editor_go_to (self, position, index);
  else if (position + 1 < tw_line_editor_count_lines (self))
    tw_line_editor_go_to (self, position + 1, tw_line_editor_next_editable (self, -1, 1));
  else if (entered && !self->fixed_lines)
    tw_line_editor_add_line (self);
  else
    return FALSE;
  return TRUE;
}

static gboolean
move_back (TwLineEditor *self, TwLineCell *from)
{
  guint position = line_position (self, tw_line_cell_get_record (from));
  int index = tw_line_editor_next_editable (self, column_index (self, tw_line_cell_get_column (from)), -1);

  if (index >= 0)
    tw_line_editor_go_to (self, position, index);
  else if (position > 0)
    tw_line_editor_go_to (self, position - 1, tw_line_editor_next_editable (self, (int) self->columns->len, -1));
  else
    return FALSE;
  return TRUE;
}

static gboolean
move_vertically (TwLineEditor *self, TwLineCell *from, int by)
{
  guint position = line_position (self, tw_line_cell_get_record (from));

  if ((by < 0 && position == 0) || (by > 0 && position + 1 >= tw_line_editor_count_lines (self)))
    return FALSE;
  tw_line_editor_go_to (self, position + (guint) by, column_index (self, tw_line_cell_get_column (from)));
  return TRUE;
}

/* ---- Pasting ------------------------------------------------------------------------------------------------- */

static guint
paste_row (TwLineEditor *self, TwRecord *line, int index, const char *row)
{
  g_auto (GStrv) values = g_strsplit (row, "\t", -1);
  guint bad = 0;

  for (guint i = 0; values[i] != NULL && index >= 0; i++, index = tw_line_editor_next_editable (self, index, 1))
    {
      const TwField *field = tw_list_column_find (g_ptr_array_index (self->columns, index), self->line_type);
      g_autoptr (GError) error = NULL;

      if (tw_line_read_typed (line, field, values[i], &error))
        continue;
      tw_line_set_fault (line, field->name, error->message);
      bad++;
    }
  return bad;
}

guint
tw_line_editor_paste (TwLineEditor *self, guint position, const char *field, const char *text)
{
  g_autofree char *clean = g_strchomp (g_strdup (text));
  g_auto (GStrv) rows = g_strsplit_set (clean, "\n", -1);
  int index = tw_line_editor_next_editable (self, -1, 1);
  guint bad = 0;

  if (self->lines == NULL || !self->editable)
    return 0;
  for (guint i = 0; field != NULL && i < self->columns->len; i++)
    if (g_strcmp0 (tw_list_column_get_field (g_ptr_array_index (self->columns, i)), field) == 0)
      index = (int) i;
  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autoptr (TwRecord) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position + i);

      if (line == NULL && self->fixed_lines)
        break;
      if (line == NULL)
        {
          line = g_object_new (self->line_type, NULL);
          g_signal_emit_by_name (self, "line-added", line);
          g_list_store_append (self->lines, line);
        }
      bad += paste_row (self, line, index, g_strchomp (rows[i]));
    }
  tw_line_editor_update_stack (self);
  tw_line_editor_update (self);
  tw_line_editor_note_edited (self);
  if (bad > 0)
    {
      g_autofree char *message = g_strdup_printf (
        tw_text_plural ("%u pasted value could not be read; it is marked.",
                        "%u pasted values could not be read; they are marked.", bad),
        bad);

      tw_line_editor_show_message (self, message);
    }
  return bad;
}

static void
clipboard_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwLineEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  TwLineCell *active = tw_line_editor_find_active (self);
  GtkWidget *focus;

  if (text == NULL || active == NULL)
    return; /* nothing that could be pasted here */
  if (strpbrk (text, "\n\t") != NULL)
    {
      guint position = line_position (self, tw_line_cell_get_record (active));

      tw_line_editor_paste (self, position, tw_list_column_get_field (tw_line_cell_get_column (active)), text);
      return;
    }
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (GTK_IS_EDITABLE (focus))
    {
      int position = gtk_editable_get_position (GTK_EDITABLE (focus));

      gtk_editable_delete_selection (GTK_EDITABLE (focus));
      position = MIN (position, (int) g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (focus)), -1));
      gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &position);
      gtk_editable_set_position (GTK_EDITABLE (focus), position);
    }
}

/* ---- Keys ---------------------------------------------------------------------------------------------------- */

static gboolean
control_key (TwLineEditor *self, TwLineCell *active, guint key)
{
  switch (key)
    {
    case GDK_KEY_l:
    case GDK_KEY_L:
      if (tw_line_cell_commit (active))
        tw_line_editor_add_line (self);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      tw_line_editor_remove_line (self, line_position (self, tw_line_cell_get_record (active)));
      return TRUE;
    case GDK_KEY_v:
    case GDK_KEY_V:
      gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_read_cb,
                                     g_object_ref (self));
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
tw_line_editor_key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
                               gpointer user_data)
{
  TwLineEditor *self = user_data;
  TwLineCell *active = tw_line_editor_find_active (self);

  if (active == NULL || !self->editable)
    return FALSE;
  if ((state & GDK_CONTROL_MASK) != 0)
    return control_key (self, active, key);
  if (tw_line_cell_wants_keys (active) || (state & GDK_ALT_MASK) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return tw_line_cell_commit (active) ? tw_line_editor_move_forward (self, active, FALSE) : TRUE;
    case GDK_KEY_ISO_Left_Tab:
      return tw_line_cell_commit (active) ? move_back (self, active) : TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return tw_line_cell_commit (active) ? move_vertically (self, active, 1) : TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return tw_line_cell_commit (active) ? move_vertically (self, active, -1) : TRUE;
    default:
      return FALSE;
    }
}

/* Enter comes after the editor has had it: a lookup takes what it found first. */
gboolean
tw_line_editor_enter_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
                                 gpointer user_data)
{
  TwLineEditor *self = user_data;
  TwLineCell *active = tw_line_editor_find_active (self);

  if (active == NULL || !self->editable || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
      || (state & GDK_CONTROL_MASK) != 0)
    return FALSE;
  if (tw_line_cell_commit (active) && tw_line_editor_find_active (self) == active)
    tw_line_editor_move_forward (self, active, TRUE);
  return TRUE;
}
