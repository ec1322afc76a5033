/* test-names.c: what an order's row shows of customers, people and other masters is what they are called now
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

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/names/renamed", test_names);
  g_test_add_func ("/names/other-hands", test_hands);
  g_test_add_data_func ("/names/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
