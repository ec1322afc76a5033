/* check-sheet.c: see check-sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fuzz/check-sheet.h"

#include <string.h>

static gsize
check_row (const TwSheetRow *row)
{
  gsize text = 0;

  g_assert_cmpuint (row->cells->len, <=, TW_SHEET_MAX_COLUMNS);
  for (guint i = 0; i < row->cells->len; i++)
    {
      const char *cell = g_ptr_array_index (row->cells, i);

      g_assert_true (g_utf8_validate (cell, -1, NULL));
      text += strlen (cell);
    }
  g_assert_cmpuint (text, >, 0);
  return text;
}

void
tw_fuzz_check_sheet (GPtrArray *rows, const GError *error)
{
  gsize text = 0;
  guint last = 0;

  if (rows == NULL)
    {
      g_assert_true (g_error_matches (error, TW_ERROR, TW_ERROR_MALFORMED)
                     || g_error_matches (error, TW_ERROR, TW_ERROR_TOO_LARGE));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, <=, TW_SHEET_MAX_ROWS);
  for (guint i = 0; i < rows->len; i++)
    {
      const TwSheetRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpuint (row->number, >, last);
      last = row->number;
      text += check_row (row);
    }
  g_assert_cmpuint (text, <=, TW_SHEET_MAX_TEXT);
}
