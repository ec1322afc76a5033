/* stage.c: see stage.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/scenario/stage.h"

#define REASON "{\"reason\":\"So it is\"}"

void
tw_stage_prepare (TwTestServer *server)
{
  gint64 id = tw_company_release (server, "P-2:100");

  /* Something for every payment to pay, and a product of which there is none. */
  tw_company_fulfil (server, id);
  tw_company_invoice (server, id);
  tw_company_add_product (server, "NONE", "1.00");
}

const char *
tw_stage_get_body (const char *document, const char *action)
{
  static const char *const bodies[][3] = {
    { "shipment", "deliver", "{\"receiver\":\"Maria Anders\"}" },
    { "shipment", "report_exception", "{\"kind\":\"damaged\",\"detail\":\"Wet\"}" },
    { "shipment", "pack", "{}" },
    { "shipment", "dispatch", "{\"carrier\":\"SPEEDY\"}" },
    { "shipment_exception", "resolve", "{\"resolution\":\"accept\"}" },
    { "payment", "allocate", "{}" },
    { "payment", "refund", "{\"amount\":\"0.01\",\"reason\":\"So it is\"}" },
    { "refund", "pay_out", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (g_str_equal (bodies[i][0], document) && g_str_equal (bodies[i][1], action))
      return bodies[i][2];
  return REASON;
}

/* ---- Orders ---- */

static void
step (TwTestServer *server, const char *user, gint64 id, const char *action)
{
  tw_company_do (server, user, "orders", id, action, REASON);
}

static gint64
make_draft (TwTestServer *server)
{
  return tw_company_enter (server, "sales", "ALFKI", "P-1:1");
}

static gint64
make_quoted (TwTestServer *server)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", "\"valid_until\":\"2099-12-31\"");
  gint64 id = tw_company_create (server, "sales", "/orders", body);

  step (server, "sales", id, "quote");
  return id;
}

static gint64
make_lost (TwTestServer *server)
{
  gint64 id = make_quoted (server);

  step (server, "sales", id, "lose");
  return id;
}

static gint64
make_pending (TwTestServer *server)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", "\"special\":true,\"special_reason\":\"Fair\"");
  gint64 id = tw_company_create (server, "sales", "/orders", body);

  step (server, "sales", id, "submit");
  return id;
}

static gint64
make_confirmed_held (TwTestServer *server)
{
  gint64 id = make_draft (server);

  step (server, "sales", id, "hold");
  step (server, "sales", id, "submit");
  return id;
}

/* The system releases what it can at once; here it could not at that time. */
static gint64
make_confirmed (TwTestServer *server)
{
  gint64 id = make_confirmed_held (server);
  g_autofree char *script
    = g_strdup_printf ("UPDATE sales_order SET hold = NULL, hold_reason = NULL, version = version + 1 WHERE id = %" G_GINT64_FORMAT ";", id);

  tw_test_server_script (server, script);
  return id;
}

static gint64
make_released (TwTestServer *server)
{
  return tw_company_release (server, "P-1:1 NONE:1");
}

static gint64
make_released_held (TwTestServer *server)
{
  gint64 id = make_released (server);

  tw_company_do (server, "finance", "orders", id, "hold", REASON);
  return id;
}

static gint64
make_in_fulfilment (TwTestServer *server)
{
  gint64 id = make_released (server);

  tw_company_do (server, "warehouse", "shipments", tw_company_find_shipment (server, id), "start_picking", NULL);
  return id;
}

static gint64
make_fulfilled (TwTestServer *server)
{
  gint64 id = tw_company_release (server, "P-1:1");

  tw_company_fulfil (server, id);
  return id;
}

static void
pay (TwTestServer *server, gint64 invoice, const char *amount)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "finance", "/invoices/%" G_GINT64_FORMAT, invoice);
  g_autofree char *number = tw_company_value (reply, "number");
  g_autofree char *body
    = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"%s\"}]}", number, amount);

  tw_company_do (server, "finance", "payments", tw_company_take_money (server, "ALFKI", amount), "allocate", body);
}

static gint64
make_completed (TwTestServer *server)
{
  gint64 id = make_fulfilled (server);

  pay (server, tw_company_invoice (server, id), "11.30");
  return id;
}

static gint64
make_cancelled (TwTestServer *server)
{
  gint64 id = make_pending (server);

  step (server, "sales", id, "cancel");
  return id;
}

