/* test-fulfilment.c: orders from entry to the customer's door, through HTTP alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/server/sales/company.h"

static TwTestServer *server;

/* ---- Calls ---- */

static TwTestReply *
post (const char *user, const char *path, const char *body)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);

  return tw_test_post (server, token, path, body);
}

static TwTestReply *
get (const char *user, const char *path)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);

  return tw_test_get (server, token, path);
}

static TwTestReply *
act (const char *user, const char *kind, gint64 id, const char *action, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT "/actions/%s", kind, id, action);

  return post (user, path, body ? body : "{}");
}

/* What is answered is what the same person then reads. */
static void
do_act (const char *user, const char *kind, gint64 id, const char *action, const char *body)
{
  g_autoptr (TwTestReply) reply = act (user, kind, id, action, body);
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT, kind, id);
  g_autoptr (TwTestReply) read = get (user, path);

  tw_test_assert_status (reply, 200);
  g_assert_cmpstr (reply->text, ==, read->text);
}

static gint64
create (const char *user, const char *path, const char *body)
{
  g_autoptr (TwTestReply) reply = post (user, path, body);

  tw_test_assert_status (reply, 201);
  return json_object_get_int_member (tw_test_reply_object (reply), "id");
}

static TwTestReply *
read_one (const char *user, const char *kind, gint64 id)
{
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT, kind, id);
  TwTestReply *reply = get (user, path);

  tw_test_assert_status (reply, 200);
  return reply;
}

static void
assert_member (const char *kind, gint64 id, const char *member, const char *expected)
{
  g_autoptr (TwTestReply) reply = read_one ("planner", kind, id);
  g_autofree char *value = tw_test_reply_get (reply, member);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_line (gint64 order, guint line, const char *bucket, const char *expected)
{
  g_autoptr (TwTestReply) reply = read_one ("planner", "orders", order);
  JsonArray *lines = json_object_get_array_member (tw_test_reply_object (reply), "lines");

  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (lines, line), bucket), ==, expected);
}

/* What GET /stock says of a product. */
static void
assert_stock (const char *sku, const char *member, const char *expected)
{
  g_autofree char *path = g_strdup_printf ("/stock?product=%s&warehouse=MAIN", sku);
  g_autoptr (TwTestReply) reply = get ("sales", path);
  JsonArray *items;

  tw_test_assert_status (reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items, 0), member), ==, expected);
}

/* ---- Steps ---- */

/* Entered and submitted by sales: released at once, for nobody has to sign. */
static gint64
order (const char *lines)
{
  g_autofree char *body = g_strdup_printf ("{\"customer\":\"ALFKI\",\"lines\":[%s]}", lines);
  gint64 id = create ("sales", "/orders", body);

  do_act ("sales", "orders", id, "submit", NULL);
  assert_member ("orders", id, "state", "released");
  return id;
}

