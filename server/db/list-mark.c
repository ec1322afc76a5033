/* list-mark.c: see list-mark.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-mark.h"

#include <string.h>

#define SETTLED_SECONDS "60"

static const char count_words[] = "SELECT COUNT(*) AS n FROM ";
static const char where_word[] = " WHERE ";
static const char and_word[] = " AND ";
static const char mark_words[] = "SELECT m.position, m.last_id, ";
static const char gone_words[] = "(SELECT COUNT(*) FROM ";
static const char up_to_mark[] = " <= m.last_id)";
static const char none_gone[] = "0";
static const char mark_from[] = " AS gone FROM list_mark m WHERE m.list = :list AND m.position > 0";
static const char beyond[] = " > :last_id";

typedef struct
{
  const char *name;
  const char *count_sql; /* the rows after :low up to :high */
  const char *next_sql;  /* the id of the row after :low and :between others */
} MarkedTable;

#define MARKED(table)                                                                                                  \
  {                                                                                                                    \
    table, "SELECT COUNT(*) AS n FROM " table " WHERE id > :low AND id <= :high",                                      \
      "SELECT id FROM " table " WHERE id > :low ORDER BY id LIMIT 1 OFFSET :between"                                   \
  }

/* No row of them is ever removed, and there may be very many. */
static const MarkedTable tables[] = {
  MARKED ("sales_order"), MARKED ("shipment"),     MARKED ("invoice"),    MARKED ("payment"),
  MARKED ("stock_move"),  MARKED ("journal_line"), MARKED ("change_log"), MARKED ("customer"),
  MARKED ("product"),     MARKED ("stock_level"),  MARKED ("trip"),       MARKED ("shipment_exception"),
  MARKED ("receipt"),     MARKED ("stock_count"),  MARKED ("refund"),
};

/* All rows that the list leaves out, one by one: there are few. */
static gboolean
count_gone (TwDb *db, const TwList *list, gint64 *gone, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (TwStatement) count = NULL;
  gboolean found;

  *gone = 0;
  if (list->gone == NULL)
    return TRUE;
  sql = g_strconcat (count_words, list->count_from, where_word, list->gone, NULL);
  count = tw_db_prepare (db, sql);
  if (!tw_statement_step (count, &found, error))
    return FALSE;
  *gone = tw_column_int (count, "n");
  return TRUE;
}

/* A mark of the list that counts, chosen by @which, and what the list leaves out up to it. */
static TwStatement *
prepare_mark (TwDb *db, const TwList *list, const char *which)
{
  g_autofree char *gone = list->gone != NULL ? g_strconcat (gone_words, list->count_from, where_word, list->gone,
                                                            and_word, list->id, up_to_mark, NULL)
                                             : g_strdup (none_gone);
  g_autofree char *sql = g_strconcat (mark_words, gone, mark_from, which, NULL);
  TwStatement *find = tw_db_prepare (db, sql);

  tw_bind_text (find, "list", list->marked);
  return find;
}

/* Runs @find, which has one row at most, and takes off what the list does not show. */
static gboolean
read_mark (TwStatement *find, TwListMark *mark, GError **error)
{
  gboolean found;

  memset (mark, 0, sizeof *mark);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  mark->position = tw_column_int (find, "position") - tw_column_int (find, "gone");
  mark->last_id = tw_column_int (find, "last_id");
  return TRUE;
}

/* What is left out shifts the places a little: a mark is asked for on the safe side of it. */
gboolean
tw_list_mark_before (TwDb *db, const TwList *list, gint64 most, TwListMark *mark, GError **error)
{
  g_autoptr (TwStatement) find
      = prepare_mark (db, list, " AND m.position <= :most ORDER BY m.position DESC LIMIT 1");

  tw_bind_int (find, "most", most);
  return read_mark (find, mark, error);
}

gboolean
tw_list_mark_after (TwDb *db, const TwList *list, gint64 least, TwListMark *mark, GError **error)
{
  g_autoptr (TwStatement) find = prepare_mark (db, list, " AND m.position >= :least ORDER BY m.position LIMIT 1");
  gint64 gone;

  if (!count_gone (db, list, &gone, error))
    return FALSE;
  tw_bind_int (find, "least", least + gone);
  return read_mark (find, mark, error);
}

