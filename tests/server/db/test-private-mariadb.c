/* test-private-mariadb.c: a database of the server's own, in good and bad times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program runs itself as the other server: `--keep FOLDER` starts the instance, prints a
 * line, and stops it at the end of its input.
 */
#include "server/db/mariadb-process.h"
#include "server/db/private-mariadb.h"
#include "tests/fixture/database.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *program;

static TwPrivateMariadb *
start (const char *folder)
{
  g_autoptr (GError) error = NULL;
  TwPrivateMariadb *instance = tw_private_mariadb_start (folder, 32, &error);

  g_assert_no_error (error);
  return instance;
}

static void
execute (TwPrivateMariadb *instance, const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwDb) db = tw_db_open (tw_private_mariadb_get_owner (instance), &error);

  g_assert_no_error (error);
  tw_db_execute_script (db, script, &error);
  g_assert_no_error (error);
}

static void
assert_value (TwPrivateMariadb *instance, const char *sql, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwDb) db = tw_db_open (tw_private_mariadb_get_owner (instance), &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = tw_test_database_value (db, sql);
  g_assert_cmpstr (found, ==, expected);
}

/* Waits until another process than @old keeps the database. */
static int
await_pid (TwPrivateMariadb *instance, int old)
{
  for (int i = 0; i < 1000; i++)
    {
      int pid = tw_private_mariadb_get_pid (instance);

      if (pid != 0 && pid != old)
        return pid;
      g_usleep (10000);
    }
  g_error ("nobody took the database over");
}

/* ---- The other server ---- */

typedef struct
{
  GSubprocess *process;
  char *line; /* what it printed first */
} Other;

static int
keep (const char *folder)
{
  g_autoptr (TwPrivateMariadb) instance = start (folder);

  printf ("pid %d\n", tw_private_mariadb_get_pid (instance));
  fflush (stdout);
  return getchar () == EOF ? 0 : 1;
}

static void
other_start (Other *other, const char *folder)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  other->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                     "--keep", folder, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (other->process));
  other->line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other->line);
}

static void
other_end (Other *other, gboolean kill)
{
  if (kill)
    g_subprocess_force_exit (other->process);
  else
    g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (other->process), NULL, NULL));
  g_assert_true (g_subprocess_wait (other->process, NULL, NULL));
  g_clear_object (&other->process);
  g_clear_pointer (&other->line, g_free);
}

/* ---- Tests ---- */

static void
test_start_and_stop (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *accounts = g_build_filename (folder, "accounts.ini", NULL);
  g_autoptr (TwPrivateMariadb) instance = start (folder);
  int pid = tw_private_mariadb_get_pid (instance);
  struct stat status;

  g_assert_cmpint (stat (accounts, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  execute (instance, "CREATE TABLE kept (id INT); INSERT INTO kept VALUES (7);");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  g_assert_cmpint (kill (pid, 0), !=, 0);
  instance = start (folder);
  assert_value (instance, "SELECT id FROM kept", "7");
  assert_value (instance, "SELECT IF(@@skip_networking, 'yes', 'no')", "yes");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  tw_test_folder_remove (folder);
}

/* Asked to end before it has quite begun, it ends all the same. */
static void
test_stopped_at_once (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  gint64 begun;

  tw_private_mariadb_stop (start (folder));
  begun = g_get_monotonic_time ();
  for (int i = 0; i < 5; i++)
    tw_private_mariadb_stop (start (folder));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 10 * G_TIME_SPAN_SECOND);
  tw_test_folder_remove (folder);
}

static void
test_killed_comes_back (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autoptr (TwPrivateMariadb) instance = start (folder);
  int pid = tw_private_mariadb_get_pid (instance);

  execute (instance, "CREATE TABLE kept (id INT); INSERT INTO kept VALUES (7);");
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      pid = await_pid (instance, pid);
    }
  assert_value (instance, "SELECT id FROM kept", "7");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  tw_test_folder_remove (folder);
}

