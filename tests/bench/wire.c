/* wire.c: a client that costs next to nothing: HTTP/1.1 on one kept connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _BenchWire
{
  int fd;
  char *token;
  GString *request;
  GString *reply; /* all that came for the last request */
  gsize body;     /* where its body begins */
};

BenchWire *
bench_wire_new (guint16 port, const char *token)
{
  BenchWire *wire = g_new0 (BenchWire, 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  int on = 1;

  wire->token = g_strdup (token);
  wire->request = g_string_new (NULL);
  wire->reply = g_string_new (NULL);
  wire->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (wire->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect (wire->fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("no connection to port %u: %s", port, g_strerror (errno));
  return wire;
}

void
bench_wire_free (BenchWire *wire)
{
  close (wire->fd);
  g_free (wire->token);
  g_string_free (wire->request, TRUE);
  g_string_free (wire->reply, TRUE);
  g_free (wire);
}

void
bench_wire_set_token (BenchWire *wire, const char *token)
{
  g_free (wire->token);
  wire->token = g_strdup (token);
}

static void
write_request (BenchWire *wire, const char *method, const char *path, const char *body, const char *key)
{
  GString *out = wire->request;

  g_string_printf (out, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n", method, path,
                   wire->token);
  if (key != NULL)
    g_string_append_printf (out, "Idempotency-Key: %s\r\n", key);
  if (body != NULL)
    g_string_append_printf (out, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                            strlen (body));
  g_string_append (out, "\r\n");
  if (body != NULL)
    g_string_append (out, body);
}

static gboolean
send_request (BenchWire *wire)
{
  for (gsize sent = 0; sent < wire->request->len;)
    {
      gssize n = send (wire->fd, wire->request->str + sent, wire->request->len - sent, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      sent += (gsize) n;
    }
  return TRUE;
}

static gboolean
receive (BenchWire *wire)
{
  char buffer[65536];
  gssize n = recv (wire->fd, buffer, sizeof buffer, 0);

  if (n > 0)
    g_string_append_len (wire->reply, buffer, n);
  return n > 0;
}

/* The server names the length of every answer. */
static gboolean
receive_reply (BenchWire *wire)
{
  const char *end, *length;

  g_string_truncate (wire->reply, 0);
  while ((end = strstr (wire->reply->str, "\r\n\r\n")) == NULL)
    if (!receive (wire))
      return FALSE;
  wire->body = (gsize) (end - wire->reply->str) + 4;
  length = g_strstr_len (wire->reply->str, (gssize) wire->body, "Content-Length: ");
  if (length == NULL)
    return FALSE;
  for (gsize total = wire->body + g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
       wire->reply->len < total;)
    if (!receive (wire))
      return FALSE;
  return TRUE;
}

guint
bench_wire_call (BenchWire *wire, const char *method, const char *path, const char *body, const char *key)
{
  write_request (wire, method, path, body, key);
  if (!send_request (wire) || !receive_reply (wire) || wire->reply->len < strlen ("HTTP/1.1 200"))
    return 0;
  return (guint) g_ascii_strtoull (wire->reply->str + strlen ("HTTP/1.1 "), NULL, 10);
}

const char *
bench_wire_get_body (BenchWire *wire)
{
  return wire->reply->str + wire->body;
}
