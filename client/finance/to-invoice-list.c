/* to-invoice-list.c: orders of which something was delivered and not yet invoiced
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/collective-dialog.h"
#include "client/finance/finance-pages.h"
#include "shared/document/invoice.h"
#include "shared/document/order.h"

struct _TwToInvoiceList
{
  TwListPage parent_instance;

  GtkWidget *collective_button;
};

G_DEFINE_FINAL_TYPE (TwToInvoiceList, tw_to_invoice_list, TW_TYPE_LIST_PAGE)

static void
created_cb (TwToInvoiceList *self, TwInvoice *invoice)
{
  tw_record_list_refresh (tw_list_page_get_model (TW_LIST_PAGE (self)));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "invoice", TW_RECORD (invoice)->id);
}

/* For the customer of the order that is marked, to begin with. */
static void
collective_clicked_cb (TwToInvoiceList *self)
{
  TwOrder *order = (TwOrder *) tw_list_page_get_selected (TW_LIST_PAGE (self));
  TwCollectiveDialog *dialog
    = tw_collective_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                order != NULL ? order->customer : NULL);

  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tw_to_invoice_list_class_init (TwToInvoiceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  tw_list_page_class_set_template (widget_class, "finance/to-invoice-list.ui", tw_order_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwToInvoiceList, collective_button);
  gtk_widget_class_bind_template_callback (widget_class, collective_clicked_cb);
}

static void
tw_to_invoice_list_init (TwToInvoiceList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->collective_button, tw_session_may (tw_session_get_default (), "invoice.create"));
}
