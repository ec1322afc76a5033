/* events.c: the live feed over a WebSocket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/net/events.h"

#include <json-glib/json-glib.h>

#include "client/net/api-private.h"

/* The server sends a heartbeat each 20 s; three of them missed is a dead line that TCP has not noticed. */
#define KEEPALIVE_SECONDS 20
#define SILENCE_SECONDS 65
/* Waiting time after a break: doubles from the first to the last, with up to a quarter of chance on top so that not all
 * clients of a restarted server come at once. */
#define FIRST_WAIT_MS 500
#define LAST_WAIT_MS 30000

struct _TwEvents
{
  GObject parent_instance;

  TwApi *api;
  GCancellable *connecting; /* while the handshake runs */
  SoupWebsocketConnection *connection;
  gint64 last_seq; /* 0: from now on */
  guint wait_ms;
  guint retry_source;
  guint silence_source;
  gboolean wanted;
  gboolean was_connected;
};

enum
{
  CHANGED,
  MISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwEvents, tw_events, G_TYPE_OBJECT)

static void connect_feed (TwEvents *self);
static void feed_closed_cb (SoupWebsocketConnection *connection, gpointer user_data);

static gboolean
retry_cb (gpointer user_data)
{
  TwEvents *self = user_data;

  self->retry_source = 0;
  connect_feed (self);
  return G_SOURCE_REMOVE;
}

static void
wait_and_retry (TwEvents *self)
{
  guint wait;

  if (!self->wanted || self->retry_source != 0)
    return;
  wait = self->wait_ms + (guint) g_random_int_range (0, (gint32) (self->wait_ms / 4 + 1));
  self->wait_ms = MIN (self->wait_ms * 2, LAST_WAIT_MS);
  self->retry_source = g_timeout_add (wait, retry_cb, self);
}

static void
drop_connection (TwEvents *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_clear_object (&self->connection);
}

static gboolean
silence_cb (gpointer user_data)
{
  TwEvents *self = user_data;

  self->silence_source = 0;
  drop_connection (self);
  wait_and_retry (self);
  return G_SOURCE_REMOVE;
}

static void
note_sign_of_life (TwEvents *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
  self->silence_source = g_timeout_add_seconds (SILENCE_SECONDS, silence_cb, self);
}

static void
take_event (TwEvents *self, JsonObject *event)
{
  const char *kind = json_object_get_string_member_with_default (event, "kind", NULL);
  gint64 seq = json_object_get_int_member_with_default (event, "seq", 0);

  if (seq > self->last_seq)
    self->last_seq = seq;
  if (json_object_get_boolean_member_with_default (event, "missed", FALSE))
    g_signal_emit (self, signals[MISSED], 0);
  if (kind != NULL)
    g_signal_emit (self, signals[CHANGED], g_quark_from_string (kind), kind,
                   json_object_get_int_member_with_default (event, "id", 0),
                   json_object_get_int_member_with_default (event, "version", 0));
}

static void
message_cb (SoupWebsocketConnection *connection, gint type, GBytes *bytes, gpointer user_data)
{
  TwEvents *self = user_data;
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  JsonNode *root;

  note_sign_of_life (self);
  if (type != SOUP_WEBSOCKET_DATA_TEXT || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    take_event (self, json_node_get_object (root));
}

static void
pong_cb (SoupWebsocketConnection *connection, GBytes *bytes, gpointer user_data)
{
  note_sign_of_life (user_data);
}

static void
feed_closed_cb (SoupWebsocketConnection *connection, gpointer user_data)
{
  TwEvents *self = user_data;

  drop_connection (self);
  wait_and_retry (self);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwEvents) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection
    = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->connecting);
  if (connection == NULL)
    {
      /* An answer that is no upgrade still came from a server; only silence is a lost one. */
      if (error->domain != SOUP_WEBSOCKET_ERROR)
        tw_api_set_reachable (self->api, FALSE);
      g_debug ("no live feed: %s", error->message);
      wait_and_retry (self);
      return;
    }
  tw_api_set_reachable (self->api, TRUE);
  self->wait_ms = FIRST_WAIT_MS;
  self->connection = g_steal_pointer (&connection);
  soup_websocket_connection_set_keepalive_interval (self->connection, KEEPALIVE_SECONDS);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "pong", G_CALLBACK (pong_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (feed_closed_cb), self);
  note_sign_of_life (self);
  if (self->was_connected && self->last_seq == 0)
    g_signal_emit (self, signals[MISSED], 0);
  self->was_connected = TRUE;
}

static void
connect_feed (TwEvents *self)
{
  g_autoptr (GString) path = g_string_new ("/events");
  g_autoptr (SoupMessage) message = NULL;

  if (!self->wanted || self->connection != NULL || self->connecting != NULL)
    return;
  if (self->last_seq != 0)
    g_string_append_printf (path, "?since=%" G_GINT64_FORMAT, self->last_seq);
  message = tw_api_new_message (self->api, "GET", path->str);
  if (message == NULL)
    return;
  self->connecting = g_cancellable_new ();
  soup_session_websocket_connect_async (tw_api_get_soup_session (self->api), message, NULL, NULL, G_PRIORITY_LOW,
                                        self->connecting, connected_cb, g_object_ref (self));
}

static void
tw_events_dispose (GObject *object)
{
  TwEvents *self = TW_EVENTS (object);

  tw_events_stop (self);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (tw_events_parent_class)->dispose (object);
}

static void
tw_events_class_init (TwEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tw_events_dispose;
  signals[CHANGED] = g_signal_new ("changed", TW_TYPE_EVENTS, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
  signals[MISSED]
    = g_signal_new ("missed", TW_TYPE_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_events_init (TwEvents *self)
{
  self->wait_ms = FIRST_WAIT_MS;
}

TwEvents *
tw_events_new (TwApi *api)
{
  TwEvents *self = g_object_new (TW_TYPE_EVENTS, NULL);

  self->api = g_object_ref (api);
  return self;
}

void
tw_events_start (TwEvents *self)
{
  self->wanted = TRUE;
  self->last_seq = 0;
  self->was_connected = FALSE;
  self->wait_ms = FIRST_WAIT_MS;
  connect_feed (self);
}

void
tw_events_stop (TwEvents *self)
{
  self->wanted = FALSE;
  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->connecting != NULL)
    {
      g_cancellable_cancel (self->connecting);
      g_clear_object (&self->connecting);
    }
  drop_connection (self);
}

void
tw_events_retry (TwEvents *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->wait_ms = FIRST_WAIT_MS;
  connect_feed (self);
}

gboolean
tw_events_is_connected (TwEvents *self)
{
  return self->connection != NULL;
}
