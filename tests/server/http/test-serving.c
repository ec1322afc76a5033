/* test-serving.c: what the server answers to requests that are not as they should be, and to health questions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/socket.h>

#include "tests/fixture/server.h"

static void
test_health (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwTestReply) health = tw_test_get (server, NULL, "//healthz");
  g_autoptr (TwTestReply) ready = tw_test_get (server, NULL, "//readyz");
  g_autoptr (TwTestReply) metrics = tw_test_get (server, NULL, "//metrics");

  tw_test_assert_status (health, 200);
  g_assert_cmpstr (health->text, ==, "ok\n");
  tw_test_assert_status (ready, 200);
  tw_test_assert_status (metrics, 200);
  g_assert_nonnull (strstr (metrics->text, "tradewind_database_connected{} 1"));
}

static void
test_openapi (gconstpointer data)
{
  g_autoptr (TwTestReply) reply = tw_test_get ((TwTestServer *) data, NULL, "/openapi.json");
  g_autofree char *version = NULL;

  tw_test_assert_status (reply, 200);
  version = tw_test_reply_get (reply, "openapi");
  g_assert_cmpstr (version, ==, "3.1.0");
}

static void
test_headers (gconstpointer data)
{
  g_autoptr (TwTestReply) reply = tw_test_get ((TwTestServer *) data, NULL, "/session");

  g_assert_null (tw_test_reply_header (reply, "Server"));
  g_assert_cmpstr (tw_test_reply_header (reply, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_cmpstr (tw_test_reply_header (reply, "Cache-Control"), ==, "no-store");
  g_assert_cmpstr (tw_test_reply_header (reply, "WWW-Authenticate"), ==, "Bearer");
  g_assert_nonnull (tw_test_reply_header (reply, "X-Request-Id"));
}

static void
test_problem (gconstpointer data)
{
  g_autoptr (TwTestReply) reply = tw_test_get ((TwTestServer *) data, NULL, "/nowhere");
  g_autofree char *type = NULL;
  g_autofree char *instance = NULL;

  tw_test_assert_problem (reply, 404, NULL);
  type = tw_test_reply_get (reply, "type");
  instance = tw_test_reply_get (reply, "instance");
  g_assert_cmpstr (type, ==, "/problems/not-found");
  g_assert_cmpstr (instance, ==, tw_test_reply_header (reply, "X-Request-Id"));
}

static void
test_method (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwTestReply) patch = tw_test_call (server, NULL, "PATCH", "/session", "{}", NULL);
  g_autoptr (TwTestReply) trace = tw_test_call (server, NULL, "TRACE", "/session", NULL, NULL);

  tw_test_assert_problem (patch, 405, NULL);
  g_assert_nonnull (strstr (tw_test_reply_header (patch, "Allow"), "POST"));
  tw_test_assert_problem (trace, 405, NULL);
}

static void
test_unauthenticated (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwTestReply) none = tw_test_get (server, NULL, "/session");
  g_autoptr (TwTestReply) wrong = tw_test_get (server, "0123456789abcdef", "/session");

  tw_test_assert_problem (none, 401, NULL);
  tw_test_assert_problem (wrong, 401, NULL);
}

static void
test_token_in_address (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autofree char *path = g_strconcat ("/session?token=", token, "&access_token=", token, NULL);
  g_autoptr (TwTestReply) reply = tw_test_get (server, NULL, path);
  g_autofree char *log = tw_test_server_read_log (server);

  tw_test_assert_problem (reply, 401, NULL);
  g_assert_null (strstr (log, token)); /* nor is the query ever in the log */
}

static void
test_session (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwTestReply) reply = tw_test_get (server, token, "/session");
  g_autofree char *user = NULL;
  g_autofree char *log = NULL;

  tw_test_assert_status (reply, 200);
  user = tw_test_reply_get (reply, "user");
  g_assert_cmpstr (user, ==, "sales");
  log = tw_test_server_read_log (server);
  g_assert_nonnull (strstr (log, "\"user\":\"sales\""));
  g_assert_null (strstr (log, TW_TEST_PASSWORD));
}

static void
test_bad_json (gconstpointer data)
{
  static const char *const bodies[] = {
    "{\"user\":\"a\",}", "{'user':'a'}", "{\"user\":\"a\",\"user\":\"b\"}", "{\"user\":\"a\" /* b */}", "[1]", "\"a\"",
    "{\"user\":\"a\\u0000b\",\"password\":\"x\"}", "{\"user\":9223372036854775808}", "{\"user\":1e400}", "{\"user\":01}",
    "var x = {}", "{\"user\":\"\xff\"}", "{", "nul",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (TwTestReply) reply = tw_test_post ((TwTestServer *) data, NULL, "/session", bodies[i]);

      g_test_message ("%s", bodies[i]);
      tw_test_assert_problem (reply, 400, NULL);
    }
}

