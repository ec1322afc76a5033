/* test-listener.c: the listener against rude clients, over raw sockets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The listener runs on a thread of its own; clients block on the test's.
 */
#include <dirent.h>
#include <string.h>
#include <sys/resource.h>

#include "server/http/listener.h"
#include "server/http/request-limits.h"
#include "server/http/tls.h"

#define BODY_LIMIT 10000

/* As the data of a test: the listener speaks TLS; so many connections an address. */
#define WITH_TLS 20

typedef struct
{
  TwListenerConfig config;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  TwListener *listener;
  guint16 port;
  GMutex mutex;
  GCond cond;
  gboolean ready;
  gint n_handled; /* atomic */
} Fixture;

/* ---- The listener's side ---- */

static gsize
body_limit_cb (SoupServerMessage *message, gpointer data)
{
  return BODY_LIMIT;
}

static GString *
refuse_cb (SoupServerMessage *message, const GError *error, gpointer data)
{
  soup_server_message_set_status (message, tw_error_get_problem ((TwErrorCode) error->code)->status, NULL);
  return g_string_new (error->message);
}

static void
handle_cb (SoupServerMessage *message, gpointer data)
{
  Fixture *fixture = data;

  g_atomic_int_inc (&fixture->n_handled);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "hello", 5);
}

static void
finished_cb (SoupServerMessage *message, gpointer data)
{
}

static const TwListenerHooks hooks
  = { .body_limit = body_limit_cb, .refuse = refuse_cb, .handle = handle_cb, .finished = finished_cb };

static gpointer
listener_thread (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (fixture->context);
  fixture->listener = tw_listener_new (&fixture->config, &hooks, fixture, &error);
  g_assert_no_error (error);
  g_mutex_lock (&fixture->mutex);
  fixture->port = (guint16) g_ascii_strtoull (strrchr (tw_listener_get_uri (fixture->listener), ':') + 1, NULL, 10);
  fixture->ready = TRUE;
  g_cond_signal (&fixture->cond);
  g_mutex_unlock (&fixture->mutex);
  g_main_loop_run (fixture->loop);
  tw_listener_free (fixture->listener);
  while (g_main_context_iteration (fixture->context, FALSE))
    ;
  g_main_context_pop_thread_default (fixture->context);
  return NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->config = (TwListenerConfig) { .address = "127.0.0.1",
                                         .max_connections = 500,
                                         .max_per_address = data != NULL ? GPOINTER_TO_UINT (data) : 400,
                                         .max_bodies = 4 * BODY_LIMIT,
                                         .times = { .head = 1, .body = 2, .write = 2, .idle = 2 } };
  g_mutex_init (&fixture->mutex);
  g_cond_init (&fixture->cond);
  if (GPOINTER_TO_UINT (data) == WITH_TLS)
    {
      g_autoptr (GError) error = NULL;

      fixture->config.times.head = 20; /* the first handshake loads the library */
      fixture->config.certificate = tw_tls_load (TW_TEST_CERTIFICATE, TW_TEST_CERTIFICATE, &error);
      g_assert_no_error (error);
    }
  fixture->context = g_main_context_new ();
  fixture->loop = g_main_loop_new (fixture->context, FALSE);
  fixture->thread = g_thread_new ("listener", listener_thread, fixture);
  g_mutex_lock (&fixture->mutex);
  while (!fixture->ready)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  g_mutex_unlock (&fixture->mutex);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_main_context_invoke (fixture->context, quit_cb, fixture->loop);
  g_thread_join (fixture->thread);
  g_clear_object (&fixture->config.certificate);
  g_main_loop_unref (fixture->loop);
  g_main_context_unref (fixture->context);
  g_mutex_clear (&fixture->mutex);
  g_cond_clear (&fixture->cond);
}

/* ---- The client's side ---- */

static GSocket *
dial (Fixture *fixture)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", fixture->port);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (socket, 10);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  return socket;
}

