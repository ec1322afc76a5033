/* list-tally.c: see list-tally.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-tally.h"

#include "server/db/list-private.h"

static const char count_words[] = "SELECT COUNT(*) AS n FROM ";
static const char and_word[] = " AND ";
static const char above_low[] = " > :low";
static const char up_to_high[] = " <= :high";

/* A piece is 800 marks, 200,000 rows. */
#define MARKS_BETWEEN "799"
/* Persons remembered; more begin anew. */
#define MAX_TALLIES 1000

static GMutex mutex; /* guards what follows */
static GHashTable *tallies; /* (element-type utf8 TwListTally) */

/* ---- What is remembered ---- */

static char *
make_key (TwDb *db, const TwList *list, const TwListQuery *query)
{
  return g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s", tw_db_get_name (db), list->marked, query->scope,
                          query->restriction != NULL ? query->restriction : "");
}

gboolean
tw_list_is_tallied (const TwList *list, const TwListQuery *query)
{
  return list->edition != NULL && tw_list_is_unnarrowed (query)
         && (query->restriction == NULL || g_strv_contains (list->tallied, query->restriction));
}

gboolean
tw_list_tally_recall (TwDb *db, const TwList *list, const TwListQuery *query, TwListTally *tally)
{
  g_autofree char *key = make_key (db, list, query);
  const TwListTally *known;

  g_mutex_lock (&mutex);
  known = tallies != NULL ? g_hash_table_lookup (tallies, key) : NULL;
  if (known != NULL)
    *tally = *known;
  g_mutex_unlock (&mutex);
  return known != NULL;
}

static void
remember (TwDb *db, const TwList *list, const TwListQuery *query, const TwListTally *tally)
{
  char *key = make_key (db, list, query);

  g_mutex_lock (&mutex);
  if (tallies == NULL)
    tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (tallies) >= MAX_TALLIES)
    g_hash_table_remove_all (tallies);
  g_hash_table_replace (tallies, key, g_memdup2 (tally, sizeof *tally));
  g_mutex_unlock (&mutex);
}

/* ---- Counting ---- */

/* The edition, and the last mark. */
static gboolean
read_edition (TwDb *db, const TwList *list, gint64 *edition, gint64 *last_id, GError **error)
{
  g_autoptr (TwStatement) read
      = tw_db_prepare (db, "SELECT e.value, (SELECT m.last_id FROM list_mark m WHERE m.list = :marked"
                           " AND m.position > 0 ORDER BY m.position DESC LIMIT 1) AS last_id"
                           " FROM list_edition e WHERE e.list = :edition");
  gboolean found;

  tw_bind_text (read, "edition", list->edition);
  tw_bind_text (read, "marked", list->marked);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  if (!found)
    return tw_error_set (error, TW_ERROR_INTERNAL, "list_edition has no row %s", list->edition);
  *edition = tw_column_int (read, "value");
  *last_id = tw_column_int (read, "last_id"); /* 0 when there is none */
  return TRUE;
}

/* The rows with ids above @low up to @high. */
static gboolean
count_between (TwDb *db, const TwList *list, const TwListQuery *query, gint64 low, gint64 high, gint64 *n,
               GError **error)
{
  g_autoptr (GString) sql = g_string_new (count_words);
  g_autofree char *range = g_strconcat (and_word, list->id, above_low, and_word, list->id, up_to_high, NULL);
  g_autoptr (TwStatement) count = NULL;
  gboolean found;

  g_string_append (sql, list->count_from);
  tw_list_append_rule (sql, list, query);
  g_string_append (sql, range);
  count = tw_db_prepare (db, sql->str);
  if (query->restriction != NULL)
    tw_bind_int (count, "scope", query->scope);
  tw_bind_int (count, "low", low);
  tw_bind_int (count, "high", high);
  if (!tw_statement_step (count, &found, error))
    return FALSE;
  *n = tw_column_int (count, "n");
  return TRUE;
}

/* Where the next piece after @low ends, which is a mark: however many rows there are, each statement is a short one. */
static gboolean
find_piece (TwDb *db, const TwList *list, gint64 low, gint64 last_id, gint64 *end, GError **error)
{
  g_autoptr (TwStatement) find
      = tw_db_prepare (db, "SELECT last_id FROM list_mark WHERE list = :marked AND position > 0 AND last_id > :low"
                           " ORDER BY last_id LIMIT 1 OFFSET " MARKS_BETWEEN);
  gboolean found;

  tw_bind_text (find, "marked", list->marked);
  tw_bind_int (find, "low", low);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *end = found ? MIN (tw_column_int (find, "last_id"), last_id) : last_id;
  return TRUE;
}

/* What the marks have counted, for a list that hides no row from anybody. */
static gboolean
take_marks (TwDb *db, const TwList *list, TwListTally *tally, GError **error)
{
  TwListMark last;

  if (!tw_list_mark_last (db, list, &last, error))
    return FALSE;
  tally->last_id = last.last_id;
  tally->n = last.position;
  return TRUE;
}

/* Brings @tally up to the last mark. What was counted of another edition, or further on than this snapshot sees, is
 * counted anew. */
static gboolean
bring_up (TwDb *db, const TwList *list, const TwListQuery *query, gint64 edition, gint64 last_id, TwListTally *tally,
          GError **error)
{
  gint64 more, end;

  if (tally->edition != edition || tally->last_id > last_id)
    *tally = (TwListTally){ .edition = edition };
  if (tally->last_id == last_id)
    return TRUE;
  if (query->restriction == NULL)
    return take_marks (db, list, tally, error);
  while (tally->last_id < last_id)
    {
      if (!find_piece (db, list, tally->last_id, last_id, &end, error)
          || !count_between (db, list, query, tally->last_id, end, &more, error))
        return FALSE;
      tally->n += more;
      tally->last_id = end;
      remember (db, list, query, tally);
    }
  return TRUE;
}

/* ---- Public ---- */

gboolean
tw_list_tally_count (TwDb *db, const TwList *list, const TwListQuery *query, gint64 *total, GError **error)
{
  TwListTally tally = { 0 }, before;
  gint64 edition = 0, last_id = 0, rest;

  if (!read_edition (db, list, &edition, &last_id, error))
    return FALSE;
  tw_list_tally_recall (db, list, query, &tally);
  before = tally;
  if (!bring_up (db, list, query, edition, last_id, &tally, error)
      || !count_between (db, list, query, last_id, G_MAXINT64, &rest, error))
    return FALSE;
  if (tally.edition > before.edition || (tally.edition == before.edition && tally.last_id > before.last_id))
    remember (db, list, query, &tally);
  *total = tally.n + rest;
  return TRUE;
}

gboolean
tw_list_edition_raise (TwDb *db, const char *edition, GError **error)
{
  g_autoptr (TwStatement) raise
      = tw_db_prepare (db, "UPDATE list_edition SET value = value + 1 WHERE list = :edition");

  tw_bind_text (raise, "edition", edition);
  return tw_statement_run_later (raise, TW_AT_COMMIT, NULL, error);
}
