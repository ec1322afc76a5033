/* dispatch.c: from a request that has been read to its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything here runs on the main context but serve_run() and ready_run(), which are a worker's.
 */
#include "server/http/dispatch.h"

#include "server/core/frame.h"
#include "server/core/metrics.h"
#include "server/core/session.h"
#include "server/http/request-limits.h"
#include "server/http/log.h"
#include "server/http/listener.h"
#include "server/http/message.h"
#include "server/http/push.h"
#include "server/http/tls.h"
#include "server/http/worker.h"

/* Requests that may wait for a worker; a worker answers some hundred a second. */
#define MAX_QUEUE 512

/* Password hashing takes 67 ms of CPU and 64 MiB: two at a time and few waiting, apart from everyone else. */
#define HASHING_THREADS 2
#define HASHING_QUEUE 16
/* So that everybody signing in at once does not slow down those who have, and gets in all the same while they work: a
 * third of another thread's time. */
#define HASHING_NICENESS 5

#define STOP_POLL_MS 20

struct _TwDispatch
{
  TwListener *listener;
  TwWorkers *workers;
  TwWorkers *hashing;
  TwPush *push;
  gsize max_body;
  guint n_working; /* messages paused */
  gboolean stopping;
  gboolean interrupted; /* no worker takes anything */
  gint64 stop_deadline;
  GSourceFunc quiet;
  gpointer quiet_data;
  guint stop_source;
};

/* ---- Work ----------------------------------------------------------------------------------------- */

/* One paused message. */
typedef struct
{
  TwDispatch *dispatch;
  SoupServerMessage *message;
  TwExchange *exchange;
  TwReply *reply; /* made by the worker */
} Work;

static Work *
work_begin (TwDispatch *self, TwExchange *exchange)
{
  Work *work = g_new0 (Work, 1);

  work->dispatch = self;
  work->exchange = exchange;
  work->message = g_object_ref (exchange->message);
  self->n_working++;
  soup_server_message_pause (work->message);
  return work;
}

/* Lets the message go on. Its client may have left meanwhile: then there is nothing to go on with. */
static void
work_end (Work *work)
{
  work->dispatch->n_working--;
  if (soup_server_message_get_socket (work->message) != NULL
      && !g_socket_is_closed (soup_server_message_get_socket (work->message)))
    soup_server_message_unpause (work->message);
  g_clear_pointer (&work->reply, tw_reply_free);
  g_object_unref (work->message);
  g_free (work);
}

static TwReply *
serve (TwDb *db, TwExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwPrincipal) who = NULL;
  const char *token = tw_request_get_token (exchange->request);

  tw_text_set_language (tw_request_get_language (exchange->request));
  if (!(exchange->route->flags & TW_ROUTE_PUBLIC))
    {
      if (token == NULL)
        tw_error_set (&error, TW_ERROR_UNAUTHENTICATED, _ ("Please sign in."));
      else
        who = tw_session_find (db, token, &error);
      if (who == NULL)
        return tw_frame_fail (exchange->request, error);
      exchange->user = g_strdup (who->user);
    }
  return tw_frame_run (db, who, exchange->route, exchange->request);
}

/* On a worker. */
static gboolean
serve_run (TwDb *db, gpointer data, GError **error)
{
  Work *work = data;

  work->reply = serve (db, work->exchange);
  if (tw_reply_get_status (work->reply) == SOUP_STATUS_SERVICE_UNAVAILABLE)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, "the request could not be served");
  return TRUE;
}

static void
serve_done_cb (gpointer data, const GError *error)
{
  Work *work = data;

  if (work->reply == NULL)
    work->reply = tw_frame_fail (work->exchange->request, error);
  tw_exchange_answer (work->exchange, g_steal_pointer (&work->reply));
  work_end (work);
}

static void
answer_error (TwExchange *exchange, const GError *error)
{
  TwReply *reply = tw_frame_fail (exchange->request, error);

  if (exchange->allow != NULL)
    tw_reply_set_allow (reply, exchange->allow);
  tw_exchange_answer (exchange, reply);
}

static void
answer_stopping (TwExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  tw_error_set (&error, TW_ERROR_UNAVAILABLE, _ ("The server is stopping. Please try again in a moment."));
  answer_error (exchange, error);
}

static void
serve_route (TwDispatch *self, TwExchange *exchange)
{
  TwWorkers *workers = exchange->route->flags & TW_ROUTE_HASHING ? self->hashing : self->workers;
  g_autoptr (GError) error = NULL;
  Work *work;

  tw_exchange_take_message (exchange);
  work = work_begin (self, exchange);
  if (tw_workers_push (workers, serve_run, serve_done_cb, work, &error))
    return;
  answer_error (exchange, error);
  work_end (work);
}

/* ---- Health --------------------------------------------------------------------------------------- */

static gboolean
ready_run (TwDb *db, gpointer data, GError **error)
{
  return TRUE; /* that there is a connection was the question */
}

