/* test-tls.c: which TLS the server speaks, and that requests inside it are looked at as strictly as outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The other side is openssl's, told to take anything, so that it is the server who refuses.
 */
#include <signal.h>
#include <string.h>

#include "tests/fixture/server.h"

#define REQUEST "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

/* What is said on a connection with @option ("-tls1_2"), and what openssl says of it. (transfer full) */
static char *
talk (TwTestServer *server, const char *option, const char *input)
{
  g_autofree char *where = g_strdup_printf ("127.0.0.1:%u", tw_test_server_get_port (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error, "openssl",
    "s_client", "-connect", where, "-CAfile", TW_CERTIFICATES "/ca.pem", "-verify_return_error", "-ign_eof", "-cipher",
    "ALL:@SECLEVEL=0", option, NULL);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  return output;
}

static void
test_old (gconstpointer data)
{
  static const char *const options[] = { "-tls1", "-tls1_1" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *output = talk ((TwTestServer *) data, options[i], REQUEST);

      if (strstr (output, "Cipher is (NONE)") == NULL || strstr (output, "HTTP/1.1") != NULL)
        g_error ("%s: %s", options[i], output);
    }
}

static void
test_new (gconstpointer data)
{
  static const char *const options[] = { "-tls1_2", "-tls1_3" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *output = talk ((TwTestServer *) data, options[i], REQUEST);

      if (strstr (output, "HTTP/1.1 200") == NULL)
        g_error ("%s: %s", options[i], output);
    }
}

static const char *const answered[] = { "/healthz", "/api/v1/session", "/nowhere" };

static void
assert_strict_transport (TwTestServer *server, const char *request, const char *status)
{
  g_autofree char *output = talk (server, "-tls1_3", request);
  g_autofree char *line = g_strconcat ("HTTP/1.1 ", status, NULL);

  if (strstr (output, line) == NULL
      || strstr (output, "\r\nStrict-Transport-Security: max-age=31536000; includeSubDomains\r\n") == NULL)
    g_error ("%.60s: %s", request, output);
}

/* Who has come by TLS once keeps to it, at this host and at all below it. */
static void
test_strict_transport (gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (answered); i++)
    {
      g_autofree char *request
        = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", answered[i]);

      assert_strict_transport ((TwTestServer *) data, request, "");
    }
}

/* So does who is refused before anybody reads the whole request, or asks badly for another protocol. */
static void
test_strict_refusals (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;

  assert_strict_transport (server, "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "405");
  assert_strict_transport (server, "POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
                           "413");
  assert_strict_transport (server, "GET /api/v1/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\n"
                                   "Upgrade: websocket\r\nSec-WebSocket-Version: 7\r\n\r\n", "4");
}

/* RFC 6797, 7.2: what comes without TLS must not carry it. */
static void
test_no_strict_transport (void)
{
  g_autoptr (TwTestServer) server = tw_test_server_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (answered); i++)
    {
      g_autofree char *path = g_strconcat ("/", answered[i], NULL);
      g_autoptr (TwTestReply) reply = tw_test_get (server, NULL, path);

      g_assert_cmpuint (reply->status, !=, 0);
      g_assert_null (soup_message_headers_get_one (reply->headers, "Strict-Transport-Security"));
    }
}

static void
test_smuggling (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  g_autofree char *output
    = talk (server, "-tls1_3", "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n"
                               "Content-Length: 0\r\n\r\n0\r\n\r\n"
                               "GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  g_autofree char *log = tw_test_server_read_log (server);

  g_assert_null (strstr (output, "HTTP/1.1"));
  g_assert_null (strstr (log, "/smuggled"));
}

int
main (int argc, char **argv)
{
  static const char *const options[]
    = { "--tls-certificate", TW_CERTIFICATES "/good.pem", "--tls-key", TW_CERTIFICATES "/good.pem", NULL };
  g_autoptr (TwTestServer) server = NULL;

  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN); /* openssl may end before it has read everything */
  server = tw_test_server_new (options);
  g_test_add_data_func ("/attack/tls/old", server, test_old);
  g_test_add_data_func ("/attack/tls/new", server, test_new);
  g_test_add_data_func ("/attack/tls/strict-transport", server, test_strict_transport);
  g_test_add_data_func ("/attack/tls/strict-refusals", server, test_strict_refusals);
  g_test_add_func ("/attack/tls/no-strict-transport", test_no_strict_transport);
  g_test_add_data_func ("/attack/tls/smuggling", server, test_smuggling);
  return g_test_run ();
}
