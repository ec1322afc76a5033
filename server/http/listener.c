/* listener.c: the sockets of the server: SoupServer with its edges taken off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libsoup 3.2 leaves open and is closed here: no connection caps (crowd.c), no time limits, descriptors kept after
 * a client's close (connection.c), requests that can be read in two ways (strict-stream.c), a hundred bytes of memory
 * for each byte that came in a chunk of its own, and a listener that stays deaf after one failed accept(). The last is
 * cured by keeping the listening socket ourselves: when connections wait in its queue and none is taken, libsoup gets a
 * new duplicate of it.
 */
#include "server/http/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/http/crowd.h"
#include "server/http/request-limits.h"
#include "server/http/refusal.h"
#include "server/http/strict-stream.h"
#include "shared/base/text.h"

#define SWEEP_MS 500

/* Descriptors left for the database, files and logs. */
#define SPARE_DESCRIPTORS 128

/* Connections that make room when descriptors have run out nevertheless. */
#define ROOM 16

struct _TwListener
{
  gatomicrefcount ref_count; /* the owner and every connection */
  SoupServer *server;
  const TwListenerHooks *hooks;
  gpointer hooks_data;
  TwListenerConfig config;
  char *uri;
  GSocket *socket; /* the listening socket */
  GSocket *handed; /* its duplicate that libsoup listens on */
  GSource *sweep;
  TwCrowd *crowd;
  guint64 n_accepted;
  guint64 n_accepted_before; /* at the last sweep */
  guint64 n_refused;
  gboolean stopped;
};

static void
listener_unref (TwListener *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  tw_crowd_free (self->crowd);
  g_free (self->uri);
  g_free (self);
}

/* ---- Connections ---------------------------------------------------------------------------- */

static void
connection_gone_cb (TwConnection *connection, gpointer data)
{
  TwListener *self = data;

  tw_crowd_remove (self->crowd, connection);
  listener_unref (self);
}

/* A connection has been accepted: the one of @message. FALSE when it cannot stay. */
static gboolean
admit (TwListener *self, SoupServerMessage *message)
{
  TwConnection *connection = tw_connection_follow (message, self->config.certificate != NULL, &self->config.times,
                                                   connection_gone_cb, self);

  g_atomic_ref_count_inc (&self->ref_count);
  self->n_accepted++;
  tw_connection_follow_message (connection, message);
  return tw_crowd_add (self->crowd, connection) && !self->stopped;
}

/* ---- Requests ------------------------------------------------------------------------------- */

static void
refuse (TwListener *self, SoupServerMessage *message, const GError *error)
{
  TwConnection *connection = tw_connection_of (message);
  GString *body = self->hooks->refuse (message, error, self->hooks_data);

  if (connection != NULL)
    tw_connection_set_state (connection, TW_CONNECTION_TAKEN);
  tw_refusal_send (message, body);
  self->hooks->finished (message, self->hooks_data);
}

static void
got_headers_cb (SoupServerMessage *message, gpointer data)
{
  TwListener *self = data;
  TwConnection *connection = tw_connection_of (message);
  gsize limit = self->hooks->body_limit (message, self->hooks_data);
  g_autoptr (GError) error = NULL;

  if (connection != NULL)
    tw_connection_set_state (connection, TW_CONNECTION_BODY);
  g_object_set_data (G_OBJECT (message), "tw-body-limit", GSIZE_TO_POINTER (limit));
  g_object_set_data_full (G_OBJECT (message), "tw-body", g_byte_array_new (), (GDestroyNotify) g_byte_array_unref);
  /* It would keep each chunk apart. */
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (!tw_limits_check_header (message, limit, &error))
    refuse (self, message, error);
}

static gboolean
keep_chunk (TwListener *self, SoupServerMessage *message, GBytes *chunk, GError **error)
{
  TwConnection *connection = tw_connection_of (message);
  GByteArray *body = g_object_get_data (G_OBJECT (message), "tw-body");
  gsize limit = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (message), "tw-body-limit"));
  gsize size = g_bytes_get_size (chunk);

  if (body->len + size > limit)
    return tw_error_set (error, TW_ERROR_TOO_LARGE, _ ("The request is larger than this server takes."));
  if (connection != NULL && !tw_crowd_hold (self->crowd, connection, size))
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, _ ("The server is busy. Please try again in a moment."));
  if (size > 0)
    g_byte_array_append (body, g_bytes_get_data (chunk, NULL), (guint) size);
  return TRUE;
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  TwListener *self = data;
  g_autoptr (GError) error = NULL;

  if (keep_chunk (self, message, chunk, &error))
    return;
  g_object_set_data (G_OBJECT (message), "tw-body", NULL);
  refuse (self, message, error);
}

static void
got_body_cb (SoupServerMessage *message, gpointer data)
{
  TwConnection *connection = tw_connection_of (message);

  if (connection != NULL)
    tw_connection_set_state (connection, TW_CONNECTION_WORKING);
}

