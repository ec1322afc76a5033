/* feed.h: the sealed changes as live events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process fetches once and asks for each follower what that person may see.
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 seq;
  char *kind; /* document key */
  gint64 id;
  gint64 version;
  char *change; /* action key */
} TwFeedEvent;

void tw_feed_event_free (TwFeedEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwFeedEvent, tw_feed_event_free)

/* Appends the events after @seq in order, at most @limit. (element-type TwFeedEvent) */
gboolean tw_feed_fetch (TwDb *db, gint64 seq, guint limit, GPtrArray *events, GError **error);
/* The newest sequence number; 0 when there is none. */
gboolean tw_feed_get_last (TwDb *db, gint64 *seq, GError **error);

/* What one person may see of some events: found out for all those of a kind of document at once. */
typedef struct _TwFeedSight TwFeedSight;

/* @events stay as they are while it lives. */
TwFeedSight *tw_feed_sight_new (GPtrArray *events);
void tw_feed_sight_free (TwFeedSight *sight);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwFeedSight, tw_feed_sight_free)

/* Whether ctx->who, the same person each time, may know of @event, one of the events: the document's read permission
 * and its record rule. Runs inside tw_db_snapshot(). */
gboolean tw_feed_sight_has (TwContext *ctx, TwFeedSight *sight, const TwFeedEvent *event);

/* Appends `{"seq":…,"kind":…,"id":…,"version":…,"change":…}`. */
void tw_feed_event_write (const TwFeedEvent *event, GString *out);

G_END_DECLS
