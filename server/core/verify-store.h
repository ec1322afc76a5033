/* verify-store.h: running the SELECT of a check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/state-trace.h"
#include "server/db/db.h"

G_BEGIN_DECLS

/* Appends column `problem` of every row of @sql. (element-type utf8) */
gboolean tw_verify_store_read (TwDb *db, const char *sql, guint limit, GPtrArray *problems, GError **error);

/* Follows all changes of the audit log. */
gboolean tw_verify_store_follow (TwDb *db, TwStateTrace *trace, GError **error);

/* Compares the documents of @sql (TwCheck.document) with what the log says; sentences go to @problems, @limit at
 * most. */
gboolean tw_verify_store_compare (TwDb *db, const char *document, const char *sql, TwStateTrace *trace, guint limit,
                                  GPtrArray *problems, GError **error);

G_END_DECLS