/* ---- Shipments ---- */

static gint64
make_shipment (TwTestServer *server)
{
  return tw_company_find_shipment (server, tw_company_release (server, "P-1:1"));
}

static gint64
bring_shipment (TwTestServer *server, const char *const *steps)
{
  gint64 id = make_shipment (server);

  for (guint i = 0; steps[i] != NULL; i += 2)
    tw_company_do (server, steps[i], "shipments", id, steps[i + 1], tw_stage_get_body ("shipment", steps[i + 1]));
  return id;
}

#define SHIPMENT(state, ...)                                                                                           \
  static gint64 make_shipment_##state (TwTestServer *server)                                                           \
  {                                                                                                                    \
    static const char *const steps[] = { __VA_ARGS__, NULL };                                                          \
                                                                                                                       \
    return bring_shipment (server, steps);                                                                             \
  }

#define PICKING "warehouse", "start_picking"
#define PICKED PICKING, "warehouse", "pick"
#define PACKED PICKED, "warehouse", "pack"
#define CHECKED PACKED, "quality", "check"
#define READY PACKED, "warehouse", "ready"
#define DISPATCHED READY, "dispatcher", "dispatch"
#define IN_TRANSIT DISPATCHED, "dispatcher", "depart"
#define DELIVERED IN_TRANSIT, "dispatcher", "deliver"

SHIPMENT (picking, PICKING)
SHIPMENT (picked, PICKED)
SHIPMENT (packed, PACKED)
SHIPMENT (failed, PACKED, "quality", "fail_check")
SHIPMENT (checked, CHECKED)
SHIPMENT (ready, READY)
SHIPMENT (dispatched, DISPATCHED)
SHIPMENT (in_transit, IN_TRANSIT)
SHIPMENT (delivered, DELIVERED)
SHIPMENT (damaged, DELIVERED, "dispatcher", "report_exception")
SHIPMENT (closed, DELIVERED, "dispatcher", "close")
SHIPMENT (cancelled, "planner", "cancel")

static gint64
make_shipment_on_trip (TwTestServer *server)
{
  gint64 id = make_shipment_ready (server);

  tw_company_add_trip (server, "driver", id);
  return id;
}

static gint64
make_shipment_driven (TwTestServer *server)
{
  gint64 id = make_shipment_ready (server);

  tw_company_do (server, "driver", "trips", tw_company_add_trip (server, "driver", id), "depart", NULL);
  return id;
}

static gint64
find_exception (TwTestServer *server, gint64 shipment)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "auditor", "/shipments/%" G_GINT64_FORMAT, shipment);
  g_autofree char *id = tw_company_value (reply, "exceptions.0.id");

  g_assert_cmpstr (id, !=, "");
  return g_ascii_strtoll (id, NULL, 10);
}

static gint64
make_exception (TwTestServer *server)
{
  return find_exception (server, make_shipment_damaged (server));
}

static gint64
make_resolved (TwTestServer *server)
{
  gint64 id = make_exception (server);

  tw_company_do (server, "after_sales", "shipment-exceptions", id, "resolve", "{\"resolution\":\"accept\"}");
  return id;
}

/* ---- Trips ---- */

static gint64
make_trip (TwTestServer *server)
{
  return tw_company_add_trip (server, "driver", make_shipment_ready (server));
}

static gint64
make_loading (TwTestServer *server)
{
  gint64 id = make_trip (server);

  tw_company_do (server, "driver", "trips", id, "load", NULL);
  return id;
}

static gint64
make_departed (TwTestServer *server)
{
  gint64 id = make_trip (server);

  tw_company_do (server, "driver", "trips", id, "depart", NULL);
  return id;
}

static gint64
make_arrived (TwTestServer *server)
{
  gint64 shipment = make_shipment_ready (server);
  gint64 id = tw_company_add_trip (server, "driver", shipment);

  tw_company_do (server, "driver", "trips", id, "depart", NULL);
  tw_company_do (server, "driver", "shipments", shipment, "deliver", "{\"receiver\":\"Maria Anders\"}");
  return id;
}

static gint64
make_trip_completed (TwTestServer *server)
{
  gint64 id = make_arrived (server);

  tw_company_do (server, "driver", "trips", id, "complete", NULL);
  return id;
}

