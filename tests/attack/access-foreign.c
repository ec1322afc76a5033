/* access-foreign.c: another owner's document is as if there were none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For those who see their own only, every document that their list leaves out is tried at every address that takes an
 * id, and alone and in a crowd in every action: the answer must be, to the letter, that for an id which nothing has.
 */
#include "tests/attack/access.h"

#include <string.h>

#include "server/core/resource-private.h"

static TwTestServer *server;

/* Who sees their own only, and of whom that is. */
typedef struct
{
  const char *user;
  TwRoles role;
  const char *customers; /* codes; NULL: by trips */
} Narrow;

static const Narrow people[] = {
  { "sales", TW_ROLE_SALES, "ALFKI NEWCO POORR" },
  { "sales2", TW_ROLE_SALES, "BERGS" },
  { "customer", TW_ROLE_CUSTOMER, "ALFKI" },
  { "customer2", TW_ROLE_CUSTOMER, "BERGS" },
  { "driver", TW_ROLE_DRIVER, NULL },
  { "driver2", TW_ROLE_DRIVER, NULL },
};

/* ---- Answers compared ---- */

/* @text without what differs between two requests for the same. */
static char *
take_out (const char *text, const char *id)
{
  g_autoptr (GRegex) instance = g_regex_new ("\"instance\":\"[^\"]*\"", 0, 0, NULL);
  g_autofree char *quiet = g_regex_replace_literal (instance, text, -1, 0, "", 0, NULL);
  g_autofree char *member = g_strconcat ("\"id\":", id, ",", NULL);
  g_auto (GStrv) parts = g_strsplit (quiet, member, -1);

  return g_strjoinv ("", parts);
}

/* What is answered, with its status, for an @id at @path with {id} in it. */
static char *
ask (const char *user, const char *method, const char *path, const char *body, const char *id)
{
  g_auto (GStrv) path_parts = g_strsplit (path, "{id}", -1);
  g_auto (GStrv) body_parts = g_strsplit (body != NULL ? body : "", "{id}", -1);
  g_autofree char *whole_path = g_strjoinv (id, path_parts);
  g_autofree char *whole_body = g_strjoinv (id, body_parts);
  g_autofree char *said = NULL;
  const char *text;
  guint status = tw_access_call (server, user, method, whole_path, body != NULL ? whole_body : NULL, &text);

  said = take_out (text, id);
  return g_strdup_printf ("%u %s", status, said);
}

/* Returns the status. */
static guint
compare (const char *user, const char *method, const char *path, const char *body, const char *id)
{
  g_autofree char *foreign = ask (user, method, path, body, id);
  g_autofree char *unknown = ask (user, method, path, body, TW_ACCESS_NO_ID);

  if (!g_str_equal (foreign, unknown))
    g_error ("%s can tell by %s %s %s that %s is there: %s instead of %s", user, method, path, body, id, foreign,
             unknown);
  return (guint) g_ascii_strtoull (foreign, NULL, 10);
}

/* A change needs the version of what is changed. */
static void
try_change (const char *user, const char *path, const char *id)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *foreign_path = tw_access_fill_path (path, id, "");
  g_autofree char *unknown_path = tw_access_fill_path (path, TW_ACCESS_NO_ID, "");
  g_autoptr (TwTestReply) foreign = tw_test_patch (server, token, foreign_path, 1, "{}");
  g_autoptr (TwTestReply) unknown = tw_test_patch (server, token, unknown_path, 1, "{}");

  tw_test_assert_problem (foreign, 404, NULL);
  tw_test_assert_problem (unknown, 404, NULL);
}

/* ---- Every address ---- */

static void
try_actions (const char *user, const TwResource *resource, const TwRoute *route, const char *id)
{
  const TwTransition *row = tw_transition_first (resource->document);

  for (; row != NULL && row->document != NULL && g_str_equal (row->document, resource->document); row++)
    if (row->from != NULL)
      {
        g_autofree char *one = tw_access_fill_path (route->path, "{id}", row->action);
        g_autofree char *many = g_strdup_printf ("/%s/actions/%s", resource->path, row->action);

        compare (user, "POST", one, "{}", id);
        compare (user, "POST", many, "{\"ids\":[{id}]}", id);
      }
}

