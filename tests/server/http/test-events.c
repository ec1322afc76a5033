/* test-events.c: live events over WebSocket: sign-in, filter, order, resumption, end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/fixture/follower.h"

/* A committed change, as rules write it. */
static void
change (TwTestServer *server, const char *document, gint64 id, const char *action)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "INSERT INTO change_log (at, user_id, source, document, document_id, version, action) "
        "VALUES (UTC_TIMESTAMP(6), NULL, 'test', :document, :id, 1, :action)");
  g_autoptr (GError) error = NULL;

  tw_bind_text (s, "document", document);
  tw_bind_int (s, "id", id);
  tw_bind_text (s, "action", action);
  tw_statement_run (s, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_heard (TwFollowing *follower, const char *event)
{
  return follower->events->len > 0
         && g_str_equal (g_ptr_array_index (follower->events, follower->events->len - 1), event);
}

static void
test_live (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwFollowing) follower = tw_following_new (server, token, 0);

  change (server, "setting", 1, "change");
  change (server, "setting", 2, "change");
  tw_test_wait_for (has_heard (follower, "setting:2:change"), 5);
  g_assert_cmpuint (follower->events->len, >=, 2);
  g_assert_cmpstr (g_ptr_array_index (follower->events, follower->events->len - 2), ==, "setting:1:change");
}

static void
test_token_in_message (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwFollowing) follower = tw_following_new (server, NULL, 0);
  g_autofree char *hello = g_strdup_printf ("{\"token\":\"%s\"}", token);

  soup_websocket_connection_send_text (follower->connection, hello);
  change (server, "setting", 3, "change");
  tw_test_wait_for (has_heard (follower, "setting:3:change"), 5);
}

static void
test_bad_token (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwFollowing) header = tw_following_new (server, "nonsense", 0);
  g_autoptr (TwFollowing) message = tw_following_new (server, NULL, 0);
  g_autoptr (TwFollowing) silent = tw_following_new (server, NULL, 0);

  soup_websocket_connection_send_text (message->connection, "hello?");
  tw_test_wait_for (header->closed && message->closed, 5);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (header->connection), ==,
                    SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (message->connection), ==,
                    SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  tw_test_wait_for (silent->closed, 10); /* it said nothing for five seconds */
  g_assert_cmpuint (header->events->len + message->events->len + silent->events->len, ==, 0);
}

/* A sales rep may not read settings. */
static void
test_filter (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *admin_token = tw_test_server_sign_in (server, "admin");
  g_autofree char *sales_token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwFollowing) admin = tw_following_new (server, admin_token, 0);
  g_autoptr (TwFollowing) sales = tw_following_new (server, sales_token, 0);

  change (server, "setting", 4, "change");
  change (server, "tax_class", 5, "change");
  tw_test_wait_for (has_heard (sales, "tax_class:5:change") && has_heard (admin, "tax_class:5:change"), 5);
  for (guint i = 0; i < sales->events->len; i++)
    g_assert_false (g_str_has_prefix (g_ptr_array_index (sales->events, i), "setting"));
  g_assert_cmpstr (g_ptr_array_index (admin->events, admin->events->len - 2), ==, "setting:4:change");
}

static void
test_resume (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwFollowing) first = tw_following_new (server, token, 0);
  g_autoptr (TwFollowing) second = NULL;
  gint64 seq;

  change (server, "setting", 10, "change");
  tw_test_wait_for (has_heard (first, "setting:10:change"), 5);
  seq = first->seq;
  soup_websocket_connection_close (first->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  change (server, "setting", 11, "change");
  tw_test_server_restart (server);
  change (server, "setting", 12, "change");
  second = tw_following_new (server, token, seq);
  tw_test_wait_for (has_heard (second, "setting:12:change"), 5);
  g_assert_cmpuint (second->events->len, ==, 2); /* neither lost nor told twice */
  g_assert_cmpint (second->seq, ==, seq + 2);
}

static void
test_from_now_on (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwFollowing) all = tw_following_new (server, token, 0);
  g_autoptr (TwFollowing) late = NULL;

  change (server, "setting", 20, "change");
  tw_test_wait_for (has_heard (all, "setting:20:change"), 5);
  late = tw_following_new (server, token, -1);
  for (gint64 id = 21; late->events->len == 0; id++) /* until it is placed */
    {
      g_autofree char *event = g_strdup_printf ("setting:%" G_GINT64_FORMAT ":change", id);

      change (server, "setting", id, "change");
      tw_test_wait_for (has_heard (all, event), 5);
    }
  for (guint i = 0; i < late->events->len; i++)
    g_assert_cmpstr (g_ptr_array_index (late->events, i), !=, "setting:20:change");
}

/* More than a round's worth. */
static void
test_long_replay (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwFollowing) follower = NULL;

  tw_test_server_script (
    server, "INSERT INTO change_log (at, source, document, document_id, version, action) "
            "SELECT UTC_TIMESTAMP(6), 'test', 'setting', 1000 + seq, 1, 'change' FROM seq_1_to_1500");
  follower = tw_following_new (server, token, 0);
  tw_test_wait_for (has_heard (follower, "setting:2500:change"), 15);
  g_assert_cmpuint (follower->events->len, >=, 1500);
  g_assert_false (follower->missed);
}

static void
test_not_a_websocket (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwTestReply) plain = tw_test_get (server, token, "/events");
  g_autoptr (TwTestReply) elsewhere
    = tw_test_call (server, token, "GET", "/session", NULL, "Upgrade", "websocket", "Connection", "Upgrade", NULL);

  tw_test_assert_problem (plain, 400, NULL);
  tw_test_assert_status (elsewhere, 200); /* there is nothing to upgrade to: an ordinary answer */
}

static void
test_web_page (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwTestReply) page
    = tw_test_call (server, token, "GET", "/events", NULL, "Upgrade", "websocket", "Connection", "Upgrade",
                    "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Origin",
                    "http://elsewhere.example", NULL);

  tw_test_assert_problem (page, 403, NULL);
}

static void
test_closed_at_stop (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwFollowing) follower = tw_following_new (server, token, -1);
  int status;

  tw_test_server_terminate (server);
  tw_test_wait_for (follower->closed, 5);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (follower->connection), ==,
                    SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
  status = tw_test_server_wait (server);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  tw_test_server_start (server);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_server_add_user (server, "admin", "admin");
  tw_test_server_add_user (server, "sales", "sales");
  g_test_add_data_func ("/http/events/live", server, test_live);
  g_test_add_data_func ("/http/events/token-in-message", server, test_token_in_message);
  g_test_add_data_func ("/http/events/bad-token", server, test_bad_token);
  g_test_add_data_func ("/http/events/filter", server, test_filter);
  g_test_add_data_func ("/http/events/resume", server, test_resume);
  g_test_add_data_func ("/http/events/from-now-on", server, test_from_now_on);
  g_test_add_data_func ("/http/events/long-replay", server, test_long_replay);
  g_test_add_data_func ("/http/events/not-a-websocket", server, test_not_a_websocket);
  g_test_add_data_func ("/http/events/web-page", server, test_web_page);
  g_test_add_data_func ("/http/events/closed-at-stop", server, test_closed_at_stop);
  return g_test_run ();
}
