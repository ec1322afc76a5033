/* events.h: the live feed: what changed, as it changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Follows /events over a WebSocket, resumes after the last sequence number it saw, and comes back by itself
 * after a break, waiting longer each time.
 */
#pragma once

#include "client/net/api.h"

G_BEGIN_DECLS

#define TW_TYPE_EVENTS (tw_events_get_type ())
G_DECLARE_FINAL_TYPE (TwEvents, tw_events, TW, EVENTS, GObject)

/* Signals:
 *  "changed" (const char *kind, gint64 id, gint64 version): a document changed. Detailed by kind: "changed::order".
 *  "missed" (): the feed was away and may have lost something: what is shown should be read again. */
TwEvents *tw_events_new (TwApi *api);
/* Signed in: follow from now on. */
void tw_events_start (TwEvents *self);
void tw_events_stop (TwEvents *self);
/* Try again at once instead of waiting for the next turn. */
void tw_events_retry (TwEvents *self);
gboolean tw_events_is_connected (TwEvents *self);

G_END_DECLS
