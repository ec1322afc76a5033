/* register.c: what the master data area offers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/router.h"
#include "server/masterdata/masterdata.h"

void
tw_masterdata_register (void)
{
  tw_resource_add_routes (&tw_customer_resource);
  tw_resource_add_routes (&tw_product_resource);
  tw_resource_add_routes (&tw_warehouse_resource);
  tw_resource_add_routes (&tw_price_list_resource);
  tw_resource_add_routes (&tw_tax_class_resource);
  tw_resource_add_routes (&tw_payment_term_resource);
  tw_resource_add_routes (&tw_carrier_resource);
  tw_router_add_table (tw_setting_routes);
}
