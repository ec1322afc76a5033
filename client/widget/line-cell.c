/* line-cell.c: one field of one line: a label, and an editor while the cursor is in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/line-cell.h"

#include "client/widget/cell.h"
#include "client/widget/form-row.h"
#include "client/widget/format.h"
#include "client/widget/lookup-entry.h"

struct _TwLineCell
{
  GtkWidget parent_instance;

  GtkWidget *face; /* hidden while there is an editor; NULL until the cell is first shown */

  TwListColumn *column;
  const TwField *field;
  TwRecord *record;
  gulong handler;
  GtkWidget *editor; /* while the cursor is here */
  guint close_source;
  gboolean editable;
  gboolean quiet;
};

enum
{
  EDITED,
  FINISHED,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwLineCell, tw_line_cell, GTK_TYPE_WIDGET)

/* ---- Lines --------------------------------------------------------------------------------------------------- */

static char *
fault_key (const char *field)
{
  return g_strconcat ("fault-", field, NULL);
}

void
tw_line_set_fault (TwRecord *line, const char *field, const char *detail)
{
  g_autofree char *key = fault_key (field);

  g_object_set_data_full (G_OBJECT (line), key, g_strdup (detail), g_free);
}

const char *
tw_line_get_fault (TwRecord *line, const char *field)
{
  g_autofree char *key = fault_key (field);

  return g_object_get_data (G_OBJECT (line), key);
}

static char *
read_typed (const TwField *field, const char *typed, GError **error)
{
  if (*typed == '\0')
    return g_strdup ("");
  if (tw_field_is_number (field))
    return tw_format_read_decimal (typed, field->kind == TW_KIND_RATE, error);
  if (field->kind == TW_KIND_DATE)
    return tw_format_read_date (typed, error);
  return g_strdup (typed);
}

static gboolean
write_wire (TwRecord *line, const TwField *field, const char *value, GError **error)
{
  if (!tw_record_set_text (line, field, value, error))
    return FALSE;
  tw_record_mark_present (line, field);
  tw_line_set_fault (line, field->name, NULL);
  tw_record_changed (line, field->name);
  return TRUE;
}

gboolean
tw_line_read_typed (TwRecord *line, const TwField *field, const char *typed, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (typed));
  g_autofree char *value = read_typed (field, clean, error);

  return value != NULL && write_wire (line, field, value, error);
}

/* ---- The label ----------------------------------------------------------------------------------------------- */

/* A number that nobody wrote and the server has not set is no 0. */
static gboolean
is_unwritten (TwLineCell *self)
{
  return tw_field_is_number (self->field) && self->record->id == 0 && !tw_record_is_present (self->record, self->field)
         && tw_decimal_is_zero (self->field->kind == TW_KIND_INT
                                  ? tw_decimal_from_int (tw_record_at (self->record, self->field, gint64))
                                  : tw_record_at (self->record, self->field, TwDecimal));
}

static char *
shown_text (TwLineCell *self)
{
  if (self->record == NULL || is_unwritten (self))
    return g_strdup ("");
  return tw_list_column_show (self->column, self->record, self->field);
}

/* Not when nothing changes: a tooltip that is set asks the display where the pointer is, and there are thousands of
 * cells. */
static void
show_fault (TwLineCell *self, const char *fault)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), fault) == 0)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), fault);
  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "faulty");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "faulty");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  fault != NULL ? fault : "", -1);
}

void
tw_line_cell_update (TwLineCell *self)
{
  g_autofree char *text = NULL;
  const char *fault = self->record != NULL ? tw_line_get_fault (self->record, self->field->name) : NULL;

  if (self->face == NULL)
    return;
  text = shown_text (self);
  tw_cell_face_show (self->face, self->record, self->field, text);
  show_fault (self, fault);
}

static void
record_notify_cb (TwLineCell *self)
{
  if (!self->quiet)
    tw_line_cell_update (self);
}

/* ---- The editor ---------------------------------------------------------------------------------------------- */

