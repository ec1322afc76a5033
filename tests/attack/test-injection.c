/* test-injection.c: what is written is a text and nothing else, wherever it is read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/injection.h"

#include "server/areas.h"

int
main (int argc, char **argv)
{
  TwTestServer *server;
  int status;

  g_test_init (&argc, &argv, NULL);
  tw_areas_register ();
  server = tw_company_new ();
  tw_company_fill (server);
  tw_test_server_add_user (server, TW_INJECTION_USER,
                           "sales_manager,approver,planner,warehouse,quality,dispatcher,finance_manager,purchasing,"
                           "production,after_sales,auditor,admin");
  tw_injection_add_sql (server);
  tw_injection_add_text (server);
  g_test_add_data_func ("/injection/verify/clean", server, tw_company_test_verify);
  status = g_test_run ();
  tw_access_end_calls ();
  tw_test_server_free (server);
  return status;
}
