/* work-goods.c: goods come in, are planned, picked, packed, carried, delivered, and come back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/date.h"
#include "tests/simulation/actor.h"
#include "tests/simulation/sum.h"

static void
act (SimActor *actor, const char *kind, const char *list, const char *action, const char *body)
{
  SimRow row;

  if (sim_actor_pick (actor, list, NULL, &row))
    sim_reply_free (sim_actor_act (actor, kind, row.id, action, body));
}

static void
act_with_reason (SimActor *actor, const char *kind, const char *list, const char *action)
{
  g_autofree char *mark = sim_actor_mark (actor);
  g_autofree char *body = g_strdup_printf ("{\"reason\":\"%s\"}", mark);

  act (actor, kind, list, action, body);
}

/* ---- Planning ---- */

static void
work_release_order (SimActor *actor)
{
  act (actor, "orders", "/orders?state=confirmed", "release", NULL);
}

static void
work_allocate (SimActor *actor)
{
  act (actor, "orders", "/orders?state.in=released,in_fulfilment", "allocate", NULL);
}

static void
work_release_shipment (SimActor *actor)
{
  act (actor, "shipments", "/shipments?state=planned", "release", NULL);
}

/* ---- Warehouse ---- */

static void
work_receive (SimActor *actor)
{
  g_autofree char *mark = sim_actor_mark (actor);
  guint product = sim_actor_draw (actor, SIM_N_PRODUCTS), quantity = 2 + sim_actor_draw (actor, 15);
  g_autofree char *body = g_strdup_printf ("{\"warehouse\":\"MAIN\",\"reason\":\"purchase\",\"reference\":\"%s\","
                                           "\"lines\":[{\"product\":\"%s\",\"quantity\":\"%u\"}]}",
                                           mark, sim_products[product].sku, quantity);
  g_autoptr (SimReply) reply = sim_actor_post (actor, "/receipts", body);

  if (reply->status != 201)
    sim_world_complain (actor->world, "goods were not taken in: %u %s", reply->status, reply->text);
}

static void
work_count (SimActor *actor)
{
  guint product = sim_actor_draw (actor, SIM_N_PRODUCTS), counted = sim_actor_draw (actor, 60);
  g_autofree char *mark = sim_actor_mark (actor), *why = g_strdup_printf ("{\"reason\":\"%s\"}", mark);
  g_autofree char *body = g_strdup_printf ("{\"warehouse\":\"MAIN\",\"reason\":\"%s\",\"lines\":[{\"product\":\"%s\","
                                           "\"counted\":\"%u\"}]}",
                                           mark, sim_products[product].sku, counted);
  g_autoptr (SimReply) reply = sim_actor_post (actor, "/stock-counts", body);

  if (sim_reply_is_well (reply))
    sim_reply_free (sim_actor_act (actor, "stock-counts", sim_reply_get_int (reply, "id"), "post", why));
}

static void
work_start (SimActor *actor)
{
  act (actor, "shipments", "/shipments?state=released", "start_picking", NULL);
}

static void
work_pick (SimActor *actor)
{
  act (actor, "shipments", "/shipments?state.in=released,picking", "pick", NULL);
}

/* Nothing of the first line is found. */
static void
work_pick_short (SimActor *actor)
{
  g_autofree char *mark = sim_actor_mark (actor), *product = NULL, *body = NULL;
  g_autoptr (SimReply) read = NULL;
  SimRow row;

  if (!sim_actor_pick (actor, "/shipments?state=picking", NULL, &row))
    return;
  read = sim_actor_get (actor, "/shipments/%" G_GINT64_FORMAT, row.id);
  product = sim_reply_get (read, "lines.0.product");
  body = g_strdup_printf ("{\"lines\":[{\"product\":\"%s\",\"quantity\":\"0\"}],\"reason\":\"%s\"}", product, mark);
  sim_reply_free (sim_actor_act (actor, "shipments", row.id, "pick", body));
}

static void
work_pack (SimActor *actor)
{
  act (actor, "shipments", "/shipments?state=picked", "pack", NULL);
}

static void
work_ready (SimActor *actor)
{
  act (actor, "shipments", "/shipments?state.in=packed,checked", "ready", NULL);
}

static void
work_cancel_shipment (SimActor *actor)
{
  act_with_reason (actor, "shipments", "/shipments?state.in=planned,released,picking,picked,packed,ready", "cancel");
}

static void
work_check (SimActor *actor)
{
  act (actor, "shipments", "/shipments?state=packed", "check", NULL);
}

static void
work_fail_check (SimActor *actor)
{
  act_with_reason (actor, "shipments", "/shipments?state=packed", "fail_check");
}

/* ---- Delivery ---- */

