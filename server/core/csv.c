/* csv.c: see csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/csv.h"

#include <string.h>

#include "shared/base/text.h"

typedef struct
{
  const char *at;
  const char *end;
  guint row;
} Reader;

static void
row_free (gpointer data)
{
  TwCsvRow *row = data;

  g_ptr_array_unref (row->cells);
  g_free (row);
}

/* The text between quotes; "" stands for one quote. */
static char *
read_quoted (Reader *reader, GError **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  reader->at++;
  while (reader->at < reader->end)
    {
      if (*reader->at != '"')
        g_string_append_c (cell, *reader->at++);
      else if (reader->at + 1 < reader->end && reader->at[1] == '"')
        {
          g_string_append_c (cell, '"');
          reader->at += 2;
        }
      else
        {
          reader->at++;
          return g_string_free (g_steal_pointer (&cell), FALSE);
        }
    }
  tw_error_set (error, TW_ERROR_MALFORMED, _("In row %u a quotation mark is not closed."), reader->row);
  return NULL;
}

static char *
read_plain (Reader *reader, GError **error)
{
  const char *start = reader->at;

  while (reader->at < reader->end && !strchr (",\"\r\n", *reader->at))
    reader->at++;
  if (reader->at < reader->end && *reader->at == '"')
    {
      tw_error_set (error, TW_ERROR_MALFORMED, _("In row %u a quotation mark stands inside a cell without quotes."),
                    reader->row);
      return NULL;
    }
  return g_strndup (start, (gsize) (reader->at - start));
}

/* Past the end of a row; FALSE when there is something else. */
static gboolean
skip_line_end (Reader *reader)
{
  if (reader->at < reader->end && *reader->at == '\r')
    reader->at++;
  if (reader->at < reader->end && *reader->at == '\n')
    {
      reader->at++;
      return TRUE;
    }
  return reader->at == reader->end;
}

static TwCsvRow *
read_row (Reader *reader, GError **error)
{
  TwCsvRow *row = g_new0 (TwCsvRow, 1);

  row->number = reader->row;
  row->cells = g_ptr_array_new_with_free_func (g_free);
  for (;;)
    {
      gboolean quoted = reader->at < reader->end && *reader->at == '"';
      char *cell = quoted ? read_quoted (reader, error) : read_plain (reader, error);

      if (!cell)
        break;
      g_ptr_array_add (row->cells, cell);
      if (reader->at < reader->end && *reader->at == ',' && row->cells->len < TW_CSV_MAX_COLUMNS)
        reader->at++;
      else if (skip_line_end (reader))
        return row;
      else
        {
          tw_error_set (error, TW_ERROR_MALFORMED, _("Row %u is not understood at cell %u."), reader->row,
                        row->cells->len);
          break;
        }
    }
  row_free (row);
  return NULL;
}

static gboolean
is_blank (TwCsvRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (*(const char *) g_ptr_array_index (row->cells, i))
      return FALSE;
  return TRUE;
}

GPtrArray *
tw_csv_read (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  Reader reader = { text, text + length, 0 };

  if (!g_utf8_validate_len (text, length, NULL))
    {
      tw_error_set (error, TW_ERROR_MALFORMED, _("The file is not UTF-8 text. Please save it as CSV in UTF-8."));
      return NULL;
    }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    reader.at += 3;
  while (reader.at < reader.end)
    {
      TwCsvRow *row;

      if (++reader.row > TW_CSV_MAX_ROWS)
        {
          tw_error_set (error, TW_ERROR_TOO_LARGE, _("The file has more than %d rows."), TW_CSV_MAX_ROWS);
          return NULL;
        }
      row = read_row (&reader, error);
      if (!row)
        return NULL;
      if (is_blank (row))
        row_free (row);
      else
        g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

void
tw_csv_append (GString *out, const char *cell)
{
  if (!cell)
    return;
  if (!strpbrk (cell, ",\"\r\n"))
    {
      g_string_append (out, cell);
      return;
    }
  g_string_append_c (out, '"');
  for (; *cell; cell++)
    {
      if (*cell == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *cell);
    }
  g_string_append_c (out, '"');
}

static gboolean
looks_like_formula (const char *cell)
{
  return *cell && strchr ("=+-@\t\r\n", *cell);
}

void
tw_csv_append_guarded (GString *out, const char *cell)
{
  g_autofree char *guarded = NULL;

  if (cell && looks_like_formula (cell))
    guarded = g_strconcat ("'", cell, NULL);
  tw_csv_append (out, guarded ? guarded : cell);
}

const char *
tw_csv_unguard (const char *cell)
{
  return cell[0] == '\'' && looks_like_formula (cell + 1) ? cell + 1 : cell;
}
