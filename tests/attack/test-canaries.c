/* test-canaries.c: what is planted where only some may read it reaches nobody else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each canary is a text or a number that nothing else has, planted by the steps of those whose work it is. Every role
 * then reads all that there is to read — lists, searches, documents, histories, exports, prints — and refused writes
 * besides, and hears what is pushed: a canary that the role may not know in any byte of any answer is a leak. Whatever
 * the field tables call a secret is also looked for by its name in every object and every sheet that is answered, and
 * has to hold a canary somewhere.
 */
#include "tests/attack/access.h"

#include <glib/gstdio.h>
#include <string.h>

#include "server/areas.h"
#include "server/core/resource-private.h"
#include "shared/document/change.h"
#include "tests/attack/canary-fields.h"
#include "tests/attack/unzip.h"
#include "tests/fixture/follower.h"

#define MAX_DOCUMENTS 8 /* of a list that are read whole; the newest, where the canaries are */

static TwTestServer *server;
static char *password_hash;

/* ---- Canaries ---- */

/* Who may know: whoever has the secret; or one of the permissions; or whose it is. */
typedef struct
{
  const char *text;
  TwSecrets secret;
  const char *permissions; /* "receipt.read stock_move.read" */
  TwRoles strangers;
} Canary;

#define COST(text) { text, TW_SECRET_COST, NULL, 0 }
#define INTERNAL(text) { text, TW_SECRET_INTERNAL, NULL, 0 }
#define OF_BERGS(text) { text, TW_SECRET_NONE, NULL, TW_ROLE_SALES | TW_ROLE_CUSTOMER | TW_ROLE_DRIVER }

static const Canary canaries[] = {
  /* Costs of the products, and margins of the quotation in tw_company_fill(). */
  COST ("6.131317"),
  COST ("15.771719"),
  COST ("613.310923"),
  COST ("613.31"), /* of one piece, as an invoice's line has it */
  COST ("0.471113"),
  COST ("41.191523"),
  COST ("0.011078"),
  COST ("0.386689"),
  COST ("0.382089"),
  /* What we say of ALFKI's orders, and who of us it was. */
  INTERNAL ("CANARY-NOTES"),
  INTERNAL ("CANARY-HOLD"),
  INTERNAL ("CANARY-RESUME"),
  INTERNAL ("CANARY-CANCEL"),
  INTERNAL ("CANARY-SPECIAL"),
  INTERNAL ("CANARY-COMMENT"),
  INTERNAL ("CANARY-EXCEPTION"),
  INTERNAL ("CANARY-SOLUTION"),
  INTERNAL ("CANARY-PROOF"),
  INTERNAL ("canaryclerk"),
  INTERNAL ("canarybooks"),
  INTERNAL ("canarychief"),
  INTERNAL ("canaryrep"),
  INTERNAL ("7393910"), /* begins the ids of these and of the canary driver */
  INTERNAL ("7.739391"), /* what there is of P-7 */
  INTERNAL ("http 127.0.0.1"), /* where all of them sit */
  /* Records of an area. */
  { "7654321.89", TW_SECRET_NONE, "customer.read", 0 },
  { "CANARY-OF-CUSTOMER", TW_SECRET_NONE, "customer.read", 0 },
  { "canary@example.org", TW_SECRET_NONE, "user.read", 0 },
  { "CANARY-BANK", TW_SECRET_NONE, "payment.read statement.read", 0 },
  { "CANARY-PAYMENT", TW_SECRET_NONE, "payment.read", 0 }, { "CANARY-REFUND", TW_SECRET_NONE, "refund.read", 0 },
  { "CANARY-RECEIPT", TW_SECRET_NONE, "receipt.read stock_move.read", 0 },
  { "CANARY-COUNT", TW_SECRET_NONE, "stock_count.read stock_move.read", 0 },
  /* Somebody else's. */
  OF_BERGS ("CANARY-BERGS-NAME"),
  OF_BERGS ("CANARY-BERGS-ORDER"),
  OF_BERGS ("CANARY-BERGS-SHIP"),
  OF_BERGS ("CANARY-BERGS-NOTES"),
};