gboolean
tw_list_mark_last (TwDb *db, const TwList *list, TwListMark *mark, GError **error)
{
  g_autoptr (TwStatement) last = prepare_mark (db, list, " ORDER BY m.position DESC LIMIT 1");

  return read_mark (last, mark, error);
}

gboolean
tw_list_mark_count (TwDb *db, const TwList *list, gint64 *total, GError **error)
{
  g_autofree char *sql = g_strconcat (count_words, list->count_from, where_word, list->id, beyond,
                                      list->where != NULL ? and_word : "", list->where, NULL);
  g_autoptr (TwStatement) count = NULL;
  TwListMark mark;
  gboolean found;

  if (!tw_list_mark_last (db, list, &mark, error))
    return FALSE;
  count = tw_db_prepare (db, sql);
  tw_bind_int (count, "last_id", mark.last_id);
  if (!tw_statement_step (count, &found, error))
    return FALSE;
  *total = mark.position + tw_column_int (count, "n");
  return TRUE;
}

/* ---- Setting ---- */

static TwStatement *
prepare_last (TwDb *db)
{
  return tw_db_prepare (db, "SELECT position, last_id FROM list_mark WHERE list = :list AND position > 0"
                            " ORDER BY position DESC LIMIT 1");
}

/* The rows between the marks before and each that has stood long enough. */
static gboolean
count_settled (TwDb *db, const MarkedTable *table, GError **error)
{
  g_autoptr (TwStatement) due
      = tw_db_prepare (db, "SELECT last_id FROM list_mark WHERE list = :list AND position = 0"
                           " AND set_at < UTC_TIMESTAMP(6) - INTERVAL " SETTLED_SECONDS " SECOND ORDER BY last_id");
  g_autoptr (TwStatement) count = tw_db_prepare (db, table->count_sql);
  g_autoptr (TwStatement) keep
      = tw_db_prepare (db, "UPDATE list_mark SET position = :position WHERE list = :list AND last_id = :last_id");
  g_autoptr (TwStatement) last = prepare_last (db);
  gint64 position = 0, low = 0;
  gboolean found;

  tw_bind_text (last, "list", table->name);
  if (!tw_statement_step (last, &found, error))
    return FALSE;
  if (found)
    {
      position = tw_column_int (last, "position");
      low = tw_column_int (last, "last_id");
    }
  tw_bind_text (due, "list", table->name);
  for (;;)
    {
      if (!tw_statement_step (due, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      tw_statement_reset (count);
      tw_bind_int (count, "low", low);
      low = tw_column_int (due, "last_id");
      tw_bind_int (count, "high", low);
      if (!tw_statement_step (count, &found, error))
        return FALSE;
      position += tw_column_int (count, "n");
      tw_bind_text (keep, "list", table->name);
      tw_bind_int (keep, "position", position);
      tw_bind_int (keep, "last_id", low);
      if (!tw_statement_run (keep, NULL, error))
        return FALSE;
    }
}

/* A mark on every row after the last mark whose turn it is. */
static gboolean
set_new (TwDb *db, const MarkedTable *table, GError **error)
{
  g_autoptr (TwStatement) last
      = tw_db_prepare (db, "SELECT COALESCE(MAX(last_id), 0) AS low FROM list_mark WHERE list = :list");
  g_autoptr (TwStatement) next = tw_db_prepare (db, table->next_sql);
  g_autoptr (TwStatement) set = tw_db_prepare (
      db, "INSERT INTO list_mark (list, last_id, position, set_at) VALUES (:list, :last_id, 0, UTC_TIMESTAMP(6))");
  gboolean found;
  gint64 low;

  tw_bind_text (last, "list", table->name);
  if (!tw_statement_step (last, &found, error))
    return FALSE;
  low = tw_column_int (last, "low");
  for (;;)
    {
      tw_statement_reset (next);
      tw_bind_int (next, "low", low);
      tw_bind_int (next, "between", TW_LIST_MARK_ROWS - 1);
      if (!tw_statement_step (next, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      low = tw_column_int (next, "id");
      tw_bind_text (set, "list", table->name);
      tw_bind_int (set, "last_id", low);
      if (!tw_statement_run (set, NULL, error))
        return FALSE;
    }
}

gboolean
tw_list_mark_advance (TwDb *db, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!count_settled (db, &tables[i], error) || !set_new (db, &tables[i], error))
      return FALSE;
  return TRUE;
}
