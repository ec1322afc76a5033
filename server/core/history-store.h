/* history-store.h: the change log read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Appends the @limit newest changes (TwChange) of the document that are older than @before_id (0: all). */
gboolean tw_history_store_read (TwDb *db, const char *document, gint64 id, gint64 before_id, guint limit,
                                GListStore *changes, GError **error);
gboolean tw_history_store_count (TwDb *db, const char *document, gint64 id, gint64 *count, GError **error);

G_END_DECLS