/* The newest shipment of an order. */
static gint64
find_shipment (gint64 order_id, guint expected)
{
  g_autofree char *path = g_strdup_printf ("/shipments?order_id=%" G_GINT64_FORMAT "&sort=-id", order_id);
  g_autoptr (TwTestReply) reply = get ("warehouse", path);
  JsonArray *items;

  tw_test_assert_status (reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  g_assert_cmpuint (json_array_get_length (items), ==, expected);
  return json_object_get_int_member (json_array_get_object_element (items, 0), "id");
}

static void
make_ready (gint64 shipment, const char *pick)
{
  do_act ("warehouse", "shipments", shipment, "start_picking", NULL);
  do_act ("warehouse", "shipments", shipment, "pick", pick);
  do_act ("warehouse", "shipments", shipment, "pack", NULL);
  do_act ("warehouse", "shipments", shipment, "ready", NULL);
}

static gint64
add_trip (const char *driver, gint64 shipment)
{
  g_autoptr (TwTestReply) reply = read_one ("dispatcher", "shipments", shipment);
  g_autofree char *number = tw_test_reply_get (reply, "number"), *today = tw_date_format (tw_date_today ());
  g_autofree char *body = g_strdup_printf ("{\"trip_date\":\"%s\",\"driver\":\"%s\",\"stops\":[{\"shipment\":\"%s\"}]}",
                                           today, driver, number);

  return create ("dispatcher", "/trips", body);
}

static void
receive (const char *sku, const char *quantity)
{
  g_autofree char *body
    = g_strdup_printf ("{\"warehouse\":\"MAIN\",\"reason\":\"purchase\",\"lines\":[{\"product\":\"%s\","
                       "\"quantity\":\"%s\"}]}",
                       sku, quantity);

  create ("warehouse", "/receipts", body);
}

/* ---- Scenarios ---- */

static void
test_straight (void)
{
  gint64 id, shipment, trip;
  g_autoptr (TwTestReply) hidden = NULL, late = NULL;
  g_autofree char *path = NULL;

  receive ("W-1", "10");
  id = order ("{\"product\":\"W-1\",\"quantity\":\"4\"},{\"product\":\"S-1\",\"quantity\":\"1\"}");
  assert_stock ("W-1", "reserved", "4");
  assert_stock ("W-1", "available", "6");
  shipment = find_shipment (id, 1);
  make_ready (shipment, NULL);
  assert_member ("orders", id, "state", "in_fulfilment");
  assert_member ("orders", id, "fulfilment_status", "partial");
  trip = add_trip ("driver", shipment);
  path = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT, shipment);
  hidden = get ("driver2", path);
  tw_test_assert_status (hidden, 404);
  do_act ("driver", "trips", trip, "depart", NULL);
  late = act ("warehouse", "shipments", shipment, "cancel", "{\"reason\":\"too late\"}");
  tw_test_assert_status (late, 409);
  do_act ("driver", "shipments", shipment, "deliver", "{\"receiver\":\"Ms Anders\"}");
  do_act ("driver", "trips", trip, "complete", NULL);
  assert_member ("shipments", shipment, "receiver", "Ms Anders");
  assert_member ("orders", id, "state", "fulfilled");
  assert_member ("orders", id, "delivery_status", "full");
  assert_line (id, 1, "delivered", "1");
  assert_stock ("W-1", "on_hand", "6");
}

/* Less is on the shelf than in the books: the rest waits, arrives, and goes out as a second delivery. */
static void
test_short_pick (void)
{
  gint64 id, first, second;

  receive ("W-2", "5");
  id = order ("{\"product\":\"W-2\",\"quantity\":\"5\"}");
  first = find_shipment (id, 1);
  make_ready (first, "{\"lines\":[{\"product\":\"W-2\",\"quantity\":\"3\"}],\"reason\":\"two are broken\"}");
  assert_member ("shipments", first, "has_exception", "true");
  assert_line (id, 0, "backordered", "2");
  do_act ("dispatcher", "shipments", first, "dispatch", "{\"carrier\":\"speedy\",\"tracking_number\":\"SP 1\"}");
  do_act ("dispatcher", "shipments", first, "deliver", "{\"receiver\":\"A\"}");
  assert_member ("orders", id, "delivery_status", "partial");
  create ("warehouse", "/stock-counts",
          "{\"warehouse\":\"MAIN\",\"reason\":\"two broken\",\"lines\":[{\"product\":\"W-2\",\"counted\":\"0\"}]}");
  do_act ("warehouse", "stock-counts", 1, "post", NULL);
  receive ("W-2", "10");
  assert_line (id, 0, "reserved", "2");
  second = find_shipment (id, 2);
  make_ready (second, NULL);
  do_act ("dispatcher", "shipments", second, "dispatch", NULL);
  do_act ("dispatcher", "shipments", second, "deliver", "{\"receiver\":\"A\"}");
  assert_member ("orders", id, "state", "fulfilled");
  assert_stock ("W-2", "on_hand", "8");
}

