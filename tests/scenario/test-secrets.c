/* test-secrets.c: cost and margin never leave for those who may not know them, in no answer of any kind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The products' costs are numbers that nothing else has, so a byte of them in any answer is a leak. Who may know them
 * gets them from the same addresses, which shows that they are there to leak.
 */
#include <string.h>

#include "server/areas.h"
#include "server/core/resource-private.h"
#include "server/core/router.h"
#include "tests/fixture/company.h"

static TwTestServer *server;

/* Costs of the products, and margins of the quotation in tw_company_fill(): its first line, its second, all of it. */
static const char *const secrets[] = {
  "6.131317", "15.771719", "613.310923", "0.471113", "41.191523", "0.011078", "0.386689", "0.382089", "\"cost\":",
  "\"margin\":",
};

static const char *
find_secret (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (text, secrets[i]) != NULL)
      return secrets[i];
  return NULL;
}

static void
assert_clean (const char *user, const char *path, TwTestReply *reply)
{
  const char *secret = find_secret (reply->text);

  if (secret != NULL)
    g_error ("%s reads %s in %s: %s", user, secret, path, reply->text);
}

/* What the address answers is clean, whatever its status. */
static void
look (const char *user, const char *path)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, user, "%s", path);

  g_assert_cmpuint (reply->status, <, 500);
  assert_clean (user, path, reply);
}

/* ---- All that can be read ---- */

/* The list, its export, and of each document on its first page the detail, history and linked documents. */
static guint
read_resource (const char *user, const TwResource *resource)
{
  static const char *const below[] = { "", "/history", "/documents" };
  g_autofree char *list_path = g_strdup_printf ("/%s?limit=30", resource->path);
  g_autofree char *export_path = g_strdup_printf ("/%s/export?format=csv", resource->path);
  g_autoptr (TwTestReply) list = tw_company_get (server, user, "%s", list_path);
  gint64 n = tw_company_count (list, "items");

  assert_clean (user, list_path, list);
  if (list->status != 200)
    return 0;
  look (user, export_path);
  for (gint64 i = 0; resource->load != NULL && i < n; i++)
    {
      g_autofree char *at = g_strdup_printf ("items.%" G_GINT64_FORMAT ".id", i);
      g_autofree char *id = tw_company_value (list, at);

      for (guint j = 0; j < G_N_ELEMENTS (below); j++)
        {
          g_autofree char *path = g_strdup_printf ("/%s/%s%s", resource->path, id, below[j]);

          look (user, path);
        }
    }
  return 1;
}

static guint
read_everything (const char *user)
{
  const GPtrArray *routes = tw_router_get_routes ();
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->handler == tw_resource_list)
        n += read_resource (user, route->data);
    }
  return n;
}

static void
test_reading (gconstpointer user)
{
  look (user, "/audit?limit=500");
  look (user, "/audit/export?format=csv");
  g_assert_cmpuint (read_everything (user), >, 2);
}

/* Those who may know find the costs where the others find none. */
static void
test_readers (void)
{
  static const char *const readers[] = { "sales_manager", "manager", "finance", "finance_manager", "planner",
                                         "auditor" };

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (TwTestReply) products = tw_company_get (server, readers[i], "/products");
      g_autoptr (TwTestReply) history = tw_company_get (server, readers[i], "/products/1/history");
      g_autoptr (TwTestReply) order = tw_company_get (server, readers[i], "/orders/2");

      g_assert_nonnull (strstr (products->text, "\"cost\":\"6.131317\""));
      g_assert_nonnull (strstr (history->text, "6.131317"));
      g_assert_nonnull (strstr (order->text, "\"margin\":\"0.011078\""));
    }
}

/* The administrator reads in the audit log what was changed, to the last field that is no secret. */
static void
test_audit_values (void)
{
  g_autoptr (TwTestReply) admin = NULL, auditor = NULL;

  tw_company_change (server, "planner", "products", 1, "{\"cost\":\"6.131319\",\"category\":\"Canary\"}");
  tw_company_change (server, "planner", "products", 1, "{\"cost\":\"6.131317\"}");
  admin = tw_company_get (server, "admin", "/audit?document=product&document_id=1&action=change");
  auditor = tw_company_get (server, "auditor", "/audit?document=product&document_id=1&action=change");
  g_assert_nonnull (strstr (auditor->text, "\"cost\":\"6.131319\""));
  g_assert_nonnull (strstr (admin->text, "\"after\":{\"id\":1,\"category\":\"Canary\"}"));
  g_assert_null (strstr (admin->text, "6.1313"));
  assert_clean ("admin", "/audit", admin);
}

