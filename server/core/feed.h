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

/* Whether ctx->who may know of @event: the document's read permission and its record rule. Runs inside
 * tw_db_snapshot() when the document has a record rule. */
gboolean tw_feed_may_see (TwContext *ctx, const TwFeedEvent *event);
/* The same without a database when the answer needs none: TRUE sets *visible. */
gboolean tw_feed_decide (TwPrincipal *who, const TwFeedEvent *event, gboolean *visible);

/* Appends `{"seq":…,"kind":…,"id":…,"version":…,"change":…}`. */
void tw_feed_event_write (const TwFeedEvent *event, GString *out);

G_END_DECLS
