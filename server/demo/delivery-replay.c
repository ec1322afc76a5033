/* delivery-replay.c: an order's goods are picked, packed, brought and handed over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"
#include "server/demo/order-replay.h"
#include "server/demo/replay-store.h"
#include "shared/document/trip.h"

typedef gboolean (*ShipmentFunc) (TwDemoReplay *replay, TwDemoOrder *order, gint64 shipment_id, GError **error);

/* @func for each of the order's shipments in @state. */
static gboolean
for_shipments (TwDemoReplay *replay, TwDemoOrder *order, const char *state, ShipmentFunc func, GError **error)
{
  g_autoptr (GArray) ids
    = tw_demo_store_find_shipments (tw_stage_get_db (replay->stage), order->id, state, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!func (replay, order, g_array_index (ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
act (TwDemoReplay *replay, const char *user, gint64 shipment_id, const char *action, gpointer arguments, GError **error)
{
  return tw_stage_run (replay->stage, user, &tw_shipment_resource, shipment_id, action, arguments, error);
}

/* Now and then one piece of the first line is not found. */
static TwPickArguments *
make_pick (TwDemoReplay *replay, TwDemoOrder *order, gint64 shipment_id, GError **error)
{
  g_autoptr (TwPickArguments) pick = tw_pick_arguments_new ();
  g_autoptr (TwPickLine) line = NULL;
  g_autoptr (TwShipment) shipment = NULL;
  TwShipmentLine *first;

  if (!tw_demo_picks_short (order->index))
    return g_steal_pointer (&pick);
  shipment = tw_stage_read (replay->stage, "warehouse", &tw_shipment_resource, shipment_id, error);
  if (shipment == NULL)
    return NULL;
  first = tw_record_nth (shipment->lines, 0);
  if (tw_decimal_compare (first->quantity, TW_DECIMAL_ONE) <= 0)
    return g_steal_pointer (&pick);
  line = tw_pick_line_new ();
  TW_RECORD (line)->id = TW_RECORD (first)->id;
  line->quantity = tw_decimal_sub (first->quantity, TW_DECIMAL_ONE);
  g_list_store_append (pick->lines, line);
  tw_record_set_string (&pick->reason, "货架上少一件 One piece is missing on the shelf");
  return g_steal_pointer (&pick);
}

static gboolean
pick_one (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  g_autoptr (TwPickArguments) pick = NULL;
  g_autoptr (TwPackArguments) pack = tw_pack_arguments_new ();

  if (!act (replay, "warehouse", id, "start_picking", NULL, error))
    return FALSE;
  if (order->stop == TW_DEMO_STAYS_PICKING)
    return TRUE;
  pick = make_pick (replay, order, id, error);
  if (pick == NULL || !act (replay, "warehouse", id, "pick", pick, error))
    return FALSE;
  if (order->stop == TW_DEMO_STAYS_PICKED)
    return TRUE;
  if (!act (replay, "warehouse", id, "pack", pack, error))
    return FALSE;
  if (order->stop == TW_DEMO_STAYS_PACKED)
    return TRUE;
  if ((order->stop == TW_DEMO_STAYS_CHECKED || order->index % 9 == 0) && !act (replay, "quality", id, "check", NULL,
                                                                               error))
    return FALSE;
  return order->stop == TW_DEMO_STAYS_CHECKED || act (replay, "warehouse", id, "ready", NULL, error);
}

gboolean
tw_demo_pick (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  return for_shipments (replay, order, "released", pick_one, error);
}

static gboolean
go_by_carrier (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  g_autoptr (TwDispatchArguments) arguments = tw_dispatch_arguments_new ();

  arguments->carrier = g_strdup_printf ("NW-%s", tw_sample_get (replay->orders, order->row, "ship_via"));
  arguments->tracking_number = g_strdup_printf ("TW%08" G_GINT64_FORMAT, id);
  return act (replay, "dispatcher", id, "dispatch", arguments, error);
}

static const char *
get_driver (TwDemoOrder *order)
{
  return order->index % 16 == 0 ? "driver2" : "driver";
}

static gboolean
go_by_trip (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  g_autoptr (TwShipment) shipment = tw_stage_read (replay->stage, "dispatcher", &tw_shipment_resource, id, error);
  g_autoptr (TwTrip) trip = tw_trip_new ();
  g_autoptr (TwTripStop) stop = tw_trip_stop_new ();

  if (shipment == NULL)
    return FALSE;
  trip->trip_date = tw_stage_get_day (replay->stage);
  tw_record_set_string (&trip->vehicle, "沪A·66888");
  tw_record_set_string (&trip->driver, get_driver (order));
  tw_record_set_string (&stop->shipment, shipment->number);
  g_list_store_append (trip->stops, stop);
  if (!tw_stage_create (replay->stage, "dispatcher", &tw_trip_resource, trip, error)
      || !tw_stage_run (replay->stage, trip->driver, &tw_trip_resource, TW_RECORD (trip)->id, "load", NULL, error))
    return FALSE;
  return order->stop == TW_DEMO_IS_LOADED
         || tw_stage_run (replay->stage, trip->driver, &tw_trip_resource, TW_RECORD (trip)->id, "depart", NULL, error);
}

static gboolean
refuse (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  g_autoptr (TwExceptionArguments) report = tw_exception_arguments_new ();

  report->kind = tw_key_find (tw_exception_kind_keys, "refused");
  tw_record_set_string (&report->detail, "外箱破损，客户拒收 The box was crushed, the customer refused it");
  return act (replay, "dispatcher", id, "report_exception", report, error);
}

static gboolean
ship_one (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  gboolean by_trip = order->stop == TW_DEMO_IS_LOADED || order->stop == TW_DEMO_IS_ON_THE_ROAD
                     || (order->stop == TW_DEMO_RUNS_THROUGH && tw_demo_goes_by_trip (order->index));

  if (by_trip)
    return go_by_trip (replay, order, id, error);
  if (!go_by_carrier (replay, order, id, error))
    return FALSE;
  return order->stop != TW_DEMO_IS_REFUSED || refuse (replay, order, id, error);
}

gboolean
tw_demo_ship (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  return for_shipments (replay, order, "ready", ship_one, error);
}

/* Refused at the door, brought again with the next tour. */
static gboolean
bring_again (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  g_autoptr (TwResolveArguments) solution = tw_resolve_arguments_new ();
  g_autoptr (GArray) problems = NULL;

  if (!refuse (replay, order, id, error)
      || !tw_stage_run_because (replay->stage, "dispatcher", &tw_shipment_resource, id, "take_back",
                                "客户拒收 Refused", error))
    return FALSE;
  problems = tw_demo_store_find_exceptions (tw_stage_get_db (replay->stage), id, error);
  if (problems == NULL)
    return FALSE;
  solution->resolution = tw_key_find (tw_resolution_keys, "redeliver");
  tw_record_set_string (&solution->comment, "重新包装后再送 Packed anew");
  for (guint i = 0; i < problems->len; i++)
    if (!tw_stage_run (replay->stage, "after_sales", &tw_shipment_exception_resource, g_array_index (problems, gint64,
                                                                                                     i),
                       "resolve", solution, error))
      return FALSE;
  return go_by_carrier (replay, order, id, error);
}

static gboolean
deliver (TwDemoReplay *replay, TwDemoOrder *order, const char *user, gint64 id, GError **error)
{
  static const char *const receivers[] = { "门卫 Reception", "仓库 Goods in", "M. Anders", "J. Lebihan" };
  g_autoptr (TwDeliverArguments) proof = tw_deliver_arguments_new ();

  tw_record_set_string (&proof->receiver, receivers[order->index % G_N_ELEMENTS (receivers)]);
  return act (replay, user, id, "deliver", proof, error);
}

static gboolean
deliver_dispatched (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  if (tw_demo_is_refused_once (order->index) && !bring_again (replay, order, id, error))
    return FALSE;
  return deliver (replay, order, "dispatcher", id, error);
}

static gboolean
deliver_on_trip (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  g_autoptr (TwShipment) shipment = tw_stage_read (replay->stage, "dispatcher", &tw_shipment_resource, id, error);

  if (shipment == NULL || !deliver (replay, order, get_driver (order), id, error))
    return FALSE;
  return shipment->trip_id == 0
         || tw_stage_run (replay->stage, get_driver (order), &tw_trip_resource, shipment->trip_id, "complete", NULL,
                          error);
}

/* Some papers are still lying about. */
static gboolean
close_one (TwDemoReplay *replay, TwDemoOrder *order, gint64 id, GError **error)
{
  return order->index % 40 == 0 || act (replay, "dispatcher", id, "close", NULL, error);
}

gboolean
tw_demo_deliver (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  return for_shipments (replay, order, "dispatched", deliver_dispatched, error)
         && for_shipments (replay, order, "in_transit", deliver_on_trip, error)
         && (tw_demo_picks_short (order->index) || for_shipments (replay, order, "delivered", close_one, error));
}
