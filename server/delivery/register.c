/* register.c: what the delivery area offers, and what must always hold there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/timer.h"
#include "server/core/verify.h"
#include "server/delivery/delivery-check.h"
#include "server/delivery/shipment.h"

#define CLOSE_SECONDS 3600 /* a week after delivery there is no hurry */
#define RELEASE_SECONDS 300

void
tw_delivery_register (void)
{
  tw_resource_add_routes (&tw_shipment_resource);
  tw_resource_add_routes (&tw_shipment_exception_resource);
  tw_resource_add_routes (&tw_trip_resource);
  tw_resource_add_routes (&tw_driver_resource);
  tw_verify_add (tw_delivery_checks);
  tw_timer_add ("delivery", CLOSE_SECONDS, tw_shipment_close_settled);
  tw_timer_add ("release", RELEASE_SECONDS, tw_shipment_release_due);
}
