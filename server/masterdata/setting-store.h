/* setting-store.h: the SQL of settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* *value NULL when it was never set. (transfer full) */
gboolean tw_setting_store_get (TwDb *db, const char *name, char **value, GError **error);
gboolean tw_setting_store_set (TwDb *db, const char *name, const char *value, GError **error);

G_END_DECLS
