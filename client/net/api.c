/* api.c: the one SoupSession: token, time limits, JSON, problem to GError
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/net/api-private.h"

#include <string.h>

#include "client/net/body.h"
#include "shared/base/sheet-type.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

/* Seconds without a byte before a call is given up; set when the session is made, since later it does not reach
 * pooled connections. */
#define CALL_TIMEOUT 20
#define IDLE_TIMEOUT 60
/* A broken connection is tried once more: what must not happen twice carries its idempotency key. */
#define MAX_ATTEMPTS 2

struct _TwApi
{
  GObject parent_instance;

  SoupSession *session;
  char *server;
  char *token;    /* nullable */
  char *language; /* nullable */
  gboolean reachable;
  guint n_pending;
};

enum
{
  PROP_0,
  PROP_REACHABLE,
  N_PROPERTIES
};

enum
{
  SESSION_EXPIRED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwApi, tw_api, G_TYPE_OBJECT)

/* One call, which may take several messages. */
typedef struct
{
  char *method;
  char *path;
  char *key;      /* nullable */
  GBytes *body;   /* nullable */
  const char *content_type; /* of the body; static */
  gint64 version; /* 0: none */
  guint attempts;
  gboolean authenticated;
  SoupMessage *message;
  TwApi *api;
} Call;

static void
call_free (Call *call)
{
  call->api->n_pending--;
  g_object_unref (call->api);
  g_free (call->method);
  g_free (call->path);
  g_free (call->key);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_clear_object (&call->message);
  g_free (call);
}

static gboolean
is_tls_failure (const GError *error)
{
  return error->domain == G_TLS_ERROR
         && (error->code == G_TLS_ERROR_BAD_CERTIFICATE || error->code == G_TLS_ERROR_HANDSHAKE
             || error->code == G_TLS_ERROR_CERTIFICATE_REQUIRED);
}

/* A connection that ends before it is encrypted; or a server that does not encrypt at all. */
static gboolean
is_end_of_handshake (const GError *error)
{
  return g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS);
}

/* Why a server was not believed. */
static void
set_unproven (TwApi *self, GTlsCertificateFlags faults, GError **error)
{
  const char *sentence;

  if ((faults & ~(G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_BAD_IDENTITY)) != 0
      || faults == 0)
    sentence = _("The server at %s does not prove who it is, so nothing was sent to it. Check the address, or ask your "
                 "administrator for its certificate.");
  else if ((faults & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    sentence = _("The certificate of the server at %s was made for another address, so nothing was sent to it. Check "
                 "the address.");
  else
    sentence = _("The certificate of the server at %s is out of date, so nothing was sent to it. Ask your "
                 "administrator to renew it, and check the clock of this computer.");
  tw_error_set (error, TW_ERROR_UNAVAILABLE, sentence, self->server);
}

/* What failed below HTTP, as a sentence that says what to do. */
static void
set_unreachable (TwApi *self, SoupMessage *message, const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (is_tls_failure (cause))
    set_unproven (self, soup_message_get_tls_peer_certificate_errors (message), error);
  else if (is_end_of_handshake (cause))
    tw_error_set (error, TW_ERROR_UNAVAILABLE,
                  _("The server at %s does not encrypt, or the connection broke off. Nothing was sent to it. Check the "
                    "address and the network."),
                  self->server);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    tw_error_set (error, TW_ERROR_UNAVAILABLE, _("The server at %s did not answer in time."), self->server);
  else
    tw_error_set (error, TW_ERROR_UNAVAILABLE, _("There is no server at %s, or the network does not lead to it."),
                  self->server);
  g_debug ("call failed: %s", cause->message);
}

static gboolean
worth_another_attempt (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF) || is_end_of_handshake (error);
}

static void
prepare_message (Call *call)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (call->message);

  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (call->message, call->content_type, call->body);
  if (call->version != 0)
    {
      g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", call->version);

      soup_message_headers_replace (headers, "If-Match", etag);
    }
  if (call->key != NULL)
    {
      soup_message_headers_replace (headers, "Idempotency-Key", call->key);
      /* Or each would open a connection of its own, for fear that the server is just closing an old one. */
      soup_message_add_flags (call->message, SOUP_MESSAGE_IDEMPOTENT);
    }
}

static void send_call (GTask *task);

static void
finish_call (GTask *task, GBytes *bytes)
{
  TwApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  guint status = soup_message_get_status (call->message);
  g_autoptr (TwApiReply) reply = NULL;
  GError *error = NULL;

  if (status >= 400 || (status < 200 && status != 0))
    {
      tw_api_reply_set_problem (status, type, bytes, &error);
      if (status == 401 && call->authenticated)
        g_signal_emit (self, signals[SESSION_EXPIRED], 0);
      g_task_return_error (task, error);
      return;
    }
  reply = tw_api_reply_new (status, type, bytes, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  reply->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  reply->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) tw_api_reply_unref);
}

