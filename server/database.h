/* database.h: the database that the configuration names, ready for use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/config.h"
#include "server/db/db.h"

G_BEGIN_DECLS

typedef struct _TwDatabase TwDatabase;

/* Reaches the database of @config, starting the private one when none is named, and brings its schema and the grants of
 * the working account up to date. Messages to g_message(). */
TwDatabase *tw_database_open (const TwConfig *config, GError **error);
/* The same without touching the schema: TW_ERROR_STATE when it is not this program's. */
TwDatabase *tw_database_open_as_it_is (const TwConfig *config, GError **error);
/* The same without looking at what is in it; tw_database_migrate() then does what tw_database_open() would have. */
TwDatabase *tw_database_reach (const TwConfig *config, GError **error);
gboolean tw_database_migrate (TwDatabase *database, const TwConfig *config, GError **error);
/* Stops the private instance when it was started here. */
void tw_database_close (TwDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwDatabase, tw_database_close)

const TwDbAddress *tw_database_get_owner (TwDatabase *database);   /* may change the schema */
const TwDbAddress *tw_database_get_working (TwDatabase *database); /* the server's own account */

G_END_DECLS
