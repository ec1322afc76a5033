/* row.c: one row that is changed: locked, and saved over the version that was read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/db.h"

gboolean
tw_row_lock (TwDb *db, const char *sql, gint64 id, gboolean *found, GError **error)
{
  g_autoptr (TwStatement) lock = tw_db_prepare (db, sql);
  gboolean there;

  tw_bind_int (lock, "id", id);
  return tw_statement_step (lock, found != NULL ? found : &there, error);
}

static const char *
get_refusal (void)
{
  return _ ("Somebody else has changed this record meanwhile.");
}

gboolean
tw_row_refuse_stale (GError **error)
{
  return tw_error_set (error, TW_ERROR_STALE, "%s", get_refusal ());
}

gboolean
tw_row_save (TwStatement *update, TwRecord *record, GError **error)
{
  guint64 affected = 0;

  tw_bind_record (update, record);
  if (!tw_statement_run (update, &affected, error))
    return FALSE;
  if (affected == 0)
    return tw_row_refuse_stale (error);
  record->version++;
  return TRUE;
}

gboolean
tw_row_save_locked (TwStatement *update, TwRecord *record, GError **error)
{
  tw_bind_record (update, record);
  if (!tw_statement_post_refusing (update, TW_ERROR_STALE, get_refusal (), error))
    return FALSE;
  record->version++;
  return TRUE;
}
