/* register.c: what the master data area offers, and what must always hold there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/router.h"
#include "server/core/verify.h"
#include "server/db/state-sql.h"
#include "server/masterdata/masterdata.h"

static const TwCheck checks[] = {
  TW_CHECK_AMOUNT ("customer", "customer", "credit_limit", "d.code"),
  TW_CHECK_AMOUNT ("product", "product", "price", "d.sku"),
  TW_CHECK_AMOUNT ("product", "product", "cost", "d.sku"),
  { NULL },
};

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
  tw_verify_add (checks);
}
