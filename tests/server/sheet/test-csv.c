/* test-csv.c: RFC 4180, and what spreadsheets must not run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sheet/csv.h"

#include <string.h>

static GPtrArray *
read_rows (const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = tw_csv_read (text, strlen (text), &error);

  g_assert_no_error (error);
  return rows;
}

static const char *
cell (GPtrArray *rows, guint row, guint column)
{
  TwSheetRow *r = g_ptr_array_index (rows, row);

  g_assert_cmpuint (column, <, r->cells->len);
  return g_ptr_array_index (r->cells, column);
}

static void
test_plain (void)
{
  g_autoptr (GPtrArray) rows = read_rows ("a,b\r\n1,\n,2");

  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (cell (rows, 0, 1), ==, "b");
  g_assert_cmpstr (cell (rows, 1, 0), ==, "1");
  g_assert_cmpstr (cell (rows, 1, 1), ==, "");
  g_assert_cmpstr (cell (rows, 2, 1), ==, "2");
}

static void
test_quoted (void)
{
  g_autoptr (GPtrArray) rows = read_rows ("\xef\xbb\xbf\"a,\"\"b\"\"\",\"two\r\nlines\"\r\n\"\",x\r\n");

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (cell (rows, 0, 0), ==, "a,\"b\"");
  g_assert_cmpstr (cell (rows, 0, 1), ==, "two\r\nlines");
  g_assert_cmpstr (cell (rows, 1, 0), ==, "");
}

static void
test_blank_rows_count (void)
{
  g_autoptr (GPtrArray) rows = read_rows ("a\n\n,,\nb\n");

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpuint (((TwSheetRow *) g_ptr_array_index (rows, 1))->number, ==, 4);
}

static void
test_malformed (void)
{
  static const char *const bad[] = { "a\n\"b", "a\nb\"c\n", "a\n\"b\"c\n", "a\rb\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tw_csv_read (bad[i], strlen (bad[i]), &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
    }
}

static void
test_not_utf8 (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tw_csv_read ("a\n\xb0\xa1\n", 5, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
}

static void
test_too_many_columns (void)
{
  g_autofree char *commas = g_strnfill (TW_SHEET_MAX_COLUMNS + 1, ',');
  g_autoptr (GError) error = NULL;

  g_assert_null (tw_csv_read (commas, strlen (commas), &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
}

/* What is written is read again, whatever it is. */
static void
test_round_trip (void)
{
  static const char *const cells[] = { "plain", "a,b", "say \"x\"", "two\nlines", " spaces ", "=1+1",    "-5",
                                       "'=1",   "''=1", "'quoted",     "'",          "''",        "'-",        "＝1", "信风" };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      tw_csv_append_guarded (out, cells[i]);
    }
  rows = read_rows (out->str);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_cmpstr (tw_csv_unguard (cell (rows, 0, i)), ==, cells[i]);
}

static void
test_formula_guard (void)
{
  static const char *const formulas[] = { "=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＠x", "'=1" };

  for (gsize i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      tw_csv_append_guarded (out, formulas[i]);
      g_assert_cmpint (out->str[out->str[0] == '"' ? 1 : 0], ==, '\'');
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/plain", test_plain);
  g_test_add_func ("/csv/quoted", test_quoted);
  g_test_add_func ("/csv/blank-rows-count", test_blank_rows_count);
  g_test_add_func ("/csv/malformed", test_malformed);
  g_test_add_func ("/csv/not-utf8", test_not_utf8);
  g_test_add_func ("/csv/too-many-columns", test_too_many_columns);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  g_test_add_func ("/csv/formula-guard", test_formula_guard);
  return g_test_run ();
}
