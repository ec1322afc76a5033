/* follower.c: one client of the live events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/follower.h"

#include <poll.h>

#include "shared/base/codec.h"
#include "shared/base/json-scan.h"

/* All that a client says is its token. */
#define MAX_INCOMING_BYTES 4096

TwFollower *
tw_follower_new (SoupServerMessage *message, gint64 since, guint ping_seconds)
{
  TwFollower *self = g_new0 (TwFollower, 1);
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GIOStream) stream = NULL;

  g_ref_count_init (&self->ref_count);
  self->socket = g_object_ref (soup_server_message_get_socket (message));
  stream = soup_server_message_steal_connection (message);
  self->connection
    = soup_websocket_connection_new (stream, uri, SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, MAX_INCOMING_BYTES);
  soup_websocket_connection_set_keepalive_interval (self->connection, ping_seconds);
  self->seq = since;
  self->opened = self->heard = g_get_monotonic_time ();
  return self;
}

TwFollower *
tw_follower_ref (TwFollower *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
tw_follower_unref (TwFollower *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->connection);
  g_object_unref (self->socket);
  g_clear_pointer (&self->who, tw_principal_unref);
  g_free (self->token);
  g_free (self);
}

gboolean
tw_follower_is_open (TwFollower *self)
{
  return soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

gboolean
tw_follower_is_writable (TwFollower *self, gint64 now)
{
  struct pollfd fd = { .fd = g_socket_get_fd (self->socket), .events = POLLOUT };
  gboolean writable = poll (&fd, 1, 0) == 1 && (fd.revents & POLLOUT) != 0;

  if (writable)
    self->clogged = 0;
  else if (self->clogged == 0)
    self->clogged = now;
  return writable;
}

void
tw_follower_send (TwFollower *self, const char *text)
{
  if (tw_follower_is_open (self))
    soup_websocket_connection_send_text (self->connection, text);
}

void
tw_follower_close (TwFollower *self, gushort code, const char *reason)
{
  if (tw_follower_is_open (self))
    soup_websocket_connection_close (self->connection, code, reason);
}

char *
tw_follower_read_token (GBytes *message)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (message, &length);
  g_autoptr (JsonNode) root = NULL;
  JsonNode *token;

  if (!tw_json_scan (text, length, NULL))
    return NULL;
  root = tw_codec_parse (text, (gssize) length, NULL);
  if (root == NULL)
    return NULL;
  token = json_object_get_member (json_node_get_object (root), "token");
  if (token == NULL || !JSON_NODE_HOLDS_VALUE (token) || json_node_get_value_type (token) != G_TYPE_STRING)
    return NULL;
  return g_strdup (json_node_get_string (token));
}
