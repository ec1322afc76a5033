/* list-tally.c: see list-tally.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-tally.h"

#include "server/db/connection-private.h"
#include "server/db/list-private.h"

static const char count_words[] = "SELECT COUNT(*) AS n FROM ";
static const char and_word[] = " AND ";
static const char above_low[] = " > :low";
static const char up_to_high[] = " <= :high";

/* Persons remembered; more begin anew. */
#define MAX_TALLIES 1000

static GMutex mutex; /* guards what follows */
static GHashTable *tallies; /* (element-type utf8 TwListTally) */

/* ---- What is remembered ---- */

static char *
make_key (TwDb *db, const TwList *list, const TwListQuery *query)
{
  g_autofree char *place = tw_db_address_describe (db->address);

  return g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s", place, list->marked, query->scope,
                          query->restriction != NULL ? query->restriction : "");
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
      = tw_db_prepare (db, "SELECT e.value, (SELECT m.last_id FROM list_mark m WHERE m.list = e.list"
                           " AND m.position > 0 ORDER BY m.position DESC LIMIT 1) AS last_id"
                           " FROM list_edition e WHERE e.list = :list");
  gboolean found;

  tw_bind_text (read, "list", list->marked);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  if (!found)
    return tw_error_set (error, TW_ERROR_INTERNAL, "list_edition has no row %s", list->marked);
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
  gint64 more;

  if (tally->edition != edition || tally->last_id > last_id)
    *tally = (TwListTally){ .edition = edition };
  if (tally->last_id == last_id)
    return TRUE;
  if (query->restriction == NULL)
    return take_marks (db, list, tally, error);
  if (!count_between (db, list, query, tally->last_id, last_id, &more, error))
    return FALSE;
  tally->n += more;
  tally->last_id = last_id;
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
tw_list_edition_raise (TwDb *db, const char *list, GError **error)
{
  g_autoptr (TwStatement) raise
      = tw_db_prepare (db, "UPDATE list_edition SET value = value + 1 WHERE list = :list");

  tw_bind_text (raise, "list", list);
  return tw_statement_run_later (raise, TW_AT_COMMIT, NULL, error);
}
