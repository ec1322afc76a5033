/* receivable-list.c: what customers still owe, instalment by instalment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/finance-pages.h"
#include "client/widget/exchange-menu.h"
#include "shared/document/invoice.h"

struct _TwReceivableList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwReceivableList, tw_receivable_list, TW_TYPE_LIST_PAGE)

/* Enter leads to the invoice. */
static void
activated_cb (TwReceivableList *self, TwRecord *record)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "invoice", ((TwReceivable *) record)->invoice_id);
}

static void
tw_receivable_list_class_init (TwReceivableListClass *klass)
{
  g_type_ensure (TW_TYPE_EXCHANGE_MENU);
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "finance/receivable-list.ui", tw_receivable_get_type ());
}

static void
tw_receivable_list_init (TwReceivableList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "record-activated", G_CALLBACK (activated_cb), NULL);
}
