/* form-row.c: one field of a record with its label, its editor and what is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/form-row.h"

#include <string.h>

#include "client/application.h"
#include "client/widget/cell.h"
#include "client/widget/format.h"
#include "client/widget/list-column.h"
#include "client/widget/lookup-entry.h"
#include "client/widget/status-pill.h"
#include "client/widget/text-box.h"
#include "client/widget/value-entry.h"

struct _TwFormRow
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkBox *place; /* of the editor */
  GtkLabel *value;
  TwStatusPill *pill;
  GtkLabel *fault;

  char *field_name;
  char *own_title;
  char *route;
  char *key_field;
  char *name_field;
  char *detail_field;
  char *fill;
  int span;
  gboolean read_only;
  gboolean hide_empty;

  GStrv choices; /* keys that are offered, NULL: all */
  const TwField *field; /* of the record's type, NULL before there is one */
  TwRecord *record;
  gulong handler;
  GtkWidget *editor; /* NULL while read-only; within the place's only child */
  TwKind kind;       /* that the editor was made for */
  gboolean editable;
  gboolean quiet; /* the program writes */
};

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_TITLE,
  PROP_ROUTE,
  PROP_KEY_FIELD,
  PROP_NAME_FIELD,
  PROP_DETAIL_FIELD,
  PROP_FILL,
  PROP_SPAN,
  PROP_READ_ONLY,
  PROP_HIDE_EMPTY,
  PROP_RECORD,
  N_PROPERTIES
};

enum
{
  ENTERED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void editor_iface_init (TwEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwFormRow, tw_form_row, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TW_TYPE_EDITOR, editor_iface_init))

/* ---- The record's side --------------------------------------------------------------------------------------- */

static void
write_value (TwFormRow *self, const char *value)
{
  g_autoptr (GError) error = NULL;
  gboolean good;

  self->quiet = TRUE;
  good = tw_record_set_text (self->record, self->field, value, &error);
  if (good)
    {
      tw_record_mark_present (self->record, self->field);
      tw_record_changed (self->record, self->field->name);
    }
  self->quiet = FALSE;
  tw_editor_show_fault (TW_EDITOR (self), "", good ? NULL : error->message);
  if (good)
    tw_editor_emit_edited (TW_EDITOR (self), self->field->name);
}

static char *
read_value (TwFormRow *self)
{
  char *text;

  if (self->record == NULL || self->field == NULL)
    return g_strdup ("");
  text = tw_record_get_text (self->record, self->field);
  /* A number that was never written is an empty entry, not a 0. */
  if (text != NULL && tw_field_is_number (self->field) && self->record->id == 0
      && !tw_record_is_present (self->record, self->field) && strspn (text, "0.") == strlen (text))
    *text = '\0';
  return text != NULL ? text : g_strdup ("");
}

/* "customer" is shown by "customer_name". */
static char *
read_name (TwFormRow *self)
{
  g_autofree char *name = g_strconcat (self->field->name, "_name", NULL);
  const TwField *field = tw_record_find (self->record, name);

  return field != NULL ? tw_record_get_text (self->record, field) : NULL;
}

static void
write_named (TwRecord *record, const char *name, const char *text)
{
  const TwField *field = tw_record_find (record, name);

  if (field == NULL || !tw_record_set_text (record, field, text, NULL))
    return;
  tw_record_mark_present (record, field);
  tw_record_changed (record, name);
}

static char *
member_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup (json_node_get_boolean (node) ? "true" : "false");
}

void
tw_record_fill (TwRecord *record, const char *fill, JsonObject *picked)
{
  g_auto (GStrv) pairs = g_strsplit (fill != NULL ? fill : "", ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *pair = pairs[i][0] == '!' ? pairs[i] + 1 : pairs[i];
      g_auto (GStrv) sides = g_strsplit (pair, "=", 2);
      const TwField *field = sides[0] != NULL ? tw_record_find (record, sides[0]) : NULL;
      g_autofree char *text = NULL;

      if (field == NULL || sides[1] == NULL || (pairs[i][0] == '!' && !tw_record_is_empty (record, field)))
        continue;
      text = member_text (picked, sides[1]);
      if (text != NULL)
        write_named (record, field->name, text);
    }
}

