/* stock-list.c: stock levels of products in warehouses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/stock-list.h"

#include "client/warehouse/warehouse-filter.h"
#include "shared/document/stock.h"

struct _TwStockList
{
  TwListPage parent_instance;

  TwWarehouseFilter *warehouse_filter;
};

G_DEFINE_FINAL_TYPE (TwStockList, tw_stock_list, TW_TYPE_LIST_PAGE)

static void
tw_stock_list_constructed (GObject *object)
{
  TwStockList *self = TW_STOCK_LIST (object);

  G_OBJECT_CLASS (tw_stock_list_parent_class)->constructed (object);
  tw_warehouse_filter_attach (self->warehouse_filter, tw_list_page_get_model (TW_LIST_PAGE (self)));
}

static void
tw_stock_list_class_init (TwStockListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tw_stock_list_constructed;
  g_type_ensure (TW_TYPE_WAREHOUSE_FILTER);
  tw_list_page_class_set_template (widget_class, "warehouse/stock-list.ui", tw_stock_level_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwStockList, warehouse_filter);
}

static void
tw_stock_list_init (TwStockList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
