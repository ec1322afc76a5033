/* register.c: see finance.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/router.h"
#include "server/finance/ageing.h"
#include "server/finance/finance-check.h"
#include "server/finance/finance.h"
#include "server/finance/invoice.h"
#include "server/finance/journal.h"
#include "server/finance/payment.h"
#include "server/finance/receivable.h"
#include "server/finance/refund.h"

void
tw_finance_register (void)
{
  tw_resource_add_routes (&tw_invoice_resource);
  tw_resource_add_routes (&tw_payment_resource);
  tw_resource_add_routes (&tw_refund_resource);
  tw_resource_add_routes (&tw_receivable_resource);
  tw_resource_add_routes (&tw_journal_resource);
  tw_router_add_table (tw_invoice_routes);
  tw_router_add_table (tw_ageing_routes);
  tw_verify_add (tw_finance_checks);
}
