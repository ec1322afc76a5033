/* test-xlsx.c: what a workbook's cells mean, and what a hostile one gets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sheet/xlsx-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "tests/fixture/workbook.h"

/* The rows as text: cells between bars, a row a line, the row's number first. */
static char *
describe (GPtrArray *rows)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const TwSheetRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (out, "%u", row->number);
      for (guint j = 0; j < row->cells->len; j++)
        g_string_append_printf (out, "|%s", (const char *) g_ptr_array_index (row->cells, j));
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
assert_bytes (GBytes *book, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = tw_xlsx_read (book, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (rows);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_rows (const char *rows, const char *expected)
{
  g_autoptr (GBytes) book = tw_test_workbook (rows, "<si><t>one</t></si><si><r><t>t</t></r><r><t xml:space=\"preserve\">w o </t></r>"
                                                    "<rPh><t>hint</t></rPh></si><si><t>a_x000A_b_x005F_x0041_</t></si>",
                                              "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m\"/>"
                                              "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.00\\d&quot;day&quot;\"/></numFmts>"
                                              "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                                              "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
                                              "<xf numFmtId=\"165\"/><xf numFmtId=\"21\"/></cellXfs>");

  assert_bytes (book, expected);
}

static void
assert_refused (GBytes *book, TwErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tw_xlsx_read (book, &error));
  g_assert_error (error, TW_ERROR, (int) code);
}

static void
assert_rows_refused (const char *rows, TwErrorCode code)
{
  g_autoptr (GBytes) book = tw_test_workbook (rows, "<si><t>one</t></si>", NULL);

  assert_refused (book, code);
}

/* ---- What cells mean ---- */

static void
test_strings (void)
{
  assert_rows ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
               "<c r=\"C1\" t=\"s\"><v>2</v></c></row>",
               "1|one|tw o |a\nb_x0041_\n");
  assert_rows ("<row><c t=\"inlineStr\"><is><r><t>信</t></r><r><t>风 &lt;&amp;&#x41;</t></r></is></c><c t=\"str\">"
               "<f>A1&amp;\"x\"</f><v>calculated</v></c></row>",
               "1|信风 <&A|calculated\n");
  assert_rows ("<row><c t=\"inlineStr\"><is><t><![CDATA[<b>]]></t></is></c></row>", "1|<b>\n");
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *written, *meant;
  } cases[] = {
    { "0", "0" }, { "-0", "0" }, { "14", "14" }, { "14.50", "14.5" }, { "1.1000000000000001", "1.1" },
    { "0.30000000000000004", "0.3" }, { "9.9999999999999995E-2", "0.1" }, { "6.90123456789E+12", "6901234567890" },
    { "1E-3", "0.001" }, { "-2.5e1", "-25" }, { "123456789012345678", "123456789012346000" },
    { "0.999999999999999999", "1" }, { "00012", "12" }, { "1e5", "100000" },
  };
  static const char *const none[]
    = { "", "-", ".5", "1.", "1e", "1e+", "1e99", "1,5", "0x10", "NaN", "INF", "1 ", "+1", "1e-99", "--1", "1.5.1" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *meant = tw_xlsx_number (cases[i].written);

      g_assert_cmpstr (meant, ==, cases[i].meant);
    }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (tw_xlsx_number (none[i]));
  assert_rows ("<row><c><v>0.1</v></c><c t=\"n\"><v>1E2</v></c><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c></row>",
               "1|0.1|100|true|false\n");
}