static gboolean
may_know (const Canary *canary, const char *role)
{
  TwRoles roles = tw_role_from_key (role);
  g_auto (GStrv) permissions = g_strsplit (canary->permissions != NULL ? canary->permissions : "", " ", -1);

  if (roles & canary->strangers)
    return FALSE;
  if (canary->secret & ~tw_role_get_secrets (roles))
    return FALSE;
  for (guint i = 0; permissions[i] != NULL; i++)
    if (tw_role_may (roles, permissions[i]))
      return TRUE;
  return canary->permissions == NULL || (roles & (TW_ROLE_AUDITOR | TW_ROLE_ADMIN)) != 0; /* in the audit log */
}

/* All that the auditor found, to see that each is there to leak. */
static GHashTable *found;

static void
assert_clean_bytes (const char *role, const char *what, const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    {
      if (strstr (text, canaries[i].text) == NULL)
        continue;
      if (!may_know (&canaries[i], role))
        g_error ("%s reads %s in %s: %s", role, canaries[i].text, what, text);
      g_hash_table_add (found, (gpointer) canaries[i].text);
    }
  if (strstr (text, password_hash) != NULL)
    g_error ("%s reads the hash of a password in %s", role, what);
}

/* ---- Objects against their tables ---- */

/* The hidden fields in which somebody has read a canary of their secret: "order_line.cost". */
static GHashTable *planted;

static void
note_planted (GType type, const TwField *field, JsonNode *value)
{
  g_autofree char *text = json_to_string (value, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    if (canaries[i].secret == field->secret && strstr (text, canaries[i].text) != NULL)
      {
        g_hash_table_add (planted, g_strdup_printf ("%s.%s", tw_record_type_get_info (type)->document, field->name));
        return;
      }
}

static void assert_masked (const char *role, const char *what, GType type, JsonNode *node);

static void
assert_object_masked (const char *role, const char *what, GType type, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  TwSecrets secrets = tw_role_get_secrets (tw_role_from_key (role));

  for (GList *l = names; l != NULL; l = l->next)
    {
      const TwField *field = tw_record_type_find (type, l->data);

      if (field == NULL)
        continue;
      if ((field->secret & ~secrets) != 0 || (field->flags & TW_WRITE_ONLY) != 0)
        g_error ("%s is shown the member %s in %s", role, field->name, what);
      if (field->secret != TW_SECRET_NONE)
        note_planted (type, field, json_object_get_member (object, l->data));
      if (field->kind == TW_KIND_LIST)
        assert_masked (role, what, field->item (), json_object_get_member (object, l->data));
    }
}

static void
assert_masked (const char *role, const char *what, GType type, JsonNode *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    assert_object_masked (role, what, type, json_node_get_object (node));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    assert_masked (role, what, type, json_array_get_element (array, i));
}

/* ---- Reading ---- */

/* The body of what @role is answered there; clean in any case. (transfer full) */
static char *
read_at (const char *role, const char *path, guint *status)
{
  const char *text;
  guint answered = tw_access_call (server, role, "GET", path, NULL, &text);

  if (answered >= 500)
    g_error ("%s %s: %u %s", role, path, answered, text);
  assert_clean_bytes (role, path, text);
  if (status != NULL)
    *status = answered;
  return g_strdup (text);
}

/* By the table of changes, and the values before and after by that of the document. */
static void
assert_history_masked (const char *role, const char *what, const TwResource *resource, JsonArray *items)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *change = json_array_get_object_element (items, i);

      assert_object_masked (role, what, tw_change_get_type (), change);
      assert_masked (role, what, resource->type (), json_object_get_member (change, "before"));
      assert_masked (role, what, resource->type (), json_object_get_member (change, "after"));
    }
}

