/* setting-store.c: see setting-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/setting-store.h"

gboolean
tw_setting_store_read (TwDb *db, GHashTable *values, GError **error)
{
  g_autoptr (TwStatement) select = tw_db_prepare (db, "SELECT name, value FROM setting");
  gboolean found;

  while (tw_statement_step (select, &found, error))
    {
      if (!found)
        return TRUE;
      g_hash_table_insert (values, g_strdup (tw_column_text (select, "name")),
                           g_strdup (tw_column_text (select, "value")));
    }
  return FALSE;
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
