/* setting-store.c: see setting-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/setting-store.h"

gboolean
tw_setting_store_get (TwDb *db, const char *name, char **value, GError **error)
{
  g_autoptr (TwStatement) select = tw_db_prepare (db, "SELECT value FROM setting WHERE name = :name");
  gboolean found = FALSE;

  *value = NULL;
  tw_bind_text (select, "name", name);
  if (!tw_statement_step (select, &found, error))
    return FALSE;
  if (found)
    *value = g_strdup (tw_column_text (select, "value"));
  return TRUE;
}

gboolean
tw_setting_store_set (TwDb *db, const char *name, const char *value, GError **error)
{
  g_autoptr (TwStatement) store = tw_db_prepare (db, "INSERT INTO setting (name, value) VALUES (:name, :value) "
                                                     "ON DUPLICATE KEY UPDATE value = :value");

  tw_bind_text (store, "name", name);
  tw_bind_text (store, "value", value);
  return tw_statement_run (store, NULL, error);
}
