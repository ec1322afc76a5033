/* shipment-page.c: a shipment, from the shelf to the customer's signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both the warehouse and the dispatcher work with it; what each may do comes with the document.
 */
#include "client/delivery/shipment-page.h"

#include "client/delivery/shipment-dialog.h"
#include "client/widget/document-file.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/table.h"
#include "shared/document/shipment.h"

struct _TwShipmentPage
{
  TwDetailPage parent_instance;

  GtkLabel *address;
  GtkWidget *order_button;
  GtkWidget *trip_button;
};

G_DEFINE_FINAL_TYPE (TwShipmentPage, tw_shipment_page, TW_TYPE_DETAIL_PAGE)

/* Without the parts that are empty. */
static char *
join (const char *between, const char *const *parts, guint n)
{
  g_autoptr (GStrvBuilder) filled = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_strv_builder_add (filled, parts[i]);
  texts = g_strv_builder_end (filled);
  return g_strjoinv (between, texts);
}

/* As on an envelope. */
static char *
format_address (TwShipment *shipment)
{
  const char *const place[] = { shipment->ship_postal_code, shipment->ship_city, shipment->ship_region };
  g_autofree char *town = join (" ", place, G_N_ELEMENTS (place));
  const char *const lines[] = { shipment->ship_name, shipment->ship_street, town, shipment->ship_country };

  return join ("\n", lines, G_N_ELEMENTS (lines));
}

static void
tw_shipment_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwShipmentPage *self = TW_SHIPMENT_PAGE (page);
  TwSession *session = tw_session_get_default ();
  TwShipment *shipment = (TwShipment *) record;
  g_autofree char *address = format_address (shipment);

  gtk_label_set_label (self->address, address);
  gtk_widget_set_visible (self->order_button, tw_session_may (session, "order.read"));
  gtk_widget_set_visible (self->trip_button, shipment->trip_id != 0 && tw_session_may (session, "trip.read"));
}

static void
done_cb (TwShipmentPage *self, TwRecord *shipment)
{
  tw_detail_page_reload (TW_DETAIL_PAGE (self));
  g_signal_emit_by_name (self, "stored", shipment);
}

static gboolean
tw_shipment_page_act (TwDetailPage *page, TwActionState *action)
{
  TwActionDialog *dialog = tw_shipment_dialog_ask (GTK_WIDGET (page), tw_detail_page_get_record (page), action->action,
                                                   action->label);

  if (dialog == NULL)
    return FALSE;
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), page, G_CONNECT_SWAPPED);
  return TRUE;
}

static void
order_clicked_cb (TwShipmentPage *self)
{
  TwShipment *shipment = (TwShipment *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "order", shipment->order_id);
}

static void
trip_clicked_cb (TwShipmentPage *self)
{
  TwShipment *shipment = (TwShipment *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "trip", shipment->trip_id);
}

static void
open_paper (TwShipmentPage *self, const char *kind)
{
  TwShipment *shipment = (TwShipment *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  if (shipment == NULL || TW_RECORD (shipment)->id == 0)
    return;
  path = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT "/%s/pdf", TW_RECORD (shipment)->id, kind);
  name = g_strdup_printf ("%s-%s.pdf", kind, shipment->number);
  tw_document_file_open (GTK_WIDGET (self), path, name);
}

static void
pick_list_clicked_cb (TwShipmentPage *self)
{
  open_paper (self, "pick-list");
}

static void
delivery_note_clicked_cb (TwShipmentPage *self)
{
  open_paper (self, "delivery-note");
}

static void
exception_activated_cb (TwShipmentPage *self, TwRecord *exception)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "shipment_exception", exception->id);
}

static void
tw_shipment_page_class_init (TwShipmentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TW_DETAIL_PAGE_CLASS (klass)->shown = tw_shipment_page_shown;
  TW_DETAIL_PAGE_CLASS (klass)->act = tw_shipment_page_act;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_shipment_line_get_type ());
  g_type_ensure (tw_parcel_get_type ());
  g_type_ensure (tw_shipment_exception_get_type ());
  tw_detail_page_class_set_template (widget_class, "delivery/shipment-page.ui", tw_shipment_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwShipmentPage, address);
  gtk_widget_class_bind_template_child (widget_class, TwShipmentPage, order_button);
  gtk_widget_class_bind_template_child (widget_class, TwShipmentPage, trip_button);
  gtk_widget_class_bind_template_callback (widget_class, order_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, trip_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pick_list_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, delivery_note_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, exception_activated_cb);
}

static void
tw_shipment_page_init (TwShipmentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