static void
test_deep_json (gconstpointer data)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *body = g_strconcat ("{\"user\":", open, NULL);
  g_autoptr (TwTestReply) reply = tw_test_post ((TwTestServer *) data, NULL, "/session", body);

  tw_test_assert_problem (reply, 400, NULL);
}

static void
test_unknown_key (gconstpointer data)
{
  g_autoptr (TwTestReply) reply
    = tw_test_post ((TwTestServer *) data, NULL, "/session", "{\"user\":\"a\",\"password\":\"b\",\"colour\":\"red\"}");

  tw_test_assert_problem (reply, 422, "/colour");
}

static void
test_media_type (gconstpointer data)
{
  g_autoptr (TwTestReply) reply
    = tw_test_call ((TwTestServer *) data, NULL, "POST", "/session", "{}", "Content-Type", "text/plain", NULL);

  tw_test_assert_problem (reply, 415, NULL);
}

static void
test_too_large (gconstpointer data)
{
  g_autofree char *filler = g_strnfill (6 * 1024 * 1024, 'x');
  g_autofree char *body = g_strconcat ("{\"user\":\"", filler, "\"}", NULL);
  g_autoptr (TwTestReply) reply = tw_test_post ((TwTestServer *) data, NULL, "/session", body);

  tw_test_assert_problem (reply, 413, NULL);
}

static void
test_language (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwTestReply) english = tw_test_get (server, NULL, "/session");
  g_autoptr (TwTestReply) chinese
    = tw_test_call (server, NULL, "GET", "/session", NULL, "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5", NULL);
  g_autofree char *one = tw_test_reply_get (english, "detail");
  g_autofree char *other = tw_test_reply_get (chinese, "detail");

  tw_test_assert_problem (chinese, 401, NULL);
  g_assert_cmpstr (one, ==, "Please sign in.");
  if (g_str_equal (one, other))
    g_test_skip ("the sentence has no Chinese translation yet");
}

/* A log line of one's own by way of the path. */
static void
test_log_injection (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autoptr (TwTestReply) reply = tw_test_get (server, NULL, "/a%0d%0a%7b%22level%22:%22error%22%7d%22");
  g_autofree char *log = tw_test_server_read_log (server);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);

  tw_test_assert_problem (reply, 404, NULL);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);

      g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
      g_assert_true (json_object_has_member (json_node_get_object (node), "time"));
    }
}

/* Asks what takes a while, and ends the connection @usec later without a good-bye. */
static void
ask_and_leave (TwTestServer *server, gulong usec)
{
  static const char body[] = "{\"user\":\"left\",\"password\":\"not the right one\"}";
  g_autofree char *request
    = g_strdup_printf ("POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                       "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", strlen (body), body);
  g_autoptr (GUri) uri = g_uri_parse (tw_test_server_get_url (server), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
    = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, &error);
  struct linger at_once = { .l_onoff = 1 };

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL,
                             NULL, &error);
  g_assert_no_error (error);
  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER, &at_once,
              sizeof at_once);
  g_usleep (usec);
}

/* Who leaves before the answer is no fault of the server: it is not among those in the log. One of many leaves while
 * the request is worked on. */
static void
test_client_left (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  g_autofree char *log = NULL;

  for (gulong usec = 1000; log == NULL || strstr (log, "\"path\":\"/api/v1/session\",\"status\":499") == NULL;
       usec = usec % 20000 + 1000)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      ask_and_leave (server, usec);
      g_free (log);
      log = tw_test_server_read_log (server);
    }
  g_assert_null (strstr (log, "\"status\":500"));
}

/* A stored record for what depends on versions; its path. (transfer full) */
static char *
add_carrier (TwTestServer *server, const char *token, const char *code)
{
  g_autofree char *body = g_strdup_printf ("{\"code\":\"%s\",\"name\":\"Carrier\"}", code);
  g_autoptr (TwTestReply) reply = tw_test_post (server, token, "/carriers", body);
  const char *location;

  tw_test_assert_status (reply, 201);
  location = tw_test_reply_header (reply, "Location");
  g_assert_true (g_str_has_prefix (location, "/api/v1/carriers/"));
  return g_strdup (location + strlen ("/api/v1"));
}

static void
test_not_modified (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autofree char *path = add_carrier (server, token, "ETAG");
  g_autoptr (TwTestReply) first = tw_test_get (server, token, path);
  const char *etag = tw_test_reply_header (first, "ETag");
  g_autoptr (TwTestReply) same = tw_test_call (server, token, "GET", path, NULL, "If-None-Match", etag, NULL);
  g_autoptr (TwTestReply) other = tw_test_call (server, token, "GET", path, NULL, "If-None-Match", "\"99\"", NULL);

  tw_test_assert_status (same, 304);
  g_assert_cmpuint (same->length, ==, 0);
  g_assert_cmpstr (tw_test_reply_header (same, "ETag"), ==, etag);
  tw_test_assert_status (other, 200);
}