/* A customer sees that the own order was changed, not who of us said what of it. */
static void
test_customer_history (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  g_autoptr (TwTestReply) ours = NULL, theirs = NULL;

  tw_company_do (server, "sales", "orders", id, "hold", "{\"hold\":\"manual\",\"reason\":\"Pays late\"}");
  ours = tw_company_get (server, "auditor", "/orders/%" G_GINT64_FORMAT "/history", id);
  theirs = tw_company_get (server, "customer", "/orders/%" G_GINT64_FORMAT "/history", id);
  tw_test_assert_status (theirs, 200);
  g_assert_nonnull (strstr (ours->text, "Pays late"));
  g_assert_nonnull (strstr (ours->text, "\"user\":\"sales\""));
  g_assert_nonnull (strstr (theirs->text, "\"action\":\"hold\""));
  g_assert_null (strstr (theirs->text, "Pays late"));
  g_assert_null (strstr (theirs->text, "sales"));
  g_assert_null (strstr (theirs->text, "127.0.0.1"));
}

/* What we say of an order among ourselves is not there for its customer: neither to read nor to write. */
static void
test_customer_order (void)
{
  static const char *const internal[] = { "hold_reason", "close_reason", "notes", "special", "special_reason", "author",
                                          "author_id", "editor_id", "sales_rep", "checks", "approvals" };
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  g_autoptr (TwTestReply) ours = NULL, theirs = NULL;
  JsonObject *read, *hidden;

  tw_company_change (server, "sales", "orders", id, "{\"notes\":\"A difficult customer\"}");
  tw_company_do (server, "sales", "orders", id, "hold", "{\"hold\":\"manual\",\"reason\":\"Pays late\"}");
  ours = tw_company_get (server, "warehouse", "/orders/%" G_GINT64_FORMAT, id);
  theirs = tw_company_get (server, "customer", "/orders/%" G_GINT64_FORMAT, id);
  tw_test_assert_status (theirs, 200);
  read = tw_test_reply_object (ours);
  hidden = tw_test_reply_object (theirs);
  g_assert_cmpstr (json_object_get_string_member (read, "hold_reason"), ==, "Pays late");
  for (guint i = 0; i < G_N_ELEMENTS (internal); i++)
    {
      g_assert_true (json_object_has_member (read, internal[i]));
      g_assert_false (json_object_has_member (hidden, internal[i]));
    }
}

static void
test_customer_entry (void)
{
  static const char *const members[][2]
    = { { "notes", "\"mine\"" }, { "special", "true" }, { "special_reason", "\"mine\"" } };
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", NULL);
  gint64 id = tw_company_create (server, "customer", "/orders", body);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *more = g_strdup_printf ("\"%s\":%s", members[i][0], members[i][1]);
      g_autofree char *patch = g_strdup_printf ("{%s}", more);
      g_autofree char *pointer = g_strconcat ("/", members[i][0], NULL);
      g_autofree char *create = tw_company_order_body ("ALFKI", "P-1:1", more);
      g_autoptr (TwTestReply) created = tw_company_post (server, "customer", "/orders", create);
      g_autoptr (TwTestReply) checked = tw_company_post (server, "customer", "/orders/check", create);
      g_autoptr (TwTestReply) changed = tw_company_patch (server, "customer", "orders", id, 1, patch);

      tw_test_assert_problem (created, 422, pointer);
      tw_test_assert_problem (checked, 422, pointer);
      tw_test_assert_problem (changed, 422, pointer);
    }
  tw_company_assert (server, "orders", id, "version", "1");
}

/* Whoever may not know a cost sets none. */
static void
test_cost_entry (void)
{
  g_autoptr (TwTestReply) changed = tw_company_patch (server, "admin", "products", 1, 1, "{\"cost\":\"1.00\"}");

  tw_test_assert_problem (changed, 422, "/cost");
}

/* ---- What writes answer ---- */

/* The margin of the line is below the floor, which the check says without its number. */
static void
test_writes (void)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:2@6.20 P-3:1", NULL);
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwTestReply) preview = tw_company_post (server, "sales", "/orders/check", body);
  g_autoptr (TwTestReply) created = tw_company_post (server, "sales", "/orders", body);
  gint64 id = json_object_get_int_member (tw_test_reply_object (created), "id");
  g_autoptr (TwTestReply) changed = tw_company_patch (server, "sales", "orders", id, 1, "{\"notes\":\"n\"}");
  g_autoptr (TwTestReply) stale = tw_company_patch (server, "sales", "orders", id, 1, "{\"notes\":\"n\"}");
  g_autoptr (TwTestReply) submitted = tw_company_act (server, "sales", "orders", id, "submit", NULL);
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);

  tw_test_assert_status (preview, 200);
  tw_test_assert_status (created, 201);
  tw_test_assert_status (changed, 200);
  tw_test_assert_status (stale, 412);
  tw_test_assert_status (submitted, 200);
  g_assert_nonnull (strstr (submitted->text, "\"check\":\"margin\""));
  assert_clean ("sales", "check", preview);
  assert_clean ("sales", "create", created);
  assert_clean ("sales", "change", changed);
  assert_clean ("sales", "stale", stale);
  assert_clean ("sales", "submit", submitted);
  look ("sales", path);
  look ("warehouse", path);
}

