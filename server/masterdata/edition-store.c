/* edition-store.c: see edition-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/edition-store.h"

gboolean
tw_edition_store_read (TwDb *db, gint64 *edition, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, "SELECT value FROM master_edition WHERE id = 1");
  gboolean found;

  if (!tw_statement_step (read, &found, error))
    return FALSE;
  if (!found)
    return tw_error_set (error, TW_ERROR_INTERNAL, "master_edition has no row");
  *edition = tw_column_int (read, "value");
  return TRUE;
}

gboolean
tw_edition_store_raise (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) raise = tw_db_prepare (db, "UPDATE master_edition SET value = value + 1 WHERE id = 1");

  return tw_statement_run (raise, NULL, error);
}
