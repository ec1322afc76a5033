/* edition-store.h: the row of table master_edition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

gboolean tw_edition_store_read (TwDb *db, gint64 *edition, GError **error);
gboolean tw_edition_store_raise (TwDb *db, GError **error);

G_END_DECLS
