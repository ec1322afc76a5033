/* setting-store.h: the SQL of settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Adds the name and value of each setting that was ever set. (element-type utf8 utf8), both owned */
gboolean tw_setting_store_read (TwDb *db, GHashTable *values, GError **error);
gboolean tw_setting_store_set (TwDb *db, const char *name, const char *value, GError **error);

G_END_DECLS