/* ---- The editors, one for each kind -------------------------------------------------------------------------- */

static void
committed_cb (TwFormRow *self)
{
  if (!self->quiet && self->record != NULL)
    write_value (self, tw_value_entry_get_value (TW_VALUE_ENTRY (self->editor)));
}

static void
picked_cb (TwFormRow *self, JsonObject *picked)
{
  g_autofree char *name_field = g_strconcat (self->field->name, "_name", NULL);
  g_autofree char *name = member_text (picked, self->name_field != NULL ? self->name_field : "name");

  write_named (self->record, name_field, name != NULL ? name : "");
  tw_record_fill (self->record, self->fill, picked);
}

static gboolean
is_offered (TwFormRow *self, const TwKey *key)
{
  return self->choices == NULL || g_strv_contains ((const char *const *) self->choices, key->key);
}

/* The key at @position of the drop-down, counted from 0. */
static const char *
offered_key (TwFormRow *self, guint position)
{
  for (const TwKey *key = self->field->keys; key->key != NULL; key++)
    if (is_offered (self, key) && position-- == 0)
      return key->key;
  return "";
}

static void
chosen_cb (TwFormRow *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->editor));

  if (!self->quiet && self->record != NULL && at != GTK_INVALID_LIST_POSITION)
    write_value (self, at == 0 ? "" : offered_key (self, at - 1));
}

static void
switched_cb (TwFormRow *self)
{
  if (!self->quiet && self->record != NULL)
    write_value (self, gtk_switch_get_active (GTK_SWITCH (self->editor)) ? "true" : "false");
}

static void
text_changed_cb (TwFormRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->editor));
  g_autofree char *text = NULL;

  if (self->quiet || self->record == NULL)
    return;
  g_object_get (buffer, "text", &text, NULL);
  write_value (self, text);
}

static GtkWidget *
create_drop_down (TwFormRow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *editor;

  /* Translators: the choice of no value in a drop-down */
  gtk_string_list_append (labels, C_ ("choice", "–"));
  for (const TwKey *key = self->field->keys; key->key != NULL; key++)
    if (is_offered (self, key))
      gtk_string_list_append (labels, _(key->label));
  editor = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  g_signal_connect_object (editor, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  return editor;
}

static GtkWidget *
create_text_view (TwFormRow *self)
{
  GtkWidget *editor = tw_text_box_create_view ();

  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor)), "changed", G_CALLBACK (text_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return editor;
}

