/* trip.h: trips: a driver's route over ordered stops
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_trip_state_keys[]; /* planned, loading, departed, completed, cancelled */

struct _TwTripStop
{
  TwRecord parent;
  gint64 position;
  char *shipment; /* number */
  gint64 shipment_id;
  char *shipment_state;
  char *customer_name;
  char *address; /* one line */
};
TW_DECLARE_RECORD (TwTripStop, tw_trip_stop)

struct _TwTrip
{
  TwRecord parent;
  char *number; /* TR-2026-000001 */
  const char *state;
  TwDate trip_date;
  char *vehicle;
  char *driver; /* user name */
  gint64 driver_id;
  char *driver_name;
  gint64 stop_count;
  gint64 author_id;
  GListStore *stops;
  GListStore *actions;
};
TW_DECLARE_RECORD (TwTrip, tw_trip)

/* Whom a trip can be given to. */
struct _TwDriver
{
  TwRecord parent;
  char *user; /* sign-in name */
  char *name;
};
TW_DECLARE_RECORD (TwDriver, tw_driver)

G_END_DECLS