/* ---- Order, filter and search by what is hidden ---- */

static void
test_side_ways (gconstpointer user)
{
  static const char *const ways[] = {
    "/products?sort=cost",  "/products?sort=-cost",  "/products?cost.gt=1", "/products?cost=6.131317",
    "/products?fields=sku,cost", "/products/export?format=csv&sort=cost", "/products/export?format=csv&cost.gt=1",
    "/orders?sort=margin",  "/orders?margin.lt=1",   "/orders?fields=margin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (TwTestReply) reply = tw_company_get (server, user, "%s", ways[i]);

      g_assert_true (reply->status == 422 || reply->status == 403);
      assert_clean (user, ways[i], reply);
    }
}

/* Nothing is found by the cost that one looks for. */
static void
test_search (gconstpointer user)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, user, "/products?q=613.310923");

  tw_test_assert_status (reply, 200);
  g_assert_cmpint (tw_company_count (reply, "items"), ==, 0);
}

/* ---- Live ---- */

typedef struct
{
  const char *user;
  SoupWebsocketConnection *connection;
  GError *error;
  guint n;
} Follower;

static void
message_cb (SoupWebsocketConnection *connection, gint type, GBytes *bytes, gpointer data)
{
  Follower *follower = data;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (find_secret (text) != NULL)
    g_error ("%s hears %s", follower->user, text);
  follower->n++;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Follower *follower = data;

  follower->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &follower->error);
  if (follower->connection != NULL)
    g_signal_connect (follower->connection, "message", G_CALLBACK (message_cb), follower);
}

/* All events since the first, and those of a change of a cost. */
static void
test_live (gconstpointer user)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strconcat (tw_test_server_get_url (server), "/api/v1/events?since=0", NULL);
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  Follower follower = { user, NULL, NULL, 0 };
  guint before;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, connected_cb,
                                        &follower);
  tw_test_wait_for (follower.connection != NULL || follower.error != NULL, 10);
  g_assert_no_error (follower.error);
  tw_test_wait_for (follower.n > 5, 10);
  before = follower.n;
  tw_company_change (server, "planner", "products", 1, "{\"cost\":\"6.131318\"}");
  tw_company_change (server, "planner", "products", 1, "{\"cost\":\"6.131317\"}");
  tw_test_wait_for (follower.n > before, 10);
  g_signal_handlers_disconnect_by_data (follower.connection, &follower);
  soup_websocket_connection_close (follower.connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  g_object_unref (follower.connection);
}

int
main (int argc, char **argv)
{
  static const char *const outsiders[] = { "sales", "warehouse", "driver", "customer", "dispatcher", "quality",
                                           "purchasing", "production", "after_sales", "admin" };
  int status;

  g_test_init (&argc, &argv, NULL);
  tw_areas_register ();
  server = tw_company_new ();
  tw_company_fill (server);
  g_test_add_func ("/secrets/who-may-know", test_readers);
  g_test_add_func ("/secrets/audit-values", test_audit_values);
  g_test_add_func ("/secrets/customer-history", test_customer_history);
  g_test_add_func ("/secrets/customer-order", test_customer_order);
  g_test_add_func ("/secrets/customer-entry", test_customer_entry);
  g_test_add_func ("/secrets/cost-entry", test_cost_entry);
  g_test_add_func ("/secrets/writes", test_writes);
  for (guint i = 0; i < G_N_ELEMENTS (outsiders); i++)
    {
      g_autofree char *reading = g_strconcat ("/secrets/reading-", outsiders[i], NULL);
      g_autofree char *side_ways = g_strconcat ("/secrets/side-ways-", outsiders[i], NULL);

      g_test_add_data_func (reading, outsiders[i], test_reading);
      g_test_add_data_func (side_ways, outsiders[i], test_side_ways);
    }
  g_test_add_data_func ("/secrets/search", "warehouse", test_search);
  g_test_add_data_func ("/secrets/live-warehouse", "warehouse", test_live);
  g_test_add_data_func ("/secrets/live-sales", "sales", test_live);
  g_test_add_data_func ("/secrets/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
