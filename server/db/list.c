/* list.c: pages of rows as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-private.h"
#include "server/db/list-tally.h"
#include "shared/base/codec.h"

/* Rows fetched at once when there is no limit. */
#define BATCH 500

/* ---- What is counted once ---- */

static gboolean
is_whole (const TwList *list, const TwListQuery *query)
{
  return list->marked != NULL && query->restriction == NULL && tw_list_is_unnarrowed (query);
}

static gboolean
count_rows (TwDb *db, const TwList *list, const TwListQuery *query, gint64 *total, GError **error)
{
  g_autoptr (TwStatement) count = NULL;
  gboolean found;

  if (tw_list_is_tallied (list, query))
    return tw_list_tally_count (db, list, query, total, error);
  if (is_whole (list, query))
    return tw_list_mark_count (db, list, total, error);
  count = tw_list_prepare_count (db, list, query);
  if (!tw_statement_step (count, &found, error))
    return FALSE;
  *total = tw_column_int (count, "n");
  return TRUE;
}

/* Where to begin so that little is passed over, and how much still is. *total: −1 when it was not needed for that. */
static gboolean
find_jump (TwDb *db, const TwList *list, const TwListQuery *query, TwListMark *mark, guint64 *offset, gint64 *total,
           GError **error)
{
  gint64 place = query->offset;

  *mark = (TwListMark){ 0 };
  *offset = query->offset;
  *total = -1;
  if (!is_whole (list, query) || query->offset < TW_LIST_MARK_ROWS || !tw_list_is_sorted_by_id (list, query))
    return TRUE;
  if (query->descending)
    {
      if (!count_rows (db, list, query, total, error))
        return FALSE;
      place = MAX (*total - place, 0);
      if (!tw_list_mark_after (db, list, place, mark, error))
        return FALSE;
    }
  else if (!tw_list_mark_before (db, list, place, mark, error))
    return FALSE;
  if (mark->last_id > 0)
    *offset = (guint64)ABS (mark->position - place);
  return TRUE;
}

/* @total: as far as it is known, else −1. */
static gboolean
append_total (TwDb *db, const TwList *list, const TwListQuery *query, gint64 total, GString *out, GError **error)
{
  if (total < 0 && !count_rows (db, list, query, &total, error))
    return FALSE;
  tw_list_append_total (out, total);
  return TRUE;
}

/* ---- Pages ---- */

void
tw_list_append_next (GString *out, const char *next)
{
  if (next != NULL)
    g_string_append_printf (out, "],\"next\":\"%s\"", next);
  else
    g_string_append (out, "],\"next\":null");
}

void
tw_list_append_total (GString *out, gint64 total)
{
  g_string_append_printf (out, ",\"total\":%" G_GINT64_FORMAT "}", total);
}

/* What a page of @n rows behind which there is none says of all: known when it was reached by counting. */
static void
take_total (const TwListQuery *query, guint n, gint64 *total)
{
  if (!query->has_after && (n > 0 || query->offset == 0))
    *total = query->offset + n;
}

static gboolean
append_page (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets, const TwListMark *mark,
             guint64 offset, GString *out, gint64 *total, GError **error)
{
  g_autoptr (TwRecord) record = g_object_new (query->type, NULL);
  g_autoptr (TwStatement) page = tw_list_prepare_page (db, list, query, mark, offset, query->limit + 1);
  g_autofree char *next = NULL;
  TwFieldSet shown;
  gboolean found;
  guint n;

  tw_field_set_init (&shown, query->type, secrets, (const char *const *) query->fields);
  g_string_append (out, "{\"items\":[");
  for (n = 0;; n++)
    {
      if (!tw_statement_step (page, &found, error))
        return FALSE;
      if (!found || n == query->limit)
        break;
      if (n > 0)
        g_string_append_c (out, ',');
      tw_column_record (page, record);
      if (query->row && !query->row (record, query->row_data, error))
        return FALSE;
      tw_codec_write_chosen (record, &shown, secrets, out);
      if (n + 1 == query->limit)
        next = tw_list_cursor_write (query, tw_column_int (page, "tw_id"), tw_column_text (page, "tw_sort_key"));
    }
  tw_list_append_next (out, found ? next : NULL);
  if (!found)
    take_total (query, n, total);
  return TRUE;
}

gboolean
tw_list_run (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GString *out, GError **error)
{
  gboolean answered = FALSE;
  TwListMark mark;
  guint64 offset;
  gint64 total;

  if (!find_jump (db, list, query, &mark, &offset, &total, error)
      || (tw_list_is_kept (list, query)
          && !tw_list_append_kept_page (db, list, query, secrets, &mark, offset, out, &answered, error)))
    return FALSE;
  return (answered || append_page (db, list, query, secrets, &mark, offset, out, &total, error))
         && append_total (db, list, query, total, out, error);
}

static const TwListMark nowhere;

/* One batch of tw_list_each(); moves the query's place to its last row. */
static gboolean
each_batch (TwDb *db, const TwList *list, TwListQuery *query, TwRecord *record, TwListRow row, gpointer data,
            guint *n_rows, GError **error)
{
  g_autoptr (TwStatement) page = tw_list_prepare_page (db, list, query, &nowhere, query->offset, BATCH);
  g_autofree char *last = NULL;
  gboolean found;

  for (*n_rows = 0;; *n_rows += 1)
    {
      if (!tw_statement_step (page, &found, error))
        return FALSE;
      if (!found)
        break;
      tw_column_record (page, record);
      if (!row (record, data, error))
        return FALSE;
      if (*n_rows + 1 == BATCH)
        last = tw_list_cursor_write (query, tw_column_int (page, "tw_id"), tw_column_text (page, "tw_sort_key"));
    }
  g_clear_object (&query->after);
  query->offset = 0;
  return last == NULL || tw_list_cursor_read (query, last, error);
}

gboolean
tw_list_each (TwDb *db, const TwList *list, TwListQuery *query, TwListRow row, gpointer data, GError **error)
{
  g_autoptr (TwRecord) record = g_object_new (query->type, NULL);
  guint n_rows = BATCH;

  while (n_rows == BATCH)
    if (!each_batch (db, list, query, record, row, data, &n_rows, error))
      return FALSE;
  return TRUE;
}
