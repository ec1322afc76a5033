/* user-store.h: the SQL of users and their roles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/user.h"

G_BEGIN_DECLS

extern const TwList tw_user_list;

/* With roles; *found is FALSE when there is none. @lock: its row for update. */
gboolean tw_user_store_load (TwDb *db, gint64 id, gboolean lock, TwUser *user, gboolean *found, GError **error);
/* Sets the id. A taken name is TW_ERROR_DUPLICATE. */
gboolean tw_user_store_insert (TwDb *db, TwUser *user, GError **error);
/* *stored is FALSE when the version has moved. */
gboolean tw_user_store_update (TwDb *db, TwUser *user, gboolean *stored, GError **error);
gboolean tw_user_store_find (TwDb *db, const char *name, gint64 *id, gboolean *active, gboolean *found, GError **error);
/* How many active administrators there are besides @except. */
gboolean tw_user_store_count_admins (TwDb *db, gint64 except, gint64 *count, GError **error);

G_END_DECLS
