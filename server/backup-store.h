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
/* Drops every table. */
gboolean tw_backup_store_empty (TwDb *owner, GError **error);
/* Whether some server works with it: one holds the sealer's lease. Only on a database that is not empty. */
gboolean tw_backup_store_is_served (TwDb *db, gboolean *served, GError **error);
/* After a restore: no token of the time of the backup lives again, and no server of that time holds a lease. */
gboolean tw_backup_store_settle (TwDb *db, GError **error);

G_END_DECLS
