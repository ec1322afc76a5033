/* driver.c: whom a dispatcher may give a trip to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A dispatcher does not read the users; their sign-in names and names are what a trip needs of them.
 */
#include "server/delivery/driver-store.h"
#include "server/delivery/shipment.h"
#include "shared/document/trip.h"

const TwResource tw_driver_resource = {
  .path = "drivers",
  .document = "driver",
  .type = tw_driver_get_type,
  .list = &tw_driver_list,
};
