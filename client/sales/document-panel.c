/* document-panel.c: what was made from an order: shipments, invoices, payments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/document-panel.h"

#include "client/application.h"
#include "client/sales/order-closures.h"
#include "client/widget/format.h"
#include "client/widget/status-pill.h"
#include "shared/base/codec.h"
#include "shared/base/text.h"
#include "shared/document/invoice.h"
#include "shared/document/linked-document.h"
#include "shared/document/payment.h"
#include "shared/document/shipment.h"

struct _TwDocumentPanel
{
  AdwBin parent_instance;

  GtkListBox *rows;
  GtkLabel *failure;

  GListStore *documents;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TwDocumentPanel, tw_document_panel, ADW_TYPE_BIN)

static const struct
{
  const char *document;
  GType (*type) (void);
} kinds[] = {
  { "shipment", tw_shipment_get_type },
  { "invoice", tw_invoice_get_type },
  { "payment", tw_payment_get_type },
};

/* The kind's own word, and the word of its state. */
static const char *
get_label (TwLinkedDocument *linked, const char **state)
{
  *state = linked->state;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const TwField *field;

      if (g_strcmp0 (kinds[i].document, linked->document) != 0)
        continue;
      field = tw_record_type_find (kinds[i].type (), "state");
      *state = tw_key_get_label (field->keys, linked->state);
      return _(tw_record_type_get_info (kinds[i].type ())->label);
    }
  return linked->document;
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  TwLinkedDocument *linked = item;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/sales/document-row.ui");
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "row"));
  const char *state;
  const char *label = get_label (linked, &state);
  g_autofree char *total = tw_format_decimal (linked->total, 2);
  g_autofree char *amount = tw_decimal_is_zero (linked->total)
                              ? g_strdup ("")
                              : g_strdup_printf ("%s %s", total, linked->currency != NULL ? linked->currency : "");
  g_autofree char *created = tw_time_format (linked->parent.created_at);
  g_autofree char *time = tw_format_time (NULL, created);

  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "kind")), label);
  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "number")),
                       linked->number != NULL ? linked->number : _("Not numbered yet"));
  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "amount")), amount);
  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "time")), time);
  tw_status_pill_set (TW_STATUS_PILL (gtk_builder_get_object (builder, "state")), linked->state, state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  linked->number != NULL ? linked->number : label, -1);
  return g_object_ref_sink (row);
}

static void
row_activated_cb (GtkListBox *rows, GtkListBoxRow *row, gpointer user_data)
{
  TwDocumentPanel *self = user_data;
  g_autoptr (TwLinkedDocument) linked
    = g_list_model_get_item (G_LIST_MODEL (self->documents), (guint) gtk_list_box_row_get_index (row));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", linked->document, linked->parent.id);
}

static void
update (TwDocumentPanel *self, const GError *error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->documents));

  gtk_label_set_label (self->failure, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), error != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || error != NULL);
}

static gboolean
read_items (TwDocumentPanel *self, TwApiReply *reply, GError **error)
{
  JsonObject *object = tw_api_reply_get_object (reply);
  JsonArray *items = object != NULL ? json_object_get_array_member (object, "items") : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      g_autoptr (TwLinkedDocument) linked = tw_linked_document_new ();

      if (!tw_codec_read (TW_RECORD (linked), json_array_get_object_element (items, i), TW_CODEC_ANSWER, error))
        return FALSE;
      g_list_store_append (self->documents, linked);
    }
  return TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwDocumentPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_list_store_remove_all (self->documents);
  if (reply != NULL)
    read_items (self, reply, &error);
  update (self, error);
}

void
tw_document_panel_show (TwDocumentPanel *self, gint64 order_id)
{
  g_autofree char *path = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (order_id == 0)
    {
      g_list_store_remove_all (self->documents);
      update (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/documents", order_id);
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), path, self->cancellable, read_cb,
                    g_object_ref (self));
}

static void
tw_document_panel_dispose (GObject *object)
{
  TwDocumentPanel *self = TW_DOCUMENT_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->documents != NULL)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  g_clear_object (&self->documents);
  G_OBJECT_CLASS (tw_document_panel_parent_class)->dispose (object);
}

static void
tw_document_panel_class_init (TwDocumentPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_document_panel_dispose;
  g_type_ensure (TW_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/sales/document-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TwDocumentPanel, rows);
  gtk_widget_class_bind_template_child (widget_class, TwDocumentPanel, failure);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tw_document_panel_init (TwDocumentPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->documents = g_list_store_new (tw_linked_document_get_type ());
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->documents), create_row_cb, NULL, NULL);
  update (self, NULL);
}