static gboolean
say (GSocket *socket, const char *text)
{
  gsize length = strlen (text);
  gsize done = 0;

  while (done < length)
    {
      gssize n = g_socket_send (socket, text + done, length - done, NULL, NULL);

      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

/* All that comes until the other side closes, or until @stop has come. */
static char *
hear (GSocket *socket, const char *stop)
{
  GString *heard = g_string_new (NULL);
  char block[4096];
  gssize n;

  while ((stop == NULL || strstr (heard->str, stop) == NULL)
         && (n = g_socket_receive (socket, block, sizeof block, NULL, NULL)) > 0)
    g_string_append_len (heard, block, n);
  return g_string_free (heard, FALSE);
}

static guint
status_of (const char *answer)
{
  return g_str_has_prefix (answer, "HTTP/1.1 ") ? (guint) g_ascii_strtoull (answer + 9, NULL, 10) : 0;
}

/* Sends @text, returns the status of the answer, 0 for none. */
static guint
ask (Fixture *fixture, const char *text)
{
  g_autoptr (GSocket) socket = dial (fixture);
  g_autofree char *answer = NULL;

  say (socket, text);
  answer = hear (socket, "\r\n\r\n");
  return status_of (answer);
}

static guint
count_descriptors (void)
{
  DIR *dir = opendir ("/proc/self/fd");
  guint n = 0;

  while (readdir (dir) != NULL)
    n++;
  closedir (dir);
  return n;
}

/* ---- Tests ---- */

#define HOST "Host: x\r\n"

static void
test_keep_alive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = dial (fixture);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *answer = NULL;

      say (socket, "GET / HTTP/1.1\r\n" HOST "\r\n");
      answer = hear (socket, "hello");
      g_assert_cmpuint (status_of (answer), ==, 200);
      g_assert_null (strstr (answer, "Server:"));
    }
}

static void
test_smuggling (Fixture *fixture, gconstpointer data)
{
  static const char *const requests[] = {
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 2, 2\r\n\r\nab",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: +2\r\n\r\nab",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x2\r\n\r\nab",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_test_message ("%s", requests[i]);
      g_assert_cmpuint (ask (fixture, requests[i]), ==, 400);
    }
  g_assert_cmpint (g_atomic_int_get (&fixture->n_handled), ==, 0);
}

static void
test_transfer_encodings (Fixture *fixture, gconstpointer data)
{
  guint status = ask (fixture, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");

  g_assert_true (status == 400 || status == 501);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_handled), ==, 0);
  g_assert_cmpuint (ask (fixture, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"), ==,
                    200);
}

static void
test_methods (Fixture *fixture, gconstpointer data)
{
  static const char *const refused[] = { "TRACE", "CONNECT", "OPTIONS", "BREW", "get", "PROPFIND" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *request = g_strdup_printf ("%s / HTTP/1.1\r\n" HOST "\r\n", refused[i]);
      guint status = ask (fixture, request);

      g_test_message ("%s → %u", refused[i], status);
      g_assert_true (status == 405 || status == 400);
    }
  g_assert_cmpint (g_atomic_int_get (&fixture->n_handled), ==, 0);
}

static void
test_declared_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request
    = g_strdup_printf ("POST / HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n", BODY_LIMIT + 1);

  g_assert_cmpuint (ask (fixture, request), ==, 413); /* answered although no body comes */
}

static void
test_expect_continue (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (
    ask (fixture, "POST / HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"), ==, 100);
  g_assert_cmpuint (
    ask (fixture, "POST / HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 999999\r\n\r\n"), ==, 413);
}

static void
test_endless_chunks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = dial (fixture);
  g_autofree char *chunk = g_strnfill (1000, 'x');
  g_autofree char *framed = g_strdup_printf ("3e8\r\n%s\r\n", chunk);
  g_autofree char *answer = NULL;
  gint64 start = g_get_monotonic_time ();
  guint sent = 0;

  say (socket, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
  while (sent < 100 && say (socket, framed))
    sent++;
  answer = hear (socket, "\r\n\r\n");
  g_assert_cmpuint (status_of (answer), ==, 413);
  while (say (socket, framed)) /* goes on and on, but is let go of */
    g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_USEC_PER_SEC);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_handled), ==, 0);
}

static void
test_long_header (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = g_strnfill (TW_LIMIT_HEADER_BYTES, 'x');
  g_autofree char *request = g_strdup_printf ("GET / HTTP/1.1\r\n" HOST "X-Long: %s\r\n\r\n", value);
  g_autofree char *target = g_strdup_printf ("GET /%.*s HTTP/1.1\r\n" HOST "\r\n", TW_LIMIT_TARGET_BYTES, value);

  g_assert_cmpuint (ask (fixture, request), ==, 413);
  g_assert_cmpuint (ask (fixture, target), ==, 413);
}

static void
test_slow_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = dial (fixture);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *answer = NULL;

  say (socket, "GET / HTTP/1.1\r\nHo");
  answer = hear (socket, NULL); /* until closed */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
  g_assert_cmpuint (status_of (answer), !=, 200);
}

static void
test_slow_body (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = dial (fixture);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *answer = NULL;

  say (socket, "POST / HTTP/1.1\r\n" HOST "Content-Length: 10\r\n\r\nabc");
  answer = hear (socket, NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 6 * G_USEC_PER_SEC);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_handled), ==, 0);
}

