/* list-shape.c: the columns and joins of a list that a request needs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With `fields=` only those columns are selected, and of the joins that add nothing but columns (count_from says that
 * they do) only those that something names. A desk that shows ten columns of fifty then costs a fifth; and what sorts
 * or counts a million rows joins to each of them what it sorts and filters by, nothing else.
 */
#include "server/db/list-private.h"
#include "server/db/sql-text.h"

#include <string.h>

/* Whether @sql names a column of the table called @alias. */
static gboolean
names_table (const char *sql, const char *alias, gsize length)
{
  for (const char *at = strstr (sql, "."); at != NULL; at = strstr (at + 1, "."))
    if ((gsize) (at - sql) >= length && strncmp (at - length, alias, length) == 0
        && ((gsize) (at - sql) == length || !tw_sql_is_word (at[-(gssize) length - 1])))
      return TRUE;
  return FALSE;
}

/* ---- Columns ---- */

/* The end of the expression that begins at @at: a comma outside of parentheses. */
static const char *
end_of_column (const char *at)
{
  for (int depth = 0; *at != '\0' && (*at != ',' || depth > 0); at++)
    depth += (*at == '(') - (*at == ')');
  return at;
}

/* What a column or table is called: the last word, which may be quoted (`order`). */
static char *
last_word (const char *column, const char *end)
{
  const char *begin;

  end -= end > column && end[-1] == '`';
  begin = end;
  while (begin > column && tw_sql_is_word (begin[-1]))
    begin--;
  return g_strndup (begin, (gsize) (end - begin));
}

static gboolean
is_wanted (const TwListQuery *query, const char *name)
{
  return g_str_equal (name, "id") || g_strv_contains ((const char *const *) query->fields, name);
}

static void
append_wanted (GString *columns, const TwListQuery *query, const char *select)
{
  const char *at = select;

  while (*at != '\0')
    {
      const char *end = end_of_column (at);
      g_autofree char *name = last_word (at, end);

      if (is_wanted (query, name))
        {
          g_string_append (columns, columns->len > 0 ? ", " : "");
          g_string_append_len (columns, at, end - at);
        }
      at = end + (*end == ',');
      at += strspn (at, " ");
    }
}

/* ---- Joins ---- */

/* All that a request says in SQL to choose its rows. */
static void
append_conditions (GString *all, const TwList *list, const TwListQuery *query)
{
  g_string_append_printf (all, " %s %s", list->where != NULL ? list->where : "",
                          query->restriction != NULL ? query->restriction : "");
  for (guint i = 0; i < query->filters->len; i++)
    g_string_append_printf (all, " %s", ((const TwListFilter *) g_ptr_array_index (query->filters, i))->column->sql);
  if (tw_list_is_searched (list, query))
    return;
  for (const TwListColumn *c = list->columns; query->words->len > 0 && c->name != NULL; c++)
    if ((c->flags & TW_COLUMN_SEARCH) != 0)
      g_string_append_printf (all, " %s", c->sql);
}

/* The last join of @from, with LEFT; NULL when there is none. */
static char *
find_last_join (char *from)
{
  char *join = g_strrstr (from, " JOIN ");

  if (join == NULL)
    return NULL;
  return join - from >= 5 && strncmp (join - 5, " LEFT", 5) == 0 ? join - 5 : join;
}

/* A table that is named nowhere is not needed. From the last to the first: a join may be needed by one behind it. */
static char *
take_needed (const TwList *list, const char *named)
{
  g_autofree char *from = NULL;
  g_autoptr (GString) needed = g_string_new (NULL);
  char *join;

  if (list->count_from == NULL)
    return g_strdup (list->from);
  from = g_strdup (list->from);
  while ((join = find_last_join (from)) != NULL)
    {
      const char *on = strstr (join, " ON ");
      g_autofree char *alias = on != NULL ? last_word (join, on) : NULL;

      if (alias == NULL || names_table (named, alias, strlen (alias))
          || names_table (needed->str, alias, strlen (alias)))
        g_string_prepend (needed, join);
      *join = '\0';
    }
  g_string_prepend (needed, from);
  return g_string_free (g_steal_pointer (&needed), FALSE);
}

/* ---- For list-sql.c ---- */

gboolean
tw_list_names_joined (const TwList *list, const char *sql)
{
  for (const char *join = strstr (list->from, " JOIN "); join != NULL; join = strstr (join + 1, " JOIN "))
    {
      const char *on = strstr (join, " ON ");
      g_autofree char *alias = on != NULL ? last_word (join, on) : NULL;

      if (alias != NULL && names_table (sql, alias, strlen (alias)))
        return TRUE;
    }
  return FALSE;
}

char *
tw_list_get_from (const TwList *list, const TwListQuery *query, gboolean sorted)
{
  g_autoptr (GString) named = g_string_new (sorted ? query->sort_sql : NULL);

  append_conditions (named, list, query);
  return take_needed (list, named->str);
}

void
tw_list_get_shape (const TwList *list, const TwListQuery *query, char **columns, char **from)
{
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autoptr (GString) named = NULL;

  /* All is asked for; or somebody changes a row before it is written and may need any column. */
  if (query->fields == NULL || query->row != NULL)
    {
      *columns = g_strdup (list->select);
      *from = g_strdup (list->from);
      return;
    }
  append_wanted (wanted, query, list->select);
  named = g_string_new (wanted->str);
  g_string_append_printf (named, " %s", query->sort_sql);
  append_conditions (named, list, query);
  *from = take_needed (list, named->str);
  *columns = g_string_free (g_steal_pointer (&wanted), FALSE);
}
