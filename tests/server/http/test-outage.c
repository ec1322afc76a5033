/* test-outage.c: the database dies, the server dies, the server is told to stop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>

#include "tests/fixture/database.h"
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

/* What must be answered in less, whatever has become of the database. */
#define ANSWERED_WITHIN (5 * SECOND)

/* One request on a thread of its own. */
typedef struct
{
  TwTestServer *server;
  const char *token;
  const char *method;
  const char *path;
  char *body;
  char *key; /* Idempotency-Key */
  TwTestReply *reply;
  gint64 took;
  GThread *thread;
} Ask;

static gpointer
ask_thread (gpointer data)
{
  Ask *ask = data;
  gint64 start = g_get_monotonic_time ();

  ask->reply = tw_test_call (ask->server, ask->token, ask->method, ask->path, ask->body, ask->key ? "Idempotency-Key" : NULL,
                             ask->key, NULL);
  ask->took = g_get_monotonic_time () - start;
  return NULL;
}

static void
ask_start (Ask *ask)
{
  ask->thread = g_thread_new ("ask", ask_thread, ask);
}

/* Waits for the answer; the status. */
static guint
ask_finish (Ask *ask)
{
  guint status;

  g_thread_join (ask->thread);
  status = ask->reply->status;
  g_test_message ("%s %s: %u after %" G_GINT64_FORMAT " ms", ask->method, ask->path, status, ask->took / 1000);
  g_assert_cmpint (ask->took, <, ANSWERED_WITHIN);
  if (status == 503)
    g_assert_nonnull (tw_test_reply_header (ask->reply, "Retry-After"));
  tw_test_reply_free (ask->reply);
  g_free (ask->body);
  return status;
}

static char *
carrier_body (guint n)
{
  return g_strdup_printf ("{\"code\":\"FROZEN%u\",\"name\":\"Frozen\"}", n);
}

static guint
count_carriers (TwTestServer *server, guint n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM carrier WHERE code = 'FROZEN%u'", n);
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autofree char *count = tw_test_database_value (db, sql);

  return (guint) g_ascii_strtoull (count, NULL, 10);
}

/* The same again, by its key: it is there once, whatever became of the first. */
static void
assert_done_once (TwTestServer *server, const char *token, guint n, const char *key)
{
  g_autofree char *body = carrier_body (n);
  g_autoptr (TwTestReply) reply
    = tw_test_call (server, token, "POST", "/carriers", body, "Idempotency-Key", key, NULL);

  tw_test_assert_status (reply, 201);
  g_assert_cmpuint (count_carriers (server, n), ==, 1);
}

#define FROZEN 16

/* A database that neither answers nor breaks the line: more requests than there are workers, in the midst of work or
 * about to begin, are all answered in time; and when it goes on, so does the server. */
static void
test_database_frozen (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  int pid = tw_test_server_get_mariadb_pid (server);
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwTestReply) alive = NULL;
  Ask reads[FROZEN], writes[FROZEN];
  char *keys[FROZEN];

  for (guint i = 0; i < FROZEN; i++)
    {
      keys[i] = g_strdup_printf ("frozen-%u", i);
      writes[i] = (Ask) { server, token, "POST", "/carriers", carrier_body (i), keys[i], NULL, 0, NULL };
      reads[i] = (Ask) { server, token, "GET", i % 2 ? "/carriers" : "/session", NULL, NULL, NULL, 0, NULL };
      ask_start (&writes[i]);
      if (i == FROZEN / 4)
        g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
      ask_start (&reads[i]);
    }
  alive = tw_test_get (server, NULL, "//healthz"); /* the loop never blocks */
  tw_test_assert_status (alive, 200);
  for (guint i = 0; i < FROZEN; i++)
    {
      guint read = ask_finish (&reads[i]), written = ask_finish (&writes[i]);

      g_assert_true (read == 200 || read == 503);
      g_assert_true (written == 201 || written == 503);
      if (i == FROZEN - 1)
        g_assert_cmpuint (written, ==, 503);
    }
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  wait_until_ready (server);
  for (guint i = 0; i < FROZEN; i++)
    {
      assert_done_once (server, token, i, keys[i]);
      g_free (keys[i]);
    }
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

static gint64
read_number (TwDb *db, const char *sql)
{
  g_autofree char *number = tw_test_database_value (db, sql);

  return g_ascii_strtoll (number, NULL, 10);
}