static void
read_object (const char *role, const char *path, const TwRoute *route)
{
  guint status;
  g_autofree char *text = read_at (role, path, &status);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (status != 200 || object == NULL)
    return;
  if (route->handler == tw_resource_history)
    assert_history_masked (role, path, route->data, json_object_get_array_member (object, "items"));
  else if (route->answer != NULL && route->answers_list)
    assert_masked (role, path, route->answer (), json_object_get_member (object, "items"));
  else if (route->answer != NULL)
    assert_masked (role, path, route->answer (), node);
}

/* A workbook has the fields of the CSV; those who are kept out of most are enough. */
static void
read_workbook (const char *role, const char *path, GType type, GPtrArray *names)
{
  static const char *const readers[] = { "customer", "sales", "warehouse", "driver", "admin", NULL };
  g_autoptr (TwTestReply) reply = NULL;
  g_autofree char *text = NULL;

  if (!g_strv_contains (readers, role))
    return;
  reply = tw_company_get (server, role, "%s/export?format=xlsx", path);
  tw_test_assert_status (reply, 200);
  text = tw_unzip_text (reply->text, reply->length);
  g_assert_nonnull (strstr (text, "<worksheet"));
  assert_clean_bytes (role, path, text);
  tw_canary_assert_same_columns (role, path, type, names, reply);
}

static void
read_sheets (const char *role, const TwResource *resource, const char *path)
{
  g_autofree char *csv_path = g_strconcat (path, "/export?format=csv", NULL);
  g_autoptr (GPtrArray) names = NULL;
  guint status;
  g_autofree char *csv = read_at (role, csv_path, &status);

  g_assert_cmpuint (status, ==, 200);
  names = tw_canary_read_columns (role, csv_path, resource->list->type (), csv);
  read_workbook (role, path, resource->list->type (), names);
}

static void
read_print (const char *role, const char *path)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, role, "%s", path);
  const char *argv[] = { "pdftotext", "-layout", NULL, "-", NULL };
  g_autofree char *file = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  int status, fd;

  if (reply->status != 200 || !g_str_has_prefix (reply->text, "%PDF"))
    return;
  fd = g_file_open_tmp ("tradewind-canary-XXXXXX.pdf", &file, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (file, reply->text, (gssize) reply->length, &error);
  g_assert_no_error (error);
  argv[2] = file;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_unlink (file);
  assert_clean_bytes (role, path, text);
}

/* At every address with an id below the list. */
static void
read_document (const char *role, const TwResource *resource, const char *id, gboolean first)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *at = g_strdup_printf ("/%s/{id}", resource->path);

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      g_autofree char *path = tw_access_fill_path (route->path, id, "none");

      if (!g_str_equal (route->method, "GET") || !g_str_has_prefix (route->path, at)
          || !tw_role_may (tw_role_from_key (role), route->permission))
        continue;
      if (!g_str_has_suffix (route->path, "/pdf"))
        read_object (role, path, route);
      else if (first)
        read_print (role, path);
    }
}

/* A list, what a search finds in it, its exports, and its newest documents. */
static void
read_list (const char *role, const TwRoute *route)
{
  const TwResource *resource = route->handler == tw_resource_list ? route->data : NULL;
  g_autofree char *path = g_strconcat (route->path, "?limit=200", NULL);
  g_autofree char *search = g_strconcat (route->path, "?q=CANARY", NULL);
  g_autofree char *text = read_at (role, path, NULL);
  g_autofree char *hits = read_at (role, search, NULL);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonArray *items = json_object_get_array_member (json_node_get_object (node), "items");

  assert_masked (role, path, route->answer (), json_object_get_member (json_node_get_object (node), "items"));
  if (resource == NULL)
    return;
  /* Of a customer's own nothing has a canary that is not closed to the customer: what is closed finds nothing. */
  if (g_str_equal (role, "customer") && strstr (hits, "\"items\":[]") == NULL)
    g_error ("a customer finds a canary in %s: %s", search, hits);
  read_sheets (role, resource, route->path);
  for (guint i = 0; resource->load != NULL && i < MIN (json_array_get_length (items), MAX_DOCUMENTS); i++)
    {
      gint64 id = json_object_get_int_member (json_array_get_object_element (items, i), "id");
      g_autofree char *id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      read_document (role, resource, id_text, i == 0);
    }
}