/* Before picking the order goes whole; afterwards only what is open. */
static void
test_cancel_order (void)
{
  gint64 id, shipment;
  g_autoptr (TwTestReply) refused = NULL;

  receive ("W-3", "2");
  id = order ("{\"product\":\"W-3\",\"quantity\":\"5\"}");
  shipment = find_shipment (id, 1);
  do_act ("sales_manager", "orders", id, "cancel", "{\"reason\":\"budget cut\"}");
  assert_member ("orders", id, "state", "cancelled");
  assert_member ("shipments", shipment, "state", "cancelled");
  assert_stock ("W-3", "reserved", "0");
  assert_stock ("W-3", "backordered", "0");

  id = order ("{\"product\":\"W-3\",\"quantity\":\"5\"}");
  shipment = find_shipment (id, 1);
  do_act ("warehouse", "shipments", shipment, "start_picking", NULL);
  refused = act ("sales_manager", "orders", id, "cancel", "{\"reason\":\"changed mind\"}");
  tw_test_assert_status (refused, 409);
  do_act ("sales_manager", "orders", id, "cancel_remainder", "{\"reason\":\"rest not wanted\"}");
  assert_line (id, 0, "cancelled", "3");
  assert_stock ("W-3", "backordered", "0");
  do_act ("warehouse", "shipments", shipment, "pick", NULL);
  do_act ("warehouse", "shipments", shipment, "pack", NULL);
  do_act ("warehouse", "shipments", shipment, "cancel", "{\"reason\":\"all called off\"}");
  assert_line (id, 0, "open_quantity", "2");
  do_act ("sales_manager", "orders", id, "cancel_remainder", "{\"reason\":\"all called off\"}");
  /* Nothing is left to deliver, to invoice or to pay. */
  assert_member ("orders", id, "state", "completed");
  assert_stock ("W-3", "on_hand", "2");
}

/* A stale version of a shipment is refused, and the current one comes with the answer. */
static void
test_stale (void)
{
  gint64 id, shipment;
  g_autofree char *path = NULL, *token = tw_test_server_sign_in (server, "dispatcher");
  g_autoptr (TwTestReply) changed = NULL, stale = NULL, unknown = NULL;
  gint64 version;

  receive ("W-4", "1");
  id = order ("{\"product\":\"W-4\",\"quantity\":\"1\"}");
  shipment = find_shipment (id, 1);
  path = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT, shipment);
  {
    g_autoptr (TwTestReply) reply = get ("dispatcher", path);

    version = json_object_get_int_member (tw_test_reply_object (reply), "version");
  }
  changed = tw_test_patch (server, token, path, version, "{\"carrier\":\"SPEEDY\",\"tracking_number\":\"X 9\"}");
  tw_test_assert_status (changed, 200);
  stale = tw_test_patch (server, token, path, version, "{\"tracking_number\":\"X 10\"}");
  tw_test_assert_status (stale, 412);
  unknown = tw_test_patch (server, token, path, version + 1, "{\"carrier\":\"NOBODY\"}");
  tw_test_assert_problem (unknown, 422, "/carrier");
}

