/* refund-page.c: one refund: who asked for it, who approved it, when it was paid out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/finance-pages.h"
#include "client/finance/pay-out-dialog.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "shared/document/refund.h"

struct _TwRefundPage
{
  TwDetailPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwRefundPage, tw_refund_page, TW_TYPE_DETAIL_PAGE)

static void
paid_out_cb (TwRefundPage *self, TwRecord *document)
{
  tw_detail_page_reload (TW_DETAIL_PAGE (self));
  g_signal_emit_by_name (self, "stored", document);
}

static gboolean
tw_refund_page_act (TwDetailPage *page, TwActionState *action)
{
  TwActionDialog *dialog;

  if (!g_str_equal (action->action, "pay_out"))
    return FALSE;
  dialog = g_object_new (TW_TYPE_PAY_OUT_DIALOG, NULL);
  g_signal_connect_object (dialog, "done", G_CALLBACK (paid_out_cb), page, G_CONNECT_SWAPPED);
  tw_action_dialog_ask (dialog, GTK_WIDGET (page), "/refunds", tw_detail_page_get_record (page), action->action,
                        action->label);
  return TRUE;
}

static void
open_clicked_cb (TwRefundPage *self)
{
  TwRefund *refund = (TwRefund *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "payment", refund->payment_id);
}

static void
tw_refund_page_class_init (TwRefundPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TW_DETAIL_PAGE_CLASS (klass)->act = tw_refund_page_act;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_detail_page_class_set_template (widget_class, "finance/refund-page.ui", tw_refund_get_type ());
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
tw_refund_page_init (TwRefundPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