static void
test_joined_then_inherited (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autoptr (TwPrivateMariadb) instance = NULL;
  Other other;

  other_start (&other, folder);
  instance = start (folder);
  g_assert_cmpint (tw_private_mariadb_get_pid (instance), ==, 0); /* the other keeps it */
  execute (instance, "CREATE TABLE kept (id INT); INSERT INTO kept VALUES (7);");
  other_end (&other, FALSE);
  await_pid (instance, 0);
  assert_value (instance, "SELECT id FROM kept", "7");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  tw_test_folder_remove (folder);
}

static void
test_adopted (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autoptr (TwPrivateMariadb) instance = NULL;
  Other other;
  int pid;

  other_start (&other, folder);
  g_assert_cmpint (sscanf (other.line, "pid %d", &pid), ==, 1);
  other_end (&other, TRUE);
  g_assert_cmpint (kill (pid, 0), ==, 0); /* mariadbd outlives a killed server */
  instance = start (folder);
  g_assert_cmpint (tw_private_mariadb_get_pid (instance), ==, pid);
  assert_value (instance, "SELECT 1", "1");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  tw_test_folder_remove (folder);
}

static void
test_both_killed (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autoptr (TwPrivateMariadb) instance = NULL;
  Other other;
  int pid;

  other_start (&other, folder);
  g_assert_cmpint (sscanf (other.line, "pid %d", &pid), ==, 1);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0); /* so that the other cannot start it again */
  other_end (&other, TRUE);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  instance = start (folder);
  assert_value (instance, "SELECT 1", "1");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  tw_test_folder_remove (folder);
}

static void
test_refused_when_kept_but_silent (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *lock = g_build_filename (folder, "keeper.lock", NULL);
  int fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (TwPrivateMariadb) instance = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  instance = tw_private_mariadb_start (folder, 32, &error);
  g_assert_null (instance);
  g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 3 * G_TIME_SPAN_SECOND);
  close (fd);
  tw_test_folder_remove (folder);
}

/* A creation that was cut off leaves no half of a database. */
static void
test_creation_cut_off (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *half = g_build_filename (folder, "data.new", "mysql", NULL);
  g_autofree char *inside = g_build_filename (half, "half", NULL);
  g_autoptr (TwPrivateMariadb) instance = NULL;

  g_assert_cmpint (g_mkdir_with_parents (half, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "x", 1, NULL));
  instance = start (folder);
  assert_value (instance, "SELECT 1", "1");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  tw_test_folder_remove (folder);
}

static void
test_long_path (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *name = g_strnfill (120, 'x');
  g_autofree char *deep = g_build_filename (folder, name, NULL);
  g_autoptr (TwPrivateMariadb) instance = start (deep);
  g_autofree char *socket = g_strdup (tw_private_mariadb_get_owner (instance)->socket);

  g_assert_cmpuint (strlen (socket), <=, 107);
  g_assert_false (g_str_has_prefix (socket, deep));
  assert_value (instance, "SELECT 1", "1");
  g_clear_pointer (&instance, tw_private_mariadb_stop);
  g_assert_false (g_file_test (socket, G_FILE_TEST_EXISTS));
  tw_test_folder_remove (folder);
}

/* ---- Addresses ---- */

static void
assert_address (const char *url, const char *host, guint port, const char *socket, const char *user,
                const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwDbAddress) address = tw_db_address_parse (url, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (address->host, ==, host);
  g_assert_cmpuint (address->port, ==, port);
  g_assert_cmpstr (address->socket, ==, socket);
  g_assert_cmpstr (address->user, ==, user);
  g_assert_cmpstr (address->password, ==, password);
  g_assert_cmpstr (address->database, ==, "name");
}

