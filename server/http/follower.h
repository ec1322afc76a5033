/* follower.h: one client of the live events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "server/core/context.h"

G_BEGIN_DECLS

/* Main context only, but @who, which a worker may borrow while it holds a reference. */
typedef struct
{
  grefcount ref_count;
  SoupWebsocketConnection *connection;
  GSocket *socket;
  char *token;      /* NULL until it has come */
  TwPrincipal *who; /* NULL until the token is checked */
  gint64 seq;       /* everything up to it is sent or not for this person; -1: from now on */
  gint64 opened;    /* monotonic, µs */
  gint64 clogged;   /* since when its socket takes nothing; 0: it does */
  gint64 heard;     /* last message or pong */
} TwFollower;

/* Takes over the connection after the upgrade; it is pinged every @ping_seconds. */
TwFollower *tw_follower_new (SoupServerMessage *message, gint64 since, guint ping_seconds);
TwFollower *tw_follower_ref (TwFollower *follower);
void tw_follower_unref (TwFollower *follower);

gboolean tw_follower_is_open (TwFollower *follower);
/* Whether its socket takes more at @now; keeps `clogged`. */
gboolean tw_follower_is_writable (TwFollower *follower, gint64 now);
void tw_follower_send (TwFollower *follower, const char *text);
void tw_follower_close (TwFollower *follower, gushort code, const char *reason);

/* `{"token":"…"}` (transfer full); NULL when @message is something else. */
char *tw_follower_read_token (GBytes *message);

G_END_DECLS
