/* connection.h: what the listener knows about one accepted connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup 3.2 has no time limits and, when a client closes a kept-alive connection after a reply, never lets go of
 * it (fixed in 3.3). So each connection has a state with a deadline, and while it is idle a watch that
 * looks for the end of the stream before libsoup does.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef enum
{
  TW_CONNECTION_NEW,     /* accepted, nothing read (TLS handshake included) */
  TW_CONNECTION_HEAD,    /* reading a request's header */
  TW_CONNECTION_BODY,    /* reading its body */
  TW_CONNECTION_WORKING, /* a worker has it: no deadline here */
  TW_CONNECTION_WRITING, /* the reply is going out */
  TW_CONNECTION_IDLE,    /* kept alive between two requests */
  TW_CONNECTION_TAKEN,   /* no longer libsoup's HTTP: a WebSocket, or being refused */
  TW_CONNECTION_LEAVING, /* closed by us, which libsoup has not noticed yet */
} TwConnectionState;

/* Seconds that a state may last. */
typedef struct
{
  guint head;
  guint body;
  guint write; /* without progress */
  guint idle;
} TwTimeLimits;

typedef struct _TwConnection TwConnection;

/* Called once when the connection is gone for good. */
typedef void (*TwConnectionGone) (TwConnection *connection, gpointer data);

/* Begins to follow the connection of @message, which has just been accepted. It lives as long as the socket. */
TwConnection *tw_connection_follow (SoupServerMessage *message, gboolean encrypted, const TwTimeLimits *limits,
                                    TwConnectionGone gone, gpointer data);
/* Each request on it, the first included: so that its end is noticed whenever libsoup notices it. */
void tw_connection_follow_message (TwConnection *connection, SoupServerMessage *message);
/* The connection of @message; NULL when it is not followed. */
TwConnection *tw_connection_of (SoupServerMessage *message);

/* Whether what comes from @socket, directly or decrypted, is HTTP: it is followed and not taken from libsoup. */
gboolean tw_connection_is_http (GSocket *socket, gboolean encrypted);

const char *tw_connection_get_address (TwConnection *connection); /* "127.0.0.1" */
TwConnectionState tw_connection_get_state (TwConnection *connection);
/* Enters @state and starts its clock; the same state again is progress. */
void tw_connection_set_state (TwConnection *connection, TwConnectionState state);
gint64 tw_connection_get_since (TwConnection *connection); /* when it entered its state; monotonic, µs */

/* How much of a body is held for it. */
gsize tw_connection_get_body_bytes (TwConnection *connection);
void tw_connection_set_body_bytes (TwConnection *connection, gsize bytes);

/* The request is answered: idle, until the next one begins. Call from `request-finished`. */
void tw_connection_finished (TwConnection *connection, SoupServerMessage *message);

/* Closes it when it is past its deadline at @now (monotonic, µs). */
void tw_connection_sweep (TwConnection *connection, gint64 now);
/* Closes it unless it has a request to finish. */
void tw_connection_close_idle (TwConnection *connection);
/* Closes it whatever it is doing. */
void tw_connection_abort (TwConnection *connection);

G_END_DECLS
