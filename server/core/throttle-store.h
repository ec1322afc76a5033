/* throttle-store.h: the rows of table sign_in_attempt
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Locks the row of @subject, which is made when there is none. */
gboolean tw_throttle_store_lock (TwDb *db, const char *subject, TwTime now, gint64 *failures, TwTime *last_at,
                                 GError **error);
gboolean tw_throttle_store_set (TwDb *db, const char *subject, gint64 failures, TwTime last_at, GError **error);
/* Takes one failure back. */
gboolean tw_throttle_store_forgive (TwDb *db, const char *subject, GError **error);
/* Deletes some rows that nobody has touched since @before. */
gboolean tw_throttle_store_sweep (TwDb *db, TwTime before, GError **error);

G_END_DECLS