static void
test_address (void)
{
  static const char *const bad[] = { "", "name", "http://u@h/name", "mariadb://h/name", "mariadb://u@h", "mariadb://u@h/",
                                     "mariadb://u@h/a/b", "mariadb://u@h:x/name", "mariadb://u@/name",
                                     "mariadb://u:hidden@h/name?ssl=0" };

  assert_address ("mariadb://u:p@h:3307/name", "h", 3307, NULL, "u", "p");
  assert_address ("mariadb://u@h/name", "h", 0, NULL, "u", NULL);
  assert_address ("mariadb://u:p%40%2F%3A@h/name", "h", 0, NULL, "u", "p@/:");
  assert_address ("mariadb://u@localhost/name?socket=/run/a.sock", NULL, 0, "/run/a.sock", "u", NULL);
  assert_address ("mysql://u@[::1]:3306/name", "::1", 3306, NULL, "u", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TwDbAddress) address = tw_db_address_parse (bad[i], &error);

      g_test_message ("%s", bad[i]);
      g_assert_null (address);
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
      g_assert_null (strstr (error->message, "hidden"));
    }
}

/* What there was when it had so much memory for pages. (transfer full) */
static char *
start_and_measure (const char *folder, guint pool_mib)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwPrivateMariadb) instance = tw_private_mariadb_start (folder, pool_mib, &error);
  g_autoptr (TwDb) db = NULL;

  g_assert_no_error (error);
  db = tw_db_open (tw_private_mariadb_get_owner (instance), &error);
  g_assert_no_error (error);
  return tw_test_database_value (db,
                                 "CONCAT(@@innodb_log_file_size / 1048576, ' ', @@innodb_buffer_pool_size / 1048576)");
}

/* Another size needs room for both files; the first one is made in any case. */
static void
test_log_size (void)
{
  g_assert_cmpuint (tw_mariadb_choose_log_mib (256, 0, 0), ==, 256);
  g_assert_cmpuint (tw_mariadb_choose_log_mib (255, 0, 0), ==, 64);
  g_assert_cmpuint (tw_mariadb_choose_log_mib (256, 96, 513), ==, 256);
  g_assert_cmpuint (tw_mariadb_choose_log_mib (256, 96, 512), ==, 96);
  g_assert_cmpuint (tw_mariadb_choose_log_mib (32, 256, 100000), ==, 256);
}

/* The redo log grows with the memory and is never made smaller. */
static void
test_log_grows (void)
{
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *small = start_and_measure (folder, 32), *large = start_and_measure (folder, 256);
  g_autofree char *again = start_and_measure (folder, 32);

  g_assert_cmpstr (small, ==, "96.0000 32.0000"); /* as MariaDB made it */
  g_assert_cmpstr (large, ==, "256.0000 256.0000");
  g_assert_cmpstr (again, ==, "256.0000 32.0000");
  tw_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--keep"))
    return keep (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* a warning tells of the restart */
  g_test_add_func ("/db/address", test_address);
  g_test_add_func ("/db/private-mariadb/log-size", test_log_size);
  g_test_add_func ("/db/private-mariadb/start-and-stop", test_start_and_stop);
  g_test_add_func ("/db/private-mariadb/stopped-at-once", test_stopped_at_once);
  g_test_add_func ("/db/private-mariadb/killed-comes-back", test_killed_comes_back);
  g_test_add_func ("/db/private-mariadb/joined-then-inherited", test_joined_then_inherited);
  g_test_add_func ("/db/private-mariadb/adopted", test_adopted);
  g_test_add_func ("/db/private-mariadb/both-killed", test_both_killed);
  g_test_add_func ("/db/private-mariadb/refused-when-kept-but-silent", test_refused_when_kept_but_silent);
  g_test_add_func ("/db/private-mariadb/creation-cut-off", test_creation_cut_off);
  g_test_add_func ("/db/private-mariadb/long-path", test_long_path);
  g_test_add_func ("/db/private-mariadb/log-grows", test_log_grows);
  return g_test_run ();
}