/* Routes of what lies at or below /PATH/{id}. */
static gboolean
is_below (const TwRoute *route, const TwResource *resource)
{
  g_autofree char *at = g_strdup_printf ("/%s/{id}", resource->path);

  return g_str_has_prefix (route->path, at);
}

static void
try_everywhere (const Narrow *who, const TwResource *resource, const char *id)
{
  const GPtrArray *routes = tw_router_get_routes ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (!is_below (route, resource) || !tw_role_may (who->role, route->permission))
        continue;
      if (strstr (route->path, "{action}") != NULL)
        try_actions (who->user, resource, route, id);
      else if (g_str_equal (route->method, "PATCH"))
        try_change (who->user, route->path, id);
      else
        g_assert_cmpuint (compare (who->user, route->method, route->path, NULL, id), ==, 404);
    }
}

/* ---- Whose is what ---- */

/* The ids that a list gives, as text. */
static GHashTable *
list_ids (const char *user, const TwResource *resource, TwTestReply **reply)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *items;

  *reply = tw_company_get (server, user, "/%s?limit=500", resource->path);
  tw_test_assert_status (*reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (*reply), "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      gint64 id = json_object_get_int_member (json_array_get_object_element (items, i), "id");

      g_hash_table_add (ids, g_strdup_printf ("%" G_GINT64_FORMAT, id));
    }
  return ids;
}

static void
assert_own_customer (const Narrow *who, JsonObject *item, const char *member)
{
  g_auto (GStrv) codes = g_strsplit (who->customers, " ", -1);
  const char *code = json_object_get_string_member (item, member);

  if (!g_strv_contains ((const char *const *) codes, code))
    g_error ("%s is shown something of %s", who->user, code);
}

/* By what the items say themselves: the customer, or whose trip it is. */
static void
assert_own (const Narrow *who, const TwResource *resource, TwTestReply *reply)
{
  JsonArray *items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  const char *member = g_str_equal (resource->document, "customer") ? "code" : "customer";

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      if (who->customers != NULL && json_object_has_member (item, member))
        assert_own_customer (who, item, member);
      else if (g_str_equal (resource->document, "trip"))
        g_assert_cmpstr (json_object_get_string_member (item, "driver"), ==, who->user);
    }
}

/* As many as the total says, the export has, and a search for nothing finds. */
static void
assert_counted (const Narrow *who, const TwResource *resource, guint n)
{
  g_autoptr (TwTestReply) list = tw_company_get (server, who->user, "/%s?limit=1", resource->path);
  g_autoptr (TwTestReply) csv = tw_company_get (server, who->user, "/%s/export?format=csv", resource->path);
  guint rows = 0;

  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (list), "total"), ==, n);
  tw_test_assert_status (csv, 200);
  for (const char *p = csv->text; (p = strstr (p, "\r\n")) != NULL; p++)
    rows++;
  g_assert_cmpuint (rows, ==, n + 1);
}

/* Returns how many are somebody else's. */
static guint
try_resource (const Narrow *who, const TwResource *resource)
{
  g_autoptr (TwTestReply) own_reply = NULL, all_reply = NULL;
  g_autoptr (GHashTable) own = list_ids (who->user, resource, &own_reply);
  g_autoptr (GHashTable) all = list_ids ("auditor", resource, &all_reply);
  GHashTableIter iter;
  gpointer id;
  guint n = 0;

  assert_own (who, resource, own_reply);
  assert_counted (who, resource, g_hash_table_size (own));
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s", resource->path, (char *) id);
      guint status = tw_access_call (server, who->user, "GET", path, NULL, NULL);

      g_assert_cmpuint (status, ==, g_hash_table_contains (own, id) ? 200 : 404);
      if (g_hash_table_contains (own, id))
        continue;
      if (n++ == 0) /* one is as good as another */
        try_everywhere (who, resource, id);
    }
  return n;
}

