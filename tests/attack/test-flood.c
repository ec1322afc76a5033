/* test-flood.c: much, slow and endless: what hundreds of connections can do to the server while somebody works
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each attack is let go of in bounded time, in bounded memory, and while it lasts a normal client from another address
 * is answered each time and in good time. The server runs with short time limits, which only shortens the test.
 */
#define _GNU_SOURCE 1 /* prlimit() */
#include <string.h>
#include <sys/resource.h>

#include "tests/attack/calm.h"
#include "tests/attack/raw.h"
#include "tests/fixture/database.h"

/* Five addresses of 120 connections: more than the server takes in all (512), fewer than it takes from one (128). */
#define ATTACKERS 5
#define CONNECTIONS 120

/* So many of them must stand at a time for an attack to be one. */
#define HUNDREDS 300

/* Five addresses of 90 connections: the server takes them all, so none is ended to make room for another. */
#define DRIPPING 90
#define DRIP_USEC (100 * 1000)

/* MiB that the server may grow by: all bodies together, twice, since a buffer doubles as it grows. */
#define GROWTH 128

/* What is left to the server when descriptors run out. */
#define DESCRIPTORS 40

#define HEADER_SECONDS 2
#define BODY_SECONDS 4
#define POUR_SECONDS 15

#define MIB (1024 * 1024)
#define POST_HEAD "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

static char *token;
static double patience; /* the factor for this machine */

/* ---- What is measured around each attack ---- */

typedef struct
{
  TwTestServer *server;
  const char *name;
  TwCalm *calm;
  double before; /* MiB */
} Siege;

static Siege
siege_begin (TwTestServer *server, const char *name)
{
  Siege siege = { .server = server, .name = name };

  tw_calm_reset_peak (server);
  siege.before = tw_calm_peak_memory (server);
  siege.calm = tw_calm_start (server, token);
  tw_calm_wait (siege.calm, 1);
  return siege;
}

static void
siege_end (Siege *siege)
{
  double grown;

  tw_calm_wait (siege->calm, 100); /* so that there is a 99th percentile */
  tw_calm_finish (siege->calm, siege->name, TW_CALM_P99 * patience);
  grown = tw_calm_peak_memory (siege->server) - siege->before;
  g_test_message ("%s: %.1f MiB, at most %.1f more", siege->name, siege->before, grown);
  g_assert_cmpfloat (grown, <, GROWTH);
}

/* ---- Hundreds of connections ---- */

/* On each of @n, from all attackers in turn, @text is said and then nothing more. Beyond its caps the server lets go of
 * some again at once. */
static GPtrArray *
besiege (TwTestServer *server, guint n, const char *text)
{
  GPtrArray *sockets = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      GSocket *socket = tw_raw_try_dial (server, 10 + i % ATTACKERS);

      if (socket == NULL)
        continue;
      tw_raw_say (socket, text, -1);
      g_ptr_array_add (sockets, socket);
    }
  return sockets;
}

/* The same; asserts that the server has accepted some hundreds and has them at one time. */
static GPtrArray *
besiege_by_hundreds (TwTestServer *server, guint n, const char *text)
{
  GPtrArray *sockets = besiege (server, n, text);
  guint standing = 0;

  g_assert_cmpuint (sockets->len, >=, HUNDREDS);
  tw_test_wait_for ((standing = tw_calm_count_connections (server)) >= HUNDREDS, 10);
  g_test_message ("%u of %u dialled, %u stand", sockets->len, n, standing);
  return sockets;
}

static gboolean
are_all_closed (GPtrArray *sockets)
{
  for (guint i = 0; i < sockets->len; i++)
    if (!tw_raw_is_closed (g_ptr_array_index (sockets, i)))
      return FALSE;
  return TRUE;
}

