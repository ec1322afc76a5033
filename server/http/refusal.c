/* refusal.c: answering a request whose rest is not worth reading
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup answers only after it has read the whole body, however long. Here the answer goes out at once, our half of
 * the connection is closed, and what still comes in is thrown away for a moment.
 */
#include "server/http/refusal.h"

#include <sys/socket.h>

#define DRAIN_SECONDS 3
#define DRAIN_BLOCK (64 * 1024)

typedef struct
{
  GIOStream *stream;
  GSocket *socket;
  GString *answer;
  GCancellable *cancellable;
  GSource *timeout;
  guint8 *block;
} Refusal;

static void
refusal_free (Refusal *self)
{
  g_source_destroy (self->timeout);
  g_source_unref (self->timeout);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_object_unref (self->cancellable);
  g_string_free (self->answer, TRUE);
  g_free (self->block);
  g_free (self);
}

static gboolean
timeout_cb (gpointer data)
{
  Refusal *self = data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void drain (Refusal *self);

static void
drained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Refusal *self = data;

  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) > 0)
    drain (self);
  else
    refusal_free (self);
}

static void
drain (Refusal *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->block, DRAIN_BLOCK, G_PRIORITY_LOW,
                             self->cancellable, drained_cb, self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Refusal *self = data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      refusal_free (self);
      return;
    }
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  drain (self);
}

static void
append_header_cb (const char *name, const char *value, gpointer data)
{
  g_string_append_printf (data, "%s: %s\r\n", name, value);
}

void
tw_refusal_send (SoupServerMessage *message, GString *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Refusal *self = g_new0 (Refusal, 1);

  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_set_content_length (headers, body->len);
  self->answer = g_string_new (NULL);
  g_string_append_printf (self->answer, "HTTP/1.1 %u %s\r\n", soup_server_message_get_status (message),
                          soup_status_get_phrase (soup_server_message_get_status (message)));
  soup_message_headers_foreach (headers, append_header_cb, self->answer);
  g_string_append (self->answer, "\r\n");
  g_string_append_len (self->answer, body->str, body->len);
  g_string_free (body, TRUE);

  self->socket = g_object_ref (soup_server_message_get_socket (message));
  self->stream = soup_server_message_steal_connection (message);
  self->cancellable = g_cancellable_new ();
  self->block = g_malloc (DRAIN_BLOCK);
  self->timeout = g_timeout_source_new_seconds (DRAIN_SECONDS);
  g_source_set_callback (self->timeout, timeout_cb, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), self->answer->str, self->answer->len,
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb, self);
}
