/* order-list.c: the list of sales orders and quotations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/order-list.h"

#include "shared/document/order.h"

struct _TwOrderList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwOrderList, tw_order_list, TW_TYPE_LIST_PAGE)

static void
tw_order_list_class_init (TwOrderListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "sales/order-list.ui", tw_order_get_type ());
}

static void
tw_order_list_init (TwOrderList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
