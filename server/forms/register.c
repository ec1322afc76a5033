/* register.c: see register.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/forms/register.h"

#include "server/core/router.h"
#include "server/forms/form.h"

void
tw_forms_register (void)
{
  tw_router_add_table (tw_invoice_form_routes);
  tw_router_add_table (tw_shipment_form_routes);
  tw_router_add_table (tw_statement_form_routes);
}
