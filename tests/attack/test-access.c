/* test-access.c: who may read and do what, attacked from all sides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/access.h"

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
  tw_access_add_routes (server);
  tw_access_add_foreign (server);
  tw_access_add_entry (server);
  tw_access_add_duties (server);
  g_test_add_data_func ("/access/after/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_access_end_calls ();
  tw_test_server_free (server);
  return status;
}
