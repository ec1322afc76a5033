/* message.c: one HTTP message as a request and a reply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/message.h"

#include <string.h>

#include "server/http/connection.h"
#include "server/http/listener.h"

static void
exchange_free (gpointer data)
{
  TwExchange *self = data;

  g_clear_pointer (&self->request, tw_request_free);
  g_clear_pointer (&self->reply, tw_reply_free);
  g_clear_error (&self->route_error);
  g_free (self->allow);
  g_free (self->user);
  g_free (self->id);
  g_free (self);
}

/* The part below /api/v1, or "" when the path is not of the API. */
static const char *
api_path (const char *path)
{
  if (!g_str_has_prefix (path, TW_API_PREFIX "/"))
    return "";
  return path + strlen (TW_API_PREFIX);
}

static void
set_header_cb (const char *name, const char *value, gpointer request)
{
  tw_request_set_header (request, name, value);
}

static TwExchange *
exchange_new (SoupServerMessage *message)
{
  TwExchange *self = g_new0 (TwExchange, 1);
  TwConnection *connection = tw_connection_of (message);
  GUri *uri = soup_server_message_get_uri (message);

  self->message = message;
  self->started = g_get_monotonic_time ();
  self->id = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  self->request = tw_request_new (self->id, soup_server_message_get_method (message), api_path (g_uri_get_path (uri)),
                                  g_uri_get_query (uri));
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), set_header_cb, self->request);
  if (connection != NULL)
    tw_request_set_address (self->request, tw_connection_get_address (connection));
  self->route = tw_router_find (self->request, &self->allow, &self->route_error);
  return self;
}

TwExchange *
tw_exchange_of (SoupServerMessage *message)
{
  TwExchange *self = g_object_get_data (G_OBJECT (message), "tw-exchange");

  if (self == NULL)
    {
      self = exchange_new (message);
      g_object_set_data_full (G_OBJECT (message), "tw-exchange", self, exchange_free);
    }
  return self;
}

const char *
tw_exchange_get_path (TwExchange *self)
{
  return g_uri_get_path (soup_server_message_get_uri (self->message));
}

void
tw_exchange_take_message (TwExchange *self)
{
  g_autoptr (GBytes) body = tw_listener_take_body (self->message);

  if (body != NULL && g_bytes_get_size (body) > 0)
    tw_request_set_body (self->request, body);
}

static void
put_header_cb (const char *name, const char *value, gpointer headers)
{
  soup_message_headers_replace (headers, name, value);
}

/* Only over TLS: elsewhere it must not be sent (RFC 6797, 7.2). */
static void
put_strict_transport (SoupServerMessage *message)
{
  if (g_str_equal (g_uri_get_scheme (soup_server_message_get_uri (message)), "https"))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Strict-Transport-Security",
                                  "max-age=31536000; includeSubDomains");
}

void
tw_exchange_put_headers (TwExchange *self, TwReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_server_message_set_status (self->message, tw_reply_get_status (reply), NULL);
  soup_message_headers_replace (headers, "X-Request-Id", self->id);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cache-Control",
                                tw_reply_get_etag (reply) != NULL ? "private, no-cache" : "no-store");
  put_strict_transport (self->message);
  if (tw_reply_get_status (reply) == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  tw_reply_each_header (reply, put_header_cb, headers);
}

void
tw_exchange_answer (TwExchange *self, TwReply *reply)
{
  GBytes *body = tw_reply_get_body (reply);

  g_clear_pointer (&self->reply, tw_reply_free);
  self->reply = reply;
  tw_exchange_put_headers (self, reply);
  if (body != NULL)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
}

void
tw_exchange_answer_text (TwExchange *self, guint status, const char *content_type, GString *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  gsize length = text->len;

  soup_server_message_set_status (self->message, status, NULL);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  put_strict_transport (self->message);
  soup_server_message_set_response (self->message, content_type, SOUP_MEMORY_TAKE, g_string_free (text, FALSE), length);
}