static gint64
make_trip_cancelled (TwTestServer *server)
{
  gint64 id = make_trip (server);

  tw_company_do (server, "dispatcher", "trips", id, "cancel", REASON);
  return id;
}

/* ---- Money ---- */

static gint64
make_invoice (TwTestServer *server)
{
  return tw_company_draft_invoice (server, make_fulfilled (server));
}

static gint64
make_posted (TwTestServer *server)
{
  return tw_company_invoice (server, make_fulfilled (server));
}

static gint64
make_partly_paid (TwTestServer *server)
{
  gint64 id = make_posted (server);

  pay (server, id, "1.30");
  return id;
}

static gint64
make_paid (TwTestServer *server)
{
  gint64 id = make_posted (server);

  pay (server, id, "11.30");
  return id;
}

static gint64
make_discarded (TwTestServer *server)
{
  gint64 id = make_invoice (server);

  tw_company_do (server, "finance", "invoices", id, "cancel", REASON);
  return id;
}

static gint64
make_recorded (TwTestServer *server)
{
  return tw_company_record_payment (server, "ALFKI", "0.10");
}

static gint64
make_received (TwTestServer *server)
{
  return tw_company_take_money (server, "ALFKI", "0.10");
}

static gint64
bring_payment (TwTestServer *server, const char *first, const char *second, const char *third)
{
  const char *const steps[] = { first, second, third };
  gint64 id = make_recorded (server);

  for (guint i = 0; i < G_N_ELEMENTS (steps) && steps[i] != NULL; i++)
    tw_company_do (server, "finance", "payments", id, steps[i], tw_stage_get_body ("payment", steps[i]));
  return id;
}

static gint64
make_allocated (TwTestServer *server)
{
  return bring_payment (server, "receive", "allocate", NULL);
}

static gint64
make_reconciled (TwTestServer *server)
{
  return bring_payment (server, "receive", "allocate", "reconcile");
}

static gint64
make_failed (TwTestServer *server)
{
  return bring_payment (server, "fail", NULL, NULL);
}

static gint64
make_bounced (TwTestServer *server)
{
  return bring_payment (server, "receive", "bounce", NULL);
}

/* ---- Refunds ---- */

static gint64
make_requested (TwTestServer *server)
{
  return tw_company_ask_refund (server, "finance", make_received (server), "0.01");
}

static gint64
bring_refund (TwTestServer *server, const char *user, const char *first, const char *second)
{
  gint64 id = make_requested (server);

  tw_company_do (server, user, "refunds", id, first, tw_stage_get_body ("refund", first));
  if (second != NULL)
    tw_company_do (server, "finance", "refunds", id, second, tw_stage_get_body ("refund", second));
  return id;
}

static gint64
make_approved (TwTestServer *server)
{
  return bring_refund (server, "finance_manager", "approve", NULL);
}

static gint64
make_paid_out (TwTestServer *server)
{
  return bring_refund (server, "finance_manager", "approve", "pay_out");
}

static gint64
make_refused (TwTestServer *server)
{
  return bring_refund (server, "finance_manager", "reject", NULL);
}

static gint64
make_withdrawn (TwTestServer *server)
{
  return bring_refund (server, "finance", "withdraw", NULL);
}

/* All that is left of it: nothing to allocate, nothing more to ask for. */
static gint64
make_set_aside (TwTestServer *server)
{
  gint64 id = make_received (server);

  tw_company_ask_refund (server, "finance", id, "0.10");
  return id;
}

/* ---- Counts and customers ---- */

static gint64
make_count (TwTestServer *server)
{
  return tw_company_create (server, "warehouse", "/stock-counts",
                            "{\"warehouse\":\"EAST\",\"reason\":\"Seen\",\"lines\":[{\"product\":\"P-2\","
                            "\"counted\":\"50\"}]}");
}

static gint64
make_count_posted (TwTestServer *server)
{
  gint64 id = make_count (server);

  tw_company_do (server, "warehouse", "stock-counts", id, "post", NULL);
  return id;
}

static gint64
make_count_cancelled (TwTestServer *server)
{
  gint64 id = make_count (server);

  tw_company_do (server, "warehouse", "stock-counts", id, "cancel", NULL);
  return id;
}