static void
test_role (gconstpointer role)
{
  const GPtrArray *routes = tw_router_get_routes ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (g_str_equal (route->method, "GET") && route->permission != NULL && route->answers_list
          && strchr (route->path, '{') == NULL && tw_role_may (tw_role_from_key (role), route->permission))
        read_list (role, route);
    }
}

/* ---- What refused writes say ---- */

static void
assert_clean (const char *role, const char *what, TwTestReply *reply)
{
  g_assert_cmpuint (reply->status, <, 500);
  assert_clean_bytes (role, what, reply->text);
}

/* Every action, whether it is possible or not, on what the person sees; a stale change with what is stored now. */
static void
test_writes (gconstpointer role)
{
  static const char *const lists[][2] = { { "orders", "order" }, { "shipments", "shipment" }, { "invoices", "invoice" } };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (TwTestReply) list = tw_company_get (server, role, "/%s?limit=6", lists[i][0]);
      gint64 n = tw_company_count (list, "items");

      for (gint64 j = 0; j < n; j++)
        {
          g_autofree char *at = g_strdup_printf ("items.%" G_GINT64_FORMAT ".id", j);
          g_autofree char *id = tw_company_value (list, at);
          gint64 number = g_ascii_strtoll (id, NULL, 10);
          g_autoptr (TwTestReply) stale = tw_company_patch (server, role, lists[i][0], number, 999, "{}");
          const TwTransition *row = tw_transition_first (lists[i][1]);

          assert_clean (role, lists[i][0], stale);
          for (; row->document != NULL && g_str_equal (row->document, lists[i][1]); row++)
            {
              /* A reason that is missing keeps what is possible from being done. */
              g_autoptr (TwTestReply) refused
                = tw_company_act (server, role, lists[i][0], number, row->action, "{\"none\":1}");

              assert_clean (role, row->action, refused);
            }
        }
    }
}

/* ---- Planting ---- */

static gint64
enter (const char *user, const char *customer, const char *more)
{
  g_autofree char *body = tw_company_order_body (customer, "P-1:2@6.20 P-3:1", more);

  return tw_company_create (server, user, "/orders", body);
}

/* Orders of ALFKI: one on hold, one let go again and cancelled, one signed with a comment by who stands in. */
static void
plant_in_orders (void)
{
  gint64 held = enter ("canaryclerk", "ALFKI", "\"notes\":\"CANARY-NOTES\"");
  gint64 cancelled = enter ("canaryclerk", "ALFKI", "\"special\":true,\"special_reason\":\"CANARY-SPECIAL\"");
  gint64 signed_ = enter ("canaryclerk", "ALFKI", "\"special\":true,\"special_reason\":\"CANARY-SPECIAL\"");

  tw_company_change (server, "sales", "orders", held, "{\"notes\":\"CANARY-NOTES again\"}");
  tw_company_do (server, "sales", "orders", held, "hold", "{\"hold\":\"manual\",\"reason\":\"CANARY-HOLD\"}");
  tw_company_do (server, "canaryclerk", "orders", cancelled, "hold",
                 "{\"hold\":\"manual\",\"reason\":\"CANARY-HOLD\"}");
  tw_company_do (server, "canaryclerk", "orders", cancelled, "resume", "{\"reason\":\"CANARY-RESUME\"}");
  tw_company_do (server, "canaryclerk", "orders", cancelled, "submit", NULL);
  tw_company_do (server, "sales_manager", "orders", cancelled, "cancel", "{\"reason\":\"CANARY-CANCEL\"}");
  tw_company_do (server, "canaryclerk", "orders", signed_, "submit", NULL);
  tw_company_do (server, "gm", "orders", signed_, "approve", "{\"comment\":\"CANARY-COMMENT\"}");
}