static void
writing_cb (SoupServerMessage *message, gpointer data)
{
  TwConnection *connection = tw_connection_of (message);

  if (connection != NULL && tw_connection_get_state (connection) != TW_CONNECTION_TAKEN)
    tw_connection_set_state (connection, TW_CONNECTION_WRITING);
}

static void
wrote_data_cb (SoupServerMessage *message, guint size, gpointer data)
{
  writing_cb (message, data);
}

static void
request_started_cb (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  TwListener *self = data;
  TwConnection *connection = tw_connection_of (message);

  if (connection == NULL)
    {
      if (!admit (self, message))
        {
          self->n_refused++;
          tw_connection_abort (tw_connection_of (message));
          return;
        }
    }
  else
    {
      tw_connection_follow_message (connection, message);
      tw_connection_set_state (connection, TW_CONNECTION_HEAD);
    }
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
  g_signal_connect (message, "got-body", G_CALLBACK (got_body_cb), self);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (writing_cb), self);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_data_cb), self);
}

static void
request_finished_cb (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  TwListener *self = data;
  TwConnection *connection = tw_connection_of (message);

  if (connection != NULL)
    {
      tw_crowd_release (self->crowd, connection);
      tw_connection_finished (connection, message);
    }
  self->hooks->finished (message, self->hooks_data);
}

static void
handle_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TwListener *self = data;
  TwConnection *connection = tw_connection_of (message);

  /* A request that had come whole before its connection was sent away is still read, but nobody would hear the answer:
   * what it asks for is not done. */
  if (connection == NULL || tw_connection_get_state (connection) == TW_CONNECTION_LEAVING)
    soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
  else
    self->hooks->handle (message, self->hooks_data);
}

/* ---- Listening ------------------------------------------------------------------------------ */

static GSocket *
duplicate (GSocket *socket, GError **error)
{
  int fd = fcntl (g_socket_get_fd (socket), F_DUPFD_CLOEXEC, 3);
  GSocket *copy;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "duplicating the socket: %s", g_strerror (errno));
      return NULL;
    }
  copy = g_socket_new_from_fd (fd, error);
  if (copy == NULL)
    close (fd);
  return copy;
}

/* Ends what libsoup listens on. Not soup_server_disconnect(), which would end every request with it. */
static void
take_from_soup (TwListener *self)
{
  if (self->handed == NULL)
    return;
  g_socket_close (self->handed, NULL);
  g_clear_object (&self->handed);
}

static gboolean
hand_to_soup (TwListener *self, GError **error)
{
  take_from_soup (self);
  self->handed = duplicate (self->socket, error);
  return self->handed != NULL
         && soup_server_listen_socket (self->server, self->handed,
                                       self->config.certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, error);
}

/* Whether clients wait to be accepted. */
static gboolean
has_waiting (TwListener *self)
{
  struct pollfd fd = { .fd = g_socket_get_fd (self->socket), .events = POLLIN };

  return poll (&fd, 1, 0) == 1 && (fd.revents & POLLIN) != 0;
}

static gboolean
has_descriptor_left (TwListener *self)
{
  g_autoptr (GSocket) spare = duplicate (self->socket, NULL);

  return spare != NULL;
}

static void
revive (TwListener *self)
{
  g_autoptr (GError) error = NULL;

  g_warning ("the listener had stopped to accept: listening anew");
  if (!has_descriptor_left (self))
    tw_crowd_make_room (self->crowd, ROOM);
  if (!hand_to_soup (self, &error))
    g_warning ("listening anew: %s", error->message); /* tried again at the next sweep */
}

static void
sweep_connection_cb (TwConnection *connection, gpointer data)
{
  tw_connection_sweep (connection, *(gint64 *) data);
}

static void
close_idle_cb (TwConnection *connection, gpointer data)
{
  tw_connection_close_idle (connection);
}

static gboolean
sweep_cb (gpointer data)
{
  TwListener *self = data;
  gint64 now = g_get_monotonic_time ();

  tw_crowd_each (self->crowd, self->stopped ? close_idle_cb : sweep_connection_cb, &now);
  if (!self->stopped && self->n_accepted == self->n_accepted_before && has_waiting (self))
    revive (self);
  self->n_accepted_before = self->n_accepted;
  return G_SOURCE_CONTINUE;
}

static void
cap_by_descriptors (TwListenerConfig *config)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  if (limit.rlim_cur < limit.rlim_max)
    {
      struct rlimit raised = { .rlim_cur = MIN (limit.rlim_max, 65536), .rlim_max = limit.rlim_max };

      if (setrlimit (RLIMIT_NOFILE, &raised) == 0)
        limit = raised;
    }
  if (limit.rlim_cur != RLIM_INFINITY)
    config->max_connections
      = MIN (config->max_connections,
             limit.rlim_cur > 2 * SPARE_DESCRIPTORS ? (limit.rlim_cur - SPARE_DESCRIPTORS) / 2 : 32);
}

