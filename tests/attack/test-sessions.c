/* test-sessions.c: guessing passwords, storms of sign-ins, and tokens whose time is over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/attack/calm.h"
#include "tests/attack/raw.h"
#include "tests/fixture/database.h"

/* What the issue allows while everybody signs in, in milliseconds. */
#define STORM_P99 500
/* Who is asked to come back in a second does so ten times a second. */
#define STORM_PAUSE_USEC 100000

/* Failures that a user, and that an address has free. */
#define USER_FREE 5
#define ADDRESS_FREE 30

static double patience; /* the factor for this machine */

/* One sign-in from 127.0.0.@from; the status. */
static guint
sign_in_from (TwTestServer *server, guint from, const char *user, const char *password)
{
  g_autoptr (GSocket) socket = tw_raw_dial (server, from);
  g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"%s\"}", user, password);
  g_autofree char *request
    = g_strdup_printf ("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                       "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                       strlen (body), body);
  g_autofree char *answer = NULL;

  g_socket_set_timeout (socket, 60);
  tw_raw_say (socket, request, -1);
  answer = tw_raw_hear (socket, NULL);
  return tw_raw_status (answer);
}

/* ---- Guessing ---- */

/* The name may be written in other ways that the database takes for the same: they are one user's failures. */
static void
test_throttled (gconstpointer data)
{
  static const char *const names[USER_FREE] = { "victim", "VICTIM", "victim ", "v\xc3\xad" "ctim", "\xef\xbd\x96ictim" };
  TwTestServer *server = (TwTestServer *) data;

  for (guint i = 0; i < USER_FREE; i++)
    g_assert_cmpuint (sign_in_from (server, 60 + i, names[i], "wrong"), ==, 401);
  for (guint i = 0; i < USER_FREE; i++)
    g_assert_cmpuint (sign_in_from (server, 70 + i, names[i], "wrong"), ==, 429);
  g_assert_cmpuint (sign_in_from (server, 70, "victim", TW_TEST_PASSWORD), ==, 429); /* the right one too */
  g_assert_cmpuint (sign_in_from (server, 60, "bystander", TW_TEST_PASSWORD), ==, 201);
}

static void
test_throttled_address (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  guint refused = 0;

  for (guint i = 0; i < ADDRESS_FREE + 5; i++)
    {
      g_autofree char *user = g_strdup_printf ("nobody%u", i);

      if (sign_in_from (server, 80, user, "wrong") == 429)
        refused++;
    }
  g_assert_cmpuint (refused, ==, 5);
  g_assert_cmpuint (sign_in_from (server, 80, "bystander", TW_TEST_PASSWORD), ==, 429);
  g_assert_cmpuint (sign_in_from (server, 81, "bystander", TW_TEST_PASSWORD), ==, 201);
}

/* ---- Telling who is a user by the time ---- */

#define TRIES 16

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *times)
{
  qsort (times, TRIES, sizeof *times, compare);
  return (times[TRIES / 2 - 1] + times[TRIES / 2]) / 2;
}

