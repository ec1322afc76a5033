/* audit-store.h: the whole change log, to be read elsewhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

typedef void (*TwAuditLine) (const char *line, gpointer data);

/* One JSON object for each sealed change, in order, with its sequence number and hash. */
gboolean tw_audit_store_each (TwDb *db, TwAuditLine line, gpointer data, GError **error);

G_END_DECLS
