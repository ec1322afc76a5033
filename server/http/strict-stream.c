/* strict-stream.c: see strict-stream.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup gives no way to see a request before it is parsed, and GIO's factory of connections cannot be given another
 * type for TCP (GLib 2.74 goes on with what it has freed). So the classes of the two kinds of connection that libsoup
 * makes for an accepted socket are told to hand out a checked input stream.
 */
#include "server/http/strict-stream.h"

#include "server/http/connection.h"
#include "server/http/framing.h"

/* libsoup reads from a connection for as long as something comes. After so much it is told that nothing does, and its
 * turn comes again when the others had theirs. */
#define TURN_BYTES (16 * 1024)

/* ---- The stream ---- */

#define TW_TYPE_STRICT_INPUT (tw_strict_input_get_type ())
G_DECLARE_FINAL_TYPE (TwStrictInput, tw_strict_input, TW, STRICT_INPUT, GFilterInputStream)

struct _TwStrictInput
{
  GFilterInputStream parent_instance;

  GSocket *socket;
  TwFraming *framing;
  gboolean encrypted; /* it is what TLS has decrypted */
  gboolean is_bad;    /* what comes next is not read */
  gsize turn;         /* bytes read in this turn of the loop */
};

static void strict_input_pollable_init (GPollableInputStreamInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwStrictInput, tw_strict_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, strict_input_pollable_init))

static GInputStream *
base_of (gpointer stream)
{
  return g_filter_input_stream_get_base_stream (stream);
}

/* Best effort: who sends such things need not hear it. */
static gssize
refuse (TwStrictInput *self, GError **error)
{
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

  if (!self->encrypted)
    g_socket_send_with_blocking (self->socket, answer, sizeof answer - 1, FALSE, NULL, NULL);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the request can be read in two ways");
  return -1;
}

/* What was read, cut before the first byte that is not in order. */
static gssize
check (TwStrictInput *self, const char *bytes, gssize n, GError **error)
{
  gsize good;

  if (n <= 0 || !tw_connection_is_http (self->socket, self->encrypted))
    return n;
  good = tw_framing_check (self->framing, bytes, (gsize) n);
  self->is_bad = good < (gsize) n;
  return good == 0 ? refuse (self, error) : (gssize) good;
}

static gssize
strict_input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  TwStrictInput *self = TW_STRICT_INPUT (stream);

  if (self->is_bad)
    return refuse (self, error);
  return check (self, buffer, g_input_stream_read (base_of (self), buffer, count, cancellable, error), error);
}

static gssize
strict_input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  TwStrictInput *self = TW_STRICT_INPUT (stream);
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (base_of (self));
  gssize n;

  if (self->is_bad)
    return refuse (self, error);
  if (self->turn >= TURN_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "the others' turn");
      return -1;
    }
  n = g_pollable_input_stream_read_nonblocking (base, buffer, count, NULL, error);
  self->turn += n > 0 ? (gsize) n : 0;
  return check (self, buffer, n, error);
}

static gboolean
strict_input_is_readable (GPollableInputStream *stream)
{
  return TW_STRICT_INPUT (stream)->is_bad
         || g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (base_of (stream)));
}

static GSource *
strict_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) source = NULL;

  TW_STRICT_INPUT (stream)->turn = 0;
  if (TW_STRICT_INPUT (stream)->is_bad)
    source = g_timeout_source_new (0);
  else
    source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (base_of (stream)), cancellable);
  return g_pollable_source_new_full (stream, source, cancellable);
}

static void
strict_input_pollable_init (GPollableInputStreamInterface *interface)
{
  interface->is_readable = strict_input_is_readable;
  interface->create_source = strict_input_create_source;
  interface->read_nonblocking = strict_input_read_nonblocking;
}

static void
tw_strict_input_finalize (GObject *object)
{
  TwStrictInput *self = TW_STRICT_INPUT (object);

  tw_framing_free (self->framing);
  g_object_unref (self->socket);
  G_OBJECT_CLASS (tw_strict_input_parent_class)->finalize (object);
}

static void
tw_strict_input_class_init (TwStrictInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tw_strict_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = strict_input_read;
}

static void
tw_strict_input_init (TwStrictInput *self)
{
  self->framing = tw_framing_new ();
}

/* ---- Between libsoup and the connection ---- */

/* What the classes did before: of TCP connections, and of the server's side of TLS. */
static GInputStream *(*get_tcp_input) (GIOStream *stream);
static GInputStream *(*get_tls_input) (GIOStream *stream);

static GInputStream *
get_checked (GIOStream *stream, GInputStream *base, GSocket *socket, gboolean encrypted)
{
  TwStrictInput *checked = g_object_get_data (G_OBJECT (stream), "tw-strict-input");

  if (checked != NULL)
    return G_INPUT_STREAM (checked);
  checked = g_object_new (TW_TYPE_STRICT_INPUT, "base-stream", base, "close-base-stream", FALSE, NULL);
  checked->socket = g_object_ref (socket);
  checked->encrypted = encrypted;
  g_object_set_data_full (G_OBJECT (stream), "tw-strict-input", checked, g_object_unref);
  return G_INPUT_STREAM (checked);
}

static GInputStream *
get_checked_tcp_input (GIOStream *stream)
{
  return get_checked (stream, get_tcp_input (stream), g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)),
                      FALSE);
}

static GInputStream *
get_checked_tls_input (GIOStream *stream)
{
  GInputStream *input = get_tls_input (stream);
  g_autoptr (GIOStream) base = NULL;

  g_object_get (stream, "base-io-stream", &base, NULL);
  if (base == NULL || !G_IS_SOCKET_CONNECTION (base))
    return input;
  return get_checked (stream, input, g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)), TRUE);
}

/* The class stays for good, as does what is put into it. */
static void
put_between (GType type, GInputStream *(*instead) (GIOStream *stream), GInputStream *(**before) (GIOStream *stream))
{
  GIOStreamClass *klass = g_type_class_ref (type);

  *before = klass->get_input_stream;
  klass->get_input_stream = instead;
}

void
tw_strict_stream_install (gboolean encrypted)
{
  static gsize once = 0, once_encrypted = 0;

  if (g_once_init_enter (&once))
    {
      put_between (G_TYPE_TCP_CONNECTION, get_checked_tcp_input, &get_tcp_input);
      g_once_init_leave (&once, 1);
    }
  if (encrypted && g_once_init_enter (&once_encrypted))
    {
      put_between (g_tls_backend_get_server_connection_type (g_tls_backend_get_default ()), get_checked_tls_input,
                   &get_tls_input);
      g_once_init_leave (&once_encrypted, 1);
    }
}
