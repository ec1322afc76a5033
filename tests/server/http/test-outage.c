/* test-outage.c: the database dies, the server dies, the server is told to stop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>

#include "tests/fixture/server.h"

#define SECOND G_USEC_PER_SEC

static void
wait_until_ready (TwTestServer *server)
{
  gint64 until = g_get_monotonic_time () + 10 * SECOND;

  while (TRUE)
    {
      g_autoptr (TwTestReply) reply = tw_test_get (server, NULL, "//readyz");

      if (reply->status == 200)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (20000);
    }
}

static void
test_database_killed (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  guint refused = 0;

  for (guint round = 0; round < 3; round++)
    {
      gint64 start = g_get_monotonic_time ();
      guint status;

      g_assert_cmpint (kill (tw_test_server_get_mariadb_pid (server), SIGKILL), ==, 0);
      do
        {
          gint64 asked = g_get_monotonic_time ();
          g_autoptr (TwTestReply) reply = tw_test_post (server, NULL, "/session",
                                                        "{\"user\":\"sales\",\"password\":\"" TW_TEST_PASSWORD "\"}");

          status = reply->status;
          g_assert_cmpint (g_get_monotonic_time () - asked, <, 5 * SECOND);
          if (status != 201)
            {
              tw_test_assert_problem (reply, 503, NULL);
              g_assert_nonnull (tw_test_reply_header (reply, "Retry-After"));
              refused++;
            }
          g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * SECOND);
        }
      while (status != 201);
      wait_until_ready (server);
    }
  g_test_message ("%u requests were answered 503", refused);
}

/* While it is away nobody waits. */
static void
test_database_frozen_out (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  int pid = tw_test_server_get_mariadb_pid (server);
  g_autoptr (TwTestReply) alive = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  alive = tw_test_get (server, NULL, "//healthz"); /* the loop never blocks */
  tw_test_assert_status (alive, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, <, SECOND);
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  wait_until_ready (server);
}

static void
test_server_killed (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwTestReply) reply = NULL;

  tw_test_server_kill (server);
  tw_test_server_start (server); /* joins the MariaDB that stayed */
  reply = tw_test_get (server, token, "/session");
  tw_test_assert_status (reply, 200);
}

typedef struct
{
  TwTestServer *server;
  const char *token;
  TwTestReply *reply;
} SignOut;

static gpointer
sign_out_thread (gpointer data)
{
  SignOut *sign_out = data;

  sign_out->reply = tw_test_call (sign_out->server, sign_out->token, "DELETE", "/session", NULL, NULL);
  return NULL;
}

/* As MariaDB's administrator, who sees every transaction. */
static TwDb *
open_as_administrator (TwTestServer *server)
{
  g_autofree char *socket
    = g_build_filename (tw_test_server_get_data_dir (server), "database", "mariadb.sock", NULL);
  TwDbAddress address = { .socket = socket, .user = (char *) g_get_user_name (), .database = (char *) "tradewind" };
  g_autoptr (GError) error = NULL;
  TwDb *db = tw_db_open (&address, &error);

  g_assert_no_error (error);
  return db;
}

static gboolean
is_blocked (TwDb *db)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT COUNT(*) AS n FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'");
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  tw_statement_step (s, &found, &error);
  g_assert_no_error (error);
  return tw_column_int (s, "n") > 0;
}

static void
wait_until_blocked (TwDb *db)
{
  gint64 until = g_get_monotonic_time () + 10 * SECOND;

  while (!is_blocked (db))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (110000); /* the table is refreshed every 100 ms */
    }
}

static void
run_script (TwDb *db, const char *script)
{
  g_autoptr (GError) error = NULL;

  tw_db_execute_script (db, script, &error);
  g_assert_no_error (error);
}

/* SIGTERM finishes what has begun. */
static void
test_stop_in_a_request (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "leaver");
  g_autoptr (TwDb) db = open_as_administrator (server);
  SignOut sign_out = { .server = server, .token = token };
  GThread *thread;
  int status;

  run_script (db, "START TRANSACTION; UPDATE session SET address = address");
  thread = g_thread_new ("sign-out", sign_out_thread, &sign_out);
  wait_until_blocked (db);
  tw_test_server_terminate (server);
  g_usleep (100000); /* so that it stops while the request waits */
  g_assert_cmpint (kill (tw_test_server_get_pid (server), 0), ==, 0);
  run_script (db, "ROLLBACK");
  g_thread_join (thread);
  tw_test_assert_status (sign_out.reply, 204);
  tw_test_reply_free (sign_out.reply);
  status = tw_test_server_wait (server);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_cmpint (tw_test_server_get_mariadb_pid (server), ==, 0);
  tw_test_server_start (server);
}

static void
test_stop_with_idle_connections (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwTestReply) reply = tw_test_get (server, NULL, "//healthz"); /* kept alive */
  gint64 start = g_get_monotonic_time ();

  tw_test_assert_status (reply, 200);
  tw_test_server_restart (server);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * SECOND);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_server_add_user (server, "sales", "sales");
  tw_test_server_add_user (server, "leaver", "sales");
  g_test_add_data_func ("/http/outage/database-killed", server, test_database_killed);
  g_test_add_data_func ("/http/outage/database-frozen", server, test_database_frozen_out);
  g_test_add_data_func ("/http/outage/server-killed", server, test_server_killed);
  g_test_add_data_func ("/http/outage/stop-in-a-request", server, test_stop_in_a_request);
  g_test_add_data_func ("/http/outage/stop-with-idle-connections", server, test_stop_with_idle_connections);
  return g_test_run ();
}