/* An order of more than there is, entered while somebody else looks after the customer; nobody signs it, so nothing is
 * reserved. */
static void
plant_in_short_order (gint64 customer)
{
  g_autofree char *body
    = tw_company_order_body ("ALFKI", "P-7:9", "\"special\":true,\"special_reason\":\"CANARY-SPECIAL\"");
  gint64 order;

  tw_company_change (server, "sales_manager", "customers", customer, "{\"sales_rep\":\"canaryrep\"}");
  order = tw_company_create (server, "canaryclerk", "/orders", body);
  tw_company_do (server, "canaryclerk", "orders", order, "submit", NULL);
  tw_company_change (server, "sales_manager", "customers", customer, "{\"sales_rep\":\"sales\"}");
}

static void
invoice_by_canary (gint64 order)
{
  g_autoptr (TwTestReply) read = tw_company_get (server, "finance", "/orders/%" G_GINT64_FORMAT, order);
  g_autofree char *number = tw_company_value (read, "number");
  g_autofree char *body = g_strdup_printf ("{\"order\":\"%s\"}", number);
  gint64 id = tw_company_create (server, "canarybooks", "/invoices", body);

  tw_company_do (server, "canarybooks", "invoices", id, "post", NULL);
}

/* A shipment with an exception that was solved, delivered with a note; invoiced by the canary. */
static void
plant_in_shipments (void)
{
  gint64 order = tw_company_release (server, "P-1:1 P-3:1");
  gint64 shipment = tw_company_find_shipment (server, order);
  g_autoptr (TwTestReply) exceptions = NULL;
  g_autofree char *id = NULL;

  tw_company_make_ready (server, shipment);
  tw_company_do (server, "dispatcher", "shipments", shipment, "dispatch", "{\"carrier\":\"SPEEDY\"}");
  tw_company_do (server, "dispatcher", "shipments", shipment, "report_exception",
                 "{\"kind\":\"delayed\",\"detail\":\"CANARY-EXCEPTION\"}");
  exceptions = tw_company_get (server, "dispatcher", "/shipment-exceptions?kind=delayed&state=open");
  id = tw_company_value (exceptions, "items.0.id");
  tw_company_do (server, "dispatcher", "shipment-exceptions", g_ascii_strtoll (id, NULL, 10), "resolve",
                 "{\"resolution\":\"accept\",\"comment\":\"CANARY-SOLUTION\"}");
  tw_company_do (server, "dispatcher", "shipments", shipment, "deliver",
                 "{\"receiver\":\"Maria Anders\",\"proof_note\":\"CANARY-PROOF\"}");
  invoice_by_canary (order);
  tw_test_server_script (server, "UPDATE payment SET notes = 'CANARY-PAYMENT', reference = 'CANARY-BANK';"
                                 "UPDATE refund SET reason = 'CANARY-REFUND';");
}

/* A shipment that the canaries have planned and drive. The system plans, so only the database can say another. */
static void
plant_in_trip (void)
{
  gint64 order = tw_company_enter (server, "canaryclerk", "ALFKI", "P-1:1");
  g_autofree char *script = NULL;
  gint64 shipment;

  tw_company_do (server, "canaryclerk", "orders", order, "submit", NULL);
  shipment = tw_company_find_shipment (server, order);
  tw_company_make_ready (server, shipment);
  script = g_strdup_printf ("UPDATE shipment SET version = version + 1, author_id = (SELECT id FROM app_user"
                            " WHERE user = 'canaryclerk') WHERE id = %" G_GINT64_FORMAT ";", shipment);
  tw_test_server_script (server, script);
  tw_company_add_trip (server, "canarydriver", shipment);
}