static void
work_dispatch (SimActor *actor)
{
  g_autofree char *mark = sim_actor_mark (actor);
  g_autofree char *body = g_strdup_printf ("{\"carrier\":\"SPEEDY\",\"tracking_number\":\"%s\"}", mark);

  act (actor, "shipments", "/shipments?state=ready", "dispatch", body);
}

static void
work_depart_shipment (SimActor *actor)
{
  act (actor, "shipments", "/shipments?state=dispatched", "depart", NULL);
}

static void
work_deliver (SimActor *actor)
{
  g_autofree char *mark = sim_actor_mark (actor);
  g_autofree char *body = g_strdup_printf ("{\"receiver\":\"%s\"}", mark);

  act (actor, "shipments", "/shipments?state.in=dispatched,in_transit", "deliver", body);
}

static void
work_take_back (SimActor *actor)
{
  act_with_reason (actor, "shipments", "/shipments?state.in=dispatched,in_transit", "take_back");
}

static void
work_report (SimActor *actor)
{
  static const char *const kinds[] = { "delayed", "attempt_failed", "damaged", "lost", "refused", "returned" };
  g_autofree char *mark = sim_actor_mark (actor);
  g_autofree char *body = g_strdup_printf ("{\"kind\":\"%s\",\"detail\":\"%s\"}",
                                           kinds[sim_actor_draw (actor, G_N_ELEMENTS (kinds))], mark);

  act (actor, "shipments", "/shipments?state.in=dispatched,in_transit", "report_exception", body);
}

static void
work_resolve (SimActor *actor)
{
  static const char *const ways[] = { "redeliver", "replace", "credit", "backorder", "accept" };
  g_autofree char *mark = sim_actor_mark (actor);
  g_autofree char *body = g_strdup_printf ("{\"resolution\":\"%s\",\"comment\":\"%s\"}",
                                           ways[sim_actor_draw (actor, G_N_ELEMENTS (ways))], mark);

  act (actor, "shipment-exceptions", "/shipment-exceptions?state=open", "resolve", body);
}

static void
work_make_trip (SimActor *actor)
{
  g_autofree char *day = tw_date_format (tw_date_add_days (tw_date_today (), 3650)); /* whatever day it is by then */
  const char *driver = sim_actor_draw (actor, 2) == 0 ? "driver" : "driver2";
  g_autofree char *body = NULL;
  SimRow row;

  if (!sim_actor_pick (actor, "/shipments?state=ready", NULL, &row))
    return;
  body = g_strdup_printf ("{\"trip_date\":\"%s\",\"driver\":\"%s\",\"stops\":[{\"shipment\":\"%s\"}]}", day, driver,
                          row.number);
  sim_reply_free (sim_actor_post (actor, "/trips", body));
}

static void
work_load (SimActor *actor)
{
  act (actor, "trips", "/trips?state=planned", "load", NULL);
}

static void
work_depart (SimActor *actor)
{
  act (actor, "trips", "/trips?state.in=planned,loading", "depart", NULL);
}

static void
work_complete_trip (SimActor *actor)
{
  act (actor, "trips", "/trips?state=departed", "complete", NULL);
}

static void
work_cancel_trip (SimActor *actor)
{
  act_with_reason (actor, "trips", "/trips?state=planned", "cancel");
}

const SimWork sim_work_plan[] = {
  { 3, "release order", work_release_order },
  { 6, "allocate", work_allocate },
  { 8, "release shipment", work_release_shipment },
  { 2, "resolve", work_resolve },
  { 0 },
};

const SimWork sim_work_store[] = {
  { 6, "receive", work_receive },
  { 2, "count", work_count },
  { 10, "release shipment", work_release_shipment },
  { 8, "start picking", work_start },
  { 14, "pick", work_pick },
  { 2, "pick short", work_pick_short },
  { 14, "pack", work_pack },
  { 14, "ready", work_ready },
  { 2, "cancel shipment", work_cancel_shipment },
  { 2, "take back", work_take_back },
  { 2, "resolve", work_resolve },
  { 0 },
};

const SimWork sim_work_inspect[] = {
  { 8, "check", work_check },
  { 1, "fail check", work_fail_check },
  { 1, "resolve", work_resolve },
  { 0 },
};

const SimWork sim_work_dispatch[] = {
  { 12, "dispatch", work_dispatch },
  { 4, "depart", work_depart_shipment },
  { 12, "deliver", work_deliver },
  { 2, "take back", work_take_back },
  { 2, "report", work_report },
  { 2, "resolve", work_resolve },
  { 5, "make trip", work_make_trip },
  { 1, "cancel trip", work_cancel_trip },
  { 0 },
};

const SimWork sim_work_drive[] = {
  { 3, "load", work_load },
  { 4, "depart", work_depart },
  { 8, "deliver", work_deliver },
  { 3, "complete", work_complete_trip },
  { 1, "report", work_report },
  { 0 },
};

const SimWork sim_work_serve[] = {
  { 1, "resolve", work_resolve },
  { 0 },
};
