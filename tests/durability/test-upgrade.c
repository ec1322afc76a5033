/* test-upgrade.c: a released schema with data becomes the newest one, whatever strikes meanwhile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The newest one is the program's, and behind it the files in tests/durability/schema: they stand for releases to come,
 * with steps on tables that have data. Random moments come from the seed that the test program prints; `--seed` repeats
 * them.
 */
#include <signal.h>
#include <string.h>

#include "server/db/private-mariadb.h"
#include "tests/durability/content.h"
#include "tests/fixture/company.h"
#include "tests/fixture/database.h"

#define KILLS 10
#define MAX_DELAY_USEC 3000 /* after a statement has begun: in it or behind it */

static TwTestServer *server; /* its folder is where things happen; it seldom runs */
static char *old_schema, *later_schema;
static char *expected;        /* what an upgrade that nobody disturbed makes of it */
static guint n_statements;    /* that such an upgrade has */
static TwPrivateMariadb *own; /* kept by this program, so that the database is there between the kills */

/* ---- Schemas ---- */

static void
copy_files (const char *from, const char *to, const char *only)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".sql") || (only != NULL && strstr (only, name) == NULL))
        continue;
      g_assert_true (g_file_get_contents (source, &text, &length, NULL));
      g_assert_true (g_file_set_contents (target, text, (gssize) length, NULL));
    }
}

/* The files of the first release, and all there are with those to come. */
static void
make_schemas (void)
{
  g_autofree char *head = tw_test_schema_folder ();
  g_autofree char *list = g_build_filename (head, "released.sha256", NULL);
  g_autofree char *released = NULL;

  old_schema = tw_test_folder_new ();
  later_schema = tw_test_folder_new ();
  g_assert_true (g_file_get_contents (list, &released, NULL, NULL));
  if (strstr (released, " 0007") != NULL) /* of a later release */
    *strstr (released, " 0007") = '\0';
  copy_files (head, old_schema, released);
  copy_files (head, later_schema, NULL);
  copy_files (TW_DURABILITY "/schema", later_schema, NULL);
}

/* ---- Places ---- */

static void
stop_own (void)
{
  g_clear_pointer (&own, tw_private_mariadb_stop);
}

static TwDb *
open_own (void)
{
  g_autoptr (GError) error = NULL;
  TwDb *db = tw_db_open (tw_private_mariadb_get_owner (own), &error);

  g_assert_no_error (error);
  return db;
}

static void
run (const char *command, const char *argument, const char *option)
{
  const char *words[] = { command, argument, option, NULL };
  g_autofree char *output = NULL;
  int status = tw_test_server_command (server, words, NULL, &output);

  if (status != 0)
    g_error ("%s ended with %d: %s", command, status, output);
}

/* The first release's data under the first release's schema, and the database running. */
static void
begin_old (void)
{
  g_autofree char *database = g_build_filename (tw_test_server_get_data_dir (server), "database", NULL);
  g_autoptr (GError) error = NULL;

  stop_own ();
  tw_test_server_setenv (server, "TRADEWIND_SCHEMA_DIR", old_schema);
  run ("restore", TW_DURABILITY "/release-1.gz", "--force");
  tw_test_server_setenv (server, "TRADEWIND_SCHEMA_DIR", later_schema);
  own = tw_private_mariadb_start (database, 32, &error);
  g_assert_no_error (error);
}

/* Tables, columns, keys, constraints and triggers, and every row. */
static char *
describe (void)
{
  static const char shape_sql[]
    = "SELECT SHA2(GROUP_CONCAT(line ORDER BY line SEPARATOR '\\n'), 256) FROM ("
      "SELECT CONCAT_WS('|', 'column', table_name, column_name, ordinal_position, column_default, is_nullable,"
      " column_type) AS line FROM information_schema.columns WHERE table_schema = DATABASE()"
      " UNION ALL SELECT CONCAT_WS('|', 'key', table_name, index_name, seq_in_index, column_name, non_unique)"
      " FROM information_schema.statistics WHERE table_schema = DATABASE()"
      " UNION ALL SELECT CONCAT_WS('|', 'constraint', table_name, constraint_name, constraint_type)"
      " FROM information_schema.table_constraints WHERE table_schema = DATABASE()"
      " UNION ALL SELECT CONCAT_WS('|', 'trigger', trigger_name, event_manipulation, event_object_table,"
      " action_statement) FROM information_schema.triggers WHERE trigger_schema = DATABASE()) AS shape";
  g_autoptr (TwDb) db = open_own ();
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = tw_content_sum (db, "change_log change_seal schema_migration");
  g_autofree char *shape = NULL;

  tw_db_execute_script (db, "SET SESSION group_concat_max_len = 16777216;", &error);
  g_assert_no_error (error);
  shape = tw_test_database_value (db, shape_sql);
  return g_strconcat (shape, "\n", rows, NULL);
}

