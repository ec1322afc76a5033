/* line-editor.c: the lines of a document as a grid that is written into like a sheet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/line-editor-private.h"

#include <string.h>

#include "client/application.h"
#include "client/widget/column-fit.h"
#include "shared/base/text.h"

#define REMOVE_WIDTH 40

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_TITLE,
  PROP_FIXED_LINES,
  PROP_EMPTY_TEXT,
  PROP_RECORD,
  N_PROPERTIES
};

enum
{
  LINE_ADDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void buildable_iface_init (GtkBuildableIface *iface);
static void editor_iface_init (TwEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwLineEditor, tw_line_editor, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init)
                                 G_IMPLEMENT_INTERFACE (TW_TYPE_EDITOR, editor_iface_init))

/* ---- Changes ------------------------------------------------------------------------------------------------- */

void
tw_line_editor_update_stack (TwLineEditor *self)
{
  gtk_stack_set_visible_child_name (self->stack, tw_line_editor_count_lines (self) > 0 ? "lines" : "empty");
}

void
tw_line_editor_note_edited (TwLineEditor *self)
{
  if (self->record == NULL)
    return;
  tw_record_mark_present (self->record, tw_record_find (self->record, self->field_name));
  tw_editor_emit_edited (TW_EDITOR (self), self->field_name);
}

static void
cell_finished_cb (TwLineEditor *self, TwLineCell *cell)
{
  if (tw_line_editor_find_active (self) == cell)
    tw_line_editor_move_forward (self, cell, FALSE);
}

/* The text entry keeps Enter for itself, so it does not come as a key. */
static void
cell_entered_cb (TwLineEditor *self, TwLineCell *cell)
{
  if (tw_line_editor_find_active (self) == cell)
    tw_line_editor_move_forward (self, cell, TRUE);
}

void
tw_line_editor_add_line (TwLineEditor *self)
{
  g_autoptr (TwRecord) line = NULL;

  if (self->lines == NULL || !self->editable || self->fixed_lines)
    return;
  line = g_object_new (self->line_type, NULL);
  g_signal_emit (self, signals[LINE_ADDED], 0, line);
  g_list_store_append (self->lines, line);
  tw_line_editor_update_stack (self);
  tw_line_editor_note_edited (self);
  tw_line_editor_go_to (self, tw_line_editor_count_lines (self) - 1, tw_line_editor_next_editable (self, -1, 1));
}

void
tw_line_editor_remove_line (TwLineEditor *self, guint position)
{
  if (position >= tw_line_editor_count_lines (self) || !self->editable || self->fixed_lines)
    return;
  g_list_store_remove (self->lines, position);
  tw_line_editor_update_stack (self);
  tw_line_editor_note_edited (self);
  if (tw_line_editor_count_lines (self) > 0)
    tw_line_editor_go_to (self, MIN (position, tw_line_editor_count_lines (self) - 1),
                          tw_line_editor_next_editable (self, -1, 1));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
}

static void
add_clicked_cb (TwLineEditor *self)
{
  tw_line_editor_add_line (self);
}

static void
remove_clicked_cb (GtkButton *button, gpointer user_data)
{
  GtkListItem *item = user_data;
  TwLineEditor *self = TW_LINE_EDITOR (gtk_widget_get_ancestor (GTK_WIDGET (button), TW_TYPE_LINE_EDITOR));

  tw_line_editor_remove_line (self, gtk_list_item_get_position (item));
}

void
tw_line_editor_show_message (TwLineEditor *self, const char *text)
{
  gtk_label_set_label (self->fault, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), text != NULL);
}

/* ---- Columns ------------------------------------------------------------------------------------------------- */

typedef struct
{
  TwLineEditor *editor;
  TwListColumn *column;
  const TwField *field;
} CellKind;

static void
cell_kind_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CellKind *kind = user_data;
  TwLineCell *cell = tw_line_cell_new (kind->column, kind->field);

  g_signal_connect_object (cell, "edited", G_CALLBACK (tw_line_editor_note_edited), kind->editor, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "finished", G_CALLBACK (cell_finished_cb), kind->editor, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "entered", G_CALLBACK (cell_entered_cb), kind->editor, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, GTK_WIDGET (cell));
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CellKind *kind = user_data;
  TwLineCell *cell = TW_LINE_CELL (gtk_list_item_get_child (item));

  tw_line_cell_set_record (cell, gtk_list_item_get_item (item));
  tw_line_cell_set_editable (cell, kind->editor->editable);
  g_ptr_array_add (kind->editor->cells, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CellKind *kind = user_data;
  TwLineCell *cell = TW_LINE_CELL (gtk_list_item_get_child (item));

  g_ptr_array_remove_fast (kind->editor->cells, cell);
  tw_line_cell_set_record (cell, NULL);
}

static void
add_column (TwLineEditor *self, TwColumnFit *fit, TwListColumn *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellKind *kind = g_new0 (CellKind, 1);

  kind->editor = self;
  kind->column = column;
  kind->field = tw_list_column_find (column, self->line_type);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), kind, cell_kind_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), kind);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), kind);
  tw_column_fit_add (fit, column, self->line_type, factory, NULL);
}

