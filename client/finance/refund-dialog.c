/* refund-dialog.c: asks to give back what is left of a payment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/refund-dialog.h"

#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/format.h"
#include "shared/base/text.h"
#include "shared/document/payment.h"
#include "shared/document/refund.h"

struct _TwRefundDialog
{
  TwActionDialog parent_instance;

  GtkLabel *head;
};

G_DEFINE_FINAL_TYPE (TwRefundDialog, tw_refund_dialog, TW_TYPE_ACTION_DIALOG)

/* All that is left, on the way on which it came. */
static void
tw_refund_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwRefundArguments *asked = (TwRefundArguments *) arguments;
  TwPayment *payment = (TwPayment *) document;
  g_autofree char *head = NULL, *rest = NULL;

  asked->amount = payment->rest;
  asked->method = payment->method;
  rest = tw_format_decimal (asked->amount, 2);
  /* Translators: number of a payment, its customer, the amount that is left of it and the currency */
  head = g_strdup_printf (_("%s · %s · %s %s left"), payment->number, payment->customer_name, rest, payment->currency);
  gtk_label_set_label (TW_REFUND_DIALOG (dialog)->head, head);
}

static void
tw_refund_dialog_class_init (TwRefundDialogClass *klass)
{
  TW_ACTION_DIALOG_CLASS (klass)->begin = tw_refund_dialog_begin;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_action_dialog_class_set_template (GTK_WIDGET_CLASS (klass), "finance/refund-dialog.ui",
                                       tw_refund_arguments_get_type ());
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), TwRefundDialog, head);
}

static void
tw_refund_dialog_init (TwRefundDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
