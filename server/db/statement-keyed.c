/* statement-keyed.c: the same change of several rows, told apart by their key, as one statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An array of parameters saves the ways to the database, not the work there: each row is planned and run by itself,
 * which costs twenty times the row. So "SET a = a + :n WHERE id = :id AND b = :b" is written anew for so many rows:
 *
 *   SET a = a + CASE id WHEN :_0_id THEN :_0_n WHEN :_1_id THEN :_1_n END WHERE id IN (:_0_id, :_1_id) AND b = :b
 *
 * where a name that has one value in all rows stays as it is. The key is what WHERE compares first. There are few
 * different numbers of rows, so each text is prepared once. The rows are met in the order of the key, which is as good
 * as any other that everybody keeps.
 */
#include "server/db/statement-private.h"

#include <string.h>

/* What is told apart, in the text of one row. */
typedef struct
{
  const char *condition; /* where "id = :id" begins */
  const char *rest;      /* behind it */
  gsize column_length;   /* of "id" */
  guint name;            /* its index */
} Key;

/* @at is behind a ':'. The name's end in *end. */
static guint
read_name (const TwStatement *s, const char *at, const char **end)
{
  g_autofree char *name = NULL;
  int index;

  for (*end = at; tw_sql_is_word (**end); (*end)++)
    ;
  name = g_strndup (at, *end - at);
  index = tw_sql_text_find (s->text, name);
  g_assert (index >= 0);
  return (guint) index;
}

/* What a text may not have: another WHERE, and what is not a condition of each row alone. */
static const char *const strangers[] = { "SELECT", " OR ", " LIMIT ", " ORDER BY " };

/* Whether the text is a change by key. */
static gboolean
find_key (const TwStatement *s, Key *key)
{
  const char *where = strstr (s->source, " WHERE ");
  const char *at;

  if (where == NULL || (!g_str_has_prefix (s->source, "UPDATE ") && !g_str_has_prefix (s->source, "DELETE ")))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (strstr (s->source, strangers[i]) != NULL)
      return FALSE;
  key->condition = at = where + strlen (" WHERE ");
  while (tw_sql_is_word (*at))
    at++;
  key->column_length = at - key->condition;
  if (key->column_length == 0 || !g_str_has_prefix (at, " = :"))
    return FALSE;
  key->name = read_name (s, at + strlen (" = :"), &key->rest);
  return TRUE;
}

static gboolean
are_equal (const TwValue *a, const TwValue *b)
{
  if (a->type != b->type)
    return FALSE;
  if (a->type == MYSQL_TYPE_NULL)
    return TRUE;
  if (a->type == MYSQL_TYPE_LONGLONG)
    return a->integer == b->integer;
  if (a->type == MYSQL_TYPE_DATE || a->type == MYSQL_TYPE_DATETIME)
    return memcmp (&a->time, &b->time, sizeof a->time) == 0;
  return g_string_equal (a->bytes, b->bytes);
}

/* Each row has a key of its own. Only of numbers it is certain that the database tells them apart as well. */
static gboolean
have_keys (const Key *key, const TwValue *rows, guint width, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k <= i; k++)
      {
        const TwValue *value = &rows[i * width + key->name];

        if (value->type != MYSQL_TYPE_LONGLONG || (k < i && are_equal (value, &rows[k * width + key->name])))
          return FALSE;
      }
  return TRUE;
}

static gboolean
varies (const TwValue *rows, guint width, guint n, guint name)
{
  for (guint i = 1; i < n; i++)
    if (!are_equal (&rows[name], &rows[i * width + name]))
      return TRUE;
  return FALSE;
}

/* Whether another column that has to equal something differs from row to row: chosen by CASE it is of no use to an
 * index, and rows are locked that nobody means. */
static gboolean
varies_in_index (const TwStatement *s, const Key *key, const TwValue *rows, guint n)
{
  guint width = s->text->names->len;

  for (const char *at = strstr (key->rest, " = :"); at != NULL; at = strstr (at + 1, " = :"))
    {
      const char *end;

      if (varies (rows, width, n, read_name (s, at + strlen (" = :"), &end)))
        return TRUE;
    }
  return FALSE;
}

static void
append_condition (GString *sql, const TwStatement *s, const Key *key, guint n)
{
  g_string_append_len (sql, key->condition, key->column_length);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s:_%u_%s", i == 0 ? " IN (" : ", ", i,
                            (const char *) g_ptr_array_index (s->text->names, key->name));
  g_string_append_c (sql, ')');
}

static void
append_choice (GString *sql, const TwStatement *s, const Key *key, guint n, guint name)
{
  g_string_append (sql, "CASE ");
  g_string_append_len (sql, key->condition, key->column_length);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, " WHEN :_%u_%s THEN :_%u_%s", i,
                            (const char *) g_ptr_array_index (s->text->names, key->name), i,
                            (const char *) g_ptr_array_index (s->text->names, name));
  g_string_append (sql, " END");
}

static char *
write_text (const TwStatement *s, const Key *key, const TwValue *rows, guint n)
{
  guint width = s->text->names->len;
  GString *sql = g_string_sized_new (strlen (s->source) * 2);
  const char *at = s->source;

  while (*at != '\0')
    {
      const char *end = tw_sql_skip_opaque (at);

      if (at == key->condition)
        {
          append_condition (sql, s, key, n);
          end = key->rest;
        }
      else if (*at == ':')
        {
          guint name = read_name (s, at + 1, &end);

          if (varies (rows, width, n, name))
            append_choice (sql, s, key, n, name);
          else
            g_string_append_len (sql, at, end - at);
        }
      else
        {
          end = end != at ? end : at + 1;
          g_string_append_len (sql, at, end - at);
        }
      at = end;
    }
  return g_string_free (sql, FALSE);
}

/* The values go over. ":_3_amount" is `amount` of row 3, ":amount" that of each row. */
static void
take_values (TwStatement *keyed, const TwStatement *s, TwValue *rows)
{
  for (guint i = 0; i < keyed->text->names->len; i++)
    {
      const char *name = g_ptr_array_index (keyed->text->names, i);
      char *rest = (char *) name;
      guint row = *name == '_' ? (guint) g_ascii_strtoull (name + 1, &rest, 10) : 0;
      int index = tw_sql_text_find (s->text, *name == '_' ? rest + 1 : name);
      TwValue *value = &keyed->values[i], *kept;
      GString *bytes = value->bytes;

      g_assert (index >= 0);
      kept = &rows[row * s->text->names->len + (guint) index];
      *value = *kept;
      kept->bytes = bytes;
    }
}

TwStatement *
tw_statement_prepare_keyed (TwStatement *s, TwValue *rows, guint n)
{
  g_autofree char *sql = NULL;
  TwStatement *keyed;
  Key key;

  if (!find_key (s, &key) || !have_keys (&key, rows, s->text->names->len, n) || varies_in_index (s, &key, rows, n))
    return NULL;
  sql = write_text (s, &key, rows, n);
  keyed = tw_db_prepare (s->db, sql);
  take_values (keyed, s, rows);
  return keyed;
}
