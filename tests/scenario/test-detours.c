/* test-detours.c: orders that leave the straight way: quoted, lost, held, cancelled at each stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/date.h"
#include "tests/fixture/company.h"

#define REASON "{\"reason\":\"Called off\"}"

static TwTestServer *server;

/* A product of the test's own with ten pieces in stock, so that its levels are known. */
static void
stock_up (const char *sku, const char *price)
{
  tw_company_add_product (server, sku, price);
  tw_company_receive (server, sku, "10");
}

static void
do_order (const char *user, gint64 id, const char *action, const char *body)
{
  tw_company_do (server, user, "orders", id, action, body);
}

static void
refuse (const char *user, gint64 id, const char *action, guint status, const char *words)
{
  tw_company_refuse (server, user, "orders", id, action, REASON, status, words);
}

/* ---- Cancelling ---- */

static void
test_draft_is_deleted (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  g_autoptr (TwTestReply) deleted = NULL, gone = NULL;

  refuse ("sales", id, "cancel", 409, "never submitted");
  deleted = tw_test_call (server, token, "DELETE", path, NULL, NULL);
  tw_test_assert_status (deleted, 204);
  gone = tw_test_get (server, token, path);
  tw_test_assert_status (gone, 404);
}

/* What was submitted once stays in the books; whoever does not want it any more cancels it. */
static void
test_submitted_is_not_deleted (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-2:1@5000");
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  g_autoptr (TwTestReply) reply = NULL;

  do_order ("sales", id, "submit", NULL);
  do_order ("sales", id, "withdraw", NULL);
  reply = tw_test_call (server, token, "DELETE", path, NULL, NULL);
  tw_test_assert_problem (reply, 409, NULL);
  tw_company_assert (server, "orders", id, "state", "draft");
  tw_company_change (server, "sales", "orders", id, "{\"freight\":\"1.00\"}");
  do_order ("sales", id, "cancel", REASON);
  tw_company_assert (server, "orders", id, "state", "cancelled", "lines.0.cancelled", "1");
}

static void
test_pending (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-2:1@5000");

  do_order ("sales", id, "submit", NULL);
  tw_company_refuse (server, "sales", "orders", id, "cancel", "{}", 422, "/reason");
  do_order ("sales", id, "cancel", REASON);
  tw_company_assert (server, "orders", id, "state", "cancelled", "close_reason", "Called off", "lines.0.cancelled",
                     "1", "lines.0.open_quantity", "0");
  refuse ("manager", id, "approve", 409, "Cancelled");
}

/* A held order is confirmed and goes no further; then only the manager cancels it. */
static void
test_confirmed (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");

  do_order ("sales", id, "hold", "{\"hold\":\"manual\",\"reason\":\"Ask first\"}");
  do_order ("sales", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "confirmed", "hold", "manual");
  refuse ("sales", id, "cancel", 409, "sales manager");
  do_order ("sales_manager", id, "cancel", REASON);
  tw_company_assert (server, "orders", id, "state", "cancelled", "lines.0.cancelled", "1");
}

/* The reservation is freed, and whoever waits for the goods gets them. */
static void
test_released (void)
{
  gint64 id, next;

  stock_up ("D-1", "10");
  id = tw_company_release (server, "D-1:8");
  next = tw_company_release (server, "D-1:5");
  tw_company_assert_stock (server, "D-1", "reserved", "10");
  tw_company_assert (server, "orders", next, "lines.0.reserved", "2", "lines.0.backordered", "3");
  refuse ("sales", id, "cancel", 409, "sales manager");
  do_order ("sales_manager", id, "cancel", REASON);
  tw_company_assert (server, "orders", id, "state", "cancelled", "lines.0.reserved", "0", "lines.0.cancelled", "8",
                     "reservation_status", "none");
  tw_company_assert (server, "orders", next, "lines.0.reserved", "5", "lines.0.backordered", "0");
  tw_company_assert_stock (server, "D-1", "reserved", "5");
  tw_company_assert_stock (server, "D-1", "on_hand", "10");
}

/* Once picking has begun only what is open or backordered is called off; the rest is delivered. */
static void
test_in_fulfilment (void)
{
  gint64 id, shipment;

  stock_up ("D-2", "10");
  id = tw_company_release (server, "D-2:12");
  shipment = tw_company_find_shipment (server, id);
  tw_company_do (server, "warehouse", "shipments", shipment, "start_picking", NULL);
  refuse ("sales_manager", id, "cancel", 409, "In fulfilment");
  refuse ("sales", id, "cancel_remainder", 403, "order.cancel_remainder");
  do_order ("sales_manager", id, "cancel_remainder", REASON);
  tw_company_assert (server, "orders", id, "state", "in_fulfilment", "lines.0.cancelled", "2", "lines.0.picking",
                     "10", "lines.0.backordered", "0");
  refuse ("sales_manager", id, "cancel_remainder", 409, "open");
  tw_company_do (server, "warehouse", "shipments", shipment, "pick", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "pack", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "ready", NULL);
  tw_company_deliver (server, shipment);
  tw_company_assert (server, "orders", id, "state", "fulfilled", "lines.0.delivered", "10");
  refuse ("sales_manager", id, "cancel", 409, "Fulfilled");
}