static gboolean
open_socket (TwListener *self, GInetAddress *address, GError **error)
{
  g_autoptr (GSocketAddress) local = g_inet_socket_address_new (address, self->config.port);

  self->socket
    = g_socket_new (g_inet_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (self->socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (self->socket, 1024);
  return g_socket_bind (self->socket, local, TRUE, error) && g_socket_listen (self->socket, error);
}

static gboolean
name_uri (TwListener *self, GError **error)
{
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (self->socket, error);
  gboolean v6;

  if (bound == NULL)
    return FALSE;
  v6 = g_socket_address_get_family (bound) == G_SOCKET_FAMILY_IPV6;
  self->uri = g_strdup_printf ("%s://%s%s%s:%u", self->config.certificate != NULL ? "https" : "http", v6 ? "[" : "",
                               self->config.address, v6 ? "]" : "",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return TRUE;
}

static gboolean
listen_at (TwListener *self, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->config.address);

  if (address == NULL)
    {
      g_set_error (error, TW_ERROR, TW_ERROR_INVALID, "“%s” is not a numeric address", self->config.address);
      return FALSE;
    }
  if (!g_inet_address_get_is_loopback (address) && self->config.certificate == NULL)
    {
      g_set_error (error, TW_ERROR, TW_ERROR_INVALID,
                   "listening on %s needs TLS: give --tls-certificate and --tls-key, or listen on 127.0.0.1",
                   self->config.address);
      return FALSE;
    }
  if (!open_socket (self, address, error) || !name_uri (self, error) || !hand_to_soup (self, error))
    {
      g_prefix_error (error, "listening on %s port %u: ", self->config.address, self->config.port);
      return FALSE;
    }
  return TRUE;
}

/* ---- Public --------------------------------------------------------------------------------- */

TwListener *
tw_listener_new (const TwListenerConfig *config, const TwListenerHooks *hooks, gpointer data, GError **error)
{
  TwListener *self = g_new0 (TwListener, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->config = *config;
  self->hooks = hooks;
  self->hooks_data = data;
  cap_by_descriptors (&self->config);
  self->crowd = tw_crowd_new ((TwCrowdLimits) { .connections = self->config.max_connections,
                                                .per_address = self->config.max_per_address,
                                                .body_bytes = self->config.max_bodies });
  tw_strict_stream_install (config->certificate != NULL);
  self->server = soup_server_new ("tls-certificate", config->certificate, "raw-paths", TRUE, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (request_finished_cb), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (request_finished_cb), self);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  if (!listen_at (self, error))
    {
      tw_listener_free (self);
      return NULL;
    }
  self->sweep = g_timeout_source_new (SWEEP_MS);
  g_source_set_callback (self->sweep, sweep_cb, self, NULL);
  g_source_attach (self->sweep, g_main_context_get_thread_default ());
  return self;
}

const char *
tw_listener_get_uri (TwListener *self)
{
  return self->uri;
}

guint
tw_listener_count_connections (TwListener *self)
{
  return tw_crowd_count (self->crowd);
}

guint64
tw_listener_count_refused (TwListener *self)
{
  return self->n_refused;
}

GBytes *
tw_listener_take_body (SoupServerMessage *message)
{
  GByteArray *body = g_object_steal_data (G_OBJECT (message), "tw-body");

  return body != NULL ? g_byte_array_free_to_bytes (body) : NULL;
}

void
tw_listener_stop (TwListener *self)
{
  self->stopped = TRUE;
  take_from_soup (self);
  g_socket_close (self->socket, NULL);
  tw_crowd_each (self->crowd, close_idle_cb, NULL);
}

static void
look_for_work_cb (TwConnection *connection, gpointer data)
{
  switch (tw_connection_get_state (connection))
    {
    case TW_CONNECTION_HEAD:
    case TW_CONNECTION_BODY:
    case TW_CONNECTION_WORKING:
    case TW_CONNECTION_WRITING:
      *(gboolean *) data = FALSE;
      break;
    case TW_CONNECTION_NEW:
    case TW_CONNECTION_IDLE:
    case TW_CONNECTION_TAKEN:
    case TW_CONNECTION_LEAVING:
      break;
    }
}

gboolean
tw_listener_is_quiet (TwListener *self)
{
  gboolean quiet = TRUE;

  tw_crowd_each (self->crowd, look_for_work_cb, &quiet);
  return quiet;
}

static void
abort_cb (TwConnection *connection, gpointer data)
{
  tw_connection_abort (connection);
}

void
tw_listener_free (TwListener *self)
{
  if (self->sweep != NULL)
    {
      g_source_destroy (self->sweep);
      g_source_unref (self->sweep);
    }
  self->stopped = TRUE;
  tw_crowd_each (self->crowd, abort_cb, NULL);
  take_from_soup (self);
  soup_server_disconnect (self->server);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_object (&self->server);
  g_clear_object (&self->socket);
  listener_unref (self);
}
