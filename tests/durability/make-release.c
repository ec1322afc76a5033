/* make-release.c: make-release FILE writes the backup of a small company, to be kept when a schema is released
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Later programs must restore it and bring it up to date: test-upgrade does so with every release-*.gz in this folder.
 */
#include "tests/fixture/company.h"

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;
  const char *words[] = { "backup", argv[1], NULL };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  server = tw_company_new_live ();
  tw_company_fill (server);
  tw_company_test_verify (server);
  g_assert_cmpint (tw_test_server_command (server, words, NULL, NULL), ==, 0);
  return 0;
}
