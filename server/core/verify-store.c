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

/* One piece of the log; *after moves to its last change, *n_rows tells how many there were. */
static gboolean
follow_piece (TwStatement *read, TwStateTrace *trace, gint64 *after, guint *n_rows, GError **error)
{
  gboolean found;

  for (*n_rows = 0;; *n_rows += 1)
    {
      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      *after = tw_column_int (read, "id");
      tw_state_trace_follow (trace, *after, tw_column_text (read, "document"), tw_column_int (read, "document_id"),
                             tw_column_text (read, "action"), tw_column_text (read, "before_values"),
                             tw_column_text (read, "after_values"));
    }
}

gboolean
tw_verify_store_follow (TwDb *db, TwStateTrace *trace, GError **error)
{
  g_autoptr (TwStatement) read
      = tw_db_prepare (db, "SELECT id, document, document_id, action, before_values, after_values FROM change_log"
                           " WHERE id > :after ORDER BY id LIMIT 10000");
  gint64 after = 0;
  guint n_rows = 1;

  while (n_rows > 0)
    {
      tw_statement_reset (read);
      tw_bind_int (read, "after", after);
      if (!follow_piece (read, trace, &after, &n_rows, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compare_piece (TwStatement *read, const char *document, TwStateTrace *trace, guint limit, GPtrArray *problems,
               gint64 *after, guint *n_rows, GError **error)
{
  gboolean found;

  for (*n_rows = 0;; *n_rows += 1)
    {
      const char *state, *logged;

      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      *after = tw_column_int (read, "id");
      state = tw_column_text (read, "state");
      logged = tw_state_trace_get (trace, document, *after);
      if (g_strcmp0 (state, logged) != 0 && problems->len < limit)
        g_ptr_array_add (problems,
                         g_strdup_printf ("%s %s is %s, but the audit log says %s", document,
                                          tw_column_text (read, "name"), state, logged != NULL ? logged : "nothing"));
    }
}

gboolean
tw_verify_store_compare (TwDb *db, const char *document, const char *sql, TwStateTrace *trace, guint limit,
                         GPtrArray *problems, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, sql);
  gint64 after = 0;
  guint n_rows = 1;

  while (n_rows > 0)
    {
      tw_statement_reset (read);
      tw_bind_int (read, "after", after);
      if (!compare_piece (read, document, trace, limit, problems, &after, &n_rows, error))
        return FALSE;
    }
  return TRUE;
}
