/* throttle-store.c: see throttle-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/throttle-store.h"

gboolean
tw_throttle_store_lock (TwDb *db, const char *subject, TwTime now, gint64 *failures, TwTime *last_at, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (db, "INSERT INTO sign_in_attempt (subject, failures, last_at) VALUES (:subject, 0, :now)"
                         " ON DUPLICATE KEY UPDATE subject = subject");
  g_autoptr (TwStatement) find
    = tw_db_prepare (db, "SELECT failures, last_at FROM sign_in_attempt WHERE subject = :subject FOR UPDATE");
  gboolean found;

  tw_bind_text (insert, "subject", subject);
  tw_bind_time (insert, "now", now);
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  tw_bind_text (find, "subject", subject);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  if (!found)
    return tw_error_set (error, TW_ERROR_RETRY, "the attempt row was swept away");
  *failures = tw_column_int (find, "failures");
  *last_at = tw_column_time (find, "last_at");
  return TRUE;
}

gboolean
tw_throttle_store_set (TwDb *db, const char *subject, gint64 failures, TwTime last_at, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (
    db, "UPDATE sign_in_attempt SET failures = :failures, last_at = :last_at WHERE subject = :subject");

  tw_bind_int (update, "failures", failures);
  tw_bind_time (update, "last_at", last_at);
  tw_bind_text (update, "subject", subject);
  return tw_statement_run (update, NULL, error);
}

gboolean
tw_throttle_store_forgive (TwDb *db, const char *subject, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE sign_in_attempt SET failures = failures - 1"
                         " WHERE subject = :subject AND failures > 0");

  tw_bind_text (update, "subject", subject);
  return tw_statement_run (update, NULL, error);
}

gboolean
tw_throttle_store_sweep (TwDb *db, TwTime before, GError **error)
{
  g_autoptr (TwStatement) sweep = tw_db_prepare (db, "DELETE FROM sign_in_attempt WHERE last_at < :before LIMIT 50");

  tw_bind_time (sweep, "before", before);
  return tw_statement_run (sweep, NULL, error);
}
