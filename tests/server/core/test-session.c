/* test-session.c: signing in, staying signed in, and not guessing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/core/sample.h"

#include <string.h>

#include "server/core/password.h"
#include "server/core/session.h"
#include "server/core/throttle.h"

#define PASSWORD "tradewind-demo"

static TwTestDatabase *database; /* of this program; main thread */

static gint64
count (const char *sql)
{
  g_autofree char *text = tw_test_database_value (database->owner, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/* Nobody has failed yet, nobody is signed in. */
static void
start (void)
{
  tw_test_database_script (database, "DELETE FROM session; DELETE FROM sign_in_attempt;"
                                     "UPDATE app_user SET status = 'active';");
  tw_session_set_times ((TwSessionTimes) { 3600, 86400 });
  tw_session_forget ();
}

static void
set_password (const char *user, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = tw_password_hash (password, &error);
  g_autofree char *script = g_strdup_printf ("UPDATE app_user SET password_hash = '%s' WHERE user = '%s';", hash, user);

  g_assert_no_error (error);
  tw_test_database_script (database, script);
}

static TwReply *
sign_in (const char *user, const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"%s\"}", user, password);

  return tw_sample_ask (database->working, NULL, "POST", "/session", body, NULL);
}

static char *
get_token (const char *user, const char *password)
{
  g_autoptr (TwReply) reply = sign_in (user, password);
  g_autoptr (JsonNode) answer = tw_sample_answer (reply, 201);

  return g_strdup (json_object_get_string_member (json_node_get_object (answer), "token"));
}

static TwReply *
ask_as (const char *token, const char *method, const char *path, const char *body)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

  return tw_sample_ask (database->working, NULL, method, path, body,
                        (const char *[]) { "Authorization", bearer, NULL });
}

/* As the frame asks before every request, and as GET /session answers. */
static void
assert_who (const char *token, guint status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwPrincipal) who = tw_session_find (database->working, token, &error);
  g_autoptr (TwReply) reply = ask_as (token, "GET", "/session", NULL);

  g_assert_cmpint (who != NULL, ==, status == 200);
  g_assert_cmpuint (tw_reply_get_status (reply), ==, status);
}

static void
assert_sign_in (const char *user, const char *password, guint status)
{
  g_autoptr (TwReply) reply = sign_in (user, password);

  g_assert_cmpuint (tw_reply_get_status (reply), ==, status);
}

static void
test_argon (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = tw_password_hash (PASSWORD, &error);
  g_autofree char *two = tw_password_hash (PASSWORD, &error);
  gboolean matches;

  g_assert_true (g_str_has_prefix (one, "$argon2id$v=19$m=65536,"));
  g_assert_cmpstr (one, !=, two);
  g_assert_true (tw_password_verify (one, PASSWORD, &matches, &error));
  g_assert_true (matches);
  g_assert_true (tw_password_verify (one, PASSWORD "x", &matches, &error));
  g_assert_false (matches);
  g_assert_true (tw_password_verify (NULL, PASSWORD, &matches, &error));
  g_assert_false (matches);
}

static void
test_password_rules (void)
{
  static const char *const bad[] = { "short", "warehouse1" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (tw_password_check (bad[i], "Warehouse1", "/password", &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
    }
  g_assert_true (tw_password_check ("long enough", "x", "/password", NULL));
}

static void
test_sign_in (void)
{
  g_autoptr (TwReply) reply = NULL, who = NULL;
  g_autoptr (JsonNode) answer = NULL, mine = NULL;
  JsonObject *object;

  start ();
  reply = sign_in ("sales", PASSWORD);
  answer = tw_sample_answer (reply, 201);
  object = json_node_get_object (answer);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "Sally");
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "token")), ==, 43);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "roles"), 0), ==, "sales");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "permissions")), >, 3);
  who = ask_as (json_object_get_string_member (object, "token"), "GET", "/session", NULL);
  mine = tw_sample_answer (who, 200);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (mine), "user"), ==, "sales");
}

static void
test_token_is_not_stored (void)
{
  g_autofree char *token = NULL;
  g_autofree char *sql = NULL;

  start ();
  token = get_token ("sales", PASSWORD);
  sql = g_strdup_printf ("SELECT COUNT(*) FROM session WHERE token_hash = UNHEX(SHA2('%s', 256))", token);
  g_assert_cmpint (count (sql), ==, 1);
}

