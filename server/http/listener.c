/* listener.c: the sockets of the server: SoupServer with its edges taken off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libsoup 3.2 leaves open and is closed here: no connection caps, no time limits, descriptors kept after a
 * client's close (connection.c), and a listener that stays deaf after one failed accept(). The last is cured by keeping
 * the listening socket ourselves: when connections wait in its queue and none is taken, libsoup gets a new
 * duplicate of it.
 */
#include "server/http/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/http/request-limits.h"
#include "server/http/refusal.h"
#include "shared/base/text.h"

#define SWEEP_MS 500

/* Descriptors left for the database, files and logs. */
#define SPARE_DESCRIPTORS 128

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
  GList *connections; /* of borrowed TwConnection */
  guint n_connections;
  GHashTable *per_address; /* char * → count */
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
  g_hash_table_unref (self->per_address);
  g_free (self->uri);
  g_free (self);
}

/* ---- Connections ---------------------------------------------------------------------------- */

static guint
count_address (TwListener *self, const char *address)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->per_address, address));
}

static void
connection_gone_cb (TwConnection *connection, gpointer data)
{
  TwListener *self = data;
  const char *address = tw_connection_get_address (connection);
  guint count = count_address (self, address);

  if (count > 1)
    g_hash_table_insert (self->per_address, g_strdup (address), GUINT_TO_POINTER (count - 1));
  else
    g_hash_table_remove (self->per_address, address);
  self->connections = g_list_remove (self->connections, connection);
  self->n_connections--;
  listener_unref (self);
}

static TwConnection *
follow (TwListener *self, SoupServerMessage *message)
{
  TwConnection *connection = tw_connection_follow (message, &self->config.times, connection_gone_cb, self);
  const char *address = tw_connection_get_address (connection);

  g_atomic_ref_count_inc (&self->ref_count);
  self->connections = g_list_prepend (self->connections, connection);
  self->n_connections++;
  g_hash_table_insert (self->per_address, g_strdup (address), GUINT_TO_POINTER (count_address (self, address) + 1));
  return connection;
}

static gboolean
is_over_cap (TwListener *self, TwConnection *connection)
{
  return self->stopped || self->n_connections > self->config.max_connections
         || count_address (self, tw_connection_get_address (connection)) > self->config.max_per_address;
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
  if (!tw_limits_check_header (message, limit, &error))
    refuse (self, message, error);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  TwListener *self = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  gsize limit = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (message), "tw-body-limit"));
  g_autoptr (GError) error = NULL;

  if ((gsize) body->length <= limit)
    return;
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  tw_error_set (&error, TW_ERROR_TOO_LARGE, _ ("The request is larger than this server takes."));
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
      connection = follow (self, message);
      tw_connection_follow_message (connection, message);
      self->n_accepted++;
      if (is_over_cap (self, connection))
        {
          self->n_refused++;
          g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
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
    tw_connection_finished (connection, message);
  self->hooks->finished (message, self->hooks_data);
}

static void
handle_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TwListener *self = data;

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

static void
revive (TwListener *self)
{
  g_autoptr (GError) error = NULL;

  g_warning ("the listener had stopped to accept: listening anew");
  if (!hand_to_soup (self, &error))
    g_warning ("listening anew: %s", error->message); /* tried again at the next sweep */
}

static gboolean
sweep_cb (gpointer data)
{
  TwListener *self = data;
  gint64 now = g_get_monotonic_time ();

  for (GList *l = self->connections, *next; l != NULL; l = next)
    {
      next = l->next;
      if (self->stopped)
        tw_connection_close_idle (l->data);
      else
        tw_connection_sweep (l->data, now);
    }
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
  self->per_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  cap_by_descriptors (&self->config);
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
  return self->n_connections;
}

guint64
tw_listener_count_refused (TwListener *self)
{
  return self->n_refused;
}

static void
for_each (TwListener *self, void (*func) (TwConnection *))
{
  for (GList *l = self->connections, *next; l != NULL; l = next)
    {
      next = l->next;
      func (l->data);
    }
}

void
tw_listener_stop (TwListener *self)
{
  self->stopped = TRUE;
  take_from_soup (self);
  g_socket_close (self->socket, NULL);
  for_each (self, tw_connection_close_idle);
}

gboolean
tw_listener_is_quiet (TwListener *self)
{
  for (GList *l = self->connections; l != NULL; l = l->next)
    {
      TwConnectionState state = tw_connection_get_state (l->data);

      if (state != TW_CONNECTION_IDLE && state != TW_CONNECTION_NEW && state != TW_CONNECTION_TAKEN)
        return FALSE;
    }
  return TRUE;
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
  for_each (self, tw_connection_abort);
  take_from_soup (self);
  soup_server_disconnect (self->server);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_object (&self->server);
  g_clear_object (&self->socket);
  listener_unref (self);
}
