/* stock-count-list.c: stock counts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/stock-count-list.h"

#include "shared/document/stock-count.h"

struct _TwStockCountList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwStockCountList, tw_stock_count_list, TW_TYPE_LIST_PAGE)

static void
tw_stock_count_list_class_init (TwStockCountListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "warehouse/stock-count-list.ui",
                                   tw_stock_count_get_type ());
}

static void
tw_stock_count_list_init (TwStockCountList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