static void
test_idle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = dial (fixture);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *answer = NULL;

  say (socket, "GET / HTTP/1.1\r\n" HOST "\r\n");
  answer = hear (socket, NULL); /* the answer, then closed for idleness */
  g_assert_cmpuint (status_of (answer), ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 1 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 6 * G_USEC_PER_SEC);
}

static void
wait_for_connections (Fixture *fixture, guint n)
{
  gint64 until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (tw_listener_count_connections (fixture->listener) != n && g_get_monotonic_time () < until)
    g_usleep (5000);
  g_assert_cmpuint (tw_listener_count_connections (fixture->listener), ==, n);
}

/* What libsoup 3.2 leaks: a kept-alive connection that the client closes after the reply. */
static void
test_closed_by_client (Fixture *fixture, gconstpointer data)
{
  guint before = count_descriptors ();

  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (ask (fixture, "GET / HTTP/1.1\r\n" HOST "\r\n"), ==, 200);
  wait_for_connections (fixture, 0);
  g_assert_cmpuint (count_descriptors (), <=, before + 2);
}

static void
test_closed_in_the_middle (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GSocket) socket = dial (fixture);

      say (socket, i % 2 == 0 ? "POST / HTTP/1.1\r\n" HOST "Content-Length: 10\r\n\r\nabc" : "GET / HT");
      g_socket_close (socket, NULL);
    }
  wait_for_connections (fixture, 0);
  g_assert_cmpuint (ask (fixture, "GET / HTTP/1.1\r\n" HOST "\r\n"), ==, 200);
}

static void
test_half_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = dial (fixture);
  g_autofree char *answer = NULL;

  say (socket, "GET / HTTP/1.1\r\n" HOST "\r\n");
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  answer = hear (socket, NULL);
  g_assert_cmpuint (status_of (answer), ==, 200);
}

static void
test_pipelined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = dial (fixture);
  g_autofree char *first = NULL;

  say (socket, "GET /1 HTTP/1.1\r\n" HOST "\r\nGET /2 HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
  first = hear (socket, NULL);
  g_assert_nonnull (strstr (strstr (first, "hello") + 1, "hello"));
}

/* With four connections allowed an address. */
static void
test_many_from_one_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  guint answered = 0;

  for (guint i = 0; i < 20; i++)
    {
      GSocket *socket = dial (fixture);
      g_autofree char *answer = NULL;

      g_ptr_array_add (sockets, socket);
      say (socket, "GET / HTTP/1.1\r\n" HOST "\r\n");
      answer = hear (socket, "hello");
      if (status_of (answer) == 200)
        answered++;
    }
  g_assert_cmpuint (answered, ==, 4);
  g_assert_cmpuint (tw_listener_count_refused (fixture->listener), ==, 16);
  g_ptr_array_set_size (sockets, 0);
  wait_for_connections (fixture, 0);
  g_assert_cmpuint (ask (fixture, "GET / HTTP/1.1\r\n" HOST "\r\n"), ==, 200);
}

static gboolean
wait_cb (gpointer mutex)
{
  g_mutex_lock (mutex);
  g_mutex_unlock (mutex);
  return G_SOURCE_REMOVE;
}

/* What had come before its connection was sent away is not done, for nobody hears of it. */
static void
test_sent_and_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  gint answered = 0;

  g_mutex_lock (&fixture->mutex);
  g_main_context_invoke (fixture->context, wait_cb, &fixture->mutex);
  for (guint i = 0; i < 20; i++)
    {
      g_ptr_array_add (sockets, dial (fixture));
      say (g_ptr_array_index (sockets, i), "GET / HTTP/1.1\r\n" HOST "\r\n");
    }
  g_mutex_unlock (&fixture->mutex);
  for (guint i = 0; i < sockets->len; i++)
    {
      g_autofree char *answer = hear (g_ptr_array_index (sockets, i), "hello");

      if (status_of (answer) == 200)
        answered++;
    }
  g_assert_cmpint (answered, ==, 4);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_handled), ==, 4);
}

