/* multiply-seal.h: the chain over a change log that was filled in bulk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Gives every change its link, in the order of the ids; change_seal is empty. The links are those of the sealer, which
 * puts them in one by one, durably; here they go through a file. @db: the administrator's. */
gboolean bench_seal_all (TwDb *db, const char *data_dir, GError **error);

G_END_DECLS
