/* sql-text.c: SQL with named parameters, translated to the server's form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/sql-text.h"

#include <string.h>

static const char *
skip_quoted (const char *at)
{
  char quote = *at++;

  while (*at != '\0')
    {
      if (*at == '\\' && quote != '`' && at[1] != '\0')
        at += 2;
      else if (*at == quote && at[1] == quote)
        at += 2;
      else if (*at++ == quote)
        break;
    }
  return at;
}

static const char *
skip_line (const char *at)
{
  const char *end = strchr (at, '\n');

  return end != NULL ? end + 1 : at + strlen (at);
}

static const char *
skip_block (const char *at)
{
  const char *end = strstr (at + 2, "*/");

  return end != NULL ? end + 2 : at + strlen (at);
}

gboolean
tw_sql_is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

const char *
tw_sql_skip_opaque (const char *at)
{
  if (*at == '\'' || *at == '"' || *at == '`')
    return skip_quoted (at);
  if (*at == '#')
    return skip_line (at);
  /* Two dashes alone are an arithmetic "minus minus"; only with a blank after them do they open a comment. */
  if (at[0] == '-' && at[1] == '-' && (at[2] == '\0' || g_ascii_isspace (at[2])))
    return skip_line (at);
  if (at[0] == '/' && at[1] == '*')
    return skip_block (at);
  return at;
}

static guint
intern_name (TwSqlText *text, const char *name, gsize length)
{
  for (guint i = 0; i < text->names->len; i++)
    {
      const char *known = g_ptr_array_index (text->names, i);

      if (strncmp (known, name, length) == 0 && known[length] == '\0')
        return i;
    }
  g_ptr_array_add (text->names, g_strndup (name, length));
  return text->names->len - 1;
}

/* Statements that are as long and end alike are few, and a kilobyte hashed whole costs more than to compare it. */
#define HASHED_BYTES 48

guint
tw_sql_text_hash (gconstpointer sql)
{
  gsize length = strlen (sql);
  guint hash = (guint) length;

  for (const char *at = (const char *) sql + length - MIN (length, HASHED_BYTES); *at != '\0'; at++)
    hash = hash * 33 + (guint) *at;
  return hash;
}

TwSqlText *
tw_sql_text_new (const char *source)
{
  g_autoptr (GString) sql = g_string_sized_new (strlen (source));
  TwSqlText *text = g_new0 (TwSqlText, 1);
  const char *at = source;

  text->names = g_ptr_array_new_with_free_func (g_free);
  text->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  while (*at != '\0')
    {
      const char *end = tw_sql_skip_opaque (at);

      if (end != at)
        g_string_append_len (sql, at, end - at);
      else if (*at == ':' && (g_ascii_isalpha (at[1]) || at[1] == '_'))
        {
          guint slot;

          for (end = at + 1; tw_sql_is_word (*end); end++)
            ;
          slot = intern_name (text, at + 1, end - at - 1);
          g_array_append_val (text->slots, slot);
          g_string_append_c (sql, '?');
        }
      else
        {
          /* Values without a name would shift the others. */
          g_assert (*at != '?');
          g_string_append_c (sql, *at);
          end = at + 1;
        }
      at = end;
    }
  text->sql = g_string_free (g_steal_pointer (&sql), FALSE);
  return text;
}

void
tw_sql_text_free (TwSqlText *text)
{
  if (text == NULL)
    return;
  g_free (text->sql);
  g_ptr_array_unref (text->names);
  g_array_unref (text->slots);
  g_free (text);
}

int
tw_sql_text_find (const TwSqlText *text, const char *name)
{
  for (guint i = 0; i < text->names->len; i++)
    if (strcmp (g_ptr_array_index (text->names, i), name) == 0)
      return i;
  return -1;
}

/* ---- Scripts ---- */

/* Where the statement that begins at @at ends: at its ';' or the end of the text. */
static const char *
find_statement_end (const char *at, gboolean *has_words)
{
  gboolean compound = FALSE, ending = FALSE;
  const char *line = at;

  *has_words = FALSE;
  while (*at != '\0')
    {
      const char *end = tw_sql_skip_opaque (at);

      if (end != at)
        {
          if (*at == '\'' || *at == '"' || *at == '`')
            ending = FALSE;
          if (end[-1] == '\n')
            line = end;
        }
      else if (tw_sql_is_word (*at))
        {
          for (end = at + 1; tw_sql_is_word (*end); end++)
            ;
          *has_words = TRUE;
          compound |= end - at == 5 && g_ascii_strncasecmp (at, "BEGIN", 5) == 0;
          ending = at == line && end - at == 3 && g_ascii_strncasecmp (at, "END", 3) == 0;
        }
      else
        {
          if (*at == ';' && (!compound || ending))
            return at;
          end = at + 1;
          if (*at == '\n')
            line = end;
        }
      at = end;
    }
  return at;
}

GPtrArray *
tw_sql_split (const char *script)
{
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);

  while (*script != '\0')
    {
      gboolean has_words;
      const char *end = find_statement_end (script, &has_words);

      if (has_words)
        g_ptr_array_add (statements, g_strstrip (g_strndup (script, end - script)));
      script = *end == ';' ? end + 1 : end;
    }
  return statements;
}
