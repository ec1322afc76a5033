/* test-paper.c: papers become PDF whose text can be read again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "server/printing/paper.h"

static const TwPaperColumn columns[] = { { "品名 Product", 0, FALSE }, { "Quantity", 60, TRUE } };

static TwPaper *
new_paper (guint n_rows)
{
  TwPaper *paper = tw_paper_new ("Invoice", "INV-7", "zh_CN");

  tw_paper_set_sender (paper, "信风贸易 Tradewind", "Street 1\nShanghai");
  tw_paper_set_recipient (paper, "Billed to", "Alfreds Futterkiste", "Obere Str. 57");
  tw_paper_add_fact (paper, "Number", "INV-7");
  tw_paper_add_fact (paper, "Nothing", NULL);
  tw_paper_begin_table (paper, NULL, columns, G_N_ELEMENTS (columns));
  for (guint i = 1; i <= n_rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("茶 Chai %u", i);
      const char *cells[] = { name, "1" };

      tw_paper_add_row (paper, cells);
    }
  tw_paper_add_sum (paper, "Net", "10.00", FALSE);
  tw_paper_add_sum (paper, "Total", "11.30", TRUE);
  tw_paper_add_text (paper, "Please pay to", "Bank 123");
  return paper;
}

/* The text of the PDF, a form feed after each page. */
static char *
extract (GBytes *pdf)
{
  g_autofree char *folder = g_dir_make_tmp ("tradewind-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "paper.pdf", NULL);
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_unlink (path);
  g_rmdir (folder);
  return text;
}

static char *
print (TwPaper *paper)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = tw_paper_render (paper, &error);

  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5), ==, 0);
  return extract (pdf);
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

static void
test_text (void)
{
  g_autoptr (TwPaper) paper = new_paper (2);
  g_autofree char *text = print (paper);

  g_assert_cmpuint (count (text, "茶 Chai"), ==, 2);
  g_assert_nonnull (strstr (text, "信风贸易 Tradewind"));
  g_assert_nonnull (strstr (text, "Alfreds Futterkiste"));
  g_assert_nonnull (strstr (text, "11.30"));
  g_assert_nonnull (strstr (text, "Page 1 of 1"));
  g_assert_null (strstr (text, "Nothing"));
}

/* Every row is there once, every page has the table's heading. */
static void
test_pages (void)
{
  g_autoptr (TwPaper) paper = new_paper (120);
  g_autofree char *text = print (paper);
  guint pages = count (text, "\f");

  g_assert_cmpuint (pages, >, 2);
  g_assert_cmpuint (count (text, "茶 Chai"), ==, 120);
  g_assert_cmpuint (count (text, "品名"), ==, pages);
  for (guint i = 1; i <= pages; i++)
    {
      g_autofree char *foot = g_strdup_printf ("Page %u of %u", i, pages);

      g_assert_nonnull (strstr (text, foot));
    }
}

/* A name with a hidden override (stored before such names were refused) does not turn what stands behind it. */
static void
test_hidden_marks (void)
{
  g_autoptr (TwPaper) paper = new_paper (1);
  g_autofree char *text = NULL;

  tw_paper_add_text (paper, NULL, "Evil\u202egnp.exe");
  text = print (paper);
  g_assert_null (strstr (text, "\u202e"));
  g_assert_nonnull (strstr (text, "gnp.exe"));
  g_assert_null (strstr (text, "exe.png"));
}

static void
test_mark (void)
{
  g_autoptr (TwPaper) paper = new_paper (1);
  g_autofree char *plain = print (paper), *marked = NULL;

  tw_paper_set_mark (paper, "DRAFT");
  marked = print (paper);
  g_assert_null (strstr (plain, "DRAFT"));
  g_assert_cmpuint (strlen (marked), >, strlen (plain));
}

/* Only the characters that are used are embedded. */
static void
test_size (void)
{
  g_autoptr (TwPaper) paper = new_paper (20);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = tw_paper_render (paper, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 100 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/text", test_text);
  g_test_add_func ("/paper/pages", test_pages);
  g_test_add_func ("/paper/hidden-marks", test_hidden_marks);
  g_test_add_func ("/paper/mark", test_mark);
  g_test_add_func ("/paper/size", test_size);
  return g_test_run ();
}
