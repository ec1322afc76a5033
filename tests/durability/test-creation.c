/* test-creation.c: the private database comes to life, whatever was cut off before, and whoever else wants it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random moments come from the seed that the test program prints; `--seed` repeats them.
 */
#include <signal.h>
#include <string.h>

#include "server/db/file-tree.h"
#include "tests/fixture/database.h"
#include "tests/fixture/server.h"

#define KILLS 10

static TwTestServer *server;

/* ---- Creation ---- */

static GSubprocess *
begin (const char *data_dir, const char *command)
{
  const char *words[] = { "--data-dir", data_dir, command, NULL };

  return tw_test_server_begin_command (server, words);
}

static void
create (const char *data_dir)
{
  g_autoptr (GSubprocess) process = begin (data_dir, "migrate");
  g_autofree char *output = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  if (!g_subprocess_get_successful (process))
    g_error ("migrate on %s: %s", data_dir, output);
}

static gboolean
is_gone (const char *path)
{
  tw_file_tree_remove (path); /* the installer of a killed process may still write into it */
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
create_killed (gint64 usec)
{
  g_autofree char *data_dir = tw_test_folder_new ();
  g_autoptr (GSubprocess) process = begin (data_dir, "migrate");

  g_usleep ((gulong) usec);
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  create (data_dir);
  tw_test_wait_for (is_gone (data_dir), 60);
}

static void
test_killed (void)
{
  g_autofree char *data_dir = tw_test_folder_new ();
  gint64 begun = g_get_monotonic_time (), usec;

  create (data_dir);
  usec = g_get_monotonic_time () - begun;
  tw_test_folder_remove (data_dir);
  for (guint i = 0; i < KILLS; i++)
    {
      gint64 moment = g_test_rand_int_range (0, (int) usec);

      g_test_message ("killed after %d of %d ms", (int) moment / 1000, (int) usec / 1000);
      create_killed (moment);
    }
}

/* ---- Two servers ---- */

/* "listening on http://127.0.0.1:40123" or the message that it ended with, and how long that took. (transfer full) */
static char *
read_line (GSubprocess *process, gint64 begun, gint64 *usec)
{
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  char *line;

  do
    line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  while (line != NULL && !g_str_has_prefix (line, "listening on ") && !g_str_has_prefix (line, "tradewind-server: "));
  *usec = g_get_monotonic_time () - begun;
  g_assert_nonnull (line);
  return line;
}

static guint
ask (SoupSession *session, const char *url, const char *token)
{
  g_autofree char *address = g_strconcat (url, "/api/v1/session", NULL);
  g_autofree char *value = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) body = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", value);
  body = soup_session_send_and_read (session, message, NULL, NULL);
  return soup_message_get_status (message);
}

/* What the machine takes to start the program at all, now. */
static gint64
measure_program (void)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process = begin (tw_test_server_get_data_dir (server), "--version");

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  return g_get_monotonic_time () - begun;
}

static void
assert_soon (gint64 usec)
{
  gint64 slow = measure_program ();

  g_test_message ("heard after %d ms; starting the program takes %d ms", (int) usec / 1000, (int) slow / 1000);
  g_assert_cmpint (usec, <, 2 * G_USEC_PER_SEC + 4 * slow);
}

/* The server whose database it was is gone, and this one keeps it now. */
static gboolean
has_adopted (void)
{
  g_autofree char *log = tw_test_server_read_log (server);

  return strstr (log, "adopted process") != NULL;
}

/* The second one serves the same data, and goes on when the first is killed. */
static void
test_joined (void)
{
  gint64 begun = g_get_monotonic_time (), usec;
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *line = NULL;
  const char *url;

  begun = g_get_monotonic_time ();
  process = begin (tw_test_server_get_data_dir (server), "serve");
  line = read_line (process, begun, &usec);
  g_assert_true (g_str_has_prefix (line, "listening on "));
  url = line + strlen ("listening on ");
  assert_soon (usec);
  g_assert_cmpuint (ask (session, url, token), ==, 200);
  tw_test_server_kill (server);
  g_assert_cmpuint (ask (session, url, token), ==, 200);
  tw_test_server_start (server); /* now this one is the second */
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpuint (ask (session, tw_test_server_get_url (server), token), ==, 200);
  tw_test_wait_for (has_adopted (), 20);
}

/* The database of the first one does not answer: the second one says so instead of waiting. */
static void
test_refused (void)
{
  int pid = tw_test_server_get_mariadb_pid (server);
  gint64 begun, usec;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *line = NULL;

  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  begun = g_get_monotonic_time ();
  process = begin (tw_test_server_get_data_dir (server), "serve");
  line = read_line (process, begun, &usec);
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  g_assert_nonnull (strstr (line, "and its database does not answer"));
  assert_soon (usec);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_server_add_user (server, "sales", "sales");
  g_test_add_func ("/durability/creation/killed", test_killed);
  g_test_add_func ("/durability/second-server/joins", test_joined);
  g_test_add_func ("/durability/second-server/refused", test_refused);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
