/* test-names.c: what is shown of customers, people and other masters is what they are called now, also from memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/fixture/company.h"

static TwTestServer *server;

static gint64
find (const char *kind, const char *member, const char *value)
{
  g_autoptr (TwTestReply) list = tw_company_get (server, "admin", "/%s?%s=%s", kind, member, value);
  g_autofree char *id = tw_company_value (list, "items.0.id");

  tw_test_assert_status (list, 200);
  return g_ascii_strtoll (id, NULL, 10);
}

/* In the newest order, which stays as it is. */
static void
assert_shown (const char *path, const char *expected)
{
  for (guint i = 0; i < 2; i++) /* from memory the second time */
    {
      g_autoptr (TwTestReply) list = tw_company_get (server, "sales", "/orders?limit=1");
      g_autofree char *shown = tw_company_value (list, path);

      g_assert_cmpstr (shown, ==, expected);
    }
}

static void
test_names (void)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-1:1", NULL);
  g_autofree char *old = NULL;
  g_autoptr (TwTestReply) list = NULL;

  tw_company_create (server, "sales", "/orders", body);
  list = tw_company_get (server, "sales", "/orders?limit=1");
  old = tw_company_value (list, "items.0.sales_rep_name");
  assert_shown ("items.0.sales_rep_name", old);
  tw_company_change (server, "sales", "customers", find ("customers", "code", "ALFKI"), "{\"name\":\"Alfreds & Co\"}");
  assert_shown ("items.0.customer_name", "Alfreds & Co");
  tw_company_change (server, "admin", "users", find ("users", "user", "sales"), "{\"name\":\"Sally\"}");
  assert_shown ("items.0.sales_rep_name", "Sally");
  assert_shown ("items.0.version", "1");
}

/* An order that goes to other hands is in one list less and in one more, and counted there. */
static void
test_hands (void)
{
  g_autoptr (TwTestReply) before = tw_company_get (server, "sales", "/orders?limit=1");
  g_autoptr (TwTestReply) after = NULL;
  g_autofree char *id = tw_company_value (before, "items.0.id"), *total = tw_company_value (before, "total");
  g_autofree char *left = NULL, *top = NULL;

  tw_company_change (server, "sales_manager", "orders", g_ascii_strtoll (id, NULL, 10), "{\"customer\":\"BERGS\"}");
  after = tw_company_get (server, "sales", "/orders?limit=1");
  left = tw_company_value (after, "total");
  top = tw_company_value (after, "items.0.id");
  g_assert_cmpint (g_ascii_strtoll (left, NULL, 10), ==, g_ascii_strtoll (total, NULL, 10) - 1);
  g_assert_cmpstr (top, !=, id);
}

static gint64
count (const char *user, const char *kind)
{
  g_autoptr (TwTestReply) list = tw_company_get (server, user, "/%s?limit=1", kind);
  g_autofree char *total = tw_company_value (list, "total");

  tw_test_assert_status (list, 200);
  return g_ascii_strtoll (total, NULL, 10);
}

/* As in a company of thousands, all rows there are now have been counted. */
static void
count_for_good (void)
{
  tw_test_server_script (server, "INSERT INTO list_mark (list, last_id, position, set_at)"
                                 " SELECT 'shipment', MAX(id), COUNT(*), '2000-01-01' FROM shipment;"
                                 "INSERT INTO list_mark (list, last_id, position, set_at)"
                                 " SELECT 'invoice', MAX(id), COUNT(*), '2000-01-01' FROM invoice;");
}

