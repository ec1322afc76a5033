/* fuzz-csv.c: CSV text into cells, and out again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: the file. What is read must be the same after it is written as an export writes it, and no written cell may be
 * a formula to a spreadsheet.
 */
#include "server/sheet/csv.h"
#include "tests/fuzz/check-sheet.h"
#include "tests/fuzz/input.h"

/* Under a heading, as an export has one: text that begins with a byte order mark keeps it there. */
static GString *
write_rows (GPtrArray *rows)
{
  GString *out = g_string_new ("code\r\n");

  for (guint i = 0; i < rows->len; i++)
    {
      const TwSheetRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          if (j > 0)
            g_string_append_c (out, ',');
          tw_csv_append_guarded (out, g_ptr_array_index (row->cells, j));
        }
      g_string_append (out, "\r\n");
    }
  return out;
}

static gboolean
is_harmless (const char *cell)
{
  gunichar first = g_utf8_get_char (cell);

  return first == 0 || !g_utf8_strchr ("=+-@\t\r\n＝＋－＠", -1, first);
}

static void
check_same (GPtrArray *rows, GPtrArray *again)
{
  g_assert_cmpuint (rows->len + 1, ==, again->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const TwSheetRow *row = g_ptr_array_index (rows, i), *copy = g_ptr_array_index (again, i + 1);

      g_assert_cmpuint (copy->number, ==, i + 2);
      g_assert_cmpuint (row->cells->len, ==, copy->cells->len);
      for (guint j = 0; j < row->cells->len; j++)
        {
          const char *written = g_ptr_array_index (copy->cells, j);

          g_assert_true (is_harmless (written));
          g_assert_cmpstr (tw_csv_unguard (written), ==, g_ptr_array_index (row->cells, j));
        }
    }
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = tw_csv_read ((const char *) data, size, &error);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GString) text = NULL;

  tw_fuzz_check_sheet (rows, error);
  if (rows == NULL)
    return 0;
  text = write_rows (rows);
  again = tw_csv_read (text->str, text->len, &error);
  g_assert_no_error (error);
  check_same (rows, again);
  return 0;
}
