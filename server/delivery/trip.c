/* trip.c: trips: a driver's route over ordered stops
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/change.h"
#include "server/db/number.h"
#include "server/masterdata/scope.h"
#include "server/delivery/shipment.h"
#include "server/delivery/trip-store.h"
#include "server/sales/order.h"
#include "shared/document/trip.h"

/* ---- Reading ---- */

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwTrip) trip = tw_trip_store_load (ctx->db, id, lock, error);

  if (!trip)
    return NULL;
  if (tw_scope_get (ctx, "trip.read") != TW_SCOPE_ALL && trip->driver_id != ctx->who->user_id)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such trip."));
      return NULL;
    }
  return (TwRecord *) g_steal_pointer (&trip);
}

static void
restrict_list (TwContext *ctx, TwListQuery *query)
{
  if (tw_scope_get (ctx, "trip.read") != TW_SCOPE_ALL)
    tw_list_query_restrict (query, tw_trip_scope_driver, ctx->who->user_id);
}

/* ---- Planning ---- */

static gboolean
resolve_driver (TwContext *ctx, TwTrip *trip, GError **error)
{
  g_autofree char *name = NULL;

  if (!tw_trip_store_find_driver (ctx->db, trip->driver, &trip->driver_id, &name, error))
    return FALSE;
  if (trip->driver_id == 0)
    return tw_error_fault (error, "/driver", "unknown", _("There is no active driver “%s”."), trip->driver);
  tw_record_set_string (&trip->driver_name, name);
  return TRUE;
}

static gboolean
resolve_stop (TwContext *ctx, TwTrip *trip, TwTripStop *stop, const char *pointer, GError **error)
{
  TwStopShipment found;

  if (!tw_trip_store_find_shipment (ctx->db, stop->shipment, &found, error))
    return FALSE;
  if (found.id == 0)
    return tw_error_fault (error, pointer, "unknown", _("There is no shipment “%s”."), stop->shipment);
  if (found.trip_id > 0 && found.trip_id != TW_RECORD (trip)->id)
    return tw_error_fault (error, pointer, "taken", _("Shipment %s is on another trip."), stop->shipment);
  if (!found.ready)
    return tw_error_fault (error, pointer, "not_ready", _("Shipment %s is not ready to go."), stop->shipment);
  stop->shipment_id = found.id;
  return TRUE;
}

static gboolean
resolve (TwContext *ctx, TwTrip *trip, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  if (!resolve_driver (ctx, trip, error))
    return FALSE;
  for (guint i = 0; i < tw_record_count (trip->stops); i++)
    {
      TwTripStop *stop = tw_record_nth (trip->stops, i);
      g_autofree char *pointer = g_strdup_printf ("/stops/%u/shipment", i);

      if (!resolve_stop (ctx, trip, stop, pointer, error))
        return FALSE;
      if (!g_hash_table_add (seen, GSIZE_TO_POINTER (stop->shipment_id)))
        return tw_error_fault (error, pointer, "duplicate", _("Shipment %s is named twice."), stop->shipment);
    }
  trip->stop_count = tw_record_count (trip->stops);
  return TRUE;
}

/* Somebody else has put one of the shipments on a trip in the same moment. */
static gboolean
explain_taken (gboolean stored, GError **error)
{
  if (stored || !error || !g_error_matches (*error, TW_ERROR, TW_ERROR_DUPLICATE))
    return stored;
  g_clear_error (error);
  return tw_error_fault (error, "/stops", "taken", _("One of the shipments has just been put on another trip."));
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  TwTrip *trip = (TwTrip *) draft;

  if (!resolve (ctx, trip, error))
    return FALSE;
  if (tw_date_compare (trip->trip_date, ctx->today) < 0)
    return tw_error_fault (error, "/trip_date", "out_of_range", _("The day of the trip has passed."));
  draft->version = 1;
  draft->created_at = draft->updated_at = ctx->now;
  trip->author_id = ctx->who->user_id;
  trip->state = tw_key_find (tw_trip_state_keys, "planned");
  trip->number = tw_number_document (ctx->db, "TR", ctx->today, error);
  return trip->number && explain_taken (tw_trip_store_insert (ctx->db, trip, error), error)
         && tw_change_record (ctx, "create", NULL, draft, NULL, error);
}

