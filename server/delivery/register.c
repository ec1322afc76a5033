/* register.c: what the delivery area offers, and what must always hold there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/timer.h"
#include "server/core/verify.h"
#include "server/delivery/delivery-check.h"
#include "server/delivery/shipment.h"

#define TIMER_SECONDS 3600 /* closing a week after delivery knows no hurry */

void
tw_delivery_register (void)
{
  tw_resource_add_routes (&tw_shipment_resource);
  tw_resource_add_routes (&tw_shipment_exception_resource);
  tw_resource_add_routes (&tw_trip_resource);
  tw_resource_add_routes (&tw_driver_resource);
  tw_verify_add (tw_delivery_checks);
  tw_timer_add ("delivery", TIMER_SECONDS, tw_shipment_close_settled);
}