static void
plant_in_masters (void)
{
  g_autoptr (TwTestReply) alfki = tw_company_get (server, "auditor", "/customers?code=ALFKI");
  g_autoptr (TwTestReply) bergs = tw_company_get (server, "auditor", "/customers?code=BERGS");
  g_autoptr (TwTestReply) user = tw_company_get (server, "auditor", "/users?user=sales");
  g_autofree char *alfki_id = tw_company_value (alfki, "items.0.id");
  g_autofree char *bergs_id = tw_company_value (bergs, "items.0.id");
  g_autofree char *user_id = tw_company_value (user, "items.0.id");

  tw_company_change (server, "finance_manager", "customers", g_ascii_strtoll (alfki_id, NULL, 10),
                     "{\"credit_limit\":\"7654321.89\"}");
  tw_company_change (server, "sales", "customers", g_ascii_strtoll (alfki_id, NULL, 10),
                     "{\"notes\":\"CANARY-OF-CUSTOMER\"}");
  tw_company_change (server, "sales2", "customers", g_ascii_strtoll (bergs_id, NULL, 10),
                     "{\"name\":\"CANARY-BERGS-NAME\"}");
  tw_company_change (server, "admin", "users", g_ascii_strtoll (user_id, NULL, 10),
                     "{\"email\":\"canary@example.org\"}");
  plant_in_short_order (g_ascii_strtoll (alfki_id, NULL, 10));
}

static void
plant_in_stock (void)
{
  gint64 count = tw_company_create (server, "warehouse", "/stock-counts",
                                    "{\"warehouse\":\"EAST\",\"reason\":\"CANARY-COUNT\",\"lines\":["
                                    "{\"product\":\"P-2\",\"counted\":\"49\"}]}");

  tw_company_create (server, "warehouse", "/receipts",
                     "{\"warehouse\":\"MAIN\",\"reason\":\"purchase\",\"reference\":\"CANARY-RECEIPT\",\"lines\":["
                     "{\"product\":\"P-1\",\"quantity\":\"5\"}]}");
  tw_company_do (server, "warehouse", "stock-counts", count, "post", NULL);
}

static void
plant_for_bergs (void)
{
  gint64 order = enter ("sales2", "BERGS", "\"po_reference\":\"CANARY-BERGS-ORDER\",\"ship_name\":\"CANARY-BERGS-SHIP\","
                        "\"ship_street\":\"Berguvsvägen 8\",\"ship_city\":\"Luleå\",\"notes\":\"CANARY-BERGS-NOTES\"");

  tw_company_do (server, "sales2", "orders", order, "submit", NULL);
  tw_company_do (server, "manager", "orders", order, "approve", NULL);
  tw_company_fulfil (server, order);
  tw_company_invoice (server, order);
}

/* The people are known by their names and by ids that no other number begins like. */
static void
plant_people (void)
{
  static const char *const people[][2] = { { "canaryclerk", "sales_manager" }, { "canarychief", "sales_manager" },
                                           { "canarybooks", "finance" }, { "canaryrep", "sales" },
                                           { "canarydriver", "driver" } };
  g_autofree char *today = tw_date_format (tw_date_today ());
  g_autofree char *body = g_strdup_printf ("{\"principal\":\"canarychief\",\"delegate\":\"gm\","
                                           "\"valid_from\":\"%s\",\"valid_to\":\"%s\"}", today, today);

  tw_test_server_script (server, "ALTER TABLE app_user AUTO_INCREMENT = 73939101;");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    tw_test_server_add_user (server, people[i][0], people[i][1]);
  /* A customer is told the full name of who looks after the order, not the name to sign in with. */
  tw_test_server_script (server, "UPDATE app_user SET name = 'Nancy Davolio' WHERE user = 'canaryrep';");
  tw_company_create (server, "canarychief", "/delegations", body);
}

static void
plant_goods (void)
{
  tw_company_add_product (server, "P-7", "10");
  tw_company_receive (server, "P-7", "7.739391");
}

static void
plant_documents (void)
{
  plant_in_masters ();
  plant_in_orders ();
  plant_in_shipments ();
  plant_in_trip ();
  plant_in_stock ();
  plant_for_bergs ();
}

static void
plant (void)
{
  plant_people ();
  plant_goods ();
  plant_documents ();
  password_hash = tw_company_query (server, "SELECT password_hash FROM app_user WHERE user = 'sales'");
  g_assert_cmpuint (strlen (password_hash), >, 20);
}