static void
test_person (gconstpointer data)
{
  const Narrow *who = data;
  const GPtrArray *routes = tw_router_get_routes ();
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      const TwResource *resource = route->handler == tw_resource_list ? route->data : NULL;

      if (resource == NULL || resource->restrict_list == NULL || resource->load == NULL
          || !tw_role_may (who->role, route->permission))
        continue;
      if (try_resource (who, resource) == 0)
        g_error ("nothing of others in /%s for %s: the test has nothing to try", resource->path, who->user);
      n++;
    }
  g_assert_cmpuint (n, >=, 3);
}

/* ---- In bodies and headers ---- */

/* A key belongs to whoever sent it: no answer of somebody else comes back. */
static void
test_keys (void)
{
  g_autofree char *own_token = tw_test_server_sign_in (server, "sales");
  g_autofree char *other_token = tw_test_server_sign_in (server, "sales2");
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", "\"po_reference\":\"Own\"");
  g_autoptr (TwTestReply) own
    = tw_test_call (server, own_token, "POST", "/orders", body, "Idempotency-Key", "shared", NULL);
  g_autoptr (TwTestReply) other
    = tw_test_call (server, other_token, "POST", "/orders", body, "Idempotency-Key", "shared", NULL);

  tw_test_assert_status (own, 201);
  tw_test_assert_problem (other, 422, "/customer");
}

/* A customer that is somebody else's is none, for an order and for its price. */
static void
test_names (void)
{
  static const char *const users[] = { "sales", "customer" };
  static const char *const paths[] = { "/orders", "/orders/check" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    for (guint j = 0; j < G_N_ELEMENTS (paths); j++)
      {
        g_autofree char *foreign = tw_company_order_body ("BERGS", "P-1:1", NULL);
        g_autofree char *unknown = tw_company_order_body ("NOONE", "P-1:1", NULL);
        g_autoptr (TwTestReply) reply = tw_company_post (server, users[i], paths[j], foreign);
        g_autoptr (TwTestReply) none = tw_company_post (server, users[i], paths[j], unknown);
        g_auto (GStrv) parts = g_strsplit (reply->text, "BERGS", -1);
        g_autofree char *renamed = g_strjoinv ("NOONE", parts);
        g_autofree char *said = take_out (renamed, "");
        g_autofree char *expected = take_out (none->text, "");

        tw_test_assert_problem (reply, 422, "/customer");
        g_assert_cmpstr (said, ==, expected);
      }
}

/* ---- What there is to try ---- */

static void
add_trip (const char *driver)
{
  gint64 shipment = tw_company_find_shipment (server, tw_company_release (server, "P-1:1"));

  tw_company_make_ready (server, shipment);
  tw_company_do (server, driver, "trips", tw_company_add_trip (server, driver, shipment), "depart", NULL);
  tw_company_do (server, driver, "shipments", shipment, "report_exception",
                 "{\"kind\":\"delayed\",\"detail\":\"A flat tyre\"}");
}

/* An order of BERGS, delivered and invoiced after a short pick. */
static void
sell_to_bergs (void)
{
  gint64 order = tw_company_enter (server, "sales2", "BERGS", "P-1:3");
  gint64 shipment;

  tw_company_do (server, "sales2", "orders", order, "submit", NULL);
  tw_company_do (server, "manager", "orders", order, "approve", NULL);
  shipment = tw_company_find_shipment (server, order);
  tw_company_do (server, "warehouse", "shipments", shipment, "start_picking", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "pick",
                 "{\"lines\":[{\"product\":\"P-1\",\"quantity\":\"2\"}],\"reason\":\"One is broken\"}");
  tw_company_do (server, "warehouse", "shipments", shipment, "pack", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "ready", NULL);
  tw_company_deliver (server, shipment);
  tw_company_invoice (server, order);
}

void
tw_access_add_foreign (TwTestServer *company)
{
  server = company;
  add_trip ("driver");
  add_trip ("driver2");
  sell_to_bergs ();
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *path = g_strconcat ("/access/foreign/", people[i].user, NULL);

      g_test_add_data_func (path, &people[i], test_person);
    }
  g_test_add_func ("/access/foreign/keys", test_keys);
  g_test_add_func ("/access/foreign/names", test_names);
}
