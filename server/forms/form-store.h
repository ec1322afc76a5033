/* form-store.h: the SQL that only forms need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* In which language a customer gets papers. *language stays NULL when there is no such customer. */
gboolean tw_form_store_read_language (TwDb *db, gint64 customer_id, char **language, GError **error);

G_END_DECLS
