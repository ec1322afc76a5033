/* list-visible.c: which of some rows a list would show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-private.h"

static const char select_words[] = "SELECT STRAIGHT_JOIN ";
static const char id_key[] = " AS tw_id";
static const char from_word[] = " FROM ";
static const char and_word[] = " AND ";
static const char in_word[] = " IN (";
static const char end_word[] = ")";

/* So many places for ids as a power of two, so that few statements are prepared. */
static guint
count_places (guint n)
{
  guint places = 1;

  while (places < n)
    places *= 2;
  return places;
}

static char *
write_statement (const TwList *list, const TwListQuery *query, guint places)
{
  g_autofree char *columns = NULL;
  g_autofree char *from = NULL;
  GString *sql = g_string_new (select_words);

  tw_list_get_shape (list, query, &columns, &from);
  g_string_append (sql, list->id);
  g_string_append (sql, id_key);
  g_string_append (sql, from_word);
  g_string_append (sql, from);
  tw_list_append_rule (sql, list, query);
  g_string_append (sql, and_word);
  g_string_append (sql, list->id);
  g_string_append (sql, in_word);
  for (guint i = 0; i < places; i++)
    g_string_append_printf (sql, "%s:i%u", i > 0 ? ", " : "", i);
  g_string_append (sql, end_word);
  return g_string_free (sql, FALSE);
}

/* The places that are left over get the last id once more. */
static TwStatement *
prepare (TwDb *db, const TwList *list, const TwListQuery *query, GArray *ids)
{
  guint places = count_places (ids->len);
  g_autofree char *sql = write_statement (list, query, places);
  TwStatement *s = tw_db_prepare (db, sql);
  char name[16];

  for (guint i = 0; i < places; i++)
    {
      g_snprintf (name, sizeof name, "i%u", i);
      tw_bind_int (s, name, g_array_index (ids, gint64, MIN (i, ids->len - 1)));
    }
  if (query->restriction != NULL)
    tw_bind_int (s, "scope", query->scope);
  return s;
}

static void
add (GHashTable *visible, gint64 id)
{
  g_hash_table_add (visible, g_memdup2 (&id, sizeof id));
}

gboolean
tw_list_find_visible (TwDb *db, const TwList *list, TwListQuery *query, GArray *ids, GHashTable *visible,
                      GError **error)
{
  g_autoptr (TwStatement) s = NULL;
  gboolean found;

  if (query->restriction == NULL)
    {
      for (guint i = 0; i < ids->len; i++)
        add (visible, g_array_index (ids, gint64, i));
      return TRUE;
    }
  if (ids->len == 0)
    return TRUE;
  s = prepare (db, list, query, ids);
  while (tw_statement_step (s, &found, error))
    {
      if (!found)
        return TRUE;
      add (visible, tw_column_int (s, "tw_id"));
    }
  return FALSE;
}