/* After the value was taken: on to the next field, unless somebody knows better. */
static void
entered_cb (TwFormRow *self)
{
  gboolean handled = FALSE;

  if (gtk_widget_has_css_class (self->editor, "error"))
    return;
  g_signal_emit (self, signals[ENTERED], 0, &handled);
  if (!handled)
    g_signal_emit_by_name (self->editor, "move-focus", GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
create_entry (TwFormRow *self)
{
  GtkWidget *editor;

  if (self->route != NULL)
    {
      editor = g_object_new (TW_TYPE_LOOKUP_ENTRY, "route", self->route, "key-field",
                             self->key_field != NULL ? self->key_field : "code", "name-field",
                             self->name_field != NULL ? self->name_field : "name", "detail-field", self->detail_field,
                             NULL);
      g_signal_connect_object (editor, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      editor = GTK_WIDGET (tw_value_entry_new_for_field (self->field, self->kind));
    }
  g_signal_connect_object (editor, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "activate", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return editor;
}

static GtkWidget *
create_editor (TwFormRow *self)
{
  switch (self->field->kind)
    {
    case TW_KIND_KEY:
      return create_drop_down (self);
    case TW_KIND_BOOL:
      {
        GtkWidget *editor = gtk_switch_new ();

        gtk_widget_set_halign (editor, GTK_ALIGN_START);
        g_signal_connect_object (editor, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
        return editor;
      }
    case TW_KIND_TEXT:
      return (self->field->flags & TW_MULTILINE) != 0 ? create_text_view (self) : create_entry (self);
    case TW_KIND_INT:
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
    case TW_KIND_DATE:
      return create_entry (self);
    default:
      return NULL;
    }
}

static void
show_in_editor (TwFormRow *self)
{
  g_autofree char *value = read_value (self);

  self->quiet = TRUE;
  if (TW_IS_LOOKUP_ENTRY (self->editor))
    {
      g_autofree char *name = self->record != NULL ? read_name (self) : NULL;

      tw_lookup_entry_set_reference (TW_LOOKUP_ENTRY (self->editor), value, name);
    }
  else if (TW_IS_VALUE_ENTRY (self->editor))
    {
      tw_value_entry_set_value (TW_VALUE_ENTRY (self->editor), value);
    }
  else if (GTK_IS_DROP_DOWN (self->editor))
    {
      guint at = 0, position = 0;

      for (const TwKey *key = self->field->keys; key->key != NULL; key++)
        if (is_offered (self, key) && ++position && g_str_equal (key->key, value))
          at = position;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->editor), at);
    }
  else if (GTK_IS_SWITCH (self->editor))
    {
      gtk_switch_set_active (GTK_SWITCH (self->editor), g_str_equal (value, "true"));
    }
  else if (GTK_IS_TEXT_VIEW (self->editor))
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->editor)), value, -1);
    }
  self->quiet = FALSE;
}

static void
show_as_text (TwFormRow *self)
{
  g_autofree char *name = self->record != NULL && self->route != NULL ? read_name (self) : NULL;
  g_autofree char *text = self->record != NULL ? tw_format_value (self->record, self->field) : g_strdup ("");
  gboolean status = tw_field_is_status (self->field);

  gtk_label_set_label (self->value, name != NULL && *name != '\0' ? name : *text != '\0' ? text : "–");
  if (status)
    tw_status_pill_set (self->pill, self->record != NULL ? tw_record_at (self->record, self->field,
                                                                         const char *) : NULL,
                        text);
  gtk_widget_set_visible (GTK_WIDGET (self->value), !status);
  gtk_widget_set_visible (GTK_WIDGET (self->pill), status);
  if (self->hide_empty)
    gtk_widget_set_visible (GTK_WIDGET (self), self->record != NULL && !tw_record_is_empty (self->record, self->field));
}

static void
update (TwFormRow *self)
{
  if (self->field == NULL)
    return;
  if (self->editor != NULL)
    show_in_editor (self);
  else
    show_as_text (self);
}

/* Another field has changed while a person types into this one: the typing stays. */
static gboolean
is_being_typed (TwFormRow *self)
{
  g_autofree char *value = NULL;

  if (!TW_IS_VALUE_ENTRY (self->editor) || !tw_value_entry_is_typed (TW_VALUE_ENTRY (self->editor)))
    return FALSE;
  value = read_value (self);
  return g_strcmp0 (tw_value_entry_get_value (TW_VALUE_ENTRY (self->editor)), value) == 0;
}

static void
add_editor (TwFormRow *self)
{
  self->kind = tw_format_get_kind (self->record, self->field);
  self->editor = create_editor (self);
  if (self->editor == NULL)
    return;
  gtk_widget_set_hexpand (self->editor, !GTK_IS_SWITCH (self->editor));
  gtk_box_append (self->place,
                  GTK_IS_TEXT_VIEW (self->editor) ? tw_text_box_create_frame (self->editor) : self->editor);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title,
                                  NULL, -1);
  gtk_label_set_mnemonic_widget (self->title, self->editor);
}

static void
drop_editor (TwFormRow *self)
{
  gtk_label_set_mnemonic_widget (self->title, NULL);
  gtk_box_remove (self->place, gtk_widget_get_first_child (GTK_WIDGET (self->place)));
  self->editor = NULL;
}

