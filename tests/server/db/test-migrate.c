/* test-migrate.c: schema files and grants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/migrate.h"
#include "tests/fixture/database.h"

#include <string.h>

/* Every test works in a database schema of its own files, on one instance; all objects are dropped before it. */
static TwTestDatabase *database;

typedef struct
{
  char *folder;
} Case;

static void
set_up (Case *c, gconstpointer data)
{
  tw_test_database_script (database, "DROP DATABASE tradewind; CREATE DATABASE tradewind; USE tradewind;");
  c->folder = tw_test_folder_new ();
}

static void
tear_down (Case *c, gconstpointer data)
{
  tw_test_folder_remove (c->folder);
  g_free (c->folder);
}

static void
put (Case *c, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (c->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_migrates (Case *c, guint expected)
{
  g_autoptr (GError) error = NULL;
  guint applied = 99;

  tw_migrate_run (database->owner, c->folder, &applied, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (applied, ==, expected);
}

static void
assert_refused (Case *c, TwErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_migrate_run (database->owner, c->folder, NULL, &error));
  g_assert_error (error, TW_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
assert_value (const char *sql, const char *expected)
{
  g_autofree char *found = tw_test_database_value (database->owner, sql);

  g_assert_cmpstr (found, ==, expected);
}

/* ---- Applying ---- */

static void
test_in_order_and_once (Case *c, gconstpointer data)
{
  put (c, "0002-b.sql", "INSERT INTO a VALUES (2);");
  put (c, "0001-a.sql", "CREATE TABLE a (id INT PRIMARY KEY);\nINSERT INTO a VALUES (1);");
  put (c, "notes.txt", "not SQL");
  assert_migrates (c, 2);
  assert_migrates (c, 0);
  put (c, "0010-c.sql", "INSERT INTO a VALUES (10);");
  assert_migrates (c, 1);
  assert_value ("SELECT GROUP_CONCAT(id) FROM a", "1,2,10");
  g_assert_true (tw_migrate_check (database->owner, c->folder, NULL));
}

static void
test_triggers (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (c, "0001-a.sql",
       "CREATE TABLE a (id INT PRIMARY KEY);\n"
       "CREATE OR REPLACE TRIGGER a_kept BEFORE DELETE ON a FOR EACH ROW\n"
       "BEGIN\n"
       "  IF OLD.id = 1 THEN\n"
       "    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'row one stays';\n"
       "  END IF;\n"
       "END;\n"
       "INSERT INTO a VALUES (1), (2);\n");
  assert_migrates (c, 1);
  g_assert_false (tw_db_execute_script (database->owner, "DELETE FROM a WHERE id = 1;", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, "row one stays"));
  g_assert_true (tw_db_execute_script (database->owner, "DELETE FROM a WHERE id = 2;", NULL));
}

static gpointer
race_thread (gpointer data)
{
  g_autoptr (TwDb) db = tw_test_database_open (database, TRUE);
  g_autoptr (GError) error = NULL;
  guint applied;

  tw_migrate_run (db, data, &applied, &error);
  g_assert_no_error (error);
  return GUINT_TO_POINTER (applied);
}

static void
test_race (Case *c, gconstpointer data)
{
  g_autoptr (GString) inserts = g_string_new ("CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY);\n");
  GThread *threads[4];
  guint applied = 0;

  for (int i = 0; i < 50; i++)
    g_string_append (inserts, "INSERT INTO a VALUES ();\n");
  put (c, "0001-a.sql", inserts->str);
  put (c, "0002-b.sql", "CREATE TABLE b (id INT);");
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("race", race_thread, c->folder);
  for (int i = 0; i < 4; i++)
    applied += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_assert_cmpuint (applied, ==, 2);
  assert_value ("SELECT COUNT(*) FROM a", "50");
}

/* ---- Interrupted ---- */

static void
test_continues_after_a_mistake (Case *c, gconstpointer data)
{
  put (c, "0001-a.sql", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);\nINSERT INTO missing VALUES (1);\n");
  assert_refused (c, TW_ERROR_INTERNAL, "0001-a.sql, statement 3");
  tw_test_database_script (database, "CREATE TABLE missing (id INT);");
  assert_migrates (c, 1);
  assert_value ("SELECT COUNT(*) FROM a", "1"); /* the first two did not run again */
  assert_value ("SELECT COUNT(*) FROM missing", "1");
}

/* Killed after the DDL had its effect, before that was recorded. */
static void
test_continues_after_ddl_in_doubt (Case *c, gconstpointer data)
{
  put (c, "0001-a.sql", "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN n INT;\nINSERT INTO a VALUES (1, 2);\n");
  assert_migrates (c, 1);
  tw_test_database_script (database, "DELETE FROM a; UPDATE schema_migration SET done = 1, trying = 2,"
                                     " applied_at = NULL;");
  assert_migrates (c, 1);
  assert_value ("SELECT COUNT(*) FROM a", "1");
}

/* The same error from a statement that was never begun is a mistake in the schema. */
static void
test_existing_table_is_no_excuse (Case *c, gconstpointer data)
{
  put (c, "0001-a.sql", "CREATE TABLE a (id INT);\nCREATE TABLE a (id INT);\n");
  assert_refused (c, TW_ERROR_INTERNAL, "statement 2");
}

static void
test_lease_of_the_dead (Case *c, gconstpointer data)
{
  g_autofree char *sql = NULL;

  put (c, "0001-a.sql", "CREATE TABLE a (id INT);");
  assert_migrates (c, 1);
  put (c, "0002-b.sql", "CREATE TABLE b (id INT);");
  /* 2^22 is above the greatest process id. */
  sql = g_strdup_printf ("UPDATE schema_lease SET holder = '%s 4194304 x', expires_at = UTC_TIMESTAMP() + INTERVAL 1 DAY;",
                         g_get_host_name ());
  tw_test_database_script (database, sql);
  assert_migrates (c, 1);
}

/* ---- Refused ---- */

static void
test_changed_file (Case *c, gconstpointer data)
{
  put (c, "0001-a.sql", "CREATE TABLE a (id INT);");
  assert_migrates (c, 1);
  put (c, "0001-a.sql", "CREATE TABLE a (id BIGINT);");
  assert_refused (c, TW_ERROR_STATE, "0001-a.sql");
}

static void
test_newer_database (Case *c, gconstpointer data)
{
  put (c, "0001-a.sql", "CREATE TABLE a (id INT);");
  assert_migrates (c, 1);
  tw_test_database_script (database, "INSERT INTO schema_migration (number, name, checksum, applied_at)"
                                     " VALUES (2, '0002-later.sql', 'x', UTC_TIMESTAMP());");
  assert_refused (c, TW_ERROR_STATE, "newer");
}

static void
test_late_file (Case *c, gconstpointer data)
{
  put (c, "0002-b.sql", "CREATE TABLE b (id INT);");
  assert_migrates (c, 1);
  put (c, "0001-a.sql", "CREATE TABLE a (id INT);");
  assert_refused (c, TW_ERROR_STATE, "0002-b.sql");
}

static void
test_same_number (Case *c, gconstpointer data)
{
  put (c, "0001-a.sql", "CREATE TABLE a (id INT);");
  put (c, "0001-b.sql", "CREATE TABLE b (id INT);");
  assert_refused (c, TW_ERROR_INTERNAL, "same number");
}

static void
test_no_files (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_migrate_run (database->owner, "/nonexistent", NULL, &error));
  g_assert_nonnull (error);
  assert_refused (c, TW_ERROR_INTERNAL, "no schema files");
}

static void
test_check_of_an_old_database (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (c, "0001-a.sql", "CREATE TABLE a (id INT);");
  g_assert_false (tw_migrate_check (database->owner, c->folder, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
}

/* ---- Grants ---- */

static void
assert_may (TwDb *db, const char *sql, gboolean may)
{
  g_autoptr (GError) error = NULL;
  gboolean done = tw_db_execute_script (db, sql, &error);

  g_test_message ("%s %s", sql, done ? "done" : error->message);
  g_assert_true (done == may);
  if (!may)
    g_assert_nonnull (strstr (error->message, "denied"));
}

static void
grant (Case *c)
{
  g_autoptr (GError) error = NULL;

  tw_migrate_grant (database->owner, c->folder, TW_PRIVATE_USER, TW_PRIVATE_HOST, &error);
  g_assert_no_error (error);
}

static void
test_grants (Case *c, gconstpointer data)
{
  g_autoptr (TwDb) db = NULL;

  put (c, "0001-a.sql", "-- append-only: ledger, document (state, version)\n-- read-only: fixed\n"
                        "CREATE TABLE free (id INT); CREATE TABLE ledger (id INT); CREATE TABLE fixed (id INT);\n"
                        "CREATE TABLE document (id INT, state INT, version INT);");
  assert_migrates (c, 1);
  grant (c);
  grant (c); /* as every start does */
  db = tw_test_database_open (database, FALSE);
  assert_may (db, "INSERT INTO free VALUES (1); UPDATE free SET id = 2; SELECT id FROM free; DELETE FROM free;", TRUE);
  assert_may (db, "INSERT INTO ledger VALUES (1); SELECT id FROM ledger;", TRUE);
  assert_may (db, "UPDATE ledger SET id = 2;", FALSE);
  assert_may (db, "DELETE FROM ledger;", FALSE);
  assert_may (db, "TRUNCATE TABLE ledger;", FALSE);
  assert_may (db, "REPLACE INTO ledger VALUES (1);", FALSE);
  assert_may (db, "INSERT INTO document VALUES (1, 1, 1); UPDATE document SET state = 2, version = 2;", TRUE);
  assert_may (db, "UPDATE document SET id = 2;", FALSE);
  assert_may (db, "DELETE FROM document;", FALSE);
  assert_may (db, "SELECT id FROM fixed;", TRUE);
  assert_may (db, "INSERT INTO fixed VALUES (1);", FALSE);
  assert_may (db, "SELECT number FROM schema_migration;", TRUE);
  assert_may (db, "DELETE FROM schema_migration;", FALSE);
  assert_may (db, "CREATE TABLE other (id INT);", FALSE);
  assert_may (db, "DROP TABLE ledger;", FALSE);
  assert_may (db, "ALTER TABLE ledger ADD COLUMN n INT;", FALSE);
  assert_may (db, "CREATE TRIGGER t BEFORE INSERT ON ledger FOR EACH ROW SET NEW.id = 2;", FALSE);
  assert_may (db, "SELECT user FROM mysql.user;", FALSE);
}

/* An account of somebody else's MariaDB: it gets its rights, and no more, without having had any. */
static void
test_grants_of_a_foreign_account (Case *c, gconstpointer data)
{
  g_autoptr (TwDbAddress) root = tw_db_address_copy (tw_private_mariadb_get_owner (database->instance));
  g_autoptr (TwDbAddress) working = tw_db_address_copy (root);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwDb) admin = NULL;
  g_autoptr (TwDb) db = NULL;

  put (c, "0001-a.sql", "-- append-only: ledger\nCREATE TABLE ledger (id INT); CREATE TABLE free (id INT);");
  assert_migrates (c, 1);
  tw_record_set_string (&root->user, g_get_user_name ());
  g_clear_pointer (&root->password, g_free);
  admin = tw_db_open (root, &error);
  g_assert_no_error (error);
  tw_db_execute_script (admin, "CREATE OR REPLACE USER team@'local%' IDENTIFIED BY 'secret';", &error);
  g_assert_no_error (error);
  tw_record_set_string (&working->user, "team");
  tw_record_set_string (&working->password, "secret");
  tw_migrate_grant_working (database->owner, c->folder, working, &error);
  g_assert_no_error (error);
  db = tw_db_open (working, &error);
  g_assert_no_error (error);
  assert_may (db, "INSERT INTO ledger VALUES (1); SELECT id FROM ledger; DELETE FROM free;", TRUE);
  assert_may (db, "DELETE FROM ledger;", FALSE);
  tw_migrate_grant_working (database->owner, c->folder, tw_private_mariadb_get_owner (database->instance), &error);
  g_assert_no_error (error);
  tw_db_execute_script (admin, "DROP USER team@'local%';", &error);
  g_assert_no_error (error);
}

static void
test_grants_narrow_later (Case *c, gconstpointer data)
{
  g_autoptr (TwDb) db = NULL;

  put (c, "0001-a.sql", "-- append-only: b (n, m)\nCREATE TABLE a (id INT); CREATE TABLE b (n INT, m INT);");
  assert_migrates (c, 1);
  grant (c);
  db = tw_test_database_open (database, FALSE);
  assert_may (db, "INSERT INTO a VALUES (1); UPDATE a SET id = 2; UPDATE b SET n = 1, m = 1;", TRUE);
  put (c, "0002-b.sql", "-- append-only: a, b (m)\nCREATE TABLE c (id INT);");
  assert_migrates (c, 1);
  grant (c);
  assert_may (db, "INSERT INTO a VALUES (1); UPDATE b SET m = 1;", TRUE);
  assert_may (db, "UPDATE a SET id = 2;", FALSE);
  assert_may (db, "UPDATE b SET n = 2;", FALSE);
}

static void
test_grants_of_a_missing_table (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (c, "0001-a.sql", "-- append-only: legder\nCREATE TABLE ledger (id INT);");
  assert_migrates (c, 1);
  g_assert_false (tw_migrate_grant (database->owner, c->folder, TW_PRIVATE_USER, TW_PRIVATE_HOST, &error));
  g_assert_nonnull (strstr (error->message, "legder"));
}

static void
test_grants_unreadable (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (c, "0001-a.sql", "-- append-only: ledger; b\nCREATE TABLE ledger (id INT);");
  assert_migrates (c, 1);
  g_assert_false (tw_migrate_grant (database->owner, c->folder, TW_PRIVATE_USER, TW_PRIVATE_HOST, &error));
  g_assert_nonnull (strstr (error->message, "0001-a.sql"));
}

/* ---- The program's own schema ---- */

static void
test_program_schema (Case *c, gconstpointer data)
{
  g_autofree char *folder = tw_test_schema_folder ();
  g_autoptr (GError) error = NULL;

  tw_migrate_run (database->owner, folder, NULL, &error);
  g_assert_no_error (error);
  tw_migrate_grant (database->owner, folder, TW_PRIVATE_USER, TW_PRIVATE_HOST, &error);
  g_assert_no_error (error);
}

static void
add (const char *path, void (*test) (Case *c, gconstpointer data))
{
  g_test_add (path, Case, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (NULL);
  add ("/db/migrate/in-order-and-once", test_in_order_and_once);
  add ("/db/migrate/triggers", test_triggers);
  add ("/db/migrate/race", test_race);
  add ("/db/migrate/continues-after-a-mistake", test_continues_after_a_mistake);
  add ("/db/migrate/continues-after-ddl-in-doubt", test_continues_after_ddl_in_doubt);
  add ("/db/migrate/existing-table-is-no-excuse", test_existing_table_is_no_excuse);
  add ("/db/migrate/lease-of-the-dead", test_lease_of_the_dead);
  add ("/db/migrate/changed-file", test_changed_file);
  add ("/db/migrate/newer-database", test_newer_database);
  add ("/db/migrate/late-file", test_late_file);
  add ("/db/migrate/same-number", test_same_number);
  add ("/db/migrate/no-files", test_no_files);
  add ("/db/migrate/check-of-an-old-database", test_check_of_an_old_database);
  add ("/db/grant/tables", test_grants);
  add ("/db/grant/foreign-account", test_grants_of_a_foreign_account);
  add ("/db/grant/narrow-later", test_grants_narrow_later);
  add ("/db/grant/missing-table", test_grants_of_a_missing_table);
  add ("/db/grant/unreadable", test_grants_unreadable);
  add ("/db/migrate/program-schema", test_program_schema);
  result = g_test_run ();
  tw_test_database_free (database);
  return result;
}
