/* verify-store.c: see verify-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/verify-store.h"

gboolean
tw_verify_store_read (TwDb *db, const char *sql, guint limit, GPtrArray *problems, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, sql);
  gboolean found = TRUE;

  while (problems->len < limit)
    {
      if (!tw_statement_step (find, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      g_ptr_array_add (problems, g_strdup (tw_column_text (find, "problem")));
    }
  return TRUE;
}

gboolean
tw_verify_store_each_step (TwDb *db, TwVerifyStep step, gpointer data, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (
    db, "SELECT document, action, was, became, MIN(id) AS first FROM (SELECT id, document, action,"
        " JSON_VALUE(before_values, '$.state') AS was, JSON_VALUE(after_values, '$.state') AS became FROM change_log)"
        " AS step WHERE was IS NOT NULL AND became IS NOT NULL GROUP BY document, action, was, became ORDER BY first");
  gboolean found = TRUE;

  for (;;)
    {
      if (!tw_statement_step (list, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      step (tw_column_text (list, "document"), tw_column_text (list, "action"), tw_column_text (list, "was"),
            tw_column_text (list, "became"), tw_column_int (list, "first"), data);
    }
}
