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

/* One piece; *after moves to its last row, *n_rows tells how many there were. */
static gboolean
visit_piece (TwStatement *read, TwVerifyVisit visit, gpointer data, gint64 *after, guint *n_rows, GError **error)
{
  gboolean found;

  for (*n_rows = 0;; *n_rows += 1)
    {
      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      *after = tw_column_int (read, "id");
      visit (*after, tw_column_text (read, "value"), tw_column_text (read, "name"), data);
    }
}

gboolean
tw_verify_store_each (TwDb *db, const char *sql, TwVerifyVisit visit, gpointer data, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, sql);
  gint64 after = 0;
  guint n_rows = 1;

  while (n_rows > 0)
    {
      tw_statement_reset (read);
      tw_bind_int (read, "after", after);
      if (!visit_piece (read, visit, data, &after, &n_rows, error))
        return FALSE;
    }
  return TRUE;
}