static void
setup_remove_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/widget/line-remove.ui");
  GObject *button = gtk_builder_get_object (builder, "button");

  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), item, 0);
  gtk_list_item_set_child (item, GTK_WIDGET (button));
  gtk_list_item_set_activatable (item, FALSE);
}

static void
make_columns (TwLineEditor *self, GType line_type)
{
  GtkListItemFactory *factory;
  TwColumnFit *fit;

  if (self->line_type == line_type)
    return;
  g_return_if_fail (self->line_type == G_TYPE_INVALID);
  self->line_type = line_type;
  fit = tw_column_fit_new (self->view, self->scroller);
  for (guint i = 0; i < self->columns->len; i++)
    add_column (self, fit, g_ptr_array_index (self->columns, i));
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_remove_cb), NULL);
  self->remove_column = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_column_set_fixed_width (self->remove_column, REMOVE_WIDTH);
}

/* ---- As an editor -------------------------------------------------------------------------------------------- */

static const char *
tw_line_editor_get_field (TwEditor *editor)
{
  return TW_LINE_EDITOR (editor)->field_name;
}

/* Taken out rather than hidden: in GTK 4.8 a hidden column still takes its width. */
static void
show_remove_column (TwLineEditor *self, gboolean shown)
{
  gboolean is_shown
    = self->remove_column != NULL && gtk_column_view_column_get_column_view (self->remove_column) != NULL;

  if (self->remove_column == NULL || is_shown == shown)
    return;
  if (shown)
    gtk_column_view_append_column (self->view, self->remove_column);
  else
    gtk_column_view_remove_column (self->view, self->remove_column);
}

static void
update_editable (TwLineEditor *self)
{
  gboolean may_add = self->editable && !self->fixed_lines && self->lines != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->add_button), may_add);
  show_remove_column (self, may_add);
  for (guint i = 0; i < self->cells->len; i++)
    tw_line_cell_set_editable (g_ptr_array_index (self->cells, i), self->editable);
}

static void
tw_line_editor_set_record (TwEditor *editor, TwRecord *record)
{
  TwLineEditor *self = TW_LINE_EDITOR (editor);
  const TwField *field = record != NULL ? tw_record_find (record, self->field_name) : NULL;
  GListStore *lines = NULL;

  if (record != NULL && (field == NULL || field->kind != TW_KIND_LIST))
    {
      g_critical ("%s has no list %s", G_OBJECT_TYPE_NAME (record), self->field_name);
      return;
    }
  if (self->lines != NULL)
    g_clear_signal_handler (&self->lines_handler, self->lines);
  g_set_object (&self->record, record);
  if (field != NULL)
    lines = tw_record_at (record, field, GListStore *);
  g_set_object (&self->lines, lines);
  if (field != NULL)
    make_columns (self, field->item ());
  if (self->lines != NULL)
    self->lines_handler
      = g_signal_connect_swapped (self->lines, "items-changed", G_CALLBACK (tw_line_editor_update_stack), self);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->lines));
  update_editable (self);
  tw_line_editor_update_stack (self);
}

static void
tw_line_editor_set_editable (TwEditor *editor, gboolean editable)
{
  TW_LINE_EDITOR (editor)->editable = editable;
  update_editable (TW_LINE_EDITOR (editor));
}

static void
clear_faults (TwLineEditor *self)
{
  for (guint i = 0; i < tw_line_editor_count_lines (self); i++)
    {
      g_autoptr (TwRecord) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      for (guint c = 0; c < self->columns->len; c++)
        tw_line_set_fault (line, tw_list_column_get_field (g_ptr_array_index (self->columns, c)), NULL);
    }
  tw_line_editor_show_message (self, NULL);
}

/* "/0/quantity": the first line's quantity. */
static void
tw_line_editor_show_fault (TwEditor *editor, const char *rest, const char *detail)
{
  TwLineEditor *self = TW_LINE_EDITOR (editor);
  g_auto (GStrv) parts = NULL;
  g_autoptr (TwRecord) line = NULL;
  guint64 position = 0;

  if (detail == NULL)
    {
      clear_faults (self);
      tw_line_editor_update (self);
      return;
    }
  parts = g_strsplit (rest, "/", 4);
  if (g_strv_length (parts) >= 2 && g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT32, &position, NULL))
    line = self->lines != NULL ? g_list_model_get_item (G_LIST_MODEL (self->lines), (guint) position) : NULL;
  if (line != NULL && parts[2] != NULL)
    {
      tw_line_set_fault (line, parts[2], detail);
      tw_line_editor_update (self);
    }
  if (line != NULL)
    {
      /* Translators: what is wrong with a line of a document: its number, and the sentence */
      g_autofree char *text = g_strdup_printf (_("Line %u: %s"), (guint) position + 1, detail);

      tw_line_editor_show_message (self, text);
    }
  else
    {
      tw_line_editor_show_message (self, detail);
    }
}