static double
time_failure (TwTestServer *server, guint from, const char *kind, guint n)
{
  g_autofree char *user = g_strdup_printf ("%s%u", kind, n);
  gint64 start = g_get_monotonic_time ();

  g_assert_cmpuint (sign_in_from (server, from, user, "wrong"), ==, 401);
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

/* In turns, so that whatever else the machine does weighs on all alike. */
static void
test_equal_times (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  double known[TRIES], unknown[TRIES], disabled[TRIES], of_known, of_unknown, of_disabled;

  for (guint i = 0; i < TRIES; i++)
    {
      known[i] = time_failure (server, 90 + i / 8, "known", i / 4);
      unknown[i] = time_failure (server, 90 + i / 8, "unknown", i / 4);
      disabled[i] = time_failure (server, 90 + i / 8, "disabled", i / 4);
    }
  of_known = median (known);
  of_unknown = median (unknown);
  of_disabled = median (disabled);
  g_test_message ("medians of %d: known %.1f ms, unknown %.1f ms, disabled %.1f ms", TRIES, of_known, of_unknown,
                  of_disabled);
  g_assert_cmpfloat (of_known / of_unknown, <, 1.25);
  g_assert_cmpfloat (of_known / of_unknown, >, 0.8);
  g_assert_cmpfloat (of_disabled / of_unknown, <, 1.25);
  g_assert_cmpfloat (of_disabled / of_unknown, >, 0.8);
}

/* ---- Everybody at once ---- */

typedef struct
{
  TwTestServer *server;
  guint n;
  gint *stop; /* atomic */
  guint signed_in;
  guint turned_away; /* 503: hashing has no room */
} Stormer;

static gpointer
storm_thread (gpointer data)
{
  Stormer *stormer = data;
  g_autofree char *user = g_strdup_printf ("storm%u", stormer->n);

  while (!g_atomic_int_get (stormer->stop))
    {
      guint status = sign_in_from (stormer->server, 100 + stormer->n, user, TW_TEST_PASSWORD);

      g_assert_true (status == 201 || status == 503);
      if (status == 201)
        stormer->signed_in++;
      else
        {
          stormer->turned_away++;
          g_usleep (STORM_PAUSE_USEC);
        }
    }
  return NULL;
}

static void
test_storm (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "bystander");
  Stormer stormers[24];
  GThread *threads[G_N_ELEMENTS (stormers)];
  gint stop = 0;
  guint signed_in = 0, turned_away = 0;
  TwCalm *calm;

  for (guint i = 0; i < G_N_ELEMENTS (stormers); i++)
    {
      stormers[i] = (Stormer) { .server = server, .n = i, .stop = &stop };
      threads[i] = g_thread_new ("storm", storm_thread, &stormers[i]);
    }
  calm = tw_calm_start (server, token);
  tw_calm_wait (calm, 100);
  tw_calm_finish (calm, "a storm of sign-ins", STORM_P99 * patience);
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (stormers); i++)
    {
      g_thread_join (threads[i]);
      signed_in += stormers[i].signed_in;
      turned_away += stormers[i].turned_away;
    }
  g_test_message ("%u signed in, %u were asked to come back", signed_in, turned_away);
  g_assert_cmpuint (signed_in, >, 0);
}

/* ---- The end of a session ---- */

static void
assert_session (TwTestServer *server, const char *token, guint status)
{
  g_autoptr (TwTestReply) reply = tw_test_get (server, token, "/session");

  tw_test_assert_status (reply, status);
}

/* A session of its own each time. */
static char *
open_session (TwTestServer *server, const char *user, const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"%s\"}", user, password);
  g_autoptr (TwTestReply) reply = tw_test_post (server, NULL, "/session", body);

  tw_test_assert_status (reply, 201);
  return tw_test_reply_get (reply, "token");
}

static void
test_signed_out (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = open_session (server, "leaver", TW_TEST_PASSWORD);
  g_autofree char *other = open_session (server, "leaver", TW_TEST_PASSWORD);
  g_autoptr (TwTestReply) reply = NULL;

  assert_session (server, token, 200);
  reply = tw_test_call (server, token, "DELETE", "/session", NULL, NULL);
  tw_test_assert_status (reply, 204);
  assert_session (server, token, 401);
  assert_session (server, other, 200); /* one session, not all */
}

static void
test_password_changed (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *mine = open_session (server, "changer", TW_TEST_PASSWORD);
  g_autofree char *thief = open_session (server, "changer", TW_TEST_PASSWORD);
  g_autoptr (TwTestReply) reply = NULL;

  assert_session (server, thief, 200);
  reply = tw_test_call (server, mine, "PUT", "/session/password",
                        "{\"password\":\"" TW_TEST_PASSWORD "\",\"new_password\":\"another-long-one\"}", NULL);
  tw_test_assert_status (reply, 204);
  assert_session (server, thief, 401);
  assert_session (server, mine, 200);
}

static char *
id_of (TwTestServer *server, const char *user)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM app_user WHERE user = '%s'", user);
  g_autoptr (TwDb) db = tw_test_server_open_database (server);

  return tw_test_database_value (db, sql);
}