/* ---- Tests ---- */

/* Today's program takes the first release's backup, and works with it. */
static void
test_release_restores (void)
{
  g_autofree char *head = tw_test_schema_folder ();
  gint64 id;

  tw_test_server_setenv (server, "TRADEWIND_SCHEMA_DIR", head);
  run ("restore", TW_DURABILITY "/release-1.gz", "--force");
  run ("verify", NULL, NULL);
  tw_test_server_start (server);
  id = tw_company_release (server, "P-1:1");
  tw_company_fulfil (server, id);
  tw_company_invoice (server, id);
  tw_test_server_terminate (server);
  g_assert_true (g_spawn_check_wait_status (tw_test_server_wait (server), NULL));
  run ("verify", NULL, NULL);
}

static void
test_undisturbed (void)
{
  g_autoptr (TwDb) db = NULL;
  g_autofree char *statements = NULL;
  g_autofree char *orders = NULL;

  begin_old ();
  run ("migrate", NULL, NULL);
  expected = describe ();
  db = open_own ();
  statements = tw_test_database_value (db, "SELECT SUM(done) FROM schema_migration WHERE number > 6");
  n_statements = (guint) g_ascii_strtoull (statements, NULL, 10);
  orders = tw_test_database_value (db, "SELECT COUNT(*) > 5 AND MIN(kept_note = CONCAT('of ', number)) FROM sales_order");
  g_assert_cmpstr (orders, ==, "1"); /* with data */
  run ("verify", NULL, NULL);
}

/* How many statements of what is new have begun. */
static guint
get_progress (TwDb *db)
{
  g_autofree char *n
    = tw_test_database_value (db, "SELECT COALESCE(SUM(trying), 0) FROM schema_migration WHERE number > 6");

  return (guint) g_ascii_strtoull (n, NULL, 10);
}

static void
kill_process (GSubprocess *process)
{
  g_subprocess_force_exit (process);
}

static void
kill_database (GSubprocess *process)
{
  g_assert_cmpint (kill (tw_private_mariadb_get_pid (own), SIGKILL), ==, 0);
}

/* Begins the upgrade and strikes when statement @at has begun. */
static void
strike (guint at, void (*kill_it) (GSubprocess *process))
{
  static const char *const words[] = { "migrate", NULL };
  g_autoptr (TwDb) db = open_own ();
  g_autoptr (GSubprocess) process = tw_test_server_begin_command (server, words);
  int pid = tw_private_mariadb_get_pid (own);
  guint delay = (guint) g_test_rand_int_range (0, MAX_DELAY_USEC);

  while (get_progress (db) < at)
    continue;
  g_usleep (delay);
  kill_it (process);
  g_clear_pointer (&db, tw_db_close);
  g_test_message ("statement %u and %u us", at, delay);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  if (kill_it == kill_database)
    tw_test_wait_for (tw_private_mariadb_get_pid (own) != pid && tw_private_mariadb_get_pid (own) != 0, 60);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static void
test_killed (gconstpointer data)
{
  void (*kill_it) (GSubprocess * process) = (void (*) (GSubprocess *)) data;
  g_autofree char *found = NULL;
  int moments[KILLS];

  begin_old ();
  for (guint i = 0; i < KILLS; i++)
    moments[i] = g_test_rand_int_range (0, (int) n_statements);
  qsort (moments, KILLS, sizeof moments[0], compare_numbers);
  for (guint i = 0; i < KILLS; i++)
    strike ((guint) moments[i], kill_it);
  run ("migrate", NULL, NULL);
  found = describe ();
  tw_content_assert_same (found, expected);
  run ("verify", NULL, NULL);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* a warning tells of the restart */
  server = tw_test_server_new (NULL);
  tw_test_server_terminate (server);
  g_assert_true (g_spawn_check_wait_status (tw_test_server_wait (server), NULL));
  make_schemas ();
  g_test_add_func ("/durability/upgrade/release-restores", test_release_restores);
  g_test_add_func ("/durability/upgrade/undisturbed", test_undisturbed);
  g_test_add_data_func ("/durability/upgrade/process-killed", (gconstpointer) kill_process, test_killed);
  g_test_add_data_func ("/durability/upgrade/database-killed", (gconstpointer) kill_database, test_killed);
  status = g_test_run ();
  stop_own ();
  tw_test_server_free (server);
  tw_test_folder_remove (old_schema);
  tw_test_folder_remove (later_schema);
  g_free (old_schema);
  g_free (later_schema);
  g_free (expected);
  return status;
}