static void
store (TwLineCell *self, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (self->record == NULL)
    return;
  if (write_wire (self->record, self->field, value, &error))
    {
      tw_line_cell_update (self);
      g_signal_emit (self, signals[EDITED], 0);
    }
  else
    {
      tw_line_set_fault (self->record, self->field->name, error->message);
      tw_line_cell_update (self);
      if (TW_IS_VALUE_ENTRY (self->editor))
        tw_value_entry_show_fault (TW_VALUE_ENTRY (self->editor), error->message);
    }
}

static void
committed_cb (TwLineCell *self)
{
  if (!self->quiet && self->editor != NULL)
    store (self, tw_value_entry_get_value (TW_VALUE_ENTRY (self->editor)));
}

static void
picked_cb (TwLineCell *self, JsonObject *picked)
{
  g_autofree char *name_pair = g_strdup_printf ("%s_name=%s", self->field->name,
                                                tw_list_column_get_name_field (self->column));

  if (self->record == NULL)
    return;
  tw_record_fill (self->record, name_pair, picked);
  tw_record_fill (self->record, tw_list_column_get_fill (self->column), picked);
}

static void
lookup_committed_cb (TwLineCell *self)
{
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
entered_cb (TwLineCell *self)
{
  if (self->editor != NULL && !gtk_widget_has_css_class (self->editor, "error"))
    g_signal_emit (self, signals[ENTERED], 0);
}

static void
chosen_cb (TwLineCell *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->editor));

  if (!self->quiet)
    store (self, at == 0 ? "" : self->field->keys[at - 1].key);
}

static GtkWidget *
create_drop_down (TwLineCell *self)
{
  const char *present = self->record != NULL ? tw_record_at (self->record, self->field, const char *) : NULL;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *editor;
  guint selected = 0;

  gtk_string_list_append (labels, C_ ("choice", "–"));
  for (guint i = 0; self->field->keys[i].key != NULL; i++)
    {
      gtk_string_list_append (labels, _(self->field->keys[i].label));
      if (g_strcmp0 (self->field->keys[i].key, present) == 0)
        selected = i + 1;
    }
  editor = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (editor), selected);
  g_signal_connect_object (editor, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  return editor;
}

