/* trip.c: see trip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/trip.h"

#include "shared/document/action.h"

const TwKey tw_trip_state_keys[] = {
  /* Translators: state of a delivery trip */
  { "planned", N_ ("Planned") },
  { "loading", N_ ("Loading") },
  { "departed", N_ ("On the road") },
  { "completed", N_ ("Completed") },
  { "cancelled", N_ ("Cancelled") },
  { NULL },
};

static const TwField trip_stop_fields[] = {
  TW_LINE_FIELDS (TwTripStop),
  TW_INT (TwTripStop, position, N_ ("Stop"), 0, 1000, TW_SERVER),
  TW_TEXT (TwTripStop, shipment, N_ ("Shipment"), 30, TW_REQUIRED),
  TW_INT (TwTripStop, shipment_id, N_ ("Shipment"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwTripStop, shipment_state, N_ ("State"), 20, TW_SERVER),
  TW_TEXT (TwTripStop, customer_name, N_ ("Customer"), 120, TW_SERVER),
  TW_TEXT (TwTripStop, address, N_ ("Address"), 500, TW_SERVER),
};
TW_DEFINE_RECORD (TwTripStop, tw_trip_stop, "trip_stop", N_ ("Stop"), trip_stop_fields)

static const TwField trip_fields[] = {
  TW_RECORD_FIELDS (TwTrip),
  TW_TEXT (TwTrip, number, N_ ("Number"), 30, TW_SERVER),
  TW_KEY (TwTrip, state, N_ ("State"), tw_trip_state_keys, TW_SERVER),
  TW_DATE (TwTrip, trip_date, N_ ("Date"), TW_REQUIRED),
  TW_TEXT (TwTrip, vehicle, N_ ("Vehicle"), 40, 0),
  TW_TEXT (TwTrip, driver, N_ ("Driver"), 40, TW_REQUIRED),
  TW_INT (TwTrip, driver_id, N_ ("Driver"), 0, G_MAXINT64, TW_SERVER),
  TW_TEXT (TwTrip, driver_name, N_ ("Driver"), 120, TW_SERVER),
  TW_INT (TwTrip, stop_count, N_ ("Stops"), 0, 1000, TW_SERVER),
  TW_INT (TwTrip, author_id, N_ ("Entered by"), 0, G_MAXINT64, TW_SERVER),
  TW_LIST (TwTrip, stops, N_ ("Stops"), tw_trip_stop_get_type, 200, TW_ABSENT),
  TW_LIST (TwTrip, actions, N_ ("Actions"), tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwTrip, tw_trip, "trip", N_ ("Trip"), trip_fields)

static const TwField driver_fields[] = {
  TW_RECORD_FIELDS (TwDriver),
  TW_TEXT (TwDriver, user, N_ ("User"), 40, TW_SERVER),
  TW_TEXT (TwDriver, name, N_ ("Name"), 120, TW_SERVER),
};
TW_DEFINE_RECORD (TwDriver, tw_driver, "driver", N_ ("Driver"), driver_fields)