/* One failed accept() makes libsoup's listener deaf for ever. */
static void
test_out_of_descriptors (Fixture *fixture, gconstpointer data)
{
  struct rlimit normal, none;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", fixture->port);
  g_autoptr (GSocket) socket
    = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autofree char *answer = NULL;

  g_socket_set_timeout (socket, 10);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &normal), ==, 0);
  none = (struct rlimit) { .rlim_cur = 3, .rlim_max = normal.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  g_assert_true (g_socket_connect (socket, address, NULL, NULL)); /* by the kernel; accept() fails */
  say (socket, "GET / HTTP/1.1\r\n" HOST "\r\n");
  g_assert_cmpint (g_socket_condition_timed_wait (socket, G_IO_IN, 300 * 1000, NULL, NULL), ==, FALSE);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &normal), ==, 0);
  answer = hear (socket, "hello");
  g_assert_cmpuint (status_of (answer), ==, 200);
  g_assert_cmpuint (ask (fixture, "GET / HTTP/1.1\r\n" HOST "\r\n"), ==, 200);
}

static GIOStream *
dial_tls (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GIOStream *stream;

  g_socket_client_set_tls (client, TRUE);
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_socket_client_set_tls_validation_flags (client, 0); /* the certificate is its own authority */
  G_GNUC_END_IGNORE_DEPRECATIONS
  stream = G_IO_STREAM (g_socket_client_connect_to_host (client, "127.0.0.1", fixture->port, NULL, &error));
  g_assert_no_error (error);
  return stream;
}

static guint
ask_tls (Fixture *fixture)
{
  static const char request[] = "GET / HTTP/1.1\r\n" HOST "\r\n";
  g_autoptr (GIOStream) stream = dial_tls (fixture);
  char answer[1000] = "";

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), request, strlen (request), NULL, NULL, NULL);
  g_input_stream_read (g_io_stream_get_input_stream (stream), answer, sizeof answer - 1, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL); /* says close_notify first */
  return status_of (answer);
}

static void
test_tls (Fixture *fixture, gconstpointer data)
{
  guint before;

  g_assert_true (g_str_has_prefix (tw_listener_get_uri (fixture->listener), "https://"));
  g_assert_cmpuint (ask_tls (fixture), ==, 200);
  before = count_descriptors ();
  for (guint i = 0; i < 30; i++)
    g_assert_cmpuint (ask_tls (fixture), ==, 200);
  wait_for_connections (fixture, 0);
  g_assert_cmpuint (count_descriptors (), <=, before + 2);
}

/* Health checks of load balancers look like this: they must not use up their address. */
static void
test_tls_handshake_fails (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2 * WITH_TLS; i++)
    {
      g_autoptr (GSocket) socket = dial (fixture);

      if (i % 2 == 0)
        say (socket, "GET / HTTP/1.1\r\n" HOST "\r\n");
      g_socket_close (socket, NULL);
      if (i % 10 == 9)
        {
          /* Who is answered was accepted last, so all of them were accepted. */
          g_assert_cmpuint (ask_tls (fixture), ==, 200);
          wait_for_connections (fixture, 0);
        }
    }
}

static void
test_loopback_only (void)
{
  TwListenerConfig config = { .address = "0.0.0.0", TW_LISTENER_DEFAULTS };
  g_autoptr (GError) error = NULL;

  g_assert_null (tw_listener_new (&config, &hooks, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
}

#define ADD(name, test, data) g_test_add ("/http/listener/" name, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  tw_tls_prepare ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* the listener warns when it is revived */
  ADD ("keep-alive", test_keep_alive, NULL);
  ADD ("smuggling", test_smuggling, NULL);
  ADD ("transfer-encodings", test_transfer_encodings, NULL);
  ADD ("methods", test_methods, NULL);
  ADD ("declared-too-large", test_declared_too_large, NULL);
  ADD ("expect-continue", test_expect_continue, NULL);
  ADD ("endless-chunks", test_endless_chunks, NULL);
  ADD ("long-header", test_long_header, NULL);
  ADD ("slow-header", test_slow_header, NULL);
  ADD ("slow-body", test_slow_body, NULL);
  ADD ("idle", test_idle, NULL);
  ADD ("closed-by-client", test_closed_by_client, NULL);
  ADD ("closed-in-the-middle", test_closed_in_the_middle, NULL);
  ADD ("half-closed", test_half_closed, NULL);
  ADD ("pipelined", test_pipelined, NULL);
  ADD ("many-from-one-address", test_many_from_one_address, GUINT_TO_POINTER (4));
  ADD ("sent-and-refused", test_sent_and_refused, GUINT_TO_POINTER (4));
  ADD ("out-of-descriptors", test_out_of_descriptors, NULL);
  ADD ("tls", test_tls, GUINT_TO_POINTER (WITH_TLS));
  ADD ("tls-handshake-fails", test_tls_handshake_fails, GUINT_TO_POINTER (WITH_TLS));
  g_test_add_func ("/http/listener/loopback-only", test_loopback_only);
  return g_test_run ();
}
