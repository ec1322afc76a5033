/* stop-editor.c: the stops of a trip in their order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/stop-editor.h"

#include "client/application.h"
#include "client/delivery/stop-row.h"
#include "client/widget/lookup-entry.h"
#include "shared/base/text.h"

struct _TwStopEditor
{
  AdwBin parent_instance;

  GtkListBox *rows;
  TwLookupEntry *add_entry;
  GtkLabel *fault;

  TwTrip *trip; /* nullable */
  gulong handler;
  gboolean editable;
  char *picked_customer; /* of the shipment that was picked last */
  char *picked_address;
};

enum
{
  DELIVER,
  REPORT,
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void editor_iface_init (TwEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwStopEditor, tw_stop_editor, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (TW_TYPE_EDITOR, editor_iface_init))

static TwStopRow *
get_row (TwStopEditor *self, guint position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, (int) position);

  return row != NULL ? TW_STOP_ROW (row) : NULL;
}

static void
update_places (TwStopEditor *self)
{
  guint n = self->trip != NULL ? tw_record_count (self->trip->stops) : 0;

  for (guint i = 0; i < n; i++)
    tw_stop_row_set_place (get_row (self, i), i, n, self->editable);
}

static void
note_edited (TwStopEditor *self)
{
  TwRecord *record = TW_RECORD (self->trip);

  tw_record_mark_present (record, tw_record_find (record, "stops"));
  tw_editor_emit_edited (TW_EDITOR (self), "stops");
}

/* ---- Rows ---------------------------------------------------------------------------------------------------- */

static void
moved_cb (TwStopEditor *self, int by, TwStopRow *row)
{
  tw_stop_editor_move (self, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), by);
}

