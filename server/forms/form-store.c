/* form-store.c: see form-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/forms/form-store.h"

gboolean
tw_form_store_read_language (TwDb *db, gint64 customer_id, char **language, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, "SELECT language FROM customer WHERE id = :id");
  gboolean found;

  *language = NULL;
  tw_bind_int (read, "id", customer_id);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  if (found)
    *language = g_strdup (tw_column_text (read, "language"));
  return TRUE;
}
