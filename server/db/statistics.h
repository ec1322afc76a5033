/* statistics.h: what the database believes about its tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * InnoDB counts again by itself, but MariaDB looks at what it counted only when it opens a table, which it keeps open.
 * A database that was empty when its server began would be planned for as if it still were: an order's lines would be
 * found by reading all lines there are.
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Has tables counted anew that have grown to twice what they were in @known, and keeps there what they are now; small
 * ones are left alone. @known: (element-type utf8 gint64), both owned, empty at first. Outside a transaction. */
gboolean tw_statistics_refresh (TwDb *db, GHashTable *known, GError **error);

G_END_DECLS