static void
test_wrong (void)
{
  g_autoptr (TwReply) unknown = NULL, wrong = NULL;
  g_autofree char *one = NULL, *two = NULL;

  start ();
  wrong = sign_in ("sales", "not the password");
  unknown = sign_in ("nobody", "not the password");
  one = tw_sample_body (wrong);
  two = tw_sample_body (unknown);
  g_assert_cmpuint (tw_reply_get_status (wrong), ==, 401);
  g_assert_cmpstr (one, ==, two); /* does not tell who exists */
  g_assert_cmpint (count ("SELECT COUNT(*) FROM change_log WHERE action = 'sign_in_failed' AND document_id = 1"), ==, 1);
}

static void
test_disabled (void)
{
  g_autofree char *token = NULL;

  start ();
  token = get_token ("sales", PASSWORD);
  tw_test_database_script (database, "UPDATE app_user SET status = 'disabled' WHERE user = 'sales';");
  tw_session_forget ();
  assert_who (token, 401);
  assert_sign_in ("sales", PASSWORD, 401);
}

static void
test_sign_out (void)
{
  g_autofree char *one = NULL, *two = NULL;
  g_autoptr (TwReply) reply = NULL;

  start ();
  one = get_token ("sales", PASSWORD);
  two = get_token ("sales", PASSWORD);
  assert_who (one, 200);
  reply = ask_as (one, "DELETE", "/session", NULL);
  g_assert_cmpuint (tw_reply_get_status (reply), ==, 204);
  assert_who (one, 401);
  assert_who (two, 200);
}

static void
test_idle_and_absolute_end (void)
{
  g_autofree char *token = NULL;

  start ();
  token = get_token ("sales", PASSWORD);
  tw_test_database_script (database, "UPDATE session SET last_seen_at = last_seen_at - INTERVAL 59 MINUTE;");
  tw_session_forget ();
  assert_who (token, 200); /* and is seen again */
  g_assert_cmpint (count ("SELECT COUNT(*) FROM session WHERE last_seen_at > UTC_TIMESTAMP() - INTERVAL 1 MINUTE"), ==, 1);
  tw_test_database_script (database, "UPDATE session SET last_seen_at = last_seen_at - INTERVAL 61 MINUTE;");
  tw_session_forget ();
  assert_who (token, 401);
  tw_test_database_script (database, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6), expires_at = UTC_TIMESTAMP(6);");
  tw_session_forget ();
  assert_who (token, 401);
}

static void
test_new_password (void)
{
  g_autofree char *mine = NULL, *other = NULL;
  g_autoptr (TwReply) wrong = NULL, weak = NULL, good = NULL;

  start ();
  mine = get_token ("warehouse", PASSWORD);
  other = get_token ("warehouse", PASSWORD);
  wrong = ask_as (mine, "PUT", "/session/password", "{\"password\":\"wrong\",\"new_password\":\"another one 1\"}");
  weak = ask_as (mine, "PUT", "/session/password", "{\"password\":\"" PASSWORD "\",\"new_password\":\"weak\"}");
  good = ask_as (mine, "PUT", "/session/password", "{\"password\":\"" PASSWORD "\",\"new_password\":\"another one 1\"}");
  g_assert_cmpuint (tw_reply_get_status (wrong), ==, 422);
  g_assert_cmpuint (tw_reply_get_status (weak), ==, 422);
  g_assert_cmpuint (tw_reply_get_status (good), ==, 204);
  assert_who (mine, 200);
  assert_who (other, 401);
  assert_sign_in ("warehouse", PASSWORD, 401);
  assert_sign_in ("warehouse", "another one 1", 201);
  set_password ("warehouse", PASSWORD);
}

static void
test_guessable_password (void)
{
  static const char *const guessable[] = { "password123", "1234567890", "qwertyuiop", "Administrator1", "aaaaaaaaaa",
                                           "abcdefghij", "1q2w3e4r5t", "the-Warehouse-of-2024", "mywarehouse" };
  g_autofree char *token = NULL;

  start ();
  token = get_token ("warehouse", PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (guessable); i++)
    {
      g_autofree char *body
        = g_strdup_printf ("{\"password\":\"" PASSWORD "\",\"new_password\":\"%s\"}", guessable[i]);
      g_autoptr (TwReply) reply = ask_as (token, "PUT", "/session/password", body);

      g_test_message ("%s", guessable[i]);
      g_assert_cmpuint (tw_reply_get_status (reply), ==, 422);
    }
  assert_sign_in ("warehouse", PASSWORD, 201);
}

static void
test_password_is_never_written (void)
{
  start ();
  assert_sign_in ("sales", "not-the-password-9", 401);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM change_log WHERE CONCAT_WS(' ', before_values, after_values, reason)"
                          " LIKE '%not-the-password%' OR CONCAT_WS(' ', before_values, after_values) LIKE '%argon2%'"),
                   ==, 0);
}

/* ---- Throttle ---- */

