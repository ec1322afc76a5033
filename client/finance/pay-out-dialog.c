/* pay-out-dialog.c: when and how a refund was paid out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/pay-out-dialog.h"

#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/format.h"
#include "shared/base/text.h"
#include "shared/document/refund.h"

struct _TwPayOutDialog
{
  TwActionDialog parent_instance;

  GtkLabel *head;
};

G_DEFINE_FINAL_TYPE (TwPayOutDialog, tw_pay_out_dialog, TW_TYPE_ACTION_DIALOG)

static void
tw_pay_out_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwRefund *refund = (TwRefund *) document;
  g_autofree char *amount = tw_format_decimal (refund->amount, 2);
  /* Translators: number of a refund, its customer, its amount and currency */
  g_autofree char *head
    = g_strdup_printf (_("%s · %s · %s %s"), refund->number, refund->customer_name, amount, refund->currency);

  gtk_label_set_label (TW_PAY_OUT_DIALOG (dialog)->head, head);
  ((TwPayOutArguments *) arguments)->paid_date = tw_date_today ();
}

static void
tw_pay_out_dialog_class_init (TwPayOutDialogClass *klass)
{
  TW_ACTION_DIALOG_CLASS (klass)->begin = tw_pay_out_dialog_begin;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_action_dialog_class_set_template (GTK_WIDGET_CLASS (klass), "finance/pay-out-dialog.ui",
                                       tw_pay_out_arguments_get_type ());
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), TwPayOutDialog, head);
}

static void
tw_pay_out_dialog_init (TwPayOutDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
