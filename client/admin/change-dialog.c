/* change-dialog.c: one entry of the audit log, field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/change-dialog.h"

#include <json-glib/json-glib.h>

#include "client/application.h"
#include "client/areas.h"
#include "client/widget/change-text.h"
#include "client/widget/format.h"
#include "client/widget/table.h"
#include "shared/base/text.h"

struct _TwChangeDialog
{
  AdwWindow parent_instance;

  GtkLabel *head;
  GtkLabel *reason;
  GtkLabel *nothing;
  TwTable *table;
  GtkWidget *open_button;

  TwChange *change;
};

static const TwField field_change_fields[] = {
  TW_TEXT (TwFieldChange, field, N_ ("Field"), 60, TW_SERVER),
  TW_TEXT (TwFieldChange, before, N_ ("Before"), 2000, TW_SERVER),
  TW_TEXT (TwFieldChange, after, N_ ("After"), 2000, TW_SERVER),
};
TW_DEFINE_RECORD (TwFieldChange, tw_field_change, "field_change", N_ ("Field"), field_change_fields)

G_DEFINE_FINAL_TYPE (TwChangeDialog, tw_change_dialog, ADW_TYPE_WINDOW)

/* As the log keeps it, but for keys, which people read as words. */
static char *
show_value (JsonObject *object, const char *name, const TwField *field)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _("Yes") : _("No"));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (field != NULL && field->kind == TW_KIND_KEY
                       ? tw_key_get_label (field->keys, json_node_get_string (node))
                       : json_node_get_string (node));
  return json_to_string (node, FALSE);
}

static void
add_fields (GListStore *list, const char *document, JsonObject *names, JsonObject *before, JsonObject *after,
            JsonObject *known)
{
  GType type = tw_change_text_type (document);
  JsonObjectIter iter;
  const char *name;

  if (names == NULL)
    return;
  json_object_iter_init (&iter, names);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      const TwField *kind = type != G_TYPE_INVALID ? tw_record_type_find (type, name) : NULL;
      g_autoptr (TwFieldChange) field = NULL;

      /* Every side has the id, which the head says. */
      if (g_str_equal (name, "id") || (known != NULL && json_object_has_member (known, name)))
        continue;
      field = tw_field_change_new ();
      field->field = g_strdup (tw_change_text_name (document, name));
      field->before = show_value (before, name, kind);
      field->after = show_value (after, name, kind);
      g_list_store_append (list, field);
    }
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
show_fields (TwChangeDialog *self)
{
  g_autoptr (JsonNode) before = self->change->before != NULL ? json_from_string (self->change->before, NULL) : NULL;
  g_autoptr (JsonNode) after = self->change->after != NULL ? json_from_string (self->change->after, NULL) : NULL;
  g_autoptr (GListStore) list = g_list_store_new (tw_field_change_get_type ());
  JsonObject *old = get_object (before), *new = get_object (after);
  const char *document = self->change->document;
  gboolean empty;

  add_fields (list, document, new, old, new, NULL);
  add_fields (list, document, old, old, new, new);
  empty = g_list_model_get_n_items (G_LIST_MODEL (list)) == 0;
  tw_table_set_model (self->table, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), empty);
  gtk_label_set_label (self->nothing, _("The values are kept, but your roles do not show them, or there were none."));
}

static void
show_head (TwChangeDialog *self)
{
  TwChange *change = self->change;
  g_autofree char *at = tw_format_value (TW_RECORD (change), tw_record_find (TW_RECORD (change), "at"));
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, change->document_id);
  /* Translators: an entry of the audit log: time, person, document, its id, action */
  g_autofree char *head = g_strdup_printf (_("%s · %s · %s %s · %s"), at,
                                           change->user_name != NULL ? change->user_name : "–",
                                           tw_change_text_document (change->document), id,
                                           tw_change_text_action (change->document, change->action));

  gtk_label_set_label (self->head, head);
  gtk_label_set_label (self->reason, change->reason != NULL ? change->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), change->reason != NULL);
}

static void
open_cb (TwChangeDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.open", "(sx)", self->change->document,
                              self->change->document_id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
tw_change_dialog_dispose (GObject *object)
{
  g_clear_object (&TW_CHANGE_DIALOG (object)->change);
  G_OBJECT_CLASS (tw_change_dialog_parent_class)->dispose (object);
}

static void
tw_change_dialog_class_init (TwChangeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_change_dialog_dispose;
  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_field_change_get_type ());
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/admin/change-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TwChangeDialog, head);
  gtk_widget_class_bind_template_child (widget_class, TwChangeDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, TwChangeDialog, nothing);
  gtk_widget_class_bind_template_child (widget_class, TwChangeDialog, table);
  gtk_widget_class_bind_template_child (widget_class, TwChangeDialog, open_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tw_change_dialog_init (TwChangeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwChangeDialog *
tw_change_dialog_new (GtkWindow *parent, TwChange *change)
{
  TwChangeDialog *self = g_object_new (TW_TYPE_CHANGE_DIALOG, "transient-for", parent, NULL);
  const TwArea *area = tw_area_find_document (change->document);

  self->change = g_object_ref (change);
  show_head (self);
  show_fields (self);
  gtk_widget_set_visible (self->open_button, change->document_id != 0 && area != NULL
                                               && tw_area_is_open (area));
  return self;
}