/* Every list takes its filters, search and order; a person outside the yard sees what is theirs. */
static void
test_lists (void)
{
  static const struct
  {
    const char *user, *path;
    guint least;
  } lists[] = {
    { "sales", "/stock?q=way&sort=-available&available.gt=0", 2 },
    { "warehouse", "/stock?category=Beverages&backordered=0&sort=updated_at", 1 },
    { "warehouse", "/stock-moves?document=shipment&to_location=customer&q=SH-&sort=-created_at", 2 },
    { "planner", "/stock-moves?to_warehouse=MAIN&from_location=supplier&sort=quantity", 2 },
    { "warehouse", "/receipts?reason=purchase&q=GR-&sort=number", 3 },
    { "warehouse", "/stock-counts?state=posted&q=broken&sort=-count_date", 1 },
    { "sales", "/shipments?customer=ALFKI&state.in=delivered,closed&q=alfreds&sort=planned_date", 2 },
    { "alfki", "/shipments?sort=-delivered_at", 2 },
    { "driver", "/shipments?state=delivered&q=SH-", 1 },
    { "sales", "/shipment-exceptions?state=open&owner_role=planner&q=SH-&sort=due_date", 1 },
    { "driver", "/trips?driver=driver&q=TR-&sort=-trip_date", 1 },
    { "auditor", "/shipments/export?format=csv", 0 },
    { "planner", "/shipments/1/history", 1 },
    { "driver2", "/shipments", 0 },
    { "driver2", "/trips?q=TR", 0 },
    { "sales2", "/shipments", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (TwTestReply) reply = get (lists[i].user, lists[i].path);
      guint n;

      tw_test_assert_status (reply, 200);
      if (!reply->json || strstr (lists[i].path, "/export"))
        continue;
      n = json_array_get_length (json_object_get_array_member (tw_test_reply_object (reply), "items"));
      if (lists[i].least == 0 ? n > 0 : n < lists[i].least)
        g_error ("%s %s: %u items", lists[i].user, lists[i].path, n);
    }
}

/* A count is corrected as a draft, and as nothing else. */
static void
test_count (void)
{
  g_autofree char *path = NULL, *token = tw_test_server_sign_in (server, "warehouse");
  g_autoptr (TwTestReply) changed = NULL, refused = NULL, again = NULL;
  gint64 id;

  receive ("W-5", "3");
  id = create ("warehouse", "/stock-counts",
               "{\"warehouse\":\"MAIN\",\"lines\":[{\"product\":\"W-5\",\"counted\":\"1\"}]}");
  path = g_strdup_printf ("/stock-counts/%" G_GINT64_FORMAT, id);
  changed = tw_test_patch (server, token, path, 1, "{\"lines\":[{\"product\":\"W-5\",\"counted\":\"2\"}]}");
  tw_test_assert_status (changed, 200);
  again = tw_test_patch (server, token, path, 2,
                         "{\"lines\":[{\"product\":\"W-5\",\"counted\":\"2\"},"
                         "{\"product\":\"W-5\",\"counted\":\"1\"}]}");
  tw_test_assert_problem (again, 422, "/lines/1/product");
  do_act ("warehouse", "stock-counts", id, "post", "{\"reason\":\"one missing\"}");
  assert_stock ("W-5", "on_hand", "2");
  refused = tw_test_patch (server, token, path, 3, "{\"reason\":\"none\"}");
  tw_test_assert_status (refused, 409);
}

static void
test_verify (void)
{
  static const char *const verify[] = { "verify", NULL };
  g_autofree char *output = NULL;
  int status = tw_test_server_command (server, verify, NULL, &output);

  if (status != 0)
    g_error ("verify found:\n%s", output);
}

static const char goods[]
  = "INSERT INTO product (sku, name, unit, price, cost, tax_class_id, kind, weight, created_at, updated_at) VALUES"
    " ('W-1', 'Way 1', 'box', 10, 6, 1, 'stocked', 1, NOW(6), NOW(6)),"
    " ('W-2', 'Way 2', 'box', 10, 6, 1, 'stocked', 1, NOW(6), NOW(6)),"
    " ('W-3', 'Way 3', 'box', 10, 6, 1, 'stocked', 1, NOW(6), NOW(6)),"
    " ('W-4', 'Way 4', 'box', 10, 6, 1, 'stocked', 1, NOW(6), NOW(6)),"
    " ('W-5', 'Way 5', 'box', 10, 6, 1, 'stocked', 1, NOW(6), NOW(6));"
    "INSERT INTO carrier (code, name, created_at, updated_at) VALUES ('SPEEDY', 'Speedy', NOW(6), NOW(6));";

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_company_make (server);
  tw_test_company_sign_history (server);
  tw_test_server_add_user (server, "dispatcher", "dispatcher");
  tw_test_server_add_user (server, "driver", "driver");
  tw_test_server_add_user (server, "driver2", "driver");
  tw_test_server_script (server, goods);
  g_test_add_func ("/fulfilment/straight", test_straight);
  g_test_add_func ("/fulfilment/short-pick-and-second-delivery", test_short_pick);
  g_test_add_func ("/fulfilment/cancel-at-each-stage", test_cancel_order);
  g_test_add_func ("/fulfilment/stale-shipment", test_stale);
  g_test_add_func ("/fulfilment/count", test_count);
  g_test_add_func ("/fulfilment/lists", test_lists);
  g_test_add_func ("/fulfilment/verify", test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
