/* feed-store.c: see feed-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/feed-store.h"

gboolean
tw_feed_store_read (TwDb *db, gint64 seq, guint limit, GPtrArray *events, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (
    db, "SELECT s.seq, c.document, c.document_id, c.version, c.action FROM change_seal s"
        " JOIN change_log c ON c.id = s.change_id WHERE s.seq > :seq ORDER BY s.seq LIMIT :limit");
  gboolean found;

  tw_bind_int (find, "seq", seq);
  tw_bind_int (find, "limit", limit);
  while (tw_statement_step (find, &found, error))
    {
      TwFeedEvent *event;

      if (!found)
        return TRUE;
      event = g_new0 (TwFeedEvent, 1);
      event->seq = tw_column_int (find, "seq");
      event->kind = g_strdup (tw_column_text (find, "document"));
      event->id = tw_column_int (find, "document_id");
      event->version = tw_column_int (find, "version");
      event->change = g_strdup (tw_column_text (find, "action"));
      g_ptr_array_add (events, event);
    }
  return FALSE;
}
