/* private-mariadb.h: a MariaDB of the server's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lives in a folder, listens on a Unix socket only, and is started, watched and stopped with the
 * server. A lock file says which server keeps it: another one on the same folder joins the living socket and
 * takes over when the keeper goes. When the server is killed, mariadbd stays
 * and is adopted by the next start.
 *
 * In the folder: `data/` (MariaDB's own), `accounts.ini` (the generated passwords, mode 0600), `keeper.lock`,
 * `mariadb.log`, and `mariadb.sock` where its path is short enough.
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

typedef struct _TwPrivateMariadb TwPrivateMariadb;

/* The working account, whose grants tw_migrate_grant() gives. */
#define TW_PRIVATE_USER "tradewind"
#define TW_PRIVATE_HOST "localhost"

/* Creates the instance on the first start, starts it or joins it, and waits until it answers: 0.1 s usually, 2 s when
 * it is created. @buffer_pool_mib: memory for pages, 0 is what suits the machine. TW_ERROR_UNAVAILABLE when another
 * server keeps the folder and its database does not answer within 1.5 s, or MariaDB cannot start. */
TwPrivateMariadb *tw_private_mariadb_start (const char *folder, guint buffer_pool_mib, GError **error);
/* Stops mariadbd when this process keeps it, and waits for its end. */
void tw_private_mariadb_stop (TwPrivateMariadb *instance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwPrivateMariadb, tw_private_mariadb_stop)

const TwDbAddress *tw_private_mariadb_get_owner (TwPrivateMariadb *instance);   /* may change the schema */
const TwDbAddress *tw_private_mariadb_get_working (TwPrivateMariadb *instance); /* has only its grants */
/* The process, 0 while there is none or another server keeps it. Any thread. */
int tw_private_mariadb_get_pid (TwPrivateMariadb *instance);

G_END_DECLS
