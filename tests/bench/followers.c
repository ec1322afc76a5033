/* followers.c: many clients of the live events, that cost next to nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/followers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define POLL_MS 100

/* RFC 6455 */
#define OPCODE_TEXT 1
#define OPCODE_PING 9
#define OPCODE_PONG 10

/* What became of one order. */
typedef struct
{
  gint64 begin; /* 0: not noted yet */
  gint64 last;  /* when it was heard of last */
  guint heard;  /* by so many */
} Change;

struct _BenchFollowers
{
  guint n;
  struct pollfd *polled;
  GByteArray **unread; /* of each, what is no whole message yet */

  GThread *thread;
  gint stop; /* atomic */
  GMutex mutex;
  GCond heard;
  GHashTable *changes; /* (element-type gint64 Change) */
  guint closed;
};

/* ---- Connecting ---- */

static void
send_all (int fd, const void *bytes, gsize length)
{
  if (send (fd, bytes, length, MSG_NOSIGNAL) != (gssize) length)
    g_error ("a follower cannot send: %s", g_strerror (errno));
}

/* What follows the answer is left for the thread. */
static void
read_answer (int fd)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  char c;

  while (!g_str_has_suffix (answer->str, "\r\n\r\n"))
    {
      if (recv (fd, &c, 1, 0) != 1)
        g_error ("a follower was refused: %s", answer->str);
      g_string_append_c (answer, c);
    }
  if (!g_str_has_prefix (answer->str, "HTTP/1.1 101"))
    g_error ("a follower was refused: %s", answer->str);
}

static int
follow (guint16 port, const char *token)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_autofree char *request = g_strdup_printf (
    "GET /api/v1/events?since=0 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer %s\r\n\r\n",
    token);

  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("no connection to port %u: %s", port, g_strerror (errno));
  send_all (fd, request, strlen (request));
  read_answer (fd);
  return fd;
}

/* ---- Hearing ---- */

static Change *
ensure_change (BenchFollowers *self, gint64 id)
{
  Change *change = g_hash_table_lookup (self->changes, &id);

  if (change == NULL)
    {
      change = g_new0 (Change, 1);
      g_hash_table_insert (self->changes, g_memdup2 (&id, sizeof id), change);
    }
  return change;
}

/* {"seq":12,"kind":"order","id":3,"version":1,"change":"create"} */
static void
hear (BenchFollowers *self, const char *text)
{
  const char *id = strstr (text, "\"id\":");
  Change *change;

  if (id == NULL || strstr (text, "\"kind\":\"order\"") == NULL || strstr (text, "\"change\":\"create\"") == NULL)
    return;
  change = ensure_change (self, g_ascii_strtoll (id + strlen ("\"id\":"), NULL, 10));
  change->heard++;
  change->last = g_get_monotonic_time ();
}

/* Masked with zeros, which leaves it as it is. */
static void
answer_ping (int fd, const guint8 *payload, gsize length)
{
  guint8 frame[6 + 125] = { 0x80 | OPCODE_PONG, (guint8) (0x80 | length) };

  if (length > 125)
    g_error ("a ping of %" G_GSIZE_FORMAT " bytes", length);
  memcpy (frame + 6, payload, length);
  send_all (fd, frame, 6 + length);
}

/* The length of the frame at the beginning of @bytes, its head's in *head; 0 when it is not all there. */
static gsize
measure_frame (const GByteArray *bytes, gsize *head)
{
  gsize length = bytes->len >= 2 ? bytes->data[1] & 0x7f : 0;

  *head = length < 126 ? 2 : length == 126 ? 4 : 10;
  if (bytes->len < *head)
    return 0;
  if (length >= 126)
    {
      length = 0;
      for (gsize i = 2; i < *head; i++)
        length = length << 8 | bytes->data[i];
    }
  return bytes->len >= *head + length ? *head + length : 0;
}

static void
take_frames (BenchFollowers *self, guint i)
{
  GByteArray *bytes = self->unread[i];
  gsize head, length;

  while ((length = measure_frame (bytes, &head)) > 0)
    {
      g_autofree char *text = g_strndup ((const char *) bytes->data + head, length - head);

      switch (bytes->data[0] & 0x0f)
        {
        case OPCODE_TEXT:
          hear (self, text);
          break;
        case OPCODE_PING:
          answer_ping (self->polled[i].fd, bytes->data + head, length - head);
          break;
        default:
          break;
        }
      g_byte_array_remove_range (bytes, 0, (guint) length);
    }
}

static void
receive (BenchFollowers *self, guint i)
{
  guint8 buffer[65536];
  gssize n = recv (self->polled[i].fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (n > 0)
    {
      g_byte_array_append (self->unread[i], buffer, (guint) n);
      take_frames (self, i);
      return;
    }
  if (n < 0 && errno == EAGAIN)
    return;
  self->polled[i].fd = -1 - self->polled[i].fd; /* poll() leaves it alone */
  self->closed++;
}

static gpointer
listen_cb (gpointer data)
{
  BenchFollowers *self = data;

  while (!g_atomic_int_get (&self->stop))
    {
      if (poll (self->polled, self->n, POLL_MS) <= 0)
        continue;
      g_mutex_lock (&self->mutex);
      for (guint i = 0; i < self->n; i++)
        if (self->polled[i].fd >= 0 && self->polled[i].revents != 0)
          receive (self, i);
      g_cond_broadcast (&self->heard);
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

/* ---- Public ---- */

BenchFollowers *
bench_followers_new (guint16 port, const char *const *tokens, guint n_tokens, guint n)
{
  BenchFollowers *self = g_new0 (BenchFollowers, 1);

  self->n = n;
  self->polled = g_new0 (struct pollfd, n);
  self->unread = g_new0 (GByteArray *, n);
  self->changes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->heard);
  for (guint i = 0; i < n; i++)
    {
      self->polled[i] = (struct pollfd) { .fd = follow (port, tokens[i % n_tokens]), .events = POLLIN };
      self->unread[i] = g_byte_array_new ();
    }
  self->thread = g_thread_new ("followers", listen_cb, self);
  return self;
}

void
bench_followers_free (BenchFollowers *self)
{
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->n; i++)
    {
      close (self->polled[i].fd >= 0 ? self->polled[i].fd : -1 - self->polled[i].fd);
      g_byte_array_unref (self->unread[i]);
    }
  g_hash_table_unref (self->changes);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->heard);
  g_free (self->polled);
  g_free (self->unread);
  g_free (self);
}

void
bench_followers_note (BenchFollowers *self, gint64 id, gint64 begin)
{
  g_mutex_lock (&self->mutex);
  ensure_change (self, id)->begin = begin;
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_complete (BenchFollowers *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Change *) value)->begin != 0 && ((Change *) value)->heard < self->n)
      return FALSE;
  return TRUE;
}

void
bench_followers_take (BenchFollowers *self, double seconds, BenchFigures *figures)
{
  gint64 until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  GHashTableIter iter;
  gpointer value;

  g_mutex_lock (&self->mutex);
  while (!is_complete (self) && g_cond_wait_until (&self->heard, &self->mutex, until))
    ;
  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Change *change = value;

      if (change->begin == 0)
        continue; /* from before */
      if (change->heard == self->n)
        bench_figures_add (figures, change->last - change->begin);
      else
        figures->errors++;
    }
  figures->errors += self->closed;
  g_hash_table_remove_all (self->changes);
  g_mutex_unlock (&self->mutex);
}