/* Every connection but the administrator's own; returns when they are gone. */
static void
end_connections (TwDb *db)
{
  static const char others[] = "SELECT COALESCE(MIN(id), 0) AS id FROM information_schema.processlist"
                               " WHERE user <> SUBSTRING_INDEX(CURRENT_USER(), '@', 1) AND user <> 'system user'";
  gint64 until = g_get_monotonic_time () + 10 * SECOND;
  gint64 id;

  while ((id = read_number (db, others)) != 0)
    {
      g_autofree char *kill_sql = g_strdup_printf ("KILL CONNECTION %" G_GINT64_FORMAT, id);

      tw_db_execute_script (db, kill_sql, NULL); /* it may have gone by itself */
      g_assert_cmpint (g_get_monotonic_time (), <, until);
    }
}

/* The connections break, and whoever would take them up again gets no answer. */
static void
test_frozen_after_loss (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  int pid = tw_test_server_get_mariadb_pid (server);
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwDb) db = open_as_administrator (server);
  Ask before[FROZEN], after[FROZEN];

  /* All workers have just found their connection alive. */
  for (guint i = 0; i < FROZEN; i++)
    {
      before[i] = after[i] = (Ask) { server, token, "GET", "/carriers", NULL, NULL, NULL, 0, NULL };
      ask_start (&before[i]);
    }
  for (guint i = 0; i < FROZEN; i++)
    g_assert_cmpuint (ask_finish (&before[i]), ==, 200);
  end_connections (db);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  for (guint i = 0; i < FROZEN; i++)
    ask_start (&after[i]);
  for (guint i = 0; i < FROZEN; i++)
    g_assert_cmpuint (ask_finish (&after[i]), ==, 503);
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

static void
wait_until_blocked (TwDb *db)
{
  static const char waiting[] = "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
  gint64 until = g_get_monotonic_time () + 10 * SECOND;

  while (read_number (db, waiting) == 0)
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

/* The COMMIT is sent and not answered, and takes place afterwards all the same: 503 says that nobody knows, and the key
 * finds out. */
static void
test_commit_unanswered (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwDb) db = open_as_administrator (server);
  Ask ask = { server, token, "POST", "/carriers", carrier_body (100), (char *) "unanswered", NULL, 0, NULL };

  run_script (db, "BACKUP STAGE START; BACKUP STAGE BLOCK_COMMIT");
  ask_start (&ask);
  g_assert_cmpuint (ask_finish (&ask), ==, 503);
  g_assert_cmpuint (count_carriers (server, 100), ==, 0);
  run_script (db, "BACKUP STAGE END");
  wait_until_ready (server);
  assert_done_once (server, token, 100, "unanswered");
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

static char *
read_holder (TwTestServer *server)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);

  return tw_test_database_value (db, "SELECT MAX(holder) FROM lease WHERE name = 'timer:delivery'");
}

static void
restart_and_wait_for_timers (TwTestServer *server)
{
  g_autofree char *before = read_holder (server);
  gint64 until = g_get_monotonic_time () + 10 * SECOND;

  tw_test_server_restart (server);
  while (TRUE)
    {
      g_autofree char *after = read_holder (server);

      if (g_strcmp0 (after, before) != 0)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (20000);
    }
}

/* The lease is for an hour: one that was killed keeps it, one that is told to stop gives it back. */
static void
test_timers_go_on (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;

  tw_test_server_script (server, "UPDATE lease SET until = '2000-01-01' WHERE name = 'timer:delivery'");
  restart_and_wait_for_timers (server);
  restart_and_wait_for_timers (server);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_server_add_user (server, "sales", "sales");
  tw_test_server_add_user (server, "leaver", "sales");
  tw_test_server_add_user (server, "admin", "admin");
  g_test_add_data_func ("/http/outage/database-killed", server, test_database_killed);
  g_test_add_data_func ("/http/outage/database-frozen", server, test_database_frozen);
  g_test_add_data_func ("/http/outage/frozen-after-loss", server, test_frozen_after_loss);
  g_test_add_data_func ("/http/outage/commit-unanswered", server, test_commit_unanswered);
  g_test_add_data_func ("/http/outage/server-killed", server, test_server_killed);
  g_test_add_data_func ("/http/outage/stop-in-a-request", server, test_stop_in_a_request);
  g_test_add_data_func ("/http/outage/stop-with-idle-connections", server, test_stop_with_idle_connections);
  g_test_add_data_func ("/http/outage/timers-go-on", server, test_timers_go_on);
  return g_test_run ();
}
