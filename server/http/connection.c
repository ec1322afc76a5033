/* connection.c: what the listener knows about one accepted connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything runs on the listener's main context.
 */
#include "server/http/connection.h"

#include <errno.h>
#include <sys/socket.h>

/* The longest TLS record that can be a lone alert (close_notify): header, nonce, two bytes, tag. No HTTP request is
 * that short. */
#define MAX_ALERT_RECORD 40

struct _TwConnection
{
  GSocket *socket; /* borrowed: this struct is the socket's data */
  char *address;
  TwConnectionState state;
  gint64 since; /* monotonic, µs */
  const TwTimeLimits *limits;
  TwConnectionGone gone;
  gpointer gone_data;
  SoupServerMessage *last; /* while idle: the handle by which the connection can be taken from libsoup */
  GSource *watch;          /* while idle and nothing has arrived */
  gboolean handshaking;    /* until libsoup says that it is connected */
  gboolean encrypted;
  gsize body_bytes; /* of the request that is being read or worked on */
};

static GQuark
connection_quark (void)
{
  return g_quark_from_static_string ("tw-connection");
}

static gboolean
is_leaky (void)
{
  return soup_get_major_version () == 3 && soup_get_minor_version () <= 2;
}

static void
drop_watch (TwConnection *self)
{
  if (self->watch == NULL)
    return;
  g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

static void
drop_last (TwConnection *self)
{
  drop_watch (self);
  g_clear_object (&self->last); /* may free the socket, and with it self */
}

static void
connection_free (gpointer data)
{
  TwConnection *self = data;

  self->gone (self, self->gone_data);
  drop_last (self);
  g_free (self->address);
  g_free (self);
}

/* Takes an idle connection from libsoup and closes it. Valid only while the watch stands: it guarantees that libsoup
 * has not seen the end of the stream, after which there is nothing left to take. */
static void
take_and_close (TwConnection *self)
{
  g_autoptr (GSocket) socket = g_object_ref (self->socket);
  g_autoptr (SoupServerMessage) last = g_object_ref (self->last);

  self->state = TW_CONNECTION_TAKEN;
  drop_last (self);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (last);
  g_socket_close (socket, NULL);
}

static gboolean
is_end_of_stream (TwConnection *self)
{
  guint8 peek[MAX_ALERT_RECORD + 1];
  gssize n;

  do
    n = recv (g_socket_get_fd (self->socket), peek, sizeof peek, MSG_PEEK | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return errno != EAGAIN && errno != EWOULDBLOCK;
  if (n == 0)
    return TRUE;
  return self->last != NULL && g_str_equal (g_uri_get_scheme (soup_server_message_get_uri (self->last)), "https")
         && n < MAX_ALERT_RECORD;
}

static gboolean
idle_readable_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  TwConnection *self = data;

  if (g_socket_is_closed (socket))
    {
      drop_last (self);
      return G_SOURCE_REMOVE;
    }
  if (is_end_of_stream (self))
    {
      take_and_close (self);
      return G_SOURCE_REMOVE;
    }
  drop_watch (self); /* a request is arriving; the sweep watches again if it was none */
  return G_SOURCE_REMOVE;
}

/* Above libsoup's own source in priority, so that the end of the stream is seen here first. */
static void
watch (TwConnection *self)
{
  if (self->watch != NULL || g_socket_is_closed (self->socket))
    return;
  self->watch = g_socket_create_source (self->socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
  g_source_set_priority (self->watch, G_PRIORITY_HIGH);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (idle_readable_cb), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

static gboolean
drop_cb (gpointer message)
{
  g_object_unref (message);
  return G_SOURCE_REMOVE;
}

/* When the TLS handshake fails, libsoup before 3.4 leaves the first message and the connection holding each other. */
static void
drop_later (SoupServerMessage *message)
{
  g_autoptr (GSource) source = NULL;

  if (!is_leaky ())
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, G_SOURCE_FUNC (drop_cb), message, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/* libsoup is through with the connection, although it may keep the socket for a while. */
static void
disconnected_cb (SoupServerMessage *message, gpointer data)
{
  GSocket *socket = data;
  TwConnection *self = g_object_get_qdata (G_OBJECT (socket), connection_quark ());

  if (self == NULL || self->state == TW_CONNECTION_TAKEN)
    return;
  if (self->handshaking)
    drop_later (message);
  g_object_set_qdata (G_OBJECT (socket), connection_quark (), NULL);
}

static void
connected_cb (SoupServerMessage *message, gpointer data)
{
  TwConnection *self = g_object_get_qdata (data, connection_quark ());

  if (self != NULL)
    self->handshaking = FALSE;
}

/* libsoup before 3.4 keeps a reference to every socket that it accepts, so none would ever be freed. */
static void
drop_leaked_reference (GSocket *socket)
{
  if (is_leaky ())
    g_object_unref (socket);
}

TwConnection *
tw_connection_follow (SoupServerMessage *message, gboolean encrypted, const TwTimeLimits *limits, TwConnectionGone gone,
                      gpointer data)
{
  GSocket *socket = soup_server_message_get_socket (message);
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  TwConnection *self = g_new0 (TwConnection, 1);

  self->socket = socket;
  if (remote != NULL && G_IS_INET_SOCKET_ADDRESS (remote))
    self->address = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  else
    self->address = g_strdup ("unknown");
  self->limits = limits;
  self->gone = gone;
  self->gone_data = data;
  tw_connection_set_state (self, TW_CONNECTION_NEW);
  g_object_set_qdata_full (G_OBJECT (socket), connection_quark (), self, connection_free);
  drop_leaked_reference (socket);
  self->handshaking = TRUE;
  self->encrypted = encrypted;
  g_signal_connect_object (message, "connected", G_CALLBACK (connected_cb), socket, 0);
  return self;
}

void
tw_connection_follow_message (TwConnection *self, SoupServerMessage *message)
{
  g_signal_connect_object (message, "disconnected", G_CALLBACK (disconnected_cb), self->socket, 0);
}

TwConnection *
tw_connection_of (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  return socket != NULL ? g_object_get_qdata (G_OBJECT (socket), connection_quark ()) : NULL;
}

gboolean
tw_connection_is_http (GSocket *socket, gboolean encrypted)
{
  TwConnection *self = g_object_get_qdata (G_OBJECT (socket), connection_quark ());

  return self != NULL && self->encrypted == encrypted && self->state != TW_CONNECTION_TAKEN;
}

const char *
tw_connection_get_address (TwConnection *self)
{
  return self->address;
}

TwConnectionState
tw_connection_get_state (TwConnection *self)
{
  return self->state;
}

void
tw_connection_set_state (TwConnection *self, TwConnectionState state)
{
  self->state = state;
  self->since = g_get_monotonic_time ();
  if (state != TW_CONNECTION_IDLE && self->last != NULL)
    drop_last (self);
}

gint64
tw_connection_get_since (TwConnection *self)
{
  return self->since;
}

gsize
tw_connection_get_body_bytes (TwConnection *self)
{
  return self->body_bytes;
}

void
tw_connection_set_body_bytes (TwConnection *self, gsize bytes)
{
  self->body_bytes = bytes;
}

void
tw_connection_finished (TwConnection *self, SoupServerMessage *message)
{
  if (self->state == TW_CONNECTION_TAKEN)
    return;
  tw_connection_set_state (self, TW_CONNECTION_IDLE);
  if (self->last != NULL)
    drop_last (self);
  self->last = g_object_ref (message);
  watch (self);
}

/* 0: no limit. */
static guint
state_seconds (TwConnection *self)
{
  switch (self->state)
    {
    case TW_CONNECTION_NEW:
    case TW_CONNECTION_HEAD:
      return self->limits->head;
    case TW_CONNECTION_BODY:
      return self->limits->body;
    case TW_CONNECTION_WRITING:
      return self->limits->write;
    case TW_CONNECTION_IDLE:
      return self->limits->idle;
    case TW_CONNECTION_WORKING:
    case TW_CONNECTION_TAKEN:
    case TW_CONNECTION_LEAVING:
      return 0;
    }
  return 0;
}

void
tw_connection_sweep (TwConnection *self, gint64 now)
{
  guint seconds = state_seconds (self);

  if (seconds != 0 && now - self->since > seconds * G_USEC_PER_SEC)
    tw_connection_abort (self);
  else if (self->state == TW_CONNECTION_IDLE && self->last != NULL)
    watch (self);
}

void
tw_connection_close_idle (TwConnection *self)
{
  if (self->state == TW_CONNECTION_IDLE || self->state == TW_CONNECTION_NEW)
    tw_connection_abort (self);
}

void
tw_connection_abort (TwConnection *self)
{
  if (self->state != TW_CONNECTION_IDLE)
    { /* libsoup meets the end of the stream and cleans up */
      tw_connection_set_state (self, TW_CONNECTION_LEAVING);
      g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
    }
  else if (self->watch != NULL)
    take_and_close (self);
  else
    { /* libsoup may have lost track of it already and would keep the descriptor for ever */
      g_autoptr (GSocket) socket = g_object_ref (self->socket);

      g_socket_close (socket, NULL);
      g_object_set_qdata (G_OBJECT (socket), connection_quark (), NULL);
    }
}