static void
removed_cb (TwStopEditor *self, TwStopRow *row)
{
  tw_stop_editor_remove (self, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static void
deliver_cb (TwStopEditor *self, TwStopRow *row)
{
  g_signal_emit (self, signals[DELIVER], 0, tw_stop_row_get_stop (row));
}

static void
report_cb (TwStopEditor *self, TwStopRow *row)
{
  g_signal_emit (self, signals[REPORT], 0, tw_stop_row_get_stop (row));
}

static void
row_activated_cb (GtkListBox *rows, GtkListBoxRow *row, gpointer user_data)
{
  g_signal_emit (user_data, signals[OPEN], 0, tw_stop_row_get_stop (TW_STOP_ROW (row)));
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  TwStopRow *row = tw_stop_row_new (item);

  g_signal_connect_object (row, "moved", G_CALLBACK (moved_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "deliver", G_CALLBACK (deliver_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "report", G_CALLBACK (report_cb), user_data, G_CONNECT_SWAPPED);
  return GTK_WIDGET (row);
}

/* ---- Adding -------------------------------------------------------------------------------------------------- */

static void
picked_cb (TwStopEditor *self, JsonObject *shipment)
{
  const char *street = json_object_get_string_member_with_default (shipment, "ship_street", NULL);
  const char *city = json_object_get_string_member_with_default (shipment, "ship_city", NULL);

  g_free (self->picked_customer);
  g_free (self->picked_address);
  self->picked_customer = g_strdup (json_object_get_string_member_with_default (shipment, "customer_name", NULL));
  /* Translators: street and city of an address in one line */
  self->picked_address = street != NULL && city != NULL ? g_strdup_printf (_("%s, %s"), street, city) : g_strdup (city);
}

static void
committed_cb (TwStopEditor *self)
{
  g_autofree char *number = g_strdup (tw_value_entry_get_value (TW_VALUE_ENTRY (self->add_entry)));

  if (*number == '\0')
    return;
  tw_stop_editor_add (self, number, self->picked_customer, self->picked_address);
  g_clear_pointer (&self->picked_customer, g_free);
  g_clear_pointer (&self->picked_address, g_free);
  tw_value_entry_set_value (TW_VALUE_ENTRY (self->add_entry), "");
}

/* ---- As an editor -------------------------------------------------------------------------------------------- */

static const char *
tw_stop_editor_get_field (TwEditor *editor)
{
  return "stops";
}

static void
unbind (TwStopEditor *self)
{
  if (self->trip != NULL)
    g_clear_signal_handler (&self->handler, self->trip->stops);
  gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  g_clear_object (&self->trip);
}

static void
tw_stop_editor_set_record (TwEditor *editor, TwRecord *record)
{
  TwStopEditor *self = TW_STOP_EDITOR (editor);

  unbind (self);
  if (record == NULL)
    return;
  self->trip = (TwTrip *) g_object_ref (record);
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->trip->stops), create_row_cb, self, NULL);
  self->handler
    = g_signal_connect_swapped (self->trip->stops, "items-changed", G_CALLBACK (update_places), self);
  update_places (self);
}

static void
tw_stop_editor_set_editable (TwEditor *editor, gboolean editable)
{
  TwStopEditor *self = TW_STOP_EDITOR (editor);

  self->editable = editable;
  gtk_widget_set_visible (GTK_WIDGET (self->add_entry), editable);
  update_places (self);
}

static void
tw_stop_editor_show_fault (TwEditor *editor, const char *rest, const char *detail)
{
  TwStopEditor *self = TW_STOP_EDITOR (editor);

  gtk_label_set_label (self->fault, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), detail != NULL);
}

static void
editor_iface_init (TwEditorInterface *iface)
{
  iface->get_field = tw_stop_editor_get_field;
  iface->set_record = tw_stop_editor_set_record;
  iface->set_editable = tw_stop_editor_set_editable;
  iface->show_fault = tw_stop_editor_show_fault;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_stop_editor_dispose (GObject *object)
{
  TwStopEditor *self = TW_STOP_EDITOR (object);

  if (self->trip != NULL)
    g_clear_signal_handler (&self->handler, self->trip->stops);
  g_clear_object (&self->trip);
  G_OBJECT_CLASS (tw_stop_editor_parent_class)->dispose (object);
}

static void
tw_stop_editor_finalize (GObject *object)
{
  g_free (TW_STOP_EDITOR (object)->picked_customer);
  g_free (TW_STOP_EDITOR (object)->picked_address);
  G_OBJECT_CLASS (tw_stop_editor_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, TW_TYPE_STOP_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                       tw_trip_stop_get_type ());
}

static void
tw_stop_editor_class_init (TwStopEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_stop_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = tw_stop_editor_finalize;
  signals[DELIVER] = new_signal ("deliver");
  signals[REPORT] = new_signal ("report");
  signals[OPEN] = new_signal ("open");

  g_type_ensure (TW_TYPE_LOOKUP_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/delivery/stop-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, TwStopEditor, rows);
  gtk_widget_class_bind_template_child (widget_class, TwStopEditor, add_entry);
  gtk_widget_class_bind_template_child (widget_class, TwStopEditor, fault);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, committed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tw_stop_editor_init (TwStopEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
has_stop (TwStopEditor *self, const char *shipment)
{
  for (guint i = 0; i < tw_record_count (self->trip->stops); i++)
    if (g_strcmp0 (((TwTripStop *) tw_record_nth (self->trip->stops, i))->shipment, shipment) == 0)
      return TRUE;
  return FALSE;
}

void
tw_stop_editor_add (TwStopEditor *self, const char *shipment, const char *customer_name, const char *address)
{
  g_autoptr (TwTripStop) stop = NULL;

  if (self->trip == NULL || !self->editable || has_stop (self, shipment))
    return;
  stop = tw_trip_stop_new ();
  stop->shipment = g_strdup (shipment);
  stop->customer_name = g_strdup (customer_name);
  stop->address = g_strdup (address);
  g_list_store_append (self->trip->stops, stop);
  note_edited (self);
}

void
tw_stop_editor_move (TwStopEditor *self, guint position, int by)
{
  guint n = self->trip != NULL ? tw_record_count (self->trip->stops) : 0;
  gint64 to = (gint64) position + by;
  g_autoptr (TwTripStop) stop = NULL;

  if (!self->editable || position >= n || to < 0 || to >= n)
    return;
  stop = g_object_ref (tw_record_nth (self->trip->stops, position));
  g_list_store_remove (self->trip->stops, position);
  g_list_store_insert (self->trip->stops, (guint) to, stop);
  gtk_widget_grab_focus (GTK_WIDGET (get_row (self, (guint) to)));
  note_edited (self);
}

void
tw_stop_editor_remove (TwStopEditor *self, guint position)
{
  if (self->trip == NULL || !self->editable || position >= tw_record_count (self->trip->stops))
    return;
  g_list_store_remove (self->trip->stops, position);
  note_edited (self);
}
