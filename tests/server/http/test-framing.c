/* test-framing.c: what the check of raw requests lets through, however the network cuts it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it stops is tests/attack/test-smuggling.c's, through a server.
 */
#include <string.h>

#include "server/http/framing.h"

static const char good[]
  = "GET /api/v1/orders?q=%E8%8C%B6 HTTP/1.1\r\nHost: x\r\nAccept:\ta, b;q=0.1 \r\nX-Empty:\r\n\r\n"
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n\r\n\r\na\0b"
    "POST / HTTP/1.1\r\nHost: x\r\ntransfer-encoding: Chunked\r\n\r\n"
    "5\r\nab\r\nc\r\n0001\r\n\r\r\n0A\r\n0123456789\r\n0\r\n\r\n"
    "DELETE /x HTTP/1.0\r\n\r\n"
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/* In two pieces, cut anywhere. */
static void
test_pieces (void)
{
  for (gsize cut = 0; cut < sizeof good; cut++)
    {
      g_autoptr (TwFraming) framing = tw_framing_new ();

      g_assert_cmpuint (tw_framing_check (framing, good, cut), ==, cut);
      g_assert_cmpuint (tw_framing_check (framing, good + cut, sizeof good - 1 - cut), ==, sizeof good - 1 - cut);
    }
}

static void
test_byte_by_byte (void)
{
  g_autoptr (TwFraming) framing = tw_framing_new ();

  for (gsize i = 0; i < sizeof good - 1; i++)
    g_assert_cmpuint (tw_framing_check (framing, good + i, 1), ==, 1);
}

/* All before the doubtful byte is let through: the request before it is answered. */
static void
test_stops_at_the_byte (void)
{
  static const char first[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  static const char second[] = "GET / HTTP/1.1\r\nHost : x\r\n\r\n";
  g_autofree char *both = g_strconcat (first, second, NULL);
  g_autoptr (TwFraming) framing = tw_framing_new ();

  g_assert_cmpuint (tw_framing_check (framing, both, strlen (both)), ==,
                    strlen (first) + strlen ("GET / HTTP/1.1\r\nHost : x\r"));
}

/* The request is refused with a reason by who sees the whole header; its tail must not be taken for anything. */
static void
test_refused_as_a_whole (void)
{
  static const char head[] = "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n\nany\rthing";
  g_autoptr (TwFraming) framing = tw_framing_new ();

  g_assert_cmpuint (tw_framing_check (framing, head, sizeof head - 1), ==, sizeof head - 1);
}

/* A body in thousands of chunks, each of @size. */
static gboolean
takes_chunks_of (guint size)
{
  g_autofree char *content = g_strnfill (size, 'x');
  g_autofree char *chunk = g_strdup_printf ("%x\r\n%s\r\n", size, content);
  static const char head[] = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  g_autoptr (TwFraming) framing = tw_framing_new ();

  g_assert_cmpuint (tw_framing_check (framing, head, strlen (head)), ==, strlen (head));
  for (guint i = 0; i < 5000; i++)
    if (tw_framing_check (framing, chunk, strlen (chunk)) < strlen (chunk))
      return FALSE;
  return TRUE;
}

static void
test_tiny_chunks (void)
{
  g_assert_false (takes_chunks_of (1));
  g_assert_true (takes_chunks_of (1024));
}

static void
test_endless_line (void)
{
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autoptr (TwFraming) framing = tw_framing_new ();

  g_assert_cmpuint (tw_framing_check (framing, line, strlen (line)), <, strlen (line));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/framing/pieces", test_pieces);
  g_test_add_func ("/http/framing/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/http/framing/stops-at-the-byte", test_stops_at_the_byte);
  g_test_add_func ("/http/framing/refused-as-a-whole", test_refused_as_a_whole);
  g_test_add_func ("/http/framing/endless-line", test_endless_line);
  g_test_add_func ("/http/framing/tiny-chunks", test_tiny_chunks);
  return g_test_run ();
}