static gboolean
is_blank (TwLineEditor *self, TwRecord *line)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const TwField *field = tw_list_column_find (g_ptr_array_index (self->columns, i), self->line_type);
      g_autofree char *text = tw_record_get_text (line, field);

      if (tw_list_column_get_editable (g_ptr_array_index (self->columns, i)) && tw_record_is_present (line, field)
          && *text != '\0')
        return FALSE;
    }
  return line->id == 0;
}

/* Enter after the last value opens one more line; nobody has to take it away before saving. */
static void
drop_blank_end (TwLineEditor *self)
{
  for (guint n = tw_line_editor_count_lines (self); n > 0 && self->editable && !self->fixed_lines; n--)
    {
      g_autoptr (TwRecord) line = g_list_model_get_item (G_LIST_MODEL (self->lines), n - 1);

      if (!is_blank (self, line))
        return;
      g_list_store_remove (self->lines, n - 1);
    }
}

static gboolean
tw_line_editor_commit (TwEditor *editor)
{
  TwLineEditor *self = TW_LINE_EDITOR (editor);
  gboolean good = TRUE;

  for (guint i = 0; i < self->cells->len; i++)
    {
      TwLineCell *cell = g_ptr_array_index (self->cells, i);

      if (tw_line_cell_is_editing (cell))
        good = tw_line_cell_commit (cell) && good;
    }
  if (good)
    drop_blank_end (self);
  return good;
}

static void
editor_iface_init (TwEditorInterface *iface)
{
  iface->get_field = tw_line_editor_get_field;
  iface->set_record = tw_line_editor_set_record;
  iface->set_editable = tw_line_editor_set_editable;
  iface->show_fault = tw_line_editor_show_fault;
  iface->commit = tw_line_editor_commit;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (TW_IS_LIST_COLUMN (child))
    g_ptr_array_add (TW_LINE_EDITOR (buildable)->columns, g_object_ref (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
tw_line_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwLineEditor *self = TW_LINE_EDITOR (object);

  switch (id)
    {
    case PROP_FIELD:
      g_free (self->field_name);
      self->field_name = g_value_dup_string (value);
      break;
    case PROP_TITLE:
      gtk_label_set_label (self->title, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_FIXED_LINES:
      self->fixed_lines = g_value_get_boolean (value);
      update_editable (self);
      break;
    case PROP_EMPTY_TEXT:
      gtk_label_set_label (self->empty, g_value_get_string (value));
      break;
    case PROP_RECORD:
      tw_line_editor_set_record (TW_EDITOR (self), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_line_editor_dispose (GObject *object)
{
  TwLineEditor *self = TW_LINE_EDITOR (object);

  if (self->lines != NULL)
    g_clear_signal_handler (&self->lines_handler, self->lines);
  if (self->selection != NULL)
    gtk_no_selection_set_model (self->selection, NULL);
  g_clear_object (&self->lines);
  g_clear_object (&self->record);
  g_clear_object (&self->remove_column);
  G_OBJECT_CLASS (tw_line_editor_parent_class)->dispose (object);
}

static void
tw_line_editor_finalize (GObject *object)
{
  TwLineEditor *self = TW_LINE_EDITOR (object);

  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->cells);
  g_free (self->field_name);
  G_OBJECT_CLASS (tw_line_editor_parent_class)->finalize (object);
}

static void
tw_line_editor_class_init (TwLineEditorClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_line_editor_dispose;
  object_class->finalize = tw_line_editor_finalize;
  object_class->set_property = tw_line_editor_set_property;
  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_FIXED_LINES] = g_param_spec_boolean ("fixed-lines", NULL, NULL, FALSE, flags);
  properties[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, NULL, flags);
  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, TW_TYPE_RECORD, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[LINE_ADDED] = g_signal_new ("line-added", TW_TYPE_LINE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, TW_TYPE_RECORD);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/line-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, title);
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, add_button);
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, view);
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, selection);
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, empty);
  gtk_widget_class_bind_template_child (widget_class, TwLineEditor, fault);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, tw_line_editor_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tw_line_editor_enter_pressed_cb);
}

static void
tw_line_editor_init (TwLineEditor *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->cells = g_ptr_array_new ();
  self->line_type = G_TYPE_INVALID;
  gtk_widget_init_template (GTK_WIDGET (self));
  update_editable (self);
  tw_line_editor_update_stack (self);
}

GListModel *
tw_line_editor_get_lines (TwLineEditor *self)
{
  return G_LIST_MODEL (self->lines);
}

gboolean
tw_line_editor_focus_field (TwLineEditor *self, guint position, const char *field)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      TwListColumn *column = g_ptr_array_index (self->columns, i);

      if (g_strcmp0 (tw_list_column_get_field (column), field) == 0 && tw_list_column_get_editable (column)
          && self->editable)
        {
          tw_line_editor_go_to (self, position, (int) i);
          return TRUE;
        }
    }
  return FALSE;
}

void
tw_line_editor_update (TwLineEditor *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    tw_line_cell_update (g_ptr_array_index (self->cells, i));
}