/* The editor is made when there is something to edit, and gone when there is not. */
static void
update_editor (TwFormRow *self)
{
  gboolean wanted
    = self->field != NULL && self->editable && !self->read_only && (self->field->flags & TW_SERVER) == 0
      && ((self->field->flags & TW_FIXED) == 0 || self->record == NULL || self->record->id == 0);

  /* What a number is can depend on another field: the threshold of a rule on its condition. */
  if (self->editor != NULL && (!wanted || self->kind != tw_format_get_kind (self->record, self->field)))
    drop_editor (self);
  if (wanted && self->editor == NULL)
    add_editor (self);
  gtk_widget_set_visible (GTK_WIDGET (self->place), self->editor != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->value), self->editor == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->pill), FALSE);
  if (self->editor != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
record_notify_cb (TwFormRow *self, GParamSpec *pspec)
{
  if (self->quiet || is_being_typed (self))
    return;
  update_editor (self);
  update (self);
}

void
tw_form_row_set_choices (TwFormRow *self, const char *const *keys)
{
  g_strfreev (self->choices);
  self->choices = g_strdupv ((GStrv) keys);
  if (self->editor != NULL)
    drop_editor (self);
  update_editor (self);
  update (self);
}

/* ---- As an editor -------------------------------------------------------------------------------------------- */

static const char *
tw_form_row_get_field (TwEditor *editor)
{
  return TW_FORM_ROW (editor)->field_name;
}

static void
update_title (TwFormRow *self)
{
  const char *text = self->own_title != NULL                                  ? self->own_title
                     : self->field != NULL && self->field->label != NULL ? _(self->field->label)
                                                                              : "";
  gboolean required = self->field != NULL && (self->field->flags & TW_REQUIRED) != 0 && self->editor != NULL;
  /* Translators: marks a field that must be filled in; %s is its name */
  g_autofree char *marked = required ? g_strdup_printf (C_ ("required field", "%s *"), text) : g_strdup (text);

  gtk_label_set_label (self->title, marked);
}

static void
tw_form_row_set_record (TwEditor *editor, TwRecord *record)
{
  TwFormRow *self = TW_FORM_ROW (editor);

  if (self->record != NULL)
    g_clear_signal_handler (&self->handler, self->record);
  g_set_object (&self->record, record);
  if (record != NULL)
    {
      self->field = tw_record_find (record, self->field_name);
      if (self->field == NULL)
        g_critical ("%s has no field %s", G_OBJECT_TYPE_NAME (record), self->field_name);
      self->handler = g_signal_connect_swapped (record, "notify", G_CALLBACK (record_notify_cb), self);
    }
  update_editor (self);
  update_title (self);
  update (self);
}

static void
tw_form_row_set_editable (TwEditor *editor, gboolean editable)
{
  TwFormRow *self = TW_FORM_ROW (editor);

  self->editable = editable;
  update_editor (self);
  update_title (self);
  update (self);
}

static void
tw_form_row_show_fault (TwEditor *editor, const char *rest, const char *detail)
{
  TwFormRow *self = TW_FORM_ROW (editor);

  gtk_label_set_label (self->fault, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), detail != NULL);
  if (TW_IS_VALUE_ENTRY (self->editor))
    tw_value_entry_show_fault (TW_VALUE_ENTRY (self->editor), detail);
  else if (self->editor != NULL && detail != NULL)
    gtk_widget_add_css_class (self->editor, "error");
  else if (self->editor != NULL)
    gtk_widget_remove_css_class (self->editor, "error");
}

static gboolean
tw_form_row_commit (TwEditor *editor)
{
  TwFormRow *self = TW_FORM_ROW (editor);

  return !TW_IS_VALUE_ENTRY (self->editor) || tw_value_entry_commit (TW_VALUE_ENTRY (self->editor));
}

