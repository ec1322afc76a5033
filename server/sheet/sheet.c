/* sheet.c: see sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sheet/sheet.h"

#include "server/sheet/csv.h"
#include "server/sheet/xlsx.h"
#include "shared/base/text.h"

#include <string.h>

void
tw_sheet_row_free (TwSheetRow *row)
{
  g_ptr_array_unref (row->cells);
  g_free (row);
}

GPtrArray *
tw_sheet_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tw_sheet_row_free);
}

TwSheetRow *
tw_sheet_row_new (guint number)
{
  TwSheetRow *row = g_new0 (TwSheetRow, 1);

  row->number = number;
  row->cells = g_ptr_array_new_with_free_func (g_free);
  return row;
}

gboolean
tw_sheet_take_row (GPtrArray *sheet, TwSheetRow *row, TwSheetSize *size, GError **error)
{
  g_autoptr (TwSheetRow) taken = row;
  gsize text = 0;

  for (guint i = 0; i < row->cells->len; i++)
    text += strlen (g_ptr_array_index (row->cells, i));
  if (text == 0)
    return TRUE;
  size->text += text;
  size->cells += row->cells->len;
  if (sheet->len == TW_SHEET_MAX_ROWS)
    return tw_error_set (error, TW_ERROR_TOO_LARGE, _ ("The file has more than %d rows."), TW_SHEET_MAX_ROWS);
  if (size->cells > TW_SHEET_MAX_CELLS || size->text > TW_SHEET_MAX_TEXT)
    return tw_error_set (error, TW_ERROR_TOO_LARGE,
                         _ ("The file holds more than can be imported at once. Please split it."));
  g_ptr_array_add (sheet, g_steal_pointer (&taken));
  return TRUE;
}

static gboolean
is_type (const char *content_type, const char *type)
{
  gsize length = strlen (type);

  return g_ascii_strncasecmp (content_type, type, length) == 0 && strchr ("; ", content_type[length]) != NULL;
}

gboolean
tw_sheet_is_type (const char *content_type)
{
  return content_type != NULL && (is_type (content_type, TW_SHEET_CSV) || is_type (content_type, TW_SHEET_XLSX));
}

/* The apostrophes that an export has put before what looks like a formula. */
static void
unguard (GPtrArray *sheet)
{
  for (guint i = 0; i < sheet->len; i++)
    {
      TwSheetRow *row = g_ptr_array_index (sheet, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          char *cell = g_ptr_array_index (row->cells, j);
          const char *bare = tw_csv_unguard (cell);

          if (bare != cell)
            memmove (cell, bare, strlen (bare) + 1);
        }
    }
}

GPtrArray *
tw_sheet_read (const char *content_type, GBytes *contents, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (contents, &length);
  GPtrArray *sheet;

  if (is_type (content_type, TW_SHEET_XLSX))
    return tw_xlsx_read (contents, error);
  sheet = tw_csv_read (bytes, length, error);
  if (sheet != NULL)
    unguard (sheet);
  return sheet;
}