static GtkWidget *
create_entry (TwLineCell *self)
{
  const char *route = tw_list_column_get_route (self->column);
  g_autofree char *value = self->record != NULL ? tw_record_get_text (self->record, self->field) : NULL;
  GtkWidget *editor;

  if (route != NULL)
    editor = g_object_new (TW_TYPE_LOOKUP_ENTRY, "route", route, "key-field",
                           tw_list_column_get_key_field (self->column), "name-field",
                           tw_list_column_get_name_field (self->column), NULL);
  else
    editor = GTK_WIDGET (tw_value_entry_new_for_field (self->field, self->field->kind));
  tw_value_entry_set_value (TW_VALUE_ENTRY (editor), is_unwritten (self) ? "" : value);
  gtk_editable_set_width_chars (GTK_EDITABLE (editor), 3);
  g_signal_connect_object (editor, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "activate", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (route != NULL)
    {
      g_signal_connect_object (editor, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (editor, "committed", G_CALLBACK (lookup_committed_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  return editor;
}

static void
begin_editing (TwLineCell *self)
{
  g_autofree char *title = NULL;

  if (self->editor != NULL)
    return;
  self->editor = self->field->kind == TW_KIND_KEY ? create_drop_down (self) : create_entry (self);
  title = tw_list_column_get_title (self->column, G_OBJECT_TYPE (self->record));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_visible (self->face, FALSE);
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "editing");
}

static void
end_editing (TwLineCell *self)
{
  g_clear_handle_id (&self->close_source, g_source_remove);
  if (self->editor == NULL)
    return;
  gtk_widget_unparent (g_steal_pointer (&self->editor));
  gtk_widget_set_visible (self->face, TRUE);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "editing");
  tw_line_cell_update (self);
}

static gboolean
close_cb (gpointer user_data)
{
  TwLineCell *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->close_source = 0;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    end_editing (self);
  return G_SOURCE_REMOVE;
}

/* The editor cannot go while the focus is just moving out of it, but does before the next frame: each time the window
 * lays out anew costs as much as the move. What makes no sense stays to be seen. */
static void
left_cb (TwLineCell *self)
{
  if (self->editor != NULL && tw_line_cell_commit (self) && self->close_source == 0)
    self->close_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, close_cb, self, NULL);
}

static void
tw_line_cell_show (GtkWidget *widget)
{
  TwLineCell *self = TW_LINE_CELL (widget);

  if (self->face == NULL)
    {
      self->face = tw_cell_face_new (widget, self->column, self->field);
      tw_line_cell_update (self);
    }
  GTK_WIDGET_CLASS (tw_line_cell_parent_class)->show (widget);
}

static gboolean
tw_line_cell_grab_focus (GtkWidget *widget)
{
  TwLineCell *self = TW_LINE_CELL (widget);

  if (!tw_line_cell_is_editable (self) || self->record == NULL)
    return FALSE;
  begin_editing (self);
  if (!gtk_widget_grab_focus (self->editor))
    return FALSE;
  if (GTK_IS_EDITABLE (self->editor))
    gtk_editable_select_region (GTK_EDITABLE (self->editor), 0, -1);
  return TRUE;
}

static void
clicked_cb (TwLineCell *self)
{
  if (self->editor == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
tw_line_cell_dispose (GObject *object)
{
  TwLineCell *self = TW_LINE_CELL (object);

  g_clear_handle_id (&self->close_source, g_source_remove);
  if (self->record != NULL)
    g_clear_signal_handler (&self->handler, self->record);
  g_clear_object (&self->record);
  if (self->editor != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->editor));
  g_clear_object (&self->column);
  g_clear_pointer (&self->face, gtk_widget_unparent);
  G_OBJECT_CLASS (tw_line_cell_parent_class)->dispose (object);
}

static void
tw_line_cell_class_init (TwLineCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_line_cell_dispose;
  widget_class->grab_focus = tw_line_cell_grab_focus;
  widget_class->show = tw_line_cell_show;
  signals[EDITED] = g_signal_new ("edited", TW_TYPE_LINE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED]
    = g_signal_new ("finished", TW_TYPE_LINE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED]
    = g_signal_new ("entered", TW_TYPE_LINE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "line-cell");
}

static void
tw_line_cell_init (TwLineCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

TwLineCell *
tw_line_cell_new (TwListColumn *column, const TwField *field)
{
  TwLineCell *self = g_object_new (TW_TYPE_LINE_CELL, "visible", FALSE, NULL);

  self->column = g_object_ref (column);
  self->field = field;
  return self;
}

void
tw_line_cell_set_record (TwLineCell *self, TwRecord *record)
{
  if (self->record == record)
    return;
  if (self->record != NULL)
    g_clear_signal_handler (&self->handler, self->record);
  end_editing (self);
  g_set_object (&self->record, record);
  if (record != NULL)
    self->handler = g_signal_connect_swapped (record, "notify", G_CALLBACK (record_notify_cb), self);
  tw_line_cell_update (self);
}

TwRecord *
tw_line_cell_get_record (TwLineCell *self)
{
  return self->record;
}

TwListColumn *
tw_line_cell_get_column (TwLineCell *self)
{
  return self->column;
}

void
tw_line_cell_set_editable (TwLineCell *self, gboolean editable)
{
  self->editable = editable;
  gtk_widget_set_focusable (GTK_WIDGET (self), tw_line_cell_is_editable (self));
  if (tw_line_cell_is_editable (self))
    gtk_widget_add_css_class (GTK_WIDGET (self), "editable");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "editable");
  if (!editable)
    end_editing (self);
}

gboolean
tw_line_cell_is_editable (TwLineCell *self)
{
  return self->editable && tw_list_column_get_editable (self->column);
}

gboolean
tw_line_cell_is_editing (TwLineCell *self)
{
  return self->editor != NULL;
}

gboolean
tw_line_cell_commit (TwLineCell *self)
{
  return !TW_IS_VALUE_ENTRY (self->editor) || tw_value_entry_commit (TW_VALUE_ENTRY (self->editor));
}

gboolean
tw_line_cell_wants_keys (TwLineCell *self)
{
  return GTK_IS_DROP_DOWN (self->editor)
         || (TW_IS_LOOKUP_ENTRY (self->editor) && tw_lookup_entry_is_open (TW_LOOKUP_ENTRY (self->editor)));
}