static void
message_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TwApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &cause);

  if (bytes != NULL)
    {
      tw_api_set_reachable (self, TRUE);
      finish_call (task, bytes);
    }
  else if (worth_another_attempt (cause) && call->attempts < MAX_ATTEMPTS)
    {
      send_call (task);
    }
  else
    {
      GError *error = NULL;

      if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tw_api_set_reachable (self, FALSE);
      set_unreachable (self, call->message, cause, &error);
      g_task_return_error (task, error);
    }
}

static void
send_call (GTask *task)
{
  TwApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  call->attempts++;
  g_clear_object (&call->message);
  call->message = tw_api_new_message (self, call->method, call->path);
  if (call->message == NULL)
    {
      g_task_return_new_error (task, TW_ERROR, TW_ERROR_UNAVAILABLE, _("%s is not the address of a server."),
                               self->server);
      return;
    }
  /* A wrong old password is no ended session. */
  call->authenticated = self->token != NULL && !g_str_has_prefix (call->path, "/session/");
  prepare_message (call);
  soup_session_send_and_read_async (self->session, call->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    message_sent_cb, g_object_ref (task));
}

static void
tw_api_finalize (GObject *object)
{
  TwApi *self = TW_API (object);

  g_clear_object (&self->session);
  g_free (self->server);
  g_free (self->token);
  g_free (self->language);
  G_OBJECT_CLASS (tw_api_parent_class)->finalize (object);
}

static void
tw_api_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_REACHABLE)
    g_value_set_boolean (value, TW_API (object)->reachable);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_api_class_init (TwApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tw_api_finalize;
  object_class->get_property = tw_api_get_property;
  properties[PROP_REACHABLE]
    = g_param_spec_boolean ("reachable", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SESSION_EXPIRED]
    = g_signal_new ("session-expired", TW_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_api_init (TwApi *self)
{
  self->session = soup_session_new_with_options ("timeout", CALL_TIMEOUT, "idle-timeout", IDLE_TIMEOUT, "max-conns", 16,
                                                 "max-conns-per-host", 8, "user-agent", "tradewind ", NULL);
  self->reachable = TRUE;
}

SoupSession *
tw_api_get_soup_session (TwApi *self)
{
  return self->session;
}

SoupMessage *
tw_api_new_message (TwApi *self, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (self->server, "/api/v1", path, NULL);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  headers = soup_message_get_request_headers (message);
  if (self->token != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  if (self->language != NULL)
    {
      g_autofree char *tag = g_strdelimit (g_strdup (self->language), "_", '-');

      soup_message_headers_replace (headers, "Accept-Language", tag);
    }
  return message;
}

void
tw_api_set_reachable (TwApi *self, gboolean reachable)
{
  if (self->reachable == reachable)
    return;
  self->reachable = reachable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACHABLE]);
}

TwApi *
tw_api_new (const char *server)
{
  TwApi *self = g_object_new (TW_TYPE_API, NULL);

  self->server = g_strdup (server);
  return self;
}

const char *
tw_api_get_server (TwApi *self)
{
  return self->server;
}

/* A password crosses plain HTTP only inside this machine. */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

gboolean
tw_api_set_server (TwApi *self, const char *server, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (server));
  g_autoptr (GUri) uri = NULL;
  gsize length;

  if (*text != '\0' && strstr (text, "://") == NULL)
    {
      g_autofree char *bare = g_steal_pointer (&text);

      text = g_strconcat ("https://", bare, NULL);
    }
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 && g_strcmp0 (g_uri_get_scheme (uri), "https") != 0))
    return tw_error_fault (error, "/server", "invalid",
                           _("This is not the address of a server. It looks like https://tradewind.example.com."));
  if (g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 && !is_loopback (g_uri_get_host (uri)))
    return tw_error_fault (error, "/server", "insecure",
                           _("A server on another machine must be reached by https:// so that nobody can read along."));
  length = strlen (text);
  while (length > 0 && text[length - 1] == '/')
    text[--length] = '\0';
  g_free (self->server);
  self->server = g_steal_pointer (&text);
  return TRUE;
}

