/* test-statistics.c: tables that have grown are counted anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/statistics.h"
#include "tests/fixture/database.h"

static TwTestDatabase *database;

/* @from … @to - 1 as settings. */
static void
add_rows (guint from, guint to)
{
  g_autofree char *script = g_strdup_printf ("INSERT INTO setting (name, value) SELECT CONCAT('s', seq), 'x'"
                                             " FROM seq_%u_to_%u;", from, to - 1);

  tw_test_database_script (database, script);
}

static gint64
get_known (GHashTable *known)
{
  const gint64 *rows = g_hash_table_lookup (known, "setting");

  return rows != NULL ? *rows : 0;
}

static void
refresh (GHashTable *known)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_statistics_refresh (database->working, known, &error));
  g_assert_no_error (error);
}

/* What plans are made from. */
static gint64
get_cardinality (void)
{
  g_autofree char *text = tw_test_database_value (
    database->owner, "SELECT cardinality FROM information_schema.statistics WHERE table_schema = DATABASE()"
                     " AND table_name = 'setting' AND index_name = 'PRIMARY'");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
test_growth (void)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 first;

  add_rows (1, 51);
  refresh (known);
  g_assert_cmpint (get_known (known), ==, 0); /* a small one is left alone */
  add_rows (51, 401);
  refresh (known);
  first = get_known (known);
  g_assert_cmpint (first, >=, 200);
  g_assert_cmpint (get_cardinality (), >=, 200);
  add_rows (401, 501);
  refresh (known);
  g_assert_cmpint (get_known (known), ==, first); /* not twice as many */
  add_rows (501, 2001);
  refresh (known);
  g_assert_cmpint (get_known (known), >=, 2 * first);
  g_assert_cmpint (get_cardinality (), >=, 1000);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (tw_test_schema_folder ());
  g_test_add_func ("/db/statistics/growth", test_growth);
  status = g_test_run ();
  tw_test_database_free (database);
  return status;
}