static void
test_reset_by_admin (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *admin = tw_test_server_sign_in (server, "admin");
  g_autofree char *token = open_session (server, "reset", TW_TEST_PASSWORD);
  g_autofree char *id = id_of (server, "reset");
  g_autofree char *path = g_strdup_printf ("/users/%s/password", id);
  g_autoptr (TwTestReply) reply = NULL;

  assert_session (server, token, 200);
  reply = tw_test_call (server, admin, "PUT", path, "{\"password\":\"given-by-the-admin\"}", NULL);
  g_assert_cmpuint (reply->status / 100, ==, 2);
  assert_session (server, token, 401);
}

static void
test_disabled (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *admin = tw_test_server_sign_in (server, "admin");
  g_autofree char *token = open_session (server, "fired", TW_TEST_PASSWORD);
  g_autofree char *id = id_of (server, "fired");
  g_autofree char *path = g_strdup_printf ("/users/%s", id);
  g_autoptr (TwTestReply) before = tw_test_get (server, admin, path);
  g_autofree char *version = tw_test_reply_get (before, "version");
  g_autoptr (TwTestReply) reply = NULL;

  assert_session (server, token, 200);
  reply = tw_test_patch (server, admin, path, g_ascii_strtoll (version, NULL, 10), "{\"status\":\"disabled\"}");
  tw_test_assert_status (reply, 200);
  assert_session (server, token, 401);
  g_assert_cmpuint (sign_in_from (server, 82, "fired", TW_TEST_PASSWORD), ==, 401);
}

static gboolean
is_over (TwTestServer *server, const char *token)
{
  g_autoptr (TwTestReply) reply = tw_test_get (server, token, "/session");

  return reply->status == 401;
}

/* The server remembers for two seconds whom it has looked up. */
static void
test_idle (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = open_session (server, "idler", TW_TEST_PASSWORD);

  assert_session (server, token, 200);
  tw_test_server_script (server, "UPDATE session s JOIN app_user u ON u.id = s.user_id"
                                 " SET last_seen_at = last_seen_at - INTERVAL 13 HOUR WHERE u.user = 'idler'");
  tw_test_wait_for (is_over (server, token), 5);
}

static void
add_users (TwTestServer *server)
{
  static const char *const names[] = { "victim", "bystander", "leaver", "changer", "reset", "fired", "idler" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    tw_test_server_add_user (server, names[i], "sales");
  tw_test_server_add_user (server, "admin", "admin");
  for (guint i = 0; i < 32; i++)
    {
      g_autofree char *storm = g_strdup_printf ("storm%u", i);
      g_autofree char *known = g_strdup_printf ("known%u", i);
      g_autofree char *disabled = g_strdup_printf ("disabled%u", i);

      tw_test_server_add_user (server, storm, "sales");
      tw_test_server_add_user (server, known, "sales");
      tw_test_server_add_user (server, disabled, "sales");
    }
  tw_test_server_script (server, "UPDATE app_user SET status = 'disabled' WHERE user LIKE 'disabled%'");
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;
  g_autofree char *token = NULL;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  add_users (server);
  token = tw_test_server_sign_in (server, "bystander");
  patience = tw_calm_measure_quiet (server, token);
  g_test_add_data_func ("/attack/sessions/throttled", server, test_throttled);
  g_test_add_data_func ("/attack/sessions/throttled-address", server, test_throttled_address);
  g_test_add_data_func ("/attack/sessions/equal-times", server, test_equal_times);
  g_test_add_data_func ("/attack/sessions/storm", server, test_storm);
  g_test_add_data_func ("/attack/sessions/signed-out", server, test_signed_out);
  g_test_add_data_func ("/attack/sessions/password-changed", server, test_password_changed);
  g_test_add_data_func ("/attack/sessions/reset-by-admin", server, test_reset_by_admin);
  g_test_add_data_func ("/attack/sessions/disabled", server, test_disabled);
  g_test_add_data_func ("/attack/sessions/idle", server, test_idle);
  return g_test_run ();
}