/* A shipment that is cancelled gives its goods back at every stage up to ready. */
static void
test_shipment_at_each_stage (void)
{
  static const char *const steps[] = { "start_picking", "pick", "pack", "ready" };
  gint64 id;

  stock_up ("D-3", "10");
  id = tw_company_release (server, "D-3:10");
  for (guint n = 0; n <= G_N_ELEMENTS (steps); n++)
    {
      gint64 shipment = tw_company_find_shipment (server, id);

      for (guint i = 0; i < n; i++)
        tw_company_do (server, "warehouse", "shipments", shipment, steps[i], NULL);
      tw_company_do (server, "warehouse", "shipments", shipment, "cancel", REASON);
      tw_company_assert (server, "shipments", shipment, "state", "cancelled");
      tw_company_assert (server, "orders", id, "lines.0.open_quantity", "10");
      tw_company_assert_stock (server, "D-3", "on_hand", "10");
      tw_company_assert_stock (server, "D-3", "reserved", "0");
      do_order ("planner", id, "allocate", NULL);
      tw_company_assert (server, "orders", id, "lines.0.reserved", "10");
    }
}

/* ---- Hold ---- */

static void
test_hold_stops_the_warehouse (void)
{
  gint64 id = tw_company_release (server, "P-1:1");
  gint64 shipment = tw_company_find_shipment (server, id);

  tw_company_refuse (server, "sales", "orders", id, "hold", "{\"hold\":\"manual\"}", 422, "/reason");
  do_order ("sales", id, "hold", "{\"hold\":\"customer\",\"reason\":\"Closed for holidays\"}");
  tw_company_assert (server, "orders", id, "state", "released", "hold", "customer", "hold_reason",
                     "Closed for holidays");
  tw_company_refuse (server, "warehouse", "shipments", shipment, "start_picking", NULL, 409, "hold");
  refuse ("sales_manager", id, "hold", 409, "hold");
  refuse ("finance", id, "resume", 409, "sales");
  do_order ("sales", id, "resume", NULL);
  tw_company_assert (server, "orders", id, "hold", "", "hold_reason", "");
  tw_company_do (server, "warehouse", "shipments", shipment, "start_picking", NULL);
}

static void
test_credit_hold (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");

  tw_company_refuse (server, "sales", "orders", id, "hold", "{\"hold\":\"credit\",\"reason\":\"Late\"}", 403, "finance");
  do_order ("finance", id, "hold", "{\"reason\":\"Late\"}");
  tw_company_assert (server, "orders", id, "hold", "credit");
  do_order ("sales", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "confirmed");
  refuse ("sales", id, "resume", 409, "finance");
  do_order ("finance", id, "resume", NULL);
  tw_company_assert (server, "orders", id, "state", "released", "hold", "");
}

/* ---- Quotations ---- */

static gint64
quote (int days)
{
  g_autofree char *until = tw_date_format (tw_date_add_days (tw_date_today (), days));
  g_autofree char *more = g_strdup_printf ("\"valid_until\":\"%s\"", until);
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1@8.50", more);
  gint64 id = tw_company_create (server, "sales", "/orders", body);

  do_order ("sales", id, "quote", NULL);
  tw_company_assert (server, "orders", id, "state", "quoted");
  return id;
}

static void
test_quote_without_date (void)
{
  refuse ("sales", tw_company_enter (server, "sales", "ALFKI", "P-1:1"), "quote", 409, "valid");
}

/* The quoted price holds though the list says otherwise by now. */
static void
test_accept (void)
{
  gint64 id = quote (0);

  refuse ("sales", id, "submit", 409, "Quoted");
  do_order ("customer", id, "accept", NULL);
  tw_company_assert (server, "orders", id, "state", "draft", "lines.0.price", "8.50", "net_total", "8.50");
  do_order ("sales", id, "submit", NULL);
  tw_company_assert (server, "orders", id, "state", "released", "total", "9.61");
}

static void
test_accept_too_late (void)
{
  gint64 id = quote (1);
  g_autofree char *script = g_strdup_printf (
    "UPDATE sales_order SET valid_until = CURRENT_DATE - INTERVAL 1 DAY WHERE id = %" G_GINT64_FORMAT ";", id);

  tw_test_server_script (server, script);
  refuse ("customer", id, "accept", 409, "valid");
  do_order ("sales", id, "lose", REASON);
}

static void
test_lose (void)
{
  gint64 id = quote (3);

  tw_company_refuse (server, "sales", "orders", id, "lose", "{}", 422, "/reason");
  do_order ("sales", id, "lose", "{\"reason\":\"Too dear\"}");
  tw_company_assert (server, "orders", id, "state", "lost", "close_reason", "Too dear");
  refuse ("sales", id, "accept", 409, "Lost");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/detours/draft-is-deleted", test_draft_is_deleted);
  g_test_add_func ("/detours/submitted-is-not-deleted", test_submitted_is_not_deleted);
  g_test_add_func ("/detours/cancel-waiting-for-approval", test_pending);
  g_test_add_func ("/detours/cancel-confirmed", test_confirmed);
  g_test_add_func ("/detours/cancel-released-frees-reservations", test_released);
  g_test_add_func ("/detours/cancel-remainder-in-fulfilment", test_in_fulfilment);
  g_test_add_func ("/detours/cancel-shipment-at-each-stage", test_shipment_at_each_stage);
  g_test_add_func ("/detours/hold-stops-the-warehouse", test_hold_stops_the_warehouse);
  g_test_add_func ("/detours/credit-hold-is-finances", test_credit_hold);
  g_test_add_func ("/detours/quote-without-date", test_quote_without_date);
  g_test_add_func ("/detours/quote-accepted", test_accept);
  g_test_add_func ("/detours/quote-accepted-too-late", test_accept_too_late);
  g_test_add_func ("/detours/quote-lost", test_lose);
  g_test_add_data_func ("/detours/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
