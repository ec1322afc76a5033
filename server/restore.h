/* restore.h: a backup into the place that the configuration names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A private database is built beside the present one and then exchanged with it: whenever it is cut off, the place
 * holds the old database or the new one. In a database of somebody else's server, where there is no beside, a copy of
 * what was there is kept as a file, and a mark says that the restore has not ended: no command works with it until it
 * has.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "server/core/config.h"

G_BEGIN_DECLS

/* @file has been checked; @manifest is what it says of itself, and gets "restored_seq" (the head of the change log as
 * it is now, with an entry for the restore) and, when the file outside had witnessed changes that the backup has not,
 * "witnessed_seq". TW_ERROR_STATE when the place is not empty and not @force, or a server works with it. */
gboolean tw_restore_run (const TwConfig *config, const char *file, gboolean force, JsonObject *manifest,
                         GError **error);

G_END_DECLS
