/* backup.h: the whole database as one file, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is what mariadb-dump prints, compressed with gzip, and a last line
 * `-- tradewind-backup {"format":1,"at":…,"program":…,"schema":6,"seq":12345,"counts":{…},"sha256":…}` over everything
 * before it. So it can also be read by hand (`zcat FILE | mariadb NAME`). "seq" and "counts" are those of the moment at
 * which the backup began; what is committed later may be in it or not, but never by half.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "server/db/db.h"

G_BEGIN_DECLS

/* What a backup of now would say of itself. (transfer full) */
JsonObject *tw_backup_describe (TwDb *db, GError **error);
/* Writes @file, mode 0600, complete or not at all. @manifest has what is known of the content; "sha256" is added. */
gboolean tw_backup_write (const TwDbAddress *owner, const char *file, JsonObject *manifest, GError **error);
/* Reads all of @file and checks its sum. The manifest. (transfer full) */
JsonNode *tw_backup_check (const char *file, GError **error);
/* Feeds @file, which has been checked, into an empty database. */
gboolean tw_backup_load (const TwDbAddress *owner, const char *file, GError **error);

G_END_DECLS
