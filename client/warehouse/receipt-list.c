/* receipt-list.c: what came in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/receipt-list.h"

#include "shared/document/stock.h"

struct _TwReceiptList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwReceiptList, tw_receipt_list, TW_TYPE_LIST_PAGE)

static void
tw_receipt_list_class_init (TwReceiptListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "warehouse/receipt-list.ui", tw_receipt_get_type ());
}

static void
tw_receipt_list_init (TwReceiptList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
