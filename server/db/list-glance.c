/* list-glance.c: a page of a list by its rows' stamps, and the rows from memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One statement says which rows belong to the page, with their stamps, and the total. The rows themselves are taken
 * from memory (list-kept.h); those that are new or were changed are read by a second statement and count only when
 * their stamps are the first one's: what is answered is how things were at the moment of the first, so no transaction
 * is needed around the two.
 */
#include "server/db/list-kept.h"
#include "server/db/list-private.h"
#include "server/db/list-tally.h"
#include "shared/base/codec.h"

/* A page further on begins at a mark, of which this knows nothing. */
#define MAX_PASSED_OVER 1000

typedef struct
{
  GArray *rows;   /* of TwKeptRow */
  gint64 shown;   /* the edition of what rows show of other tables */
  gint64 edition; /* tw_list_tally: of this list's rules */
  gint64 mark;
  gint64 total;
  char *next; /* nullable */
} Glance;

static void
glance_free (Glance *glance)
{
  g_clear_pointer (&glance->rows, g_array_unref);
  g_free (glance->next);
  g_free (glance);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Glance, glance_free)

gboolean
tw_list_is_kept (const TwList *list, const TwListQuery *query)
{
  return list->stamp != NULL && query->row == NULL && tw_list_is_head_only (list, query);
}

/* ---- Looking ---- */

static void
read_total (Glance *glance, TwStatement *page, gboolean tallied)
{
  glance->total = tw_column_int (page, "tw_total");
  glance->edition = tallied ? tw_column_int (page, "tw_edition") : 0;
  glance->mark = tallied ? tw_column_int (page, "tw_mark") : 0;
}

static gboolean
look (TwStatement *page, const TwList *list, const TwListQuery *query, gboolean counted, Glance *glance,
      GError **error)
{
  g_autofree char *cursor = NULL;
  gboolean found;

  for (;;)
    {
      if (!tw_statement_step (page, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (glance->rows->len == query->limit)
        break;
      glance->shown = tw_column_int (page, "tw_shown");
      if (counted && glance->rows->len == 0)
        read_total (glance, page, tw_list_is_tallied (list, query));
      g_array_append_val (glance->rows, ((TwKeptRow){ tw_column_int (page, "tw_id"), tw_column_int (page,
                                                                                                    "tw_stamp") }));
      if (glance->rows->len == query->limit)
        cursor = tw_list_cursor_write (query, tw_column_int (page, "tw_id"), tw_column_text (page, "tw_sort_key"));
    }
  glance->next = g_steal_pointer (&cursor);
  return TRUE;
}

/* ---- What is not kept ---- */

static gboolean
read_rows (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets, const char *shape,
           const char *ids, GError **error)
{
  g_autoptr (TwRecord) record = g_object_new (query->type, NULL);
  g_autoptr (TwStatement) read = tw_list_prepare_rows (db, list, query, ids);
  g_autoptr (GString) json = g_string_new (NULL);
  TwFieldSet shown;
  gboolean found;

  tw_field_set_init (&shown, query->type, secrets, (const char *const *) query->fields);
  for (;;)
    {
      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      tw_column_record (read, record);
      g_string_truncate (json, 0);
      tw_codec_write_chosen (record, &shown, secrets, json);
      tw_list_kept_put (shape, tw_column_int (read, "tw_shown"),
                        &(TwKeptRow){ tw_column_int (read, "tw_id"), tw_column_int (read, "tw_stamp") }, json->str);
    }
}

/* ---- Answering ---- */

static gboolean
append_rows (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets, const Glance *glance,
             GString *out, gboolean *answered, GError **error)
{
  g_autofree char *shape = tw_list_kept_shape (db, list, query, secrets);
  g_autofree char *missing = tw_list_kept_find_missing (shape, glance->shown, glance->rows);

  if (missing != NULL && !read_rows (db, list, query, secrets, shape, missing, error))
    return FALSE;
  *answered = tw_list_kept_append (shape, glance->shown, glance->rows, out);
  return TRUE;
}

static gboolean
append_page (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets, const Glance *glance,
             GString *out, gboolean *answered, GError **error)
{
  gsize before = out->len;
  gboolean done;

  g_string_append (out, "{\"items\":[");
  done = append_rows (db, list, query, secrets, glance, out, answered, error);
  if (*answered)
    tw_list_append_next (out, glance->next);
  else
    g_string_truncate (out, before);
  return done;
}

static Glance *
glance_new (const TwListQuery *query)
{
  Glance *glance = g_new0 (Glance, 1);

  glance->rows = g_array_sized_new (FALSE, FALSE, sizeof (TwKeptRow), query->limit);
  return glance;
}

gboolean
tw_list_append_kept_page (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets,
                          const TwListMark *mark, guint64 offset, GString *out, gboolean *answered, GError **error)
{
  g_autoptr (Glance) glance = glance_new (query);
  g_autoptr (TwStatement) page = tw_list_prepare_stamps (db, list, query, mark, offset);

  *answered = FALSE;
  if (!look (page, list, query, FALSE, glance, error))
    return FALSE;
  tw_statement_reset (page);
  return append_page (db, list, query, secrets, glance, out, answered, error);
}

static gboolean
glance_at (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets, const TwListTally *tally,
           GString *out, gboolean *answered, GError **error)
{
  g_autoptr (Glance) glance = glance_new (query);
  g_autoptr (TwStatement) page = tw_list_prepare_glance (db, list, query, tally->last_id);

  if (!look (page, list, query, TRUE, glance, error))
    return FALSE;
  tw_statement_reset (page);
  if (glance->rows->len == 0 || glance->edition != tally->edition || glance->mark != tally->last_id)
    return TRUE;
  if (!append_page (db, list, query, secrets, glance, out, answered, error))
    return FALSE;
  if (*answered)
    tw_list_append_total (out, tally->n + glance->total);
  return TRUE;
}

gboolean
tw_list_glance (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GString *out,
                gboolean *answered, GError **error)
{
  TwListTally tally = { 0 };

  *answered = FALSE;
  if (!tw_list_is_kept (list, query) || query->offset > MAX_PASSED_OVER
      || (tw_list_is_tallied (list, query) && !tw_list_tally_recall (db, list, query, &tally)))
    return TRUE;
  return glance_at (db, list, query, secrets, &tally, out, answered, error);
}

gboolean
tw_list_outdate (TwDb *db, GError **error)
{
  return tw_list_edition_raise (db, "shown", error);
}
