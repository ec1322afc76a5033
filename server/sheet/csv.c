/* csv.c: see csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sheet/csv.h"

#include <string.h>

#include "shared/base/text.h"

typedef struct
{
  const char *at;
  const char *end;
  guint row;
} Reader;

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

static TwSheetRow *
read_row (Reader *reader, GError **error)
{
  g_autoptr (TwSheetRow) row = tw_sheet_row_new (reader->row);

  for (;;)
    {
      gboolean quoted = reader->at < reader->end && *reader->at == '"';
      char *cell = quoted ? read_quoted (reader, error) : read_plain (reader, error);

      if (!cell)
        return NULL;
      g_ptr_array_add (row->cells, cell);
      if (reader->at < reader->end && *reader->at == ',' && row->cells->len < TW_SHEET_MAX_COLUMNS)
        reader->at++;
      else if (skip_line_end (reader))
        return g_steal_pointer (&row);
      else
        {
          tw_error_set (error, TW_ERROR_MALFORMED, _("Row %u is not understood at cell %u."), reader->row,
                        row->cells->len);
          return NULL;
        }
    }
}

GPtrArray *
tw_csv_read (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) sheet = tw_sheet_new ();
  Reader reader = { text, text + length, 0 };
  TwSheetSize size = { 0 };

  if (!g_utf8_validate_len (text, length, NULL))
    {
      tw_error_set (error, TW_ERROR_MALFORMED,
                    _("The file is not UTF-8 text. Please save it as an XLSX workbook, or as CSV in UTF-8."));
      return NULL;
    }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    reader.at += 3;
  while (reader.at < reader.end)
    {
      TwSheetRow *row;

      reader.row++;
      row = read_row (&reader, error);
      if (!row || !tw_sheet_take_row (sheet, row, &size, error))
        return NULL;
    }
  return g_steal_pointer (&sheet);
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

/* Also the wide forms, which a spreadsheet reads the same where Chinese and Japanese are typed. */
static const char *const formula_starts[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

/* Behind any number of apostrophes: text that itself begins with '= gets one more, or it would lose its own when it is
 * read again. */
static gboolean
looks_like_formula (const char *cell)
{
  cell += strspn (cell, "'");
  for (guint i = 0; i < G_N_ELEMENTS (formula_starts); i++)
    if (g_str_has_prefix (cell, formula_starts[i]))
      return TRUE;
  return FALSE;
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
