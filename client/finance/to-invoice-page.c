/* to-invoice-page.c: what of one order was delivered and invoiced, and the button that invoices the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/finance-pages.h"
#include "client/net/body.h"
#include "client/widget/table.h"
#include "shared/base/error.h"
#include "shared/document/invoice.h"
#include "shared/document/order.h"

struct _TwToInvoicePage
{
  TwDetailPage parent_instance;

  GtkWidget *invoice_button;
  char *key; /* idempotency key of the attempt that may have reached the server */
};

G_DEFINE_FINAL_TYPE (TwToInvoicePage, tw_to_invoice_page, TW_TYPE_DETAIL_PAGE)

static void
update (TwToInvoicePage *self, TwOrder *order)
{
  gboolean may = tw_session_may (tw_session_get_default (), "invoice.create");

  gtk_widget_set_visible (self->invoice_button, order != NULL && may);
  gtk_widget_set_sensitive (self->invoice_button, TRUE);
}

static void
invoiced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwToInvoicePage) self = user_data;
  TwDetailPage *page = TW_DETAIL_PAGE (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) invoice = tw_api_record_finish (TW_API (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!g_error_matches (error, TW_ERROR, TW_ERROR_UNAVAILABLE))
    g_clear_pointer (&self->key, g_free);
  gtk_widget_set_sensitive (self->invoice_button, TRUE);
  if (invoice == NULL)
    {
      tw_detail_page_show_error (page, error);
      return;
    }
  tw_detail_page_reload (page);
  g_signal_emit_by_name (self, "stored", tw_detail_page_get_record (page));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "invoice", invoice->id);
}

static void
invoice_clicked_cb (TwToInvoicePage *self)
{
  TwDetailPage *page = TW_DETAIL_PAGE (self);
  TwOrder *order = (TwOrder *) tw_detail_page_get_record (page);
  g_autoptr (TwInvoiceRequest) request = tw_invoice_request_new ();
  g_autoptr (GString) body = NULL;

  request->order = g_strdup (order->number);
  body = tw_body_create (TW_RECORD (request), NULL);
  if (self->key == NULL)
    self->key = g_uuid_string_random ();
  gtk_widget_set_sensitive (self->invoice_button, FALSE);
  tw_api_create_async (tw_session_get_api (tw_session_get_default ()), tw_invoice_get_type (), "/invoices", body,
                       self->key, tw_detail_page_get_cancellable (page), invoiced_cb, g_object_ref (self));
}

static void
tw_to_invoice_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwToInvoicePage *self = TW_TO_INVOICE_PAGE (page);

  g_clear_pointer (&self->key, g_free);
  update (self, (TwOrder *) record);
}

static void
tw_to_invoice_page_finalize (GObject *object)
{
  g_free (TW_TO_INVOICE_PAGE (object)->key);
  G_OBJECT_CLASS (tw_to_invoice_page_parent_class)->finalize (object);
}

static void
tw_to_invoice_page_class_init (TwToInvoicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tw_to_invoice_page_finalize;
  TW_DETAIL_PAGE_CLASS (klass)->shown = tw_to_invoice_page_shown;
  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_order_line_get_type ());
  tw_detail_page_class_set_template (widget_class, "finance/to-invoice-page.ui", tw_order_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwToInvoicePage, invoice_button);
  gtk_widget_class_bind_template_callback (widget_class, invoice_clicked_cb);
}

static void
tw_to_invoice_page_init (TwToInvoicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self, NULL);
}
