/* backup-store.h: what a backup says of itself, and an emptied place for a restore
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "server/db/db.h"

G_BEGIN_DECLS

/* Puts "schema" (the newest file applied), "seq" and "counts" (rows of the main tables) into @manifest, as they are
 * now. */
gboolean tw_backup_store_describe (TwDb *db, JsonObject *manifest, GError **error);
/* Whether the database has no table. */
gboolean tw_backup_store_is_empty (TwDb *db, gboolean *empty, GError **error);
/* A mark that a restore into this database has begun and not ended: what is in it may be half of a backup. */
gboolean tw_backup_store_begin_restore (TwDb *owner, GError **error);
gboolean tw_backup_store_end_restore (TwDb *owner, GError **error);
gboolean tw_backup_store_is_unfinished (TwDb *db, gboolean *unfinished, GError **error);
/* Drops every table but the mark. */
gboolean tw_backup_store_empty (TwDb *owner, GError **error);
/* Whether anybody else is connected to it with this account: a server always is. */
gboolean tw_backup_store_is_served (TwDb *working, gboolean *served, GError **error);
/* After a restore: no token of the time of the backup lives again, and no server of that time holds a lease. */
gboolean tw_backup_store_settle (TwDb *db, GError **error);

G_END_DECLS
