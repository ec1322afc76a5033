/* raw.c: bytes to and from the server, as no HTTP library would send them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/raw.h"

#include <string.h>

static GSocketAddress *
address_of (guint host, guint16 port)
{
  g_autofree char *text = g_strdup_printf ("127.0.0.%u", host);

  return g_inet_socket_address_new_from_string (text, port);
}

static GSocket *
socket_from (guint from)
{
  g_autoptr (GSocketAddress) here = address_of (from, 0);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, here, FALSE, &error);
  g_assert_no_error (error);
  return socket;
}

GSocket *
tw_raw_dial (TwTestServer *server, guint from)
{
  g_autoptr (GSocketAddress) there = address_of (1, tw_test_server_get_port (server));
  g_autoptr (GError) error = NULL;
  GSocket *socket = socket_from (from);

  g_socket_set_timeout (socket, 10);
  g_socket_connect (socket, there, NULL, &error);
  g_assert_no_error (error);
  return socket;
}

GSocket *
tw_raw_try_dial (TwTestServer *server, guint from)
{
  g_autoptr (GSocketAddress) there = address_of (1, tw_test_server_get_port (server));
  g_autoptr (GSocket) socket = socket_from (from);

  g_socket_set_timeout (socket, 1);
  if (!g_socket_connect (socket, there, NULL, NULL))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

gboolean
tw_raw_say (GSocket *socket, const char *text, gssize length)
{
  gsize all = length < 0 ? strlen (text) : (gsize) length;
  gsize done = 0;

  while (done < all)
    {
      gssize n = g_socket_send (socket, text + done, all - done, NULL, NULL);

      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

char *
tw_raw_hear (GSocket *socket, const char *stop)
{
  GString *heard = g_string_new (NULL);
  char block[4096];
  gssize n;

  while ((stop == NULL || strstr (heard->str, stop) == NULL)
         && (n = g_socket_receive (socket, block, sizeof block, NULL, NULL)) > 0)
    g_string_append_len (heard, block, n);
  return g_string_free (heard, FALSE);
}

guint
tw_raw_status (const char *text)
{
  return g_str_has_prefix (text, "HTTP/1.1 ") ? (guint) g_ascii_strtoull (text + 9, NULL, 10) : 0;
}

guint
tw_raw_count_answers (const char *text)
{
  guint n = 0;

  for (const char *p = strstr (text, "HTTP/1.1 "); p != NULL; p = strstr (p + 1, "HTTP/1.1 "))
    n++;
  return n;
}

gboolean
tw_raw_is_closed (GSocket *socket)
{
  g_autoptr (GError) error = NULL;
  char block[4096];
  gssize n;

  do
    n = g_socket_receive (socket, block, sizeof block, NULL, &error);
  while (n > 0);
  return n == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}