/* ---- Push ---- */

typedef struct
{
  const char *role;
  TwFollowing *following;
  guint orders; /* heard of */
} Listener;

static void
pushed_cb (SoupWebsocketConnection *connection, gint type, GBytes *bytes, gpointer data)
{
  Listener *listener = data;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  assert_clean_bytes (listener->role, "the events", text);
  tw_canary_assert_event (listener->role, text);
  if (strstr (text, "\"kind\":\"order\"") != NULL)
    listener->orders++;
}

static Listener *
listen_as (const char *role)
{
  Listener *listener = g_new0 (Listener, 1);
  g_autofree char *token = tw_test_server_sign_in (server, role);

  listener->role = role;
  listener->following = tw_following_new (server, token, -1);
  g_assert_no_error (listener->following->error);
  g_signal_connect (listener->following->connection, "message", G_CALLBACK (pushed_cb), listener);
  return listener;
}

static void
listener_free (gpointer data)
{
  Listener *listener = data;

  g_signal_handlers_disconnect_by_data (listener->following->connection, listener);
  tw_following_free (listener->following);
  g_free (listener);
}

static gboolean
has_heard (Listener *listener, const char *event)
{
  return g_ptr_array_find_with_equal_func (listener->following->events, event, g_str_equal, NULL);
}

/* Everyone listens while everything is planted once more. The last change is one that every role may know of, and
 * events come in their order: who has heard it has heard all. */
static void
test_push (void)
{
  g_autoptr (GPtrArray) listeners = g_ptr_array_new_with_free_func (listener_free);

  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    g_ptr_array_add (listeners, listen_as (tw_role_keys[i].key));
  plant_documents ();
  tw_company_change (server, "planner", "products", 1, "{\"category\":\"Tea\"}");
  for (guint i = 0; i < listeners->len; i++)
    {
      Listener *listener = g_ptr_array_index (listeners, i);

      tw_test_wait_for (has_heard (listener, "product:1:change"), 60);
      g_assert_false (listener->following->missed);
      g_assert_true ((listener->orders > 0) == tw_role_may (tw_role_from_key (listener->role), "order.read"));
    }
}

static void
test_side_ways (gconstpointer role)
{
  tw_canary_assert_no_side_ways (server, role);
}

/* ---- All of them ---- */

/* What is hidden was there to leak, whichever field it is. */
static void
test_all_planted (void)
{
  tw_canary_assert_planted (planted);
}

/* Each canary was there to leak: somebody who may know it has read it. */
static void
test_all_seen (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    if (!g_hash_table_contains (found, canaries[i].text))
      g_error ("nobody has read %s: the test has not planted it", canaries[i].text);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tw_areas_register ();
  server = tw_company_new ();
  tw_company_fill (server);
  found = g_hash_table_new (g_str_hash, g_str_equal);
  planted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  plant ();
  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/canaries/", tw_role_keys[i].key, NULL);
      g_autofree char *side_ways = g_strconcat ("/canaries/side-ways-of-", tw_role_keys[i].key, NULL);

      g_test_add_data_func (path, tw_role_keys[i].key, test_role);
      g_test_add_data_func (side_ways, tw_role_keys[i].key, test_side_ways);
    }
  g_test_add_func ("/canaries/all-seen", test_all_seen);
  g_test_add_func ("/canaries/all-planted", test_all_planted);
  g_test_add_data_func ("/canaries/writes-of-customer", "customer", test_writes);
  g_test_add_data_func ("/canaries/writes-of-sales", "sales", test_writes);
  g_test_add_data_func ("/canaries/writes-of-warehouse", "warehouse", test_writes);
  g_test_add_func ("/canaries/push", test_push);
  status = g_test_run ();
  tw_access_end_calls ();
  tw_test_server_free (server);
  g_hash_table_unref (found);
  g_hash_table_unref (planted);
  g_free (password_hash);
  return status;
}
