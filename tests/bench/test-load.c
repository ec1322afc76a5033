/* test-load.c: a company that was multiplied is one that the rules could have made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/bench/multiply.h"
#include "tests/fixture/company.h"

#define ORDERS 1000

static TwTestServer *server;

/* Orders in the middle of their lives, and one of each kind that has ended. */
static void
make_company (void)
{
  server = tw_company_new_live ();
  tw_company_fill (server);
  tw_company_do (server, "sales_manager", "orders", tw_company_release (server, "P-4:5"), "cancel",
                 "{\"reason\":\"A mistake\"}");
}

static void
test_multiplied (void)
{
  g_autofree char *before = tw_company_query (server, "SELECT COUNT(*) FROM sales_order");
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  BenchMultiplied done;

  tw_test_server_terminate (server);
  g_assert_cmpint (tw_test_server_wait (server), ==, 0);
  if (!bench_multiply (tw_test_server_get_data_dir (server), ORDERS, &done, &error))
    g_error ("not multiplied: %s", error->message);
  tw_test_server_start (server);
  after = tw_company_query (server, "SELECT COUNT(*) FROM sales_order");
  g_assert_cmpint (g_ascii_strtoll (after, NULL, 10), ==, g_ascii_strtoll (before, NULL, 10) * done.copies);
  g_assert_cmpint (g_ascii_strtoll (after, NULL, 10), >=, ORDERS);
}

/* What the triggers and the working account's rights forbid is forbidden again, and numbers go on. */
static void
test_goes_on (void)
{
  gint64 id = tw_company_release (server, "P-1:1");
  g_autofree char *triggers
      = tw_company_query (server, "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()");

  tw_company_fulfil (server, id);
  tw_company_invoice (server, id);
  g_assert_cmpint (g_ascii_strtoll (triggers, NULL, 10), >=, 3);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_company ();
  g_test_add_func ("/bench/load/multiplied", test_multiplied);
  g_test_add_func ("/bench/load/goes-on", test_goes_on);
  g_test_add_data_func ("/bench/load/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
