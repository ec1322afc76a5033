/* picking-list.c: shipments that are the warehouse's work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/warehouse/picking-list.h"

#include "client/warehouse/warehouse-filter.h"
#include "shared/document/shipment.h"

struct _TwPickingList
{
  TwListPage parent_instance;

  TwWarehouseFilter *warehouse_filter;
};

G_DEFINE_FINAL_TYPE (TwPickingList, tw_picking_list, TW_TYPE_LIST_PAGE)

static void
tw_picking_list_constructed (GObject *object)
{
  TwPickingList *self = TW_PICKING_LIST (object);

  G_OBJECT_CLASS (tw_picking_list_parent_class)->constructed (object);
  tw_warehouse_filter_attach (self->warehouse_filter, tw_list_page_get_model (TW_LIST_PAGE (self)));
}

static void
tw_picking_list_class_init (TwPickingListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tw_picking_list_constructed;
  g_type_ensure (TW_TYPE_WAREHOUSE_FILTER);
  tw_list_page_class_set_template (widget_class, "warehouse/picking-list.ui", tw_shipment_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwPickingList, warehouse_filter);
}

static void
tw_picking_list_init (TwPickingList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
