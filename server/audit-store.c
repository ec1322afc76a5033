/* audit-store.c: the whole change log, to be read elsewhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/audit-store.h"

#define PAGE_ROWS 1000

/* A page of the log; *after moves to its last row. */
static gboolean
read_page (TwDb *db, gint64 *after, guint *rows, TwAuditLine line, gpointer data, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT s.seq, JSON_OBJECT('seq', s.seq, 'hash', LOWER(HEX(s.hash)), 'at', "
        "DATE_FORMAT(c.at, '%Y-%m-%dT%H:%i:%s.%fZ'), 'user', u.user, 'on_behalf_of', b.user, 'source', c.source, "
        "'document', c.document, 'id', c.document_id, 'version', c.version, 'action', c.action, 'reason', c.reason, "
        "'before', JSON_EXTRACT(c.before_values, '$'), 'after', JSON_EXTRACT(c.after_values, '$')) AS line "
        "FROM change_seal s JOIN change_log c ON c.id = s.change_id LEFT JOIN app_user u ON u.id = c.user_id "
        "LEFT JOIN app_user b ON b.id = c.on_behalf_of WHERE s.seq > :after ORDER BY s.seq LIMIT :rows");
  gboolean found;

  *rows = 0;
  tw_bind_int (s, "after", *after);
  tw_bind_int (s, "rows", PAGE_ROWS);
  while (TRUE)
    {
      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      line (tw_column_text (s, "line"), data);
      *after = tw_column_int (s, "seq");
      ++*rows;
    }
}

gboolean
tw_audit_store_each (TwDb *db, TwAuditLine line, gpointer data, GError **error)
{
  gint64 after = 0;
  guint rows;

  do
    if (!read_page (db, &after, &rows, line, data, error))
      return FALSE;
  while (rows == PAGE_ROWS);
  return TRUE;
}