static void
test_if_match (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autofree char *path = add_carrier (server, token, "MATCH");
  g_autoptr (TwTestReply) without = tw_test_call (server, token, "PATCH", path, "{\"name\":\"A\"}", NULL);
  g_autoptr (TwTestReply) nonsense
    = tw_test_call (server, token, "PATCH", path, "{\"name\":\"A\"}", "If-Match", "latest", NULL);
  g_autoptr (TwTestReply) right = tw_test_patch (server, token, path, 1, "{\"name\":\"B\"}");
  g_autoptr (TwTestReply) stale = tw_test_patch (server, token, path, 1, "{\"name\":\"C\"}");

  tw_test_assert_problem (without, 428, NULL);
  tw_test_assert_problem (nonsense, 400, NULL);
  tw_test_assert_status (right, 200);
  tw_test_assert_problem (stale, 412, NULL);
  g_assert_true (json_object_has_member (tw_test_reply_object (stale), "current"));
}

static void
test_forbidden (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwTestReply) reply = tw_test_post (server, token, "/carriers", "{\"code\":\"X\",\"name\":\"X\"}");

  tw_test_assert_problem (reply, 403, NULL);
  g_assert_nonnull (strstr (reply->text, "carrier."));
}

/* The same key and body are answered from memory, another body is refused. */
static void
test_exactly_once (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  const char *body = "{\"code\":\"ONCE\",\"name\":\"Once\"}";
  g_autoptr (TwTestReply) first
    = tw_test_call (server, token, "POST", "/carriers", body, "Idempotency-Key", "serving-once", NULL);
  g_autoptr (TwTestReply) again
    = tw_test_call (server, token, "POST", "/carriers", body, "Idempotency-Key", "serving-once", NULL);
  g_autoptr (TwTestReply) other
    = tw_test_call (server, token, "POST", "/carriers", "{\"code\":\"TWICE\",\"name\":\"Twice\"}", "Idempotency-Key",
                    "serving-once", NULL);

  tw_test_assert_status (first, 201);
  tw_test_assert_status (again, 201);
  g_assert_cmpstr (first->text, ==, again->text);
  tw_test_assert_problem (other, 422, NULL);
}

/* Ranges are libsoup's idea; an answer is given whole. */
static void
test_range (gconstpointer data)
{
  g_autoptr (TwTestReply) reply
    = tw_test_call ((TwTestServer *) data, NULL, "GET", "/openapi.json", NULL, "Range", "bytes=0-0", NULL);

  tw_test_assert_status (reply, 200);
}

static void
test_head (gconstpointer data)
{
  g_autoptr (TwTestReply) reply = tw_test_call ((TwTestServer *) data, NULL, "HEAD", "/openapi.json", NULL, NULL);

  tw_test_assert_status (reply, 200);
  g_assert_cmpuint (reply->length, ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_server_add_user (server, "sales", "sales");
  tw_test_server_add_user (server, "admin", "admin");
  g_test_add_data_func ("/http/serving/not-modified", server, test_not_modified);
  g_test_add_data_func ("/http/serving/if-match", server, test_if_match);
  g_test_add_data_func ("/http/serving/forbidden", server, test_forbidden);
  g_test_add_data_func ("/http/serving/exactly-once", server, test_exactly_once);
  g_test_add_data_func ("/http/serving/health", server, test_health);
  g_test_add_data_func ("/http/serving/openapi", server, test_openapi);
  g_test_add_data_func ("/http/serving/headers", server, test_headers);
  g_test_add_data_func ("/http/serving/problem", server, test_problem);
  g_test_add_data_func ("/http/serving/method", server, test_method);
  g_test_add_data_func ("/http/serving/unauthenticated", server, test_unauthenticated);
  g_test_add_data_func ("/http/serving/token-in-address", server, test_token_in_address);
  g_test_add_data_func ("/http/serving/session", server, test_session);
  g_test_add_data_func ("/http/serving/bad-json", server, test_bad_json);
  g_test_add_data_func ("/http/serving/deep-json", server, test_deep_json);
  g_test_add_data_func ("/http/serving/unknown-key", server, test_unknown_key);
  g_test_add_data_func ("/http/serving/media-type", server, test_media_type);
  g_test_add_data_func ("/http/serving/too-large", server, test_too_large);
  g_test_add_data_func ("/http/serving/language", server, test_language);
  g_test_add_data_func ("/http/serving/log-injection", server, test_log_injection);
  g_test_add_data_func ("/http/serving/client-left", server, test_client_left);
  g_test_add_data_func ("/http/serving/range", server, test_range);
  g_test_add_data_func ("/http/serving/head", server, test_head);
  return g_test_run ();
}
