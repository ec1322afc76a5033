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
