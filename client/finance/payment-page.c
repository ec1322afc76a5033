/* payment-page.c: one payment: what came in, and what it paid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/allocate-dialog.h"
#include "client/finance/finance-pages.h"
#include "client/finance/refund-dialog.h"
#include "client/widget/table.h"
#include "shared/document/payment.h"

struct _TwPaymentPage
{
  TwDetailPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwPaymentPage, tw_payment_page, TW_TYPE_DETAIL_PAGE)

static void
tw_payment_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwPayment *payment = (TwPayment *) record;

  payment->method = tw_key_find (tw_payment_method_keys, "bank");
  payment->received_date = tw_date_today ();
}

static void
done_cb (TwPaymentPage *self, TwRecord *document)
{
  tw_detail_page_reload (TW_DETAIL_PAGE (self));
  g_signal_emit_by_name (self, "stored", document);
}

static gboolean
tw_payment_page_act (TwDetailPage *page, TwActionState *action)
{
  TwActionDialog *dialog;

  if (g_str_equal (action->action, "allocate"))
    dialog = g_object_new (TW_TYPE_ALLOCATE_DIALOG, NULL);
  else if (g_str_equal (action->action, "refund"))
    dialog = g_object_new (TW_TYPE_REFUND_DIALOG, NULL);
  else
    return FALSE;
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), page, G_CONNECT_SWAPPED);
  tw_action_dialog_ask (dialog, GTK_WIDGET (page), "/payments", tw_detail_page_get_record (page), action->action,
                        action->label);
  return TRUE;
}

static void
refund_activated_cb (TwPaymentPage *self, TwPaymentRefund *refund)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "refund", refund->refund_id);
}

static void
tw_payment_page_class_init (TwPaymentPageClass *klass)
{
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);

  page_class->begin = tw_payment_page_begin;
  page_class->act = tw_payment_page_act;
  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_allocation_get_type ());
  g_type_ensure (tw_payment_refund_get_type ());
  tw_detail_page_class_set_template (GTK_WIDGET_CLASS (klass), "finance/payment-page.ui", tw_payment_get_type ());
  gtk_widget_class_bind_template_callback (GTK_WIDGET_CLASS (klass), refund_activated_cb);
}

static void
tw_payment_page_init (TwPaymentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