/* Another rep takes over a customer, with orders, shipments and invoices; and the driver sees what is on the trip. */
static void
test_other_rep (void)
{
  gint64 order = tw_company_release (server, "P-1:1"), customer = find ("customers", "code", "ALFKI"), shipment, driven;
  gint64 before[2][2];

  shipment = tw_company_find_shipment (server, order);
  tw_company_make_ready (server, shipment);
  driven = count ("driver", "shipments");
  tw_company_add_trip (server, "driver", shipment);
  g_assert_cmpint (count ("driver", "shipments"), ==, driven + 1);
  order = tw_company_release (server, "P-1:1");
  tw_company_fulfil (server, order);
  tw_company_invoice (server, order);
  count_for_good ();
  before[0][0] = count ("sales", "shipments");
  before[0][1] = count ("sales", "invoices");
  before[1][0] = count ("sales2", "shipments");
  before[1][1] = count ("sales2", "invoices");
  tw_company_change (server, "sales_manager", "customers", customer, "{\"sales_rep\":\"sales2\"}");
  g_assert_cmpint (count ("sales2", "shipments"), >, before[1][0]);
  g_assert_cmpint (count ("sales2", "invoices"), >, before[1][1]);
  /* Who has sold it goes on to see where the goods are. */
  g_assert_cmpint (count ("sales", "shipments"), ==, before[0][0]);
  g_assert_cmpint (count ("sales", "invoices"), <, before[0][1]);
}

static void
rename_customer (const char *name)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\"}", name);

  tw_company_change (server, "sales_manager", "customers", find ("customers", "code", "ALFKI"), body);
}

/* A step goes on where the last one has ended, without reading the document again: not so when something that it shows
 * has another name meanwhile. Each answer is held against what is read then. */
static void
test_between_steps (void)
{
  gint64 order = tw_company_release (server, "P-1:2"), shipment = tw_company_find_shipment (server, order), invoice,
         payment;

  tw_company_do (server, "warehouse", "shipments", shipment, "start_picking", NULL);
  rename_customer ("Between 1");
  tw_company_do (server, "warehouse", "shipments", shipment, "pick", NULL);
  tw_company_change (server, "admin", "products", find ("products", "sku", "P-1"), "{\"name\":\"Between 2\"}");
  tw_company_do (server, "warehouse", "shipments", shipment, "pack", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "ready", NULL);
  tw_company_do (server, "dispatcher", "shipments", shipment, "dispatch", NULL);
  tw_company_do (server, "dispatcher", "shipments", shipment, "deliver", "{\"receiver\":\"Maria\"}");
  invoice = tw_company_draft_invoice (server, order);
  rename_customer ("Between 3");
  tw_company_do (server, "finance", "invoices", invoice, "post", NULL);
  payment = tw_company_record_payment (server, "ALFKI", "1");
  rename_customer ("Between 4");
  tw_company_do (server, "finance", "payments", payment, "receive", NULL);
}

/* What another person changes meanwhile is found by the version, what has none is looked up. */
static void
test_meanwhile (void)
{
  gint64 order = tw_company_release (server, "P-1:1"), shipment = tw_company_find_shipment (server, order);

  tw_company_do (server, "warehouse", "shipments", shipment, "start_picking", NULL);
  tw_company_change (server, "dispatcher", "shipments", shipment, "{\"planned_date\":\"2030-01-01\"}");
  tw_company_do (server, "sales_manager", "orders", order, "hold",
                 "{\"hold\":\"manual\",\"reason\":\"the customer asked\"}");
  tw_company_refuse (server, "warehouse", "shipments", shipment, "pick", NULL, 409, "hold");
  tw_company_do (server, "sales_manager", "orders", order, "resume", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "pick", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "pack", NULL);
  tw_company_do (server, "warehouse", "shipments", shipment, "ready", NULL);
  tw_company_add_trip (server, "driver", shipment);
  tw_company_refuse (server, "dispatcher", "shipments", shipment, "dispatch", NULL, 409, "trip");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/names/renamed", test_names);
  g_test_add_func ("/names/other-hands", test_hands);
  g_test_add_func ("/names/between-steps", test_between_steps);
  g_test_add_func ("/names/meanwhile", test_meanwhile);
  g_test_add_func ("/names/other-rep", test_other_rep);
  g_test_add_data_func ("/names/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
