/* crowd.h: all connections of the listener, and which have to go when they are too many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever comes is let in as long as somebody else only keeps the server waiting: of the address that holds most
 * connections, the one that has waited longest makes room. So who fills the server with connections that never ask
 * anything, or with bodies that never end, throws out himself.
 */
#pragma once

#include "server/http/connection.h"

G_BEGIN_DECLS

typedef struct _TwCrowd TwCrowd;

typedef struct
{
  guint connections;
  guint per_address;
  gsize body_bytes; /* of all requests that are being read or worked on */
} TwCrowdLimits;

TwCrowd *tw_crowd_new (TwCrowdLimits limits);
void tw_crowd_free (TwCrowd *crowd);

/* @connection has come. FALSE when it cannot stay. */
gboolean tw_crowd_add (TwCrowd *crowd, TwConnection *connection);
void tw_crowd_remove (TwCrowd *crowd, TwConnection *connection);
guint tw_crowd_count (TwCrowd *crowd);

/* Closes up to @n connections that keep the server waiting; returns how many. */
guint tw_crowd_make_room (TwCrowd *crowd, guint n);

/* @bytes more of a body are held for @connection. FALSE when that is too much for the server; a larger body that is
 * still coming in is given up before. */
gboolean tw_crowd_hold (TwCrowd *crowd, TwConnection *connection, gsize bytes);
/* Its request is over. */
void tw_crowd_release (TwCrowd *crowd, TwConnection *connection);

/* @func may remove the connection that it is called with. */
void tw_crowd_each (TwCrowd *crowd, void (*func) (TwConnection *connection, gpointer data), gpointer data);

G_END_DECLS
