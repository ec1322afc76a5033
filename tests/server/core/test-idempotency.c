/* test-idempotency.c: a request with a key happens once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/core/sample.h"

#include <string.h>

#include "server/core/idempotency.h"
#include "server/core/router.h"

static TwTestDatabase *database; /* of this program; main thread */
static TwPrincipal *sales, *manager;

/* Where the handler of POST /slow stands. */
static GMutex mutex;
static GCond changed;
static gboolean inside, may_go, other_may_go;

#define KEY(key) (const char *[]) { "Idempotency-Key", key, NULL }

static void
set_flag (gboolean *flag, gboolean value)
{
  g_mutex_lock (&mutex);
  *flag = value;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
}

static void
await_flag (gboolean *flag)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  g_mutex_lock (&mutex);
  while (!*flag)
    g_assert_true (g_cond_wait_until (&changed, &mutex, until));
  g_mutex_unlock (&mutex);
}

static gboolean
slow (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  set_flag (&inside, TRUE);
  await_flag (&may_go);
  return tw_sample_resource.create (ctx, tw_request_get_prepared (request), error);
}

static gboolean
slow_prepare (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  TwSample *sample = tw_sample_new ();

  tw_request_set_prepared (request, sample, g_object_unref);
  return tw_request_read (request, TW_RECORD (sample), TW_CODEC_CREATE, error);
}

static gboolean
refusing (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwSample) sample = tw_sample_new ();
  GError *refusal = NULL;

  tw_record_set_string (&sample->code, "REFUSED");
  tw_record_set_string (&sample->name, "kept all the same");
  if (!tw_sample_resource.create (ctx, TW_RECORD (sample), error))
    return FALSE;
  tw_error_set (&refusal, TW_ERROR_STATE, "No.");
  tw_reply_refuse (reply, refusal);
  return TRUE;
}

static gboolean
secret (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  tw_reply_no_content (reply);
  return TRUE;
}

static const TwRoute routes[] = {
  { "POST", "/slow", NULL, slow, TW_ROUTE_ANY_USER, "slow", .prepare = slow_prepare },
  { "POST", "/refusing", NULL, refusing, TW_ROUTE_ANY_USER, "refusing" },
  { "POST", "/secret", NULL, secret, TW_ROUTE_ANY_USER | TW_ROUTE_HASHING, "secret" },
  { NULL },
};

static char *
sample_json (const char *code)
{
  return g_strdup_printf ("{\"code\":\"%s\",\"name\":\"N\",\"price\":\"5\"}", code);
}

static TwReply *
ask (TwPrincipal *who, const char *target, const char *body, const char *key)
{
  return tw_sample_ask (database->owner, who, "POST", target, body, KEY (key));
}

static TwReply *
change (const char *target, const char *body, const char *const *headers)
{
  return tw_sample_ask (database->owner, sales, "PATCH", target, body, headers);
}

