/* trip-store.h: rows of trips and their stops
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/trip.h"

G_BEGIN_DECLS

extern const TwList tw_trip_list;
/* Record rule with the parameter `:scope`: the driver's user id. */
extern const char tw_trip_scope_driver[];

TwTrip *tw_trip_store_load (TwDb *db, gint64 id, gboolean lock, GError **error);
/* Head and stops; sets the ids. A shipment that is on a trip is TW_ERROR_DUPLICATE. */
gboolean tw_trip_store_insert (TwDb *db, TwTrip *trip, GError **error);
/* Head, and all stops anew; version + 1; *done is FALSE when the version is another one. */
gboolean tw_trip_store_update (TwContext *ctx, TwTrip *trip, gboolean *done, GError **error);
gboolean tw_trip_store_set_state (TwContext *ctx, TwTrip *trip, const char *state, gboolean *done, GError **error);
/* Frees the shipments of a trip that is called off. */
gboolean tw_trip_store_free_stops (TwDb *db, gint64 id, GError **error);

/* An active user with the role driver; *id is 0 when there is none. @name (transfer full). */
gboolean tw_trip_store_find_driver (TwDb *db, const char *user, gint64 *id, char **name, GError **error);

/* A shipment as a stop sees it. */
typedef struct
{
  gint64 id;       /* 0: there is none */
  gint64 trip_id;  /* the trip it is on; 0: none */
  gboolean ready;
} TwStopShipment;
/* Locks its row: it stays as it is until the trip is stored. */
gboolean tw_trip_store_find_shipment (TwDb *db, const char *number, TwStopShipment *shipment, GError **error);
/* Whether the trip still has a stop that is neither delivered nor given back nor has an exception: its shipment's
 * number, else NULL. (transfer full) */
gboolean tw_trip_store_find_unfinished (TwDb *db, gint64 id, char **number, GError **error);
/* Shipments still on the trip, by order. (element-type gint64) */
gboolean tw_trip_store_list_shipments (TwDb *db, gint64 id, GArray *ids, GError **error);

G_END_DECLS