static void
test_dates (void)
{
  static const struct
  {
    const char *serial, *day;
    gboolean from_1904;
  } cases[] = {
    { "1", "1900-01-01" }, { "59", "1900-02-28" }, { "60", NULL }, { "61", "1900-03-01" }, { "46348", "2026-11-22" },
    { "2958465", "9999-12-31" }, { "2958466", NULL }, { "0", NULL }, { "0", "1904-01-01", TRUE },
    { "44886", "2026-11-22", TRUE }, { "46348.5", "2026-11-22T12:00:00Z" }, { "46348.999999999", "2026-11-23" },
    { "-1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = tw_xlsx_date (cases[i].serial, cases[i].from_1904);

      g_assert_cmpstr (day, ==, cases[i].day);
    }
  assert_rows ("<row><c s=\"1\"><v>46348</v></c><c s=\"2\"><v>46348</v></c><c s=\"3\"><v>46348</v></c>"
               "<c s=\"4\"><v>0.5</v></c><c><v>46348</v></c></row>",
               "1|2026-11-22|2026-11-22|46348|0.5|46348\n");
}

/* Cells that are missing, only painted or far out; rows that are. */
static void
test_places (void)
{
  assert_rows ("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\" s=\"1\"/><c r=\"XFD2\"/></row><row r=\"5\"/>"
               "<row r=\"7\"><c r=\"A7\"/><c r=\"AA7\"><v>2</v></c></row>",
               "2||1\n7|||||||||||||||||||||||||||2\n");
  assert_rows_refused ("<row r=\"1\"><c r=\"GS1\"><v>1</v></c></row>", TW_ERROR_TOO_LARGE);
  assert_rows_refused ("<row r=\"2\"/><row r=\"2\"/>", TW_ERROR_MALFORMED);
  assert_rows_refused ("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", TW_ERROR_MALFORMED);
  assert_rows_refused ("<row><row/></row>", TW_ERROR_MALFORMED);
  assert_rows_refused ("<row><c t=\"s\"><v>1</v></c></row>", TW_ERROR_MALFORMED);
}

/* An error of a formula is no text to store. */
static void
test_errors (void)
{
  g_autoptr (GBytes) book = tw_test_workbook ("<row r=\"3\"><c r=\"AB3\" t=\"e\"><v>#DIV/0!</v></c></row>", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (tw_xlsx_read (book, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, "AB3"));
  g_assert_nonnull (strstr (error->message, "#DIV/0!"));
}

/* Written by a library that many programs use, with a hidden worksheet first. */
static void
test_written (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tradewind-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "book.xlsx", NULL);
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *hidden = workbook_add_worksheet (book, "hidden");
  lxw_worksheet *sheet = workbook_add_worksheet (book, "客户");
  lxw_format *dates = workbook_add_format (book);
  lxw_datetime day = { 2026, 11, 22, 0, 0, 0 };
  char *contents;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;

  format_set_num_format (dates, "yyyy-mm-dd");
  worksheet_write_string (hidden, 0, 0, "not this", NULL);
  worksheet_activate (sheet);
  worksheet_set_first_sheet (sheet);
  worksheet_hide (hidden);
  worksheet_write_string (sheet, 0, 0, "code", NULL);
  worksheet_write_string (sheet, 0, 1, "price", NULL);
  worksheet_write_string (sheet, 1, 0, "信\x01风", NULL);
  worksheet_write_number (sheet, 1, 1, 0.1 + 0.2, NULL);
  worksheet_write_datetime (sheet, 1, 2, &day, dates);
  worksheet_write_boolean (sheet, 1, 3, 1, NULL);
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  bytes = g_bytes_new_take (contents, length);
  g_unlink (path);
  g_rmdir (folder);
  assert_bytes (bytes, "1|code|price\n2|信\x01风|0.3|2026-11-22|true\n");
}

/* ---- What no workbook is ---- */

static void
test_no_workbook (void)
{
  static const char closed[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
  static const char *const texts[] = { "", "PK\x03\x04", "code,name\n", closed };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));

      assert_refused (bytes, TW_ERROR_MALFORMED);
    }
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) book = tw_test_workbook ("<row><c><v>1</v></c></row>", NULL, NULL);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (book, &length);

  for (gsize cut = 0; cut < length; cut += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new (bytes, cut);

      assert_refused (part, TW_ERROR_MALFORMED);
    }
}

static void
test_parts (void)
{
  static const char *const relations[] = {
    "<Relationships/>",
    "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"none.xml\"/></Relationships>",
    "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"../../../etc/passwd\"/></Relationships>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]><Relationships>&b;</Relationships>",
    "<Relationships>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    {
      TwTestPackage *package = tw_test_package_new ();
      g_autoptr (GBytes) book = NULL;

      tw_test_package_add (package, "_rels/.rels", relations[i], strlen (relations[i]));
      book = tw_test_package_finish (package, TRUE);
      assert_refused (book, TW_ERROR_MALFORMED);
    }
}

/* @n times @piece, in the middle of a worksheet. */
static void
assert_too_large (const char *before, const char *piece, gsize n, TwErrorCode code)
{
  g_autoptr (GString) rows = g_string_new (before);
  g_autoptr (GBytes) book = NULL;

  for (gsize i = 0; i < n; i++)
    g_string_append (rows, piece);
  book = tw_test_workbook (rows->str, NULL, NULL);
  g_test_message ("%" G_GSIZE_FORMAT " bytes pack %" G_GSIZE_FORMAT, g_bytes_get_size (book), rows->len);
  assert_refused (book, code);
}

static void
test_nested (void)
{
  assert_too_large ("", "<a>", 100000, TW_ERROR_MALFORMED);
}

static void
test_endless_attribute (void)
{
  assert_too_large ("<row a=\"", "xxxxxxxxxxxxxxxx", 1 << 17, TW_ERROR_TOO_LARGE);
}

static void
test_many_rows (void)
{
  assert_too_large ("", "<row><c><v>1</v></c></row>", TW_SHEET_MAX_ROWS + 1, TW_ERROR_TOO_LARGE);
}

/* One shared text in many cells: its copies would fill memory. */
static void
test_multiplied_text (void)
{
  g_autofree char *text = g_strnfill (1 << 19, 'x');
  g_autofree char *strings = g_strdup_printf ("<si><t>%s</t></si>", text);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GBytes) book = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (rows, "<row><c t=\"s\"><v>0</v></c></row>");
  book = tw_test_workbook (rows->str, strings, NULL);
  assert_refused (book, TW_ERROR_TOO_LARGE);
}

/* More than is read at all, in a hundredth of the size of a body that is taken. */
static void
test_bomb (void)
{
  g_autofree char *piece = g_strdup_printf ("<row/>%506s", "");

  assert_too_large ("", piece, 1 << 18, TW_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xlsx/strings", test_strings);
  g_test_add_func ("/xlsx/numbers", test_numbers);
  g_test_add_func ("/xlsx/dates", test_dates);
  g_test_add_func ("/xlsx/places", test_places);
  g_test_add_func ("/xlsx/errors", test_errors);
  g_test_add_func ("/xlsx/written", test_written);
  g_test_add_func ("/xlsx/no-workbook", test_no_workbook);
  g_test_add_func ("/xlsx/damaged", test_damaged);
  g_test_add_func ("/xlsx/parts", test_parts);
  g_test_add_func ("/xlsx/nested", test_nested);
  g_test_add_func ("/xlsx/endless-attribute", test_endless_attribute);
  g_test_add_func ("/xlsx/many-rows", test_many_rows);
  g_test_add_func ("/xlsx/multiplied-text", test_multiplied_text);
  g_test_add_func ("/xlsx/bomb", test_bomb);
  return g_test_run ();
}