static void
test_throttled (void)
{
  g_autoptr (TwReply) reply = NULL;

  start ();
  for (guint i = 0; i < 5; i++)
    assert_sign_in ("sales", "wrong", 401);
  reply = sign_in ("sales", PASSWORD); /* even the right one has to wait now */
  g_assert_cmpuint (tw_reply_get_status (reply), ==, 429);
  g_assert_cmpuint (tw_reply_get_retry_after (reply), >=, 1);
  g_assert_cmpuint (tw_reply_get_retry_after (reply), <=, 5);
  assert_sign_in ("sales_manager", PASSWORD, 201); /* others do not */
  tw_test_database_script (database, "UPDATE sign_in_attempt SET last_at = last_at - INTERVAL 6 SECOND;");
  assert_sign_in ("sales", PASSWORD, 201);
  assert_sign_in ("sales", "wrong", 401); /* forgiven */
}

static guint
enter (const char *user, const char *address, TwTime now)
{
  g_autoptr (GError) error = NULL;
  guint wait = 0;

  g_assert_true (tw_throttle_enter (database->working, user, address, now, &wait, &error));
  g_assert_no_error (error);
  return wait;
}

static void
test_wait_grows (void)
{
  static const guint expected[] = { 5, 10, 20, 40, 80, 160, 300, 300 };
  TwTime now = tw_time_now ();

  start ();
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (enter ("Eve", "10.0.0.1", now), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpuint (enter ("eve", "10.0.0.2", now), ==, expected[i]);
      now = tw_time_add_seconds (now, expected[i]);
      g_assert_cmpuint (enter ("eve", "10.0.0.2", now), ==, 0);
    }
  now = tw_time_add_seconds (now, 901);
  g_assert_cmpuint (enter ("eve", "10.0.0.2", now), ==, 0);
  g_assert_cmpuint (enter ("eve", "10.0.0.2", now), ==, 0);
}

static void
test_address (void)
{
  TwTime now = tw_time_now ();

  start ();
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *user = g_strdup_printf ("user%u", i);

      g_assert_cmpuint (enter (user, "10.0.0.9", now), ==, 0);
    }
  g_assert_cmpuint (enter ("fresh", "10.0.0.9", now), ==, 5);
  g_assert_cmpuint (enter ("fresh", "10.0.0.8", now), ==, 0);
}

static void
test_given_back (void)
{
  TwTime now = tw_time_now ();

  start ();
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (enter ("Hasty", "10.0.0.7", now), ==, 0);
      g_assert_true (tw_throttle_give_back (database->working, "hasty", "10.0.0.7", &error));
      g_assert_no_error (error);
    }
}

/* ---- Hashing is bounded ---- */

static gint n_unavailable, n_done;

static gpointer
hash_cb (gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean matches;

  if (tw_password_verify (NULL, "x", &matches, &error))
    g_atomic_int_inc (&n_done);
  else if (g_error_matches (error, TW_ERROR, TW_ERROR_UNAVAILABLE))
    g_atomic_int_inc (&n_unavailable);
  return NULL;
}

static void
test_bounded (void)
{
  GThread *threads[40];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hash", hash_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (n_done + n_unavailable, ==, 40);
  g_assert_cmpint (n_done, >=, 18);
  g_assert_cmpint (n_unavailable, >, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) own = NULL;

  g_test_init (&argc, &argv, NULL);
  database = own = tw_test_database_new (tw_test_schema_folder ());
  tw_sample_prepare (database);
  tw_session_add_routes ();
  set_password ("sales", PASSWORD);
  set_password ("sales_manager", PASSWORD);
  set_password ("warehouse", PASSWORD);
  g_test_add_func ("/password/argon", test_argon);
  g_test_add_func ("/password/rules", test_password_rules);
  g_test_add_func ("/password/bounded", test_bounded);
  g_test_add_func ("/session/sign-in", test_sign_in);
  g_test_add_func ("/session/token-is-not-stored", test_token_is_not_stored);
  g_test_add_func ("/session/wrong", test_wrong);
  g_test_add_func ("/session/disabled", test_disabled);
  g_test_add_func ("/session/sign-out", test_sign_out);
  g_test_add_func ("/session/idle-and-absolute-end", test_idle_and_absolute_end);
  g_test_add_func ("/session/new-password", test_new_password);
  g_test_add_func ("/session/guessable-password", test_guessable_password);
  g_test_add_func ("/session/password-is-never-written", test_password_is_never_written);
  g_test_add_func ("/throttle/sign-in", test_throttled);
  g_test_add_func ("/throttle/wait-grows", test_wait_grows);
  g_test_add_func ("/throttle/address", test_address);
  g_test_add_func ("/throttle/given-back", test_given_back);
  return g_test_run ();
}
