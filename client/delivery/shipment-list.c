/* shipment-list.c: all shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/shipment-list.h"

#include "client/warehouse/warehouse-filter.h"
#include "shared/document/shipment.h"

struct _TwShipmentList
{
  TwListPage parent_instance;

  TwWarehouseFilter *warehouse_filter;
};

G_DEFINE_FINAL_TYPE (TwShipmentList, tw_shipment_list, TW_TYPE_LIST_PAGE)

static void
tw_shipment_list_constructed (GObject *object)
{
  TwShipmentList *self = TW_SHIPMENT_LIST (object);

  G_OBJECT_CLASS (tw_shipment_list_parent_class)->constructed (object);
  tw_warehouse_filter_attach (self->warehouse_filter, tw_list_page_get_model (TW_LIST_PAGE (self)));
}

static void
tw_shipment_list_class_init (TwShipmentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tw_shipment_list_constructed;
  g_type_ensure (TW_TYPE_WAREHOUSE_FILTER);
  tw_list_page_class_set_template (widget_class, "delivery/shipment-list.ui", tw_shipment_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwShipmentList, warehouse_filter);
}

static void
tw_shipment_list_init (TwShipmentList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