static gboolean
check_done (gboolean done, GError **error)
{
  return done || tw_row_refuse_stale (error);
}

static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  TwTrip *trip = (TwTrip *) changed;
  gboolean done;

  if (!g_str_equal (((TwTrip *) stored)->state, "planned"))
    return tw_error_set (error, TW_ERROR_STATE, _("Only a planned trip can be changed."));
  if (!resolve (ctx, trip, error) || !explain_taken (tw_trip_store_update (ctx, trip, &done, error), error)
      || !check_done (done, error))
    return FALSE;
  changed->version++;
  return tw_change_record (ctx, "change", stored, changed, NULL, error);
}

static gboolean
store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  gboolean done;

  return tw_trip_store_set_state (ctx, (TwTrip *) document, state, &done, error) && check_done (done, error);
}

/* ---- Driving ---- */

static char *
guard_ready (TwContext *ctx, TwRecord *document)
{
  TwTrip *trip = (TwTrip *) document;

  if (tw_record_count (trip->stops) == 0)
    return g_strdup (_("The trip has no stops."));
  for (guint i = 0; i < tw_record_count (trip->stops); i++)
    {
      TwTripStop *stop = tw_record_nth (trip->stops, i);

      if (!g_str_equal (stop->shipment_state, "ready"))
        return g_strdup_printf (_("Shipment %s is not ready to go."), stop->shipment);
    }
  return NULL;
}

/* One shipment leaves with the trip: two of the shipment's own steps. */
static gboolean
send_out (TwContext *ctx, gint64 shipment_id, gint64 *order_id, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  const TwResource *resource = &tw_shipment_resource;
  g_autoptr (TwRecord) shipment = resource->load (&system, shipment_id, TRUE, error);

  if (!shipment)
    return FALSE;
  *order_id = ((TwShipment *) shipment)->order_id;
  if (tw_gate_run (&system, resource, shipment, "dispatch", NULL, error)
      && tw_gate_run (&system, resource, shipment, "depart", NULL, error))
    return TRUE;
  if (error && (*error)->code != TW_ERROR_RETRY)
    g_prefix_error (error, "%s: ", ((TwShipment *) shipment)->number);
  return FALSE;
}

static gboolean
apply_depart (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!tw_trip_store_list_shipments (ctx->db, document->id, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 order_id;

      if (!send_out (ctx, g_array_index (ids, gint64, i), &order_id, error)
          || !tw_order_refresh (ctx, order_id, error))
        return FALSE;
    }
  return TRUE;
}

static char *
guard_complete (TwContext *ctx, TwRecord *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  if (!tw_trip_store_find_unfinished (ctx->db, document->id, &number, &error))
    return g_strdup (error->message);
  return number ? g_strdup_printf (_("Shipment %s is neither delivered nor reported."), number) : NULL;
}

static gboolean
apply_cancel (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  return tw_trip_store_free_stops (ctx->db, document->id, error);
}

static const TwAction actions[] = {
  { .action = "load", .guard = guard_ready },
  { .action = "depart", .guard = guard_ready, .apply = apply_depart },
  { .action = "complete", .guard = guard_complete },
  { .action = "cancel", .apply = apply_cancel },
  { NULL },
};

const TwResource tw_trip_resource = {
  .path = "trips",
  .document = "trip",
  .type = tw_trip_get_type,
  .list = &tw_trip_list,
  .load = load,
  .create = create,
  .update = update,
  .store_state = store_state,
  .actions = actions,
  .state_offset = G_STRUCT_OFFSET (TwTrip, state),
  .author_offset = G_STRUCT_OFFSET (TwTrip, author_id),
  .restrict_list = restrict_list,
};