static void
answer_ready (TwExchange *exchange, gboolean ready)
{
  tw_exchange_answer_text (exchange, ready ? SOUP_STATUS_OK : SOUP_STATUS_SERVICE_UNAVAILABLE, "text/plain",
                           g_string_new (ready ? "ready\n" : "not ready\n"));
}

static void
ready_done_cb (gpointer data, const GError *error)
{
  Work *work = data;

  answer_ready (work->exchange, error == NULL);
  work_end (work);
}

static void
serve_ready (TwDispatch *self, TwExchange *exchange)
{
  Work *work = work_begin (self, exchange);

  if (!self->stopping && tw_workers_push (self->workers, ready_run, ready_done_cb, work, NULL))
    return;
  answer_ready (exchange, FALSE);
  work_end (work);
}

static void
serve_metrics (TwDispatch *self, TwExchange *exchange)
{
  GString *page = g_string_new (NULL);

  tw_metrics_set ("tradewind_connections", NULL, tw_listener_count_connections (self->listener));
  tw_metrics_set ("tradewind_connections_refused", NULL, (gint64) tw_listener_count_refused (self->listener));
  tw_metrics_set ("tradewind_requests_waiting", NULL, tw_workers_count_waiting (self->workers));
  tw_metrics_set ("tradewind_followers", NULL, tw_push_count (self->push));
  tw_metrics_set ("tradewind_database_connected", NULL, tw_workers_is_connected (self->workers));
  tw_metrics_write (page);
  tw_exchange_answer_text (exchange, SOUP_STATUS_OK, "text/plain; version=0.0.4", page);
}

/* TRUE when the path is one of those outside the API. */
static gboolean
serve_health (TwDispatch *self, TwExchange *exchange)
{
  const char *path = tw_exchange_get_path (exchange);
  const char *method = soup_server_message_get_method (exchange->message);

  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    return FALSE;
  if (g_str_equal (path, "/healthz"))
    tw_exchange_answer_text (exchange, SOUP_STATUS_OK, "text/plain", g_string_new ("ok\n"));
  else if (g_str_equal (path, "/readyz"))
    serve_ready (self, exchange);
  else if (g_str_equal (path, "/metrics"))
    serve_metrics (self, exchange);
  else
    return FALSE;
  return TRUE;
}

/* ---- The listener's hooks --------------------------------------------------------------------------- */

static gsize
body_limit_cb (SoupServerMessage *message, gpointer data)
{
  TwDispatch *self = data;
  TwExchange *exchange = tw_exchange_of (message);

  if (exchange->route != NULL && (exchange->route->flags & TW_ROUTE_RAW_BODY))
    return MAX (self->max_body, TW_LIMIT_RAW_BYTES);
  return self->max_body;
}

static GString *
refuse_cb (SoupServerMessage *message, const GError *error, gpointer data)
{
  TwExchange *exchange = tw_exchange_of (message);
  GString *body = g_string_new (NULL);
  GBytes *problem;

  tw_text_set_language (tw_request_get_language (exchange->request));
  exchange->reply = tw_frame_fail (exchange->request, error);
  if (g_error_matches (error, TW_ERROR, TW_ERROR_METHOD))
    tw_reply_set_allow (exchange->reply, "GET, HEAD, POST, PATCH, PUT, DELETE");
  tw_exchange_put_headers (exchange, exchange->reply);
  problem = tw_reply_get_body (exchange->reply);
  if (problem != NULL)
    g_string_append_len (body, g_bytes_get_data (problem, NULL), (gssize) g_bytes_get_size (problem));
  return body;
}

static void
handle_cb (SoupServerMessage *message, gpointer data)
{
  TwDispatch *self = data;
  TwExchange *exchange = tw_exchange_of (message);

  tw_text_set_language (tw_request_get_language (exchange->request));
  if (self->interrupted)
    {
      answer_stopping (exchange);
      return;
    }
  /* libsoup would serve parts */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  if (serve_health (self, exchange))
    return;
  if (g_str_equal (tw_exchange_get_path (exchange), TW_API_PREFIX "/events")
      && g_str_equal (soup_server_message_get_method (message), "GET"))
    tw_push_upgrade (self->push, exchange);
  else if (exchange->route == NULL)
    answer_error (exchange, exchange->route_error);
  else
    serve_route (self, exchange);
}

static const char *
status_labels (guint status)
{
  static const char *const labels[]
    = { "status=\"1xx\"", "status=\"2xx\"", "status=\"3xx\"", "status=\"4xx\"", "status=\"5xx\"" };

  return labels[CLAMP (status / 100, 1, 5) - 1];
}

/* Where the client did not wait for its answer, libsoup puts a fault of the server in its place. 499 is what nginx
 * writes then, and what readers of logs know. */
#define CLIENT_LEFT 499

static guint
get_status (TwExchange *exchange)
{
  guint status = soup_server_message_get_status (exchange->message);
  gboolean ours = exchange->reply != NULL && tw_reply_get_status (exchange->reply) == status;

  return status == SOUP_STATUS_INTERNAL_SERVER_ERROR && !ours ? CLIENT_LEFT : status;
}

