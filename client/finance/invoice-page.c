/* invoice-page.c: one invoice or credit note
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/credit-dialog.h"
#include "client/finance/finance-pages.h"
#include "client/widget/document-file.h"
#include "client/widget/table.h"
#include "shared/document/invoice.h"

struct _TwInvoicePage
{
  TwDetailPage parent_instance;

  GtkWidget *pdf_button;
};

G_DEFINE_FINAL_TYPE (TwInvoicePage, tw_invoice_page, TW_TYPE_DETAIL_PAGE)

/* ---- Credit notes -------------------------------------------------------------------------------------------- */

/* The answer is the credit note or the invoice itself, as the server has it: the page goes where the answer is. */
static void
credited_cb (TwInvoicePage *self, TwRecord *document)
{
  tw_detail_page_load (TW_DETAIL_PAGE (self), document->id);
  g_signal_emit_by_name (self, "stored", document);
}

static void
ask_credit (TwInvoicePage *self, TwActionState *action)
{
  TwActionDialog *dialog = g_object_new (TW_TYPE_CREDIT_DIALOG, NULL);

  g_signal_connect_object (dialog, "done", G_CALLBACK (credited_cb), self, G_CONNECT_SWAPPED);
  tw_action_dialog_ask (dialog, GTK_WIDGET (self), "/invoices", tw_detail_page_get_record (TW_DETAIL_PAGE (self)),
                        action->action, action->label);
}

static gboolean
tw_invoice_page_act (TwDetailPage *page, TwActionState *action)
{
  if (!g_str_equal (action->action, "credit"))
    return FALSE;
  ask_credit (TW_INVOICE_PAGE (page), action);
  return TRUE;
}

/* ---- PDF ----------------------------------------------------------------------------------------------------- */

static void
pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwInvoice *invoice = (TwInvoice *) tw_detail_page_get_record (TW_DETAIL_PAGE (widget));
  g_autofree char *route = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GString) path = NULL;

  if (invoice == NULL)
    return;
  route = g_strdup_printf ("/invoices/%" G_GINT64_FORMAT "/pdf", TW_RECORD (invoice)->id);
  path = g_string_new (route);
  tw_api_append_query (path, "language", g_variant_get_string (parameter, NULL));
  file = g_strdup_printf ("%s.pdf", invoice->number != NULL ? invoice->number : "draft");
  g_strdelimit (file, G_DIR_SEPARATOR_S, '-');
  tw_document_file_open (widget, path->str, file);
}

/* ---- Payments ------------------------------------------------------------------------------------------------ */

/* Who may not read payments sees what came in, and that is all. */
static void
payment_activated_cb (TwInvoicePage *self, TwInvoicePayment *payment)
{
  if (tw_session_may (tw_session_get_default (), "payment.read"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "payment", payment->payment_id);
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_invoice_page_shown (TwDetailPage *page, TwRecord *record)
{
  gtk_widget_set_visible (TW_INVOICE_PAGE (page)->pdf_button, record->id != 0);
}

static void
tw_invoice_page_class_init (TwInvoicePageClass *klass)
{
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  page_class->shown = tw_invoice_page_shown;
  page_class->act = tw_invoice_page_act;
  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_invoice_line_get_type ());
  g_type_ensure (tw_tax_line_get_type ());
  g_type_ensure (tw_receivable_get_type ());
  g_type_ensure (tw_invoice_payment_get_type ());
  tw_detail_page_class_set_template (widget_class, "finance/invoice-page.ui", tw_invoice_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwInvoicePage, pdf_button);
  gtk_widget_class_bind_template_callback (widget_class, payment_activated_cb);
  gtk_widget_class_install_action (widget_class, "invoice.pdf", "s", pdf_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "invoice.pdf", "s", "");
}

static void
tw_invoice_page_init (TwInvoicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->pdf_button, FALSE);
}
