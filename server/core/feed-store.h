/* feed-store.h: sealed changes by sequence number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/feed.h"

G_BEGIN_DECLS

gboolean tw_feed_store_read (TwDb *db, gint64 seq, guint limit, GPtrArray *events, GError **error);

G_END_DECLS
