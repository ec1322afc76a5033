/* register.c: what the warehouse area offers, and what must always hold there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/timer.h"
#include "server/core/verify.h"
#include "server/warehouse/receipt.h"
#include "server/warehouse/stock-count.h"
#include "server/warehouse/stock-check.h"
#include "server/warehouse/stock.h"

#define TIMER_SECONDS 60 /* how long freed goods may lie idle */

void
tw_warehouse_register (void)
{
  tw_resource_add_routes (&tw_stock_resource);
  tw_resource_add_routes (&tw_stock_move_resource);
  tw_resource_add_routes (&tw_receipt_resource);
  tw_resource_add_routes (&tw_stock_count_resource);
  tw_verify_add (tw_stock_checks);
  tw_timer_add ("stock", TIMER_SECONDS, tw_stock_serve_waiting);
}