static gint64
make_customer (TwTestServer *server)
{
  static guint n;
  g_autofree char *body = g_strdup_printf ("{\"code\":\"C-%u\",\"name\":\"C %u\",\"price_list\":\"STD\","
                                           "\"payment_term\":\"NET30\",\"currency\":\"CNY\"}",
                                           n + 1, n + 1);

  n++;
  return tw_company_create (server, "sales", "/customers", body);
}

static gint64
make_customer_held (TwTestServer *server)
{
  gint64 id = make_customer (server);

  tw_company_do (server, "finance", "customers", id, "hold_credit", REASON);
  return id;
}

static gint64
make_customer_blocked (TwTestServer *server)
{
  gint64 id = make_customer (server);

  tw_company_change (server, "sales_manager", "customers", id, "{\"status\":\"blocked\"}");
  return id;
}

const TwStage tw_stages[] = {
  { "order", "draft", "draft", make_draft },
  { "order", "quoted", "quoted", make_quoted },
  { "order", "lost", "lost", make_lost },
  { "order", "pending_approval", "pending", make_pending },
  { "order", "confirmed", "confirmed", make_confirmed },
  { "order", "confirmed", "confirmed-held", make_confirmed_held },
  { "order", "released", "released", make_released },
  { "order", "released", "released-held", make_released_held },
  { "order", "in_fulfilment", "in-fulfilment", make_in_fulfilment },
  { "order", "fulfilled", "fulfilled", make_fulfilled },
  { "order", "completed", "completed", make_completed },
  { "order", "cancelled", "cancelled", make_cancelled },
  { "shipment", "released", "released", make_shipment },
  { "shipment", "picking", "picking", make_shipment_picking },
  { "shipment", "picked", "picked", make_shipment_picked },
  { "shipment", "packed", "packed", make_shipment_packed },
  { "shipment", "packed", "failed-inspection", make_shipment_failed },
  { "shipment", "checked", "checked", make_shipment_checked },
  { "shipment", "ready", "ready", make_shipment_ready },
  { "shipment", "ready", "on-a-trip", make_shipment_on_trip },
  { "shipment", "dispatched", "dispatched", make_shipment_dispatched },
  { "shipment", "in_transit", "in-transit", make_shipment_in_transit },
  { "shipment", "in_transit", "driven", make_shipment_driven },
  { "shipment", "delivered", "delivered", make_shipment_delivered },
  { "shipment", "delivered", "damaged", make_shipment_damaged },
  { "shipment", "closed", "closed", make_shipment_closed },
  { "shipment", "cancelled", "cancelled", make_shipment_cancelled },
  { "shipment_exception", "open", "open", make_exception },
  { "shipment_exception", "resolved", "resolved", make_resolved },
  { "trip", "planned", "planned", make_trip },
  { "trip", "loading", "loading", make_loading },
  { "trip", "departed", "departed", make_departed },
  { "trip", "departed", "arrived", make_arrived },
  { "trip", "completed", "completed", make_trip_completed },
  { "trip", "cancelled", "cancelled", make_trip_cancelled },
  { "invoice", "draft", "draft", make_invoice },
  { "invoice", "posted", "posted", make_posted },
  { "invoice", "partly_paid", "partly-paid", make_partly_paid },
  { "invoice", "paid", "paid", make_paid },
  { "invoice", "cancelled", "discarded", make_discarded },
  { "payment", "recorded", "recorded", make_recorded },
  { "payment", "received", "received", make_received },
  { "payment", "received", "set-aside", make_set_aside },
  { "payment", "allocated", "allocated", make_allocated },
  { "payment", "reconciled", "reconciled", make_reconciled },
  { "payment", "failed", "failed", make_failed },
  { "payment", "bounced", "bounced", make_bounced },
  { "refund", "requested", "requested", make_requested },
  { "refund", "approved", "approved", make_approved },
  { "refund", "paid_out", "paid-out", make_paid_out },
  { "refund", "rejected", "rejected", make_refused },
  { "refund", "cancelled", "withdrawn", make_withdrawn },
  { "stock_count", "draft", "draft", make_count },
  { "stock_count", "posted", "posted", make_count_posted },
  { "stock_count", "cancelled", "cancelled", make_count_cancelled },
  { "customer", "active", "active", make_customer },
  { "customer", "active", "held", make_customer_held },
  { "customer", "blocked", "blocked", make_customer_blocked },
  { NULL },
};
