/* message.c: see message.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/message.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean
receive (int fd, GString *message)
{
  char buffer[16384];
  gssize n = recv (fd, buffer, sizeof buffer, 0);

  if (n > 0)
    g_string_append_len (message, buffer, n);
  return n > 0;
}

char *
sim_message_get_header (const GString *message, const char *name)
{
  const char *body = sim_message_get_body (message);

  for (const char *line = strstr (message->str, "\r\n"); line != NULL && line + 2 < body; line = strstr (line + 2, "\r\n"))
    if (g_ascii_strncasecmp (line + 2, name, strlen (name)) == 0 && line[2 + strlen (name)] == ':')
      {
        const char *value = line + 3 + strlen (name);

        return g_strstrip (g_strndup (value, strcspn (value, "\r")));
      }
  return NULL;
}

const char *
sim_message_get_body (const GString *message)
{
  const char *end = strstr (message->str, "\r\n\r\n");

  return end != NULL ? end + 4 : message->str + message->len;
}

gboolean
sim_message_read (int fd, GString *message)
{
  g_autofree char *length = NULL;
  gsize total;

  g_string_truncate (message, 0);
  while (strstr (message->str, "\r\n\r\n") == NULL)
    if (!receive (fd, message))
      return FALSE;
  length = sim_message_get_header (message, "Content-Length");
  total = (gsize) (sim_message_get_body (message) - message->str);
  total += length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  while (message->len < total)
    if (!receive (fd, message))
      return FALSE;
  return TRUE;
}

gboolean
sim_message_write (int fd, const char *bytes, gsize length)
{
  for (gsize sent = 0; sent < length;)
    {
      gssize n = send (fd, bytes + sent, length - sent, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      sent += (gsize) n;
    }
  return TRUE;
}

int
sim_message_connect (guint16 port, guint seconds)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct timeval silence = { .tv_sec = seconds };
  int on = 1;

  if (fd < 0)
    return -1;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}