static void
editor_iface_init (TwEditorInterface *iface)
{
  iface->get_field = tw_form_row_get_field;
  iface->set_record = tw_form_row_set_record;
  iface->set_editable = tw_form_row_set_editable;
  iface->show_fault = tw_form_row_show_fault;
  iface->commit = tw_form_row_commit;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static char **
string_member (TwFormRow *self, guint id)
{
  switch (id)
    {
    case PROP_FIELD:
      return &self->field_name;
    case PROP_TITLE:
      return &self->own_title;
    case PROP_ROUTE:
      return &self->route;
    case PROP_KEY_FIELD:
      return &self->key_field;
    case PROP_NAME_FIELD:
      return &self->name_field;
    case PROP_DETAIL_FIELD:
      return &self->detail_field;
    case PROP_FILL:
      return &self->fill;
    default:
      return NULL;
    }
}

static void
tw_form_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwFormRow *self = TW_FORM_ROW (object);
  char **string = string_member (self, id);

  if (string != NULL)
    {
      g_free (*string);
      *string = g_value_dup_string (value);
    }
  else if (id == PROP_SPAN)
    self->span = g_value_get_int (value);
  else if (id == PROP_READ_ONLY)
    self->read_only = g_value_get_boolean (value);
  else if (id == PROP_HIDE_EMPTY)
    self->hide_empty = g_value_get_boolean (value);
  else if (id == PROP_RECORD)
    tw_form_row_set_record (TW_EDITOR (self), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_form_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwFormRow *self = TW_FORM_ROW (object);
  char **string = string_member (self, id);

  if (string != NULL)
    g_value_set_string (value, *string);
  else if (id == PROP_SPAN)
    g_value_set_int (value, self->span);
  else if (id == PROP_READ_ONLY)
    g_value_set_boolean (value, self->read_only);
  else if (id == PROP_HIDE_EMPTY)
    g_value_set_boolean (value, self->hide_empty);
  else if (id == PROP_RECORD)
    g_value_set_object (value, self->record);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_form_row_dispose (GObject *object)
{
  TwFormRow *self = TW_FORM_ROW (object);
  GtkWidget *child;

  if (self->record != NULL)
    g_clear_signal_handler (&self->handler, self->record);
  g_clear_object (&self->record);
  self->editor = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tw_form_row_parent_class)->dispose (object);
}

static void
tw_form_row_finalize (GObject *object)
{
  for (guint id = PROP_FIELD; id <= PROP_FILL; id++)
    g_free (*string_member (TW_FORM_ROW (object), id));
  g_strfreev (TW_FORM_ROW (object)->choices);
  G_OBJECT_CLASS (tw_form_row_parent_class)->finalize (object);
}

static void
tw_form_row_class_init (TwFormRowClass *klass)
{
  static const char *const strings[]
    = { "field", "title", "route", "key-field", "name-field", "detail-field", "fill" };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_form_row_dispose;
  object_class->finalize = tw_form_row_finalize;
  object_class->set_property = tw_form_row_set_property;
  object_class->get_property = tw_form_row_get_property;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[PROP_FIELD + i] = g_param_spec_string (strings[i], NULL, NULL, NULL, flags);
  properties[PROP_SPAN] = g_param_spec_int ("span", NULL, NULL, 0, 4, 1, flags);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  properties[PROP_HIDE_EMPTY] = g_param_spec_boolean ("hide-empty", NULL, NULL, FALSE, flags);
  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, TW_TYPE_RECORD, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ENTERED] = g_signal_new ("entered", TW_TYPE_FORM_ROW, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                                   NULL, NULL, G_TYPE_BOOLEAN, 0);

  g_type_ensure (TW_TYPE_STATUS_PILL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "form-row");
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/form-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TwFormRow, title);
  gtk_widget_class_bind_template_child (widget_class, TwFormRow, place);
  gtk_widget_class_bind_template_child (widget_class, TwFormRow, value);
  gtk_widget_class_bind_template_child (widget_class, TwFormRow, pill);
  gtk_widget_class_bind_template_child (widget_class, TwFormRow, fault);
}

static void
tw_form_row_init (TwFormRow *self)
{
  self->span = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tw_form_row_get_entry (TwFormRow *self)
{
  return self->editor;
}

void
tw_form_row_focus (TwFormRow *self)
{
  if (self->editor != NULL)
    gtk_widget_grab_focus (self->editor);
}