static gint64
count (const char *sql)
{
  g_autofree char *text = tw_test_database_value (database->owner, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

static void
test_replayed (void)
{
  g_autofree char *body = sample_json ("ONCE");
  g_autoptr (TwReply) first = ask (sales, "/samples", body, "k1");
  g_autoptr (TwReply) again = ask (sales, "/samples", body, "k1");
  g_autofree char *one = tw_sample_body (first);
  g_autofree char *two = tw_sample_body (again);

  g_assert_cmpuint (tw_reply_get_status (first), ==, 201);
  g_assert_cmpuint (tw_reply_get_status (again), ==, 201);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (tw_reply_get_location (first), ==, tw_reply_get_location (again));
  g_assert_cmpstr (tw_reply_get_etag (first), ==, tw_reply_get_etag (again));
  g_assert_false (tw_reply_is_replayed (first));
  g_assert_true (tw_reply_is_replayed (again));
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE code = 'ONCE'"), ==, 1);
}

/* Done again it could only fail, for the step is taken: the answer is the first one's. */
static void
test_replayed_where_it_would_fail (void)
{
  g_autofree char *body = sample_json ("STEP");
  g_autoptr (TwReply) created = ask (sales, "/samples", body, "k0");
  g_autofree char *target = g_strdup_printf ("%s/actions/submit", tw_reply_get_location (created) + strlen ("/api/v1"));
  g_autoptr (TwReply) first = ask (sales, target, NULL, "k6");
  g_autoptr (TwReply) again = ask (sales, target, NULL, "k6");
  g_autoptr (TwReply) anew = ask (sales, target, NULL, "k7");

  g_assert_cmpuint (tw_reply_get_status (first), ==, 200);
  g_assert_cmpuint (tw_reply_get_status (again), ==, 200);
  g_assert_true (tw_reply_is_replayed (again));
  g_assert_cmpuint (tw_reply_get_status (anew), ==, 409);
}

/* A change whose answer was lost finds the version raised by itself: nobody else has changed the record. */
static void
test_replayed_change (void)
{
  g_autofree char *body = sample_json ("CHANGE");
  g_autoptr (TwReply) created = ask (sales, "/samples", body, "made");
  const char *target = tw_reply_get_location (created) + strlen ("/api/v1");
  const char *const first_time[] = { "Idempotency-Key", "k8", "If-Match", "\"1\"", NULL };
  const char *const of_another_version[] = { "Idempotency-Key", "k8", "If-Match", "\"2\"", NULL };
  const char *const anew[] = { "Idempotency-Key", "k9", "If-Match", "\"1\"", NULL };
  g_autoptr (TwReply) first = change (target, "{\"name\":\"M\"}", first_time);
  g_autoptr (TwReply) again = change (target, "{\"name\":\"M\"}", first_time);
  g_autoptr (TwReply) reused = change (target, "{\"name\":\"M\"}", of_another_version);
  g_autoptr (TwReply) stale = change (target, "{\"name\":\"M\"}", anew);
  g_autofree char *one = tw_sample_body (first);
  g_autofree char *two = tw_sample_body (again);

  g_assert_cmpuint (tw_reply_get_status (first), ==, 200);
  g_assert_cmpuint (tw_reply_get_status (again), ==, 200);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (tw_reply_get_etag (again), ==, "\"2\"");
  g_assert_true (tw_reply_is_replayed (again));
  g_assert_cmpuint (tw_reply_get_status (reused), ==, 422);
  g_assert_cmpuint (tw_reply_get_status (stale), ==, 412);
  g_assert_cmpint (count ("SELECT version FROM sample WHERE code = 'CHANGE'"), ==, 2);
}

static void
test_replayed_deletion (void)
{
  g_autofree char *body = sample_json ("DELETE");
  g_autoptr (TwReply) created = ask (sales, "/samples", body, "made2");
  const char *target = tw_reply_get_location (created) + strlen ("/api/v1");
  g_autoptr (TwReply) first = tw_sample_ask (database->owner, sales, "DELETE", target, NULL, KEY ("k10"));
  g_autoptr (TwReply) again = tw_sample_ask (database->owner, sales, "DELETE", target, NULL, KEY ("k10"));
  g_autoptr (TwReply) anew = tw_sample_ask (database->owner, sales, "DELETE", target, NULL, KEY ("k11"));

  g_assert_cmpuint (tw_reply_get_status (first), ==, 204);
  g_assert_cmpuint (tw_reply_get_status (again), ==, 204);
  g_assert_true (tw_reply_is_replayed (again));
  g_assert_cmpuint (tw_reply_get_status (anew), ==, 404);
}

static void
test_another_body (void)
{
  g_autofree char *body = sample_json ("BODY1");
  g_autofree char *other = sample_json ("BODY2");
  g_autoptr (TwReply) first = ask (sales, "/samples", body, "k2");
  g_autoptr (TwReply) second = ask (sales, "/samples", other, "k2");
  g_autoptr (TwReply) elsewhere = ask (sales, "/samples/1/actions/submit", NULL, "k2");

  g_assert_cmpuint (tw_reply_get_status (first), ==, 201);
  g_assert_cmpuint (tw_reply_get_status (second), ==, 422);
  g_assert_cmpuint (tw_reply_get_status (elsewhere), ==, 422);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE code = 'BODY2'"), ==, 0);
}

/* Whoever reads the table must not be able to try passwords at the speed of SHA-256. */
static void
test_no_digest_of_passwords (void)
{
  g_autoptr (TwReply) one = ask (sales, "/secret", "{\"password\":\"one\"}", "k12");
  g_autoptr (TwReply) other = ask (sales, "/secret", "{\"password\":\"other\"}", "k13");
  g_autofree char *digests = tw_test_database_value (
    database->owner, "SELECT COUNT(DISTINCT body_hash) FROM idempotency WHERE idempotency_key IN ('k12', 'k13')");

  g_assert_cmpuint (tw_reply_get_status (one), ==, 204);
  g_assert_cmpuint (tw_reply_get_status (other), ==, 204);
  g_assert_cmpstr (digests, ==, "1");
}

static void
test_keys_are_per_user (void)
{
  g_autofree char *body = sample_json ("MINE");
  g_autofree char *other = sample_json ("YOURS");
  g_autoptr (TwReply) mine = ask (sales, "/samples", body, "k3");
  g_autoptr (TwReply) yours = ask (manager, "/samples", other, "k3");

  g_assert_cmpuint (tw_reply_get_status (mine), ==, 201);
  g_assert_cmpuint (tw_reply_get_status (yours), ==, 201);
}

static void
test_failures_are_not_kept (void)
{
  g_autofree char *good = sample_json ("LATER");
  g_autoptr (TwReply) failed = ask (sales, "/samples", "{\"code\":\"LATER\"}", "k4");
  g_autoptr (TwReply) fixed = ask (sales, "/samples", good, "k4");

  g_assert_cmpuint (tw_reply_get_status (failed), ==, 422);
  g_assert_cmpuint (tw_reply_get_status (fixed), ==, 201);
}

static void
test_refusal_is_committed (void)
{
  g_autoptr (TwReply) reply = ask (sales, "/refusing", NULL, "k5");

  g_assert_cmpuint (tw_reply_get_status (reply), ==, 409);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE code = 'REFUSED'"), ==, 1);
  g_assert_cmpint (count ("SELECT COUNT(*) FROM idempotency WHERE idempotency_key = 'k5'"), ==, 0);
}

/* ---- Twins ---- */

typedef struct
{
  const char *body;
  const char *key;
} Slow;

static gpointer
slow_thread_cb (gpointer data)
{
  Slow *asked = data;
  TwDb *db;
  TwReply *reply;

  tw_db_thread_init ();
  db = tw_test_database_open (database, TRUE);
  reply = tw_sample_ask (db, sales, "POST", "/slow", asked->body, KEY (asked->key));
  tw_db_close (db);
  tw_db_thread_end ();
  return reply;
}

static void
test_twin_in_this_process (void)
{
  g_autofree char *body = sample_json ("TWIN");
  Slow asked = { body, "twin" };
  GThread *thread;
  g_autoptr (TwReply) first = NULL, meanwhile = NULL, after = NULL;

  set_flag (&may_go, FALSE);
  set_flag (&inside, FALSE);
  thread = g_thread_new ("twin", slow_thread_cb, &asked);
  await_flag (&inside);
  meanwhile = ask (sales, "/slow", body, "twin");
  set_flag (&may_go, TRUE);
  first = g_thread_join (thread);
  after = ask (sales, "/slow", body, "twin");
  g_assert_cmpuint (tw_reply_get_status (meanwhile), ==, 409);
  g_assert_cmpuint (tw_reply_get_status (first), ==, 200);
  g_assert_cmpuint (tw_reply_get_status (after), ==, 200);
  g_assert_true (tw_reply_is_replayed (after));
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE code = 'TWIN'"), ==, 1);
}

/* Stands for another process: answers the key in a transaction of its own, past this process's register. */
typedef struct
{
  TwRequest *request;
  TwReply *reply;
} Other;

static gboolean
other_cb (TwDb *db, gpointer data, GError **error)
{
  Other *other = data;
  TwContext ctx = tw_context_at_now (db, sales, "other process");
  g_autoptr (GString) body = g_string_new ("{\"from\":\"other\"}");

  tw_reply_json (other->reply, 200, g_steal_pointer (&body));
  if (!tw_idempotency_keep (&ctx, &routes[0], other->request, other->reply, error))
    return FALSE;
  set_flag (&inside, TRUE);
  await_flag (&other_may_go);
  return TRUE;
}

static gpointer
other_thread_cb (gpointer data)
{
  g_autoptr (GError) error = NULL;
  TwDb *db;

  tw_db_thread_init ();
  db = tw_test_database_open (database, TRUE);
  g_assert_true (tw_db_transaction (db, other_cb, data, &error));
  g_assert_no_error (error);
  tw_db_close (db);
  tw_db_thread_end ();
  return NULL;
}

/* An insert that has been running that long waits for the twin's row. */
static void
await_lock_wait (void)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (count ("SELECT COUNT(*) FROM information_schema.processlist"
                " WHERE info LIKE 'INSERT INTO idempotency%' AND time_ms > 50") == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (5000);
    }
}

static void
test_twin_in_another_process (void)
{
  g_autofree char *body = sample_json ("OTHER");
  g_autoptr (TwRequest) request = tw_request_new ("other", "POST", "/slow", NULL);
  g_autoptr (TwReply) other_reply = tw_reply_new ();
  g_autoptr (TwReply) waited = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autofree char *answer = NULL;
  Other other = { request, other_reply };
  Slow asked = { body, "twin2" };
  GThread *answering, *waiting;

  tw_request_set_header (request, "Idempotency-Key", "twin2");
  tw_request_set_body (request, bytes);
  set_flag (&may_go, TRUE);
  set_flag (&other_may_go, FALSE);
  set_flag (&inside, FALSE);
  answering = g_thread_new ("other", other_thread_cb, &other);
  await_flag (&inside);
  waiting = g_thread_new ("waiting", slow_thread_cb, &asked);
  await_lock_wait ();
  set_flag (&other_may_go, TRUE);
  g_thread_join (answering);
  waited = g_thread_join (waiting);
  answer = tw_sample_body (waited);
  g_assert_cmpstr (answer, ==, "{\"from\":\"other\"}");
  g_assert_cmpint (count ("SELECT COUNT(*) FROM sample WHERE code = 'OTHER'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) own = NULL;

  g_test_init (&argc, &argv, NULL);
  database = own = tw_test_database_new (tw_test_schema_folder ());
  tw_sample_prepare (database);
  tw_sample_add_routes ();
  tw_router_add_table (routes);
  sales = tw_sample_principal ("sales");
  manager = tw_sample_principal ("sales_manager");
  g_test_add_func ("/idempotency/replayed", test_replayed);
  g_test_add_func ("/idempotency/replayed-where-it-would-fail", test_replayed_where_it_would_fail);
  g_test_add_func ("/idempotency/replayed-change", test_replayed_change);
  g_test_add_func ("/idempotency/replayed-deletion", test_replayed_deletion);
  g_test_add_func ("/idempotency/another-body", test_another_body);
  g_test_add_func ("/idempotency/no-digest-of-passwords", test_no_digest_of_passwords);
  g_test_add_func ("/idempotency/keys-are-per-user", test_keys_are_per_user);
  g_test_add_func ("/idempotency/failures-are-not-kept", test_failures_are_not_kept);
  g_test_add_func ("/idempotency/refusal-is-committed", test_refusal_is_committed);
  g_test_add_func ("/idempotency/twin-in-this-process", test_twin_in_this_process);
  g_test_add_func ("/idempotency/twin-in-another-process", test_twin_in_another_process);
  return g_test_run ();
}