static void
assert_let_go (GPtrArray *sockets, guint seconds)
{
  gint64 start = g_get_monotonic_time ();

  tw_test_wait_for (are_all_closed (sockets), (3 * seconds + 5) * patience);
  g_test_message ("%u connections let go of after %.1f s", sockets->len,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

static void
test_slow_headers (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  Siege siege = siege_begin (server, "slow headers");
  g_autoptr (GPtrArray) sockets
    = besiege_by_hundreds (server, ATTACKERS * CONNECTIONS, "GET /api/v1/session HTTP/1.1\r\nHo");

  assert_let_go (sockets, HEADER_SECONDS);
  siege_end (&siege);
}

static void
test_slow_bodies (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  Siege siege = siege_begin (server, "slow bodies");
  g_autoptr (GPtrArray) sockets
    = besiege_by_hundreds (server, ATTACKERS * CONNECTIONS, POST_HEAD "Content-Length: 100\r\n\r\n{\"user\":");

  assert_let_go (sockets, BODY_SECONDS);
  siege_end (&siege);
}

/* They have asked for nothing at all. */
static void
test_silent (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  Siege siege = siege_begin (server, "silent connections");
  g_autoptr (GPtrArray) sockets = besiege_by_hundreds (server, ATTACKERS * CONNECTIONS, "");

  assert_let_go (sockets, HEADER_SECONDS);
  siege_end (&siege);
}

/* ---- Drop by drop ---- */

typedef struct
{
  GPtrArray *sockets;
  const char *drop;
  guint open;   /* at the last drop */
  guint drops;  /* on each that was open */
  gint64 next;  /* monotonic, µs: when the next is due */
  gint64 first; /* when an end was first seen; 0: not yet */
} Drip;

/* Says another byte on all that are open, if it is time to. TRUE: none is. */
static gboolean
drip_on (Drip *self)
{
  gint64 now = g_get_monotonic_time ();
  guint open = 0;

  if (now < self->next)
    return FALSE;
  for (guint i = 0; i < self->sockets->len; i++)
    {
      GSocket *socket = g_ptr_array_index (self->sockets, i);

      if (tw_raw_is_closed (socket))
        continue;
      tw_raw_say (socket, self->drop, 1);
      open++;
    }
  if (open < self->open && self->first == 0)
    self->first = g_get_monotonic_time ();
  self->open = open;
  self->drops++;
  self->next = now + DRIP_USEC;
  return open == 0;
}

/* On each connection @text is said and then @drop again and again, without an end. It is the limit of @seconds that
 * ends them: none goes earlier, and what arrives meanwhile buys no time. */
static void
drip (TwTestServer *server, const char *name, const char *text, const char *drop, guint seconds)
{
  Siege siege = siege_begin (server, name);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) sockets = besiege_by_hundreds (server, ATTACKERS * DRIPPING, text);
  Drip dripping = { .sockets = sockets, .drop = drop, .open = sockets->len };

  tw_test_wait_for (drip_on (&dripping), (3 * seconds + 5) * patience);
  g_test_message ("%s: the first ended after %.1f s, the last after %.1f s and at most %u drops", name,
                  (double) (dripping.first - start) / G_USEC_PER_SEC,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC, dripping.drops);
  g_assert_cmpint (dripping.first - start, >=, seconds * G_USEC_PER_SEC);
  g_assert_cmpuint (dripping.drops, >, 2);
  siege_end (&siege);
}

static void
test_dripping_headers (gconstpointer data)
{
  drip ((TwTestServer *) data, "dripping headers", "GET /api/v1/session HTTP/1.1\r\nHost: x\r\nX-Slow: ", "x",
        HEADER_SECONDS);
}

static void
test_dripping_bodies (gconstpointer data)
{
  drip ((TwTestServer *) data, "dripping bodies", POST_HEAD "Content-Length: 100000\r\n\r\n{\"user\":", " ",
        BODY_SECONDS);
}

/* ---- Much ---- */

/* One connection on which @piece is said until the other side has had enough. */
typedef struct
{
  TwTestServer *server;
  guint from;
  const char *head;
  const char *piece;
  gsize sent;
} Pour;

static gpointer
pour_thread (gpointer data)
{
  Pour *pouring = data;
  g_autoptr (GSocket) socket = tw_raw_dial (pouring->server, pouring->from);
  g_autofree char *answer = NULL;

  tw_raw_say (socket, pouring->head, -1);
  while (tw_raw_say (socket, pouring->piece, -1))
    pouring->sent += strlen (pouring->piece);
  answer = tw_raw_hear (socket, NULL);
  g_assert_cmpuint (tw_raw_status (answer), !=, 200);
  return NULL;
}

/* Eight connections pour @piece into the server at once. What is refused is read away for three seconds, so that the
 * answer is not lost; the rest of POUR_SECONDS is for a slow machine. */
static void
pour_all (TwTestServer *server, const char *name, const char *head, const char *piece)
{
  Siege siege = siege_begin (server, name);
  Pour pours[8];
  GThread *threads[G_N_ELEMENTS (pours)];
  gint64 start = g_get_monotonic_time ();
  gsize most = 0;
  double took;

  for (guint i = 0; i < G_N_ELEMENTS (pours); i++)
    {
      pours[i] = (Pour) { server, 20 + i, head, piece, 0 };
      threads[i] = g_thread_new ("pour", pour_thread, &pours[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pours); i++)
    {
      g_thread_join (threads[i]);
      most = MAX (most, pours[i].sent);
    }
  took = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_test_message ("%s: over after %.1f s and at most %.1f MiB each", name, took, (double) most / MIB);
  g_assert_cmpfloat (took, <, POUR_SECONDS * patience);
  siege_end (&siege);
}

static void
test_endless_header (gconstpointer data)
{
  g_autofree char *line = g_strnfill (1000, 'x');
  g_autofree char *piece = g_strdup_printf ("X-%s: %s\r\n", line, line);

  pour_all ((TwTestServer *) data, "endless headers", "GET /api/v1/session HTTP/1.1\r\nHost: x\r\n", piece);
}

static void
test_endless_line (gconstpointer data)
{
  g_autofree char *piece = g_strnfill (64 * 1024, 'x');

  pour_all ((TwTestServer *) data, "an endless line", "GET /", piece);
}

static void
test_endless_chunks (gconstpointer data)
{
  g_autofree char *content = g_strnfill (65536, 'x');
  g_autofree char *piece = g_strdup_printf ("10000\r\n%s\r\n", content);

  pour_all ((TwTestServer *) data, "endless chunks", POST_HEAD "Transfer-Encoding: chunked\r\n\r\n", piece);
}

/* Six bytes on the wire for one in the body: what the server keeps for a chunk must not be many times that. */
static void
test_tiny_chunks (gconstpointer data)
{
  GString *piece = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (piece, "1\r\nx\r\n");
  text = g_string_free (piece, FALSE);
  pour_all ((TwTestServer *) data, "tiny chunks", POST_HEAD "Transfer-Encoding: chunked\r\n\r\n", text);
}

/* Each a little below what a body may have, and then silent: together they must not fill the memory. */
static void
test_stalled_bodies (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  Siege siege = siege_begin (server, "stalled bodies");
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *content = g_strnfill (3 * MIB, ' ');

  for (guint i = 0; i < 100; i++)
    {
      GSocket *socket = tw_raw_dial (server, 30 + i % ATTACKERS);

      tw_raw_say (socket, POST_HEAD "Content-Length: 4000000\r\n\r\n", -1);
      tw_raw_say (socket, content, 3 * MIB);
      g_socket_set_blocking (socket, FALSE);
      g_ptr_array_add (sockets, socket);
    }
  assert_let_go (sockets, BODY_SECONDS);
  siege_end (&siege);
}

/* ---- Bodies that are hard to read ---- */

static char *
repeat (const char *open, guint n, const char *format)
{
  GString *text = g_string_new (open);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, format, i, i, i);
  return g_string_free (text, FALSE);
}

/* Asks once and asserts that the answer is @status, in the time that a normal client may wait. */
static void
ask_json (TwTestServer *server, const char *name, const char *body, gsize length, guint status)
{
  g_autoptr (GSocket) socket = tw_raw_dial (server, 1);
  g_autofree char *head
    = g_strdup_printf (POST_HEAD "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_autofree char *answer = NULL;
  gint64 start = g_get_monotonic_time ();
  double took;

  tw_raw_say (socket, head, -1);
  tw_raw_say (socket, body, (gssize) length);
  answer = tw_raw_hear (socket, NULL);
  took = (double) (g_get_monotonic_time () - start) / 1000.0;
  g_test_message ("%s: %u after %.0f ms", name, tw_raw_status (answer), took);
  g_assert_cmpuint (tw_raw_status (answer), ==, status);
  g_assert_cmpfloat (took, <, TW_CALM_P99 * patience);
}

static void
test_json (gconstpointer data)
{
  static const char nul[] = "{\"user\":\"a\0b\",\"password\":\"c\"}";
  TwTestServer *server = (TwTestServer *) data;
  Siege siege = siege_begin (server, "hard JSON");
  g_autofree char *arrays = repeat ("{\"user\":", 100000, "[");
  g_autofree char *objects = repeat ("", 50000, "{\"user\":");
  g_autofree char *keys = repeat ("{", 30000, "\"k%u\":%u,");
  /* Those whose hashes under "times 33 plus" are the same: each "Aa" may be a "BB". */
  GString *colliding = g_string_new ("{");
  g_autofree char *text = NULL;
  g_autofree char *digits = g_strnfill (1000000, '9');
  g_autofree char *number = g_strconcat ("{\"user\":", digits, "}", NULL);

  for (guint i = 0; i < 8000; i++)
    {
      g_string_append_c (colliding, '"');
      for (guint bit = 0; bit < 16; bit++)
        g_string_append (colliding, i & (1u << bit) ? "BB" : "Aa");
      g_string_append (colliding, "\":1,");
    }
  text = g_string_free (colliding, FALSE);
  ask_json (server, "deep arrays", arrays, strlen (arrays), 400);
  ask_json (server, "deep objects", objects, strlen (objects), 400);
  ask_json (server, "many keys", keys, strlen (keys), 400);
  ask_json (server, "colliding keys", text, strlen (text), 400);
  ask_json (server, "a long number", number, strlen (number), 400);
  ask_json (server, "a zero", nul, sizeof nul - 1, 400);
  ask_json (server, "no UTF-8", "{\"user\":\"\xc3\x28\"}", 14, 400);
  ask_json (server, "a surrogate", "{\"user\":\"\xed\xa0\x80\"}", 15, 400);
  ask_json (server, "an overlong slash", "{\"user\":\"\xc0\xaf\"}", 14, 400);
  siege_end (&siege);
}

/* Zeros and what is no UTF-8 in the address and in headers: an answer below 500, and a server that lives. */
static void
test_bytes (gconstpointer data)
{
  static const char *const requests[] = {
    "GET /api/v1/orders/%00 HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/%00orders HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/%ff%fe HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/\xff\xfe HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/orders?q=%00 HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/orders?q=%c3%28&sort=%ff HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/orders?%00=1 HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/orders?after=%c0%af HTTP/1.1\r\nHost: x\r\n",
    "GET /api/v1/session HTTP/1.1\r\nHost: \xff\r\n",
    "GET /api/v1/session HTTP/1.1\r\nHost: x\r\nAccept-Language: \xff\xfe\r\n",
    "GET /api/v1/session HTTP/1.1\r\nHost: x\r\nX-\xff: y\r\n",
    "POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nIdempotency-Key: \xff\xc3\x28\r\n",
    "PATCH /api/v1/customers/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nIf-Match: \"\xff\"\r\n",
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Type: \xff/\xfe\r\n",
  };
  TwTestServer *server = (TwTestServer *) data;
  Siege siege = siege_begin (server, "hard bytes");

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (GSocket) socket = tw_raw_dial (server, 1);
      g_autofree char *request
        = g_strdup_printf ("%sAuthorization: Bearer %s\r\nConnection: close\r\n\r\n", requests[i], token);
      g_autofree char *answer = NULL;
      g_autofree char *shown = g_strescape (requests[i], NULL);

      tw_raw_say (socket, request, -1);
      answer = tw_raw_hear (socket, NULL);
      g_test_message ("%s: %u", shown, tw_raw_status (answer));
      g_assert_cmpuint (tw_raw_status (answer), >=, 200);
      g_assert_cmpuint (tw_raw_status (answer), <, 500);
    }
  siege_end (&siege);
}

/* ---- Descriptors ---- */

static void
set_descriptor_limit (TwTestServer *server, rlim_t limit)
{
  struct rlimit now;

  g_assert_cmpint (prlimit (tw_test_server_get_pid (server), RLIMIT_NOFILE, NULL, &now), ==, 0);
  now.rlim_cur = limit > 0 ? limit : now.rlim_max;
  g_assert_cmpint (prlimit (tw_test_server_get_pid (server), RLIMIT_NOFILE, &now, NULL), ==, 0);
}

/* The limit falls while the server runs, so that its own caps, which stay far below, do not help. Who keeps it
 * waiting has to make room; at the end it has as many descriptors as before. */
static void
test_descriptors (gconstpointer data)
{
  TwTestServer *server = (TwTestServer *) data;
  guint before = tw_calm_count_descriptors (server);
  Siege siege;
  g_autoptr (GPtrArray) sockets = NULL;

  set_descriptor_limit (server, before + DESCRIPTORS);
  siege = siege_begin (server, "no descriptors");
  sockets = besiege (server, 3 * DESCRIPTORS, "GET / HTTP/1.1\r\nHo");
  assert_let_go (sockets, 2 * HEADER_SECONDS);
  tw_calm_wait (siege.calm, 100);
  tw_calm_finish (siege.calm, "no descriptors", TW_CALM_P99 * patience);
  set_descriptor_limit (server, 0);
  siege = siege_begin (server, "descriptors again");
  siege_end (&siege);
  tw_test_wait_for (tw_calm_count_descriptors (server) <= before + 2, 10);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = NULL;
  g_autofree char *folder = tw_test_folder_new ();
  g_autofree char *config = g_build_filename (folder, "server.conf", NULL);
  g_autofree char *text
    = g_strdup_printf ("[server]\nheader_seconds = %d\nbody_seconds = %d\n", HEADER_SECONDS, BODY_SECONDS);
  const char *options[] = { "--config", config, NULL };
  int result;

  g_test_init (&argc, &argv, NULL);
  tw_calm_make_memory_honest ();
  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  server = tw_test_server_new (options);
  tw_test_server_add_user (server, "sales", "sales");
  token = tw_test_server_sign_in (server, "sales");
  patience = tw_calm_measure_quiet (server, token);
  g_test_add_data_func ("/attack/flood/slow-headers", server, test_slow_headers);
  g_test_add_data_func ("/attack/flood/slow-bodies", server, test_slow_bodies);
  g_test_add_data_func ("/attack/flood/silent", server, test_silent);
  g_test_add_data_func ("/attack/flood/dripping-headers", server, test_dripping_headers);
  g_test_add_data_func ("/attack/flood/dripping-bodies", server, test_dripping_bodies);
  g_test_add_data_func ("/attack/flood/endless-header", server, test_endless_header);
  g_test_add_data_func ("/attack/flood/endless-line", server, test_endless_line);
  g_test_add_data_func ("/attack/flood/endless-chunks", server, test_endless_chunks);
  g_test_add_data_func ("/attack/flood/tiny-chunks", server, test_tiny_chunks);
  g_test_add_data_func ("/attack/flood/stalled-bodies", server, test_stalled_bodies);
  g_test_add_data_func ("/attack/flood/json", server, test_json);
  g_test_add_data_func ("/attack/flood/bytes", server, test_bytes);
  g_test_add_data_func ("/attack/flood/descriptors", server, test_descriptors);
  result = g_test_run ();
  g_free (token);
  tw_test_folder_remove (folder);
  return result;
}
