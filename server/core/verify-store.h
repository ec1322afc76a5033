/* verify-store.h: running the SELECT of a check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Appends column `problem` of every row of @sql. (element-type utf8) */
gboolean tw_verify_store_read (TwDb *db, const char *sql, guint limit, GPtrArray *problems, GError **error);

typedef void (*TwVerifyVisit) (gint64 id, const char *value, const char *name, gpointer data);

/* Every document of @sql (TwCheck.document), in pieces. */
gboolean tw_verify_store_each (TwDb *db, const char *sql, TwVerifyVisit visit, gpointer data, GError **error);

G_END_DECLS