void
tw_api_set_token (TwApi *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

void
tw_api_set_language (TwApi *self, const char *language)
{
  g_free (self->language);
  self->language = g_strdup (language);
}

gboolean
tw_api_is_reachable (TwApi *self)
{
  return self->reachable;
}

guint
tw_api_count_pending (TwApi *self)
{
  return self->n_pending;
}

/* Its body is still missing. (transfer full) */
static GTask *
call_task_new (TwApi *self, const char *method, const char *path, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->api = g_object_ref (self);
  self->n_pending++;
  call->method = g_strdup (method);
  call->path = g_strdup (path);
  call->content_type = "application/json";
  g_task_set_source_tag (task, tw_api_call_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  return task;
}

void
tw_api_call_async (TwApi *self, const char *method, const char *path, GString *body, gint64 version, const char *key,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Call *call;

  g_return_if_fail (TW_IS_API (self));
  g_return_if_fail (path[0] == '/');

  task = call_task_new (self, method, path, cancellable, callback, user_data);
  call = g_task_get_task_data (task);
  call->version = version;
  if (body != NULL)
    call->body = g_bytes_new (body->str, body->len);
  if (g_str_equal (method, "POST") || g_str_equal (method, "PATCH") || g_str_equal (method, "DELETE"))
    call->key = key != NULL ? g_strdup (key) : g_uuid_string_random ();
  send_call (task);
}

void
tw_api_upload_sheet_async (TwApi *self, const char *path, GBytes *sheet, const char *key, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = call_task_new (self, "POST", path, cancellable, callback, user_data);
  Call *call = g_task_get_task_data (task);

  call->content_type = tw_sheet_type_guess (sheet);
  call->body = g_bytes_ref (sheet);
  call->key = key != NULL ? g_strdup (key) : g_uuid_string_random ();
  send_call (task);
}

TwApiReply *
tw_api_call_finish (TwApi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tw_api_get_async (TwApi *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer user_data)
{
  tw_api_call_async (self, "GET", path, NULL, 0, NULL, cancellable, callback, user_data);
}

/* ---- Records: the same call, whose answer is read as a record of a type ----------------------------------- */

typedef struct
{
  GType type;
  TwApiReply *reply;
} RecordCall;

static void
record_call_free (RecordCall *call)
{
  g_clear_pointer (&call->reply, tw_api_reply_unref);
  g_free (call);
}

static GTask *
record_task_new (TwApi *self, GType type, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RecordCall *call = g_new0 (RecordCall, 1);

  call->type = type;
  g_task_set_task_data (task, call, (GDestroyNotify) record_call_free);
  return task;
}

static void
record_called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TwApi *self = TW_API (source);
  RecordCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  TwRecord *record;

  g_clear_pointer (&call->reply, tw_api_reply_unref);
  call->reply = tw_api_call_finish (self, result, &error);
  if (call->reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* A creation may answer only where the new document is. */
  if (tw_api_reply_get_object (call->reply) == NULL && call->reply->location != NULL
      && g_str_has_prefix (call->reply->location, "/api/v1/"))
    {
      tw_api_get_async (self, call->reply->location + strlen ("/api/v1"), g_task_get_cancellable (task),
                        record_called_cb, g_object_ref (task));
      return;
    }
  record = tw_api_reply_read (call->reply, call->type, &error);
  if (record == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, record, g_object_unref);
}

void
tw_api_get_record_async (TwApi *self, GType type, const char *path, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  tw_api_get_async (self, path, cancellable, record_called_cb,
                    record_task_new (self, type, cancellable, callback, user_data));
}

void
tw_api_write_async (TwApi *self, TwRecord *record, const char *path, const char *const *fields, const char *key,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = record_task_new (self, G_OBJECT_TYPE (record), cancellable, callback, user_data);
  g_autoptr (GString) body = NULL;

  if (record->id == 0)
    {
      body = tw_body_create (record, fields);
      tw_api_call_async (self, "POST", path, body, 0, key, cancellable, record_called_cb, task);
    }
  else
    {
      g_autofree char *one = g_strdup_printf ("%s/%" G_GINT64_FORMAT, path, record->id);

      body = tw_body_patch (record, fields);
      tw_api_call_async (self, "PATCH", one, body, record->version, key, cancellable, record_called_cb, task);
    }
}

void
tw_api_create_async (TwApi *self, GType type, const char *path, GString *body, const char *key,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  tw_api_call_async (self, "POST", path, body, 0, key, cancellable, record_called_cb,
                     record_task_new (self, type, cancellable, callback, user_data));
}

void
tw_api_act_async (TwApi *self, GType type, const char *path, gint64 id, const char *action, GString *arguments,
                  const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *one = g_strdup_printf ("%s/%" G_GINT64_FORMAT "/actions/%s", path, id, action);
  g_autoptr (GString) empty = g_string_new ("{}");

  tw_api_call_async (self, "POST", one, arguments != NULL ? arguments : empty, 0, key, cancellable, record_called_cb,
                     record_task_new (self, type, cancellable, callback, user_data));
}

TwRecord *
tw_api_record_finish (TwApi *self, GAsyncResult *result, TwApiReply **raw, GError **error)
{
  RecordCall *call;
  TwRecord *record;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  call = g_task_get_task_data (G_TASK (result));
  record = g_task_propagate_pointer (G_TASK (result), error);
  if (record != NULL && raw != NULL)
    *raw = tw_api_reply_ref (call->reply);
  return record;
}

void
tw_api_append_query (GString *path, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (path, "%c%s=%s", strchr (path->str, '?') != NULL ? '&' : '?', name, escaped);
}