static void
finished_cb (SoupServerMessage *message, gpointer data)
{
  TwExchange *exchange = g_object_get_data (G_OBJECT (message), "tw-exchange");
  TwConnection *connection = tw_connection_of (message);
  TwLogRequest entry = { 0 };

  if (exchange == NULL || exchange->finished)
    return;
  exchange->finished = TRUE;
  entry.id = exchange->id;
  entry.user = exchange->user;
  entry.address = connection != NULL ? tw_connection_get_address (connection) : NULL;
  entry.method = soup_server_message_get_method (message);
  entry.path = tw_exchange_get_path (exchange);
  entry.status = get_status (exchange);
  entry.usec = g_get_monotonic_time () - exchange->started;
  tw_metrics_count ("tradewind_requests_total", status_labels (entry.status), 1);
  tw_metrics_observe ("tradewind_request_seconds", NULL, entry.usec);
  tw_log_request (&entry);
}

static const TwListenerHooks hooks
  = { .body_limit = body_limit_cb, .refuse = refuse_cb, .handle = handle_cb, .finished = finished_cb };

/* ---- Start and stop --------------------------------------------------------------------------------- */

/* "ADDR:PORT", "[::1]:PORT" */
static gboolean
split_listen (const char *listen, char **address, guint16 *port, GError **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (listen, 8470, error);

  if (connectable == NULL)
    {
      g_prefix_error (error, "understanding the address to listen on, “%s”: ", listen);
      return FALSE;
    }
  *address = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)));
  *port = g_network_address_get_port (G_NETWORK_ADDRESS (connectable));
  if (g_str_equal (*address, "localhost"))
    {
      g_free (*address);
      *address = g_strdup ("127.0.0.1");
    }
  return TRUE;
}

static gboolean
start_listener (TwDispatch *self, const TwConfig *config, GError **error)
{
  TwListenerConfig listener = { TW_LISTENER_DEFAULTS };
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *address = NULL;

  if (!split_listen (config->listen, &address, &listener.port, error))
    return FALSE;
  if (config->tls_certificate != NULL)
    {
      certificate = tw_tls_load (config->tls_certificate, config->tls_key, error);
      if (certificate == NULL)
        return FALSE;
    }
  listener.address = address;
  listener.certificate = certificate;
  listener.max_connections = config->max_connections;
  listener.max_per_address = config->max_per_address;
  listener.times.head = config->header_seconds;
  listener.times.body = config->body_seconds;
  self->listener = tw_listener_new (&listener, &hooks, self, error);
  return self->listener != NULL;
}

TwDispatch *
tw_dispatch_new (const TwConfig *config, const TwDbAddress *database, GError **error)
{
  g_autoptr (TwDispatch) self = g_new0 (TwDispatch, 1);

  self->max_body = config->max_body;
  self->workers = tw_workers_new (database, config->workers, MAX_QUEUE, 0);
  self->hashing = tw_workers_new (database, HASHING_THREADS, HASHING_QUEUE, HASHING_NICENESS);
  self->push = tw_push_new (self->workers, config->heartbeat_seconds);
  if (!start_listener (self, config, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
tw_dispatch_get_uri (TwDispatch *self)
{
  return tw_listener_get_uri (self->listener);
}

void
tw_dispatch_changed (TwDispatch *self)
{
  tw_push_wake (self->push);
}

/* Nothing is given to the workers any more, so that they can end, and be freed one after the other. */
static void
interrupt (TwDispatch *self)
{
  self->interrupted = TRUE;
  tw_workers_interrupt (self->hashing);
  tw_workers_interrupt (self->workers);
}

static gboolean
stop_poll_cb (gpointer data)
{
  TwDispatch *self = data;
  gboolean quiet = self->n_working == 0 && tw_listener_is_quiet (self->listener);

  if (!quiet && g_get_monotonic_time () < self->stop_deadline)
    return G_SOURCE_CONTINUE;
  interrupt (self);
  self->stop_source = 0;
  self->quiet (self->quiet_data);
  return G_SOURCE_REMOVE;
}

void
tw_dispatch_stop (TwDispatch *self, guint seconds, GSourceFunc quiet, gpointer data)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  self->stop_deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  self->quiet = quiet;
  self->quiet_data = data;
  tw_push_stop (self->push);
  tw_listener_stop (self->listener);
  self->stop_source = g_timeout_add (STOP_POLL_MS, stop_poll_cb, self);
}

void
tw_dispatch_free (TwDispatch *self)
{
  if (self->stop_source != 0)
    g_source_remove (self->stop_source);
  if (self->push != NULL)
    tw_push_stop (self->push);
  interrupt (self);
  g_clear_pointer (&self->hashing, tw_workers_free);
  g_clear_pointer (&self->workers, tw_workers_free);
  g_clear_pointer (&self->listener, tw_listener_free);
  g_clear_pointer (&self->push, tw_push_free);
  g_free (self);
}
