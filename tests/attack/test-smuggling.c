/* test-smuggling.c: requests that two programs could read in two ways
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever sits in front of the server may have found another end of the request than the server does; what follows it
 * on the same connection would then be taken for somebody else's request. So after such a request nothing may be read
 * from its connection: each attack carries a second request in its tail, and the server's log must never know of it.
 * The same holds for methods that the server does not know, and meanwhile somebody else works on.
 */
#include <string.h>

#include "tests/attack/calm.h"
#include "tests/attack/raw.h"

#define LINE "POST /api/v1/session HTTP/1.1\r\n"
#define HEAD LINE "Host: x\r\n"
#define TAIL "GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

typedef struct
{
  const char *name;
  const char *request;
  gsize length; /* 0: as a string; else it has zeros in it */
} Attack;

#define ATTACK(name, request) { name, request, sizeof (request) - 1 }

static const Attack attacks[] = {
  ATTACK ("a length and chunks", HEAD "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("chunks and a length", HEAD "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("chunks in capitals and a length", HEAD "TRANSFER-ENCODING: CHUNKED\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("an unknown coding and a length", HEAD "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("an unknown coding alone", HEAD "Transfer-Encoding: xchunked\r\n\r\n" TAIL),
  ATTACK ("identity", HEAD "Transfer-Encoding: identity\r\n\r\n" TAIL),
  ATTACK ("two codings", HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("chunks twice", HEAD "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("chunks with a parameter", HEAD "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("chunks after a vertical tab", HEAD "Transfer-Encoding:\x0b" "chunked\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("quoted chunks", HEAD "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("a space before the colon of the coding",
          HEAD "Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("a tab before the colon of the length", HEAD "Content-Length\t: 5\r\n\r\n" TAIL),
  ATTACK ("a space before the first name", LINE " Transfer-Encoding: chunked\r\nHost: x\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("a line without a colon", HEAD "Transfer-Encoding\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("a line without a name", HEAD ": chunked\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("a folded coding", HEAD "Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("a folded length", HEAD "Content-Length: 0\r\n 4\r\n\r\n" TAIL),
  ATTACK ("a folded header", HEAD "X-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("lines that end in a line feed alone", "POST /api/v1/session HTTP/1.1\nHost: x\nContent-Length: 0\n\n" TAIL),
  ATTACK ("a line feed inside a header", HEAD "X: a\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("a carriage return inside a header", HEAD "X: a\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("a header that ends in a carriage return", HEAD "Content-Length: 0\r\r\n\r\n" TAIL),
  ATTACK ("a zero in a name", HEAD "Transfer-\0Encoding: chunked\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("a zero in a value", HEAD "X: a\0b\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("a zero in the path", "GET /api/v1/sess\0ion HTTP/1.1\r\nHost: x\r\n\r\n" TAIL),
  ATTACK ("two lengths", HEAD "Content-Length: 0\r\nContent-Length: 36\r\n\r\n" TAIL),
  ATTACK ("the same length twice", HEAD "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("a list of lengths", HEAD "Content-Length: 0, 0\r\n\r\n" TAIL),
  ATTACK ("a length with a sign", HEAD "Content-Length: +0\r\n\r\n" TAIL),
  ATTACK ("a negative length", HEAD "Content-Length: -1\r\n\r\n" TAIL),
  ATTACK ("an octal length", HEAD "Content-Length: 0o0\r\n\r\n" TAIL),
  ATTACK ("a length with a fraction", HEAD "Content-Length: 0.0\r\n\r\n" TAIL),
  ATTACK ("a length in words", HEAD "Content-Length: none\r\n\r\n" TAIL),
  ATTACK ("a length that overflows", HEAD "Content-Length: 18446744073709551616\r\n\r\n" TAIL),
  ATTACK ("an empty length", HEAD "Content-Length:\r\n\r\n" TAIL),
  ATTACK ("two hosts", LINE "Host: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n" TAIL),
  ATTACK ("no host", LINE "Content-Length: 0\r\n\r\n" TAIL),
  ATTACK ("an old version with chunks", "POST /api/v1/session HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n"
          "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("a version to come", "GET /api/v1/session HTTP/2.0\r\nHost: x\r\n\r\n" TAIL),
  ATTACK ("no version", "GET /api/v1/session\r\nHost: x\r\n\r\n" TAIL),
  ATTACK ("a version with a tail", "GET /api/v1/session HTTP/1.1x\r\nHost: x\r\n\r\n" TAIL),
  ATTACK ("a chunk with a sign", HEAD "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n" TAIL),
  ATTACK ("a negative chunk", HEAD "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" TAIL),
  ATTACK ("a chunk with a prefix", HEAD "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" TAIL),
  ATTACK ("a chunk that overflows", HEAD "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n0\r\n\r\n" TAIL),
  ATTACK ("a chunk of no size", HEAD "Transfer-Encoding: chunked\r\n\r\n\r\n\r\n" TAIL),
  ATTACK ("a chunk in words", HEAD "Transfer-Encoding: chunked\r\n\r\nnone\r\n\r\n" TAIL),
  ATTACK ("a chunk after a space", HEAD "Transfer-Encoding: chunked\r\n\r\n 0\r\n\r\n" TAIL),
  ATTACK ("a chunk with a zero", HEAD "Transfer-Encoding: chunked\r\n\r\n0\0\r\n\r\n" TAIL),
  ATTACK ("a chunk with a stray line feed", HEAD "Transfer-Encoding: chunked\r\n\r\n0;a\nb\r\n\r\n" TAIL),
  ATTACK ("a chunk longer than said", HEAD "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n" TAIL),
  ATTACK ("a chunk with an extension", HEAD "Transfer-Encoding: chunked\r\n\r\n0;a=b\r\n\r\n" TAIL),
  ATTACK ("a chunk that ends in a line feed alone", HEAD "Transfer-Encoding: chunked\r\n\r\n0\n\r\n" TAIL),
  ATTACK ("a chunk of many digits", HEAD "Transfer-Encoding: chunked\r\n\r\n0000000000000\r\n\r\n" TAIL),
  ATTACK ("a trailer", HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n" TAIL),
  ATTACK ("a request as a trailer", HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n" TAIL),
  ATTACK ("TRACE", "TRACE /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n" TAIL),
  ATTACK ("TRACE with a body", "TRACE /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody" TAIL),
  ATTACK ("CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n" TAIL),
  ATTACK ("a method that is none", "BREW /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n" TAIL),
  ATTACK ("a method in small letters", "get /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n" TAIL),
  ATTACK ("a chunk without its end", HEAD "Transfer-Encoding: chunked\r\n\r\n1\r\na0\r\n\r\n" TAIL),
};

/* The second request goes by unread, and the connection ends. */
static void
assert_alone (TwTestServer *server, const Attack *attack)
{
  g_autoptr (GSocket) socket = tw_raw_dial (server, 1);
  g_autofree char *answer = NULL;
  gint64 start = g_get_monotonic_time ();
  guint status;

  tw_raw_say (socket, attack->request, (gssize) attack->length);
  answer = tw_raw_hear (socket, NULL);
  status = tw_raw_status (answer);
  g_test_message ("%s: %u", attack->name, status);
  if (tw_raw_count_answers (answer) > 1)
    g_error ("%s: answered twice: %s", attack->name, answer);
  if (status != 0 && status < 400)
    g_error ("%s: answered %u", attack->name, status);
  if (g_get_monotonic_time () - start > 5 * G_USEC_PER_SEC)
    g_error ("%s: the connection goes on", attack->name);
}

static char *token;
static double patience; /* the factor for this machine */

static void
test_pairs (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  TwCalm *calm = tw_calm_start (server, token);
  g_autofree char *log = NULL;

  tw_calm_wait (calm, 1);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    assert_alone (server, &attacks[i]);
  tw_calm_wait (calm, 100);
  tw_calm_finish (calm, "smuggling", TW_CALM_P99 * patience);
  log = tw_test_server_read_log (server);
  g_assert_null (strstr (log, "/smuggled"));
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_server_add_user (server, "sales", "sales");
  token = tw_test_server_sign_in (server, "sales");
  patience = tw_calm_measure_quiet (server, token);
  g_test_add_data_func ("/attack/smuggling/pairs", server, test_pairs);
  result = g_test_run ();
  g_free (token);
  return result;
}
