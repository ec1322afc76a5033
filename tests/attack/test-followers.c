/* test-followers.c: live events and those who do not listen: the heart beats, who is silent or slow is let go of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's heart beats each three seconds here instead of each 20; what is too slow and too silent goes by it.
 */
#include <string.h>
#include <sys/socket.h>

#include "server/core/config.h"
#include "tests/attack/calm.h"
#include "tests/attack/raw.h"
#include "tests/fixture/database.h"
#include "tests/fixture/follower.h"

#define EVENTS 8000

/* MiB that a follower who never reads may cost. */
#define GROWTH 32

static char *token;

/* A follower of the bare protocol, which answers nothing. Its kernel takes little. (transfer full) */
static GSocket *
follow_raw (TwTestServer *server, gint64 since)
{
  GSocket *socket = tw_raw_dial (server, 50);
  g_autofree char *request
    = g_strdup_printf ("GET /api/v1/events?since=%" G_GINT64_FORMAT " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer %s\r\n\r\n",
                       since, token);
  g_autofree char *answer = NULL;

  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
  tw_raw_say (socket, request, -1);
  answer = tw_raw_hear (socket, "\r\n\r\n");
  g_assert_cmpuint (tw_raw_status (answer), ==, 101);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static guint
count_followers (TwTestServer *server)
{
  g_autoptr (TwTestReply) reply = tw_test_get (server, NULL, "//metrics");
  const char *line = strstr (reply->text, "tradewind_followers{} ");

  g_assert_nonnull (line);
  return (guint) g_ascii_strtoull (line + strlen ("tradewind_followers{} "), NULL, 10);
}

static gint64
get_last_seq (TwTestServer *server)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autofree char *seq = tw_test_database_value (db, "SELECT MAX(seq) FROM change_seal");

  return seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0;
}

static void
test_default (void)
{
  g_autoptr (TwConfig) config = tw_config_new ();

  g_assert_cmpuint (config->heartbeat_seconds, ==, 20);
}

/* Without any change, each beat tells up to where everything was seen. */
static void
test_heartbeat (gconstpointer data)
{
  g_autoptr (TwFollowing) following = tw_following_new ((TwTestServer *) data, token, 0);

  tw_test_wait_for (following->beats >= 2, 20);
  g_assert_cmpint (following->seq, ==, get_last_seq ((TwTestServer *) data));
}

/* Its end of the line is open, and nobody is there: no pong comes. Who answers stays. */
static void
test_silent_peer (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwFollowing) lively = tw_following_new (server, token, -1);
  g_autoptr (GSocket) dead = follow_raw (server, get_last_seq (server));

  tw_test_wait_for (tw_raw_is_closed (dead), 30);
  tw_test_wait_for (count_followers (server) == 1, 5);
  g_assert_false (lively->closed);
}

static void
make_events (TwTestServer *server)
{
  g_autofree char *script
    = g_strdup_printf ("INSERT INTO change_log (at, source, document, document_id, version, action) "
                       "SELECT UTC_TIMESTAMP(6), 'test', 'setting', 100000 + seq, 1, 'change' FROM seq_1_to_%d",
                       EVENTS);

  tw_test_server_script (server, script);
}

static void
test_slow_reader (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  gint64 since = get_last_seq (server);
  g_autoptr (TwFollowing) lively = NULL;
  GSocket *slow[10];
  double before, grown;

  make_events (server);
  tw_test_wait_for (get_last_seq (server) >= since + EVENTS, 60);
  tw_calm_reset_peak (server);
  before = tw_calm_peak_memory (server);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    slow[i] = follow_raw (server, since);
  lively = tw_following_new (server, token, since); /* and from now on it answers when it is asked */
  tw_test_wait_for (lively->events->len >= EVENTS, 60);
  tw_test_wait_for (count_followers (server) == 1, 40);
  grown = tw_calm_peak_memory (server) - before;
  g_test_message ("%zu followers that never read: at most %.1f MiB more", G_N_ELEMENTS (slow), grown);
  g_assert_cmpfloat (grown, <, GROWTH);
  g_assert_false (lively->missed);
  g_assert_false (lively->closed);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    g_object_unref (slow[i]);
}

/* A session that ends takes its follower along. */
static void
test_signed_out (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwTestReply) session
    = tw_test_post (server, NULL, "/session", "{\"user\":\"leaver\",\"password\":\"" TW_TEST_PASSWORD "\"}");
  g_autofree char *own = tw_test_reply_get (session, "token");
  g_autoptr (TwFollowing) following = tw_following_new (server, own, -1);
  g_autoptr (TwTestReply) reply = NULL;

  tw_test_wait_for (following->beats > 0, 20);
  reply = tw_test_call (server, own, "DELETE", "/session", NULL, NULL);
  tw_test_assert_status (reply, 204);
  tw_test_wait_for (following->closed, 20);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (following->connection), ==,
                    SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
}

/* After a break: everything since, once each, in order; too long ago, or from another log: said to be missed. */
static void
test_resume (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  gint64 last = get_last_seq (server);
  g_autoptr (TwFollowing) resumed = NULL, late = NULL, ahead = NULL;

  make_events (server); /* with the other test's, more than is replayed */
  make_events (server);
  tw_test_wait_for (get_last_seq (server) >= last + 2 * EVENTS, 60);
  last = get_last_seq (server);
  resumed = tw_following_new (server, token, last - 250);
  late = tw_following_new (server, token, 0);
  ahead = tw_following_new (server, token, last + 1000);
  tw_test_wait_for (resumed->seq == last && late->missed && ahead->missed, 20);
  g_assert_cmpuint (resumed->events->len, ==, 250);
  for (guint i = 0; i < resumed->events->len; i++)
    {
      g_autofree char *event = g_strdup_printf ("setting:%d:change", 100000 + EVENTS - 249 + (int) i);

      g_assert_cmpstr (g_ptr_array_index (resumed->events, i), ==, event);
    }
  g_assert_false (resumed->missed);
  g_assert_cmpint (late->seq, ==, last);
  g_assert_cmpint (ahead->seq, ==, last);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *config = g_build_filename (folder, "server.conf", NULL);
  const char *options[] = { "--config", config, NULL };
  int result;

  g_test_init (&argc, &argv, NULL);
  tw_calm_make_memory_honest ();
  g_assert_true (g_file_set_contents (config, "[server]\nheartbeat_seconds = 3\n", -1, NULL));
  server = tw_test_server_new (options);
  tw_test_server_add_user (server, "admin", "admin");
  tw_test_server_add_user (server, "leaver", "admin");
  token = tw_test_server_sign_in (server, "admin");
  g_test_add_func ("/attack/followers/default", test_default);
  g_test_add_data_func ("/attack/followers/heartbeat", server, test_heartbeat);
  g_test_add_data_func ("/attack/followers/silent-peer", server, test_silent_peer);
  g_test_add_data_func ("/attack/followers/signed-out", server, test_signed_out);
  g_test_add_data_func ("/attack/followers/slow-reader", server, test_slow_reader);
  g_test_add_data_func ("/attack/followers/resume", server, test_resume);
  result = g_test_run ();
  g_free (token);
  tw_test_folder_remove (folder);
  return result;
}
