/* push.h: live events over WebSocket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GET /api/v1/events?since=N. The token comes in the Authorization header or as the first message,
 * `{"token":"…"}`, within five seconds; never in the address. Then events follow in order,
 * `{"seq","kind","id","version","change"}`, only those that the person may read. Without `since` they begin now.
 * Every 20 seconds (`heartbeat_seconds`) `{"seq":N}` tells up to where the client has seen everything. A client further
 * behind than the log is worth replaying gets `{"seq":N,"missed":true}`: read anew what is shown, events go on from N.
 * Close codes: 1008 the token does not hold (any more), 1001 the server stops, 1013 the client reads too slowly.
 */
#pragma once

#include "server/http/message.h"
#include "server/http/worker.h"

G_BEGIN_DECLS

typedef struct _TwPush TwPush;

/* The heart beats every @beat_seconds; who takes nothing for one and a half beats, or says nothing for three and a
 * quarter, is let go of. */
TwPush *tw_push_new (TwWorkers *workers, guint beat_seconds);
void tw_push_free (TwPush *push); /* after its workers */
/* Answers the request: by an upgrade, or with why not. A web page of another site (Origin) gets 403. */
void tw_push_upgrade (TwPush *push, TwExchange *exchange);
/* The change log has grown. Any thread. */
void tw_push_wake (TwPush *push);
/* Closes every connection and takes no more. */
void tw_push_stop (TwPush *push);
guint tw_push_count (TwPush *push);

G_END_DECLS
