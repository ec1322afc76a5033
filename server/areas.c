/* areas.c: the business areas, each by the one function that registers what it offers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/areas.h"

#include "server/admin/user.h"
#include "server/approval/approval.h"
#include "server/core/audit.h"
#include "server/core/openapi.h"
#include "server/core/session.h"
#include "server/delivery/shipment.h"
#include "server/finance/finance.h"
#include "server/forms/register.h"
#include "server/masterdata/masterdata.h"
#include "server/sales/order.h"
#include "server/warehouse/stock.h"

typedef void (*RegisterFunc) (void);

/* One line an area: its function calls tw_resource_add_routes(), tw_router_add_table(), tw_verify_add(). */
static const RegisterFunc areas[] = {
  tw_session_add_routes,
  tw_audit_add_routes,
  tw_openapi_add_routes,
  tw_admin_register,
  tw_masterdata_register,
  tw_approval_register,
  tw_sales_register,
  tw_warehouse_register,
  tw_delivery_register,
  tw_finance_register,
  tw_forms_register,
};

void
tw_areas_register (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    areas[i]();
}
