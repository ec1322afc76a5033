/* history-store.c: see history-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/history-store.h"

#include "shared/document/change.h"

gboolean
tw_history_store_read (TwDb *db, const char *document, gint64 id, gint64 before_id, guint limit, GListStore *changes,
                       GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (
    db, "SELECT c.id, c.at, u.user, u.name AS user_name, b.user AS on_behalf_of, c.source, c.document, c.document_id,"
        " c.action, c.reason, c.before_values AS `before`, c.after_values AS `after`, COALESCE(s.seq, 0) AS seq"
        " FROM change_log c LEFT JOIN app_user u ON u.id = c.user_id LEFT JOIN app_user b ON b.id = c.on_behalf_of"
        " LEFT JOIN change_seal s ON s.change_id = c.id"
        " WHERE c.document = :document AND c.document_id = :id AND c.id < :before_id ORDER BY c.id DESC LIMIT :limit");

  tw_bind_text (find, "document", document);
  tw_bind_int (find, "id", id);
  tw_bind_int (find, "before_id", before_id > 0 ? before_id : G_MAXINT64);
  tw_bind_int (find, "limit", limit);
  return tw_statement_read_all (find, tw_change_get_type (), changes, error);
}

gboolean
tw_history_store_count (TwDb *db, const char *document, gint64 id, gint64 *count, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (
    db, "SELECT COUNT(*) AS n FROM change_log WHERE document = :document AND document_id = :id");
  gboolean found;

  tw_bind_text (find, "document", document);
  tw_bind_int (find, "id", id);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *count = found ? tw_column_int (find, "n") : 0;
  return TRUE;
}
