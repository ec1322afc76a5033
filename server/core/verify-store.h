/* verify-store.h: running the SELECT of a check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Appends column `problem` of every row of @sql. (element-type utf8) */
gboolean tw_verify_store_read (TwDb *db, const char *sql, guint limit, GPtrArray *problems, GError **error);

typedef void (*TwVerifyStep) (const char *document, const char *action, const char *from, const char *to, gint64 change,
                              gpointer data);

/* Each kind of step that the audit log has: @change is the first of its kind. */
gboolean tw_verify_store_each_step (TwDb *db, TwVerifyStep step, gpointer data, GError **error);

G_END_DECLS
