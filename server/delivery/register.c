/* register.c: what the delivery area offers, and what must always hold there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/verify.h"
#include "server/delivery/delivery-check.h"
#include "server/delivery/shipment.h"

void
tw_delivery_register (void)
{
  tw_resource_add_routes (&tw_shipment_resource);
  tw_resource_add_routes (&tw_shipment_exception_resource);
  tw_resource_add_routes (&tw_trip_resource);
  tw_verify_add (tw_delivery_checks);
}
