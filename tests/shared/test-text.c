/* test-text.c: catalogues by thread, plural rules and clean text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/shown-text.h"
#include "shared/base/text.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shared/base/catalogue.h"
#include "shared/base/plural-rule.h"

#define HEADER(rule)                                                                                                   \
  "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: " rule "\\n\"\n\n"

static const char polish[] = HEADER ("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);")
  "msgid \"Order\"\nmsgstr \"Zamówienie\"\n\n"
  "msgctxt \"verb\"\nmsgid \"Order\"\nmsgstr \"Zamów\"\n\n"
  "msgid \"Untranslated\"\nmsgstr \"\"\n\n"
  "msgid \"%u file\"\nmsgid_plural \"%u files\"\n"
  "msgstr[0] \"%u plik\"\nmsgstr[1] \"%u pliki\"\nmsgstr[2] \"%u plików\"\n";

static const char chinese[] = HEADER ("nplurals=1; plural=0;")
  "msgid \"Order\"\nmsgstr \"订单\"\n\n"
  "msgid \"%u file\"\nmsgid_plural \"%u files\"\nmsgstr[0] \"%u 个文件\"\n";

static char *locale_dir;

/* Compiles @po by msgfmt to LANGUAGE/LC_MESSAGES/tradewind.mo; @order is an option for the byte order. */
static void
add_language (const char *language, const char *po, const char *order)
{
  g_autofree char *folder = g_build_filename (locale_dir, language, "LC_MESSAGES", NULL);
  g_autofree char *source = g_build_filename (folder, "tradewind.po", NULL);
  g_autofree char *target = g_build_filename (folder, "tradewind.mo", NULL);
  const char *argv[] = { "msgfmt", order, "-o", target, source, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (source, po, -1, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static void
test_languages (void)
{
  const char *const *languages = tw_text_get_languages ();

  g_assert_cmpstrv (languages, ((const char *const[]) { "en", "pl", "zh_CN", NULL }));
  tw_text_set_language ("pl_PL");
  g_assert_cmpstr (tw_text_get_language (), ==, "pl");
  tw_text_set_language ("zh-CN.UTF-8");
  g_assert_cmpstr (tw_text_get_language (), ==, "zh_CN");
  tw_text_set_language ("xx");
  g_assert_cmpstr (tw_text_get_language (), ==, "en");
  tw_text_set_language ("pl");
  tw_text_set_language (NULL);
  g_assert_cmpstr (tw_text_get_language (), ==, "en");
}

static void
test_translates (void)
{
  tw_text_set_language ("pl");
  g_assert_cmpstr (_ ("Order"), ==, "Zamówienie");
  g_assert_cmpstr (C_ ("verb", "Order"), ==, "Zamów");
  g_assert_cmpstr (C_ ("noun", "Order"), ==, "Order");
  g_assert_cmpstr (_ ("Untranslated"), ==, "Untranslated");
  g_assert_cmpstr (_ (""), ==, "");
  tw_text_set_language ("zh_CN");
  g_assert_cmpstr (_ ("Order"), ==, "订单");
  tw_text_set_language ("en");
  g_assert_cmpstr (_ ("Order"), ==, "Order");
}

static void
test_plurals (void)
{
  static const struct
  {
    gulong n;
    const char *form;
  } polish_forms[] = { { 0, "%u plików" }, { 1, "%u plik" },    { 2, "%u pliki" },  { 5, "%u plików" },
                       { 12, "%u plików" }, { 22, "%u pliki" }, { 112, "%u plików" } };

  tw_text_set_language ("pl");
  for (guint i = 0; i < G_N_ELEMENTS (polish_forms); i++)
    g_assert_cmpstr (tw_text_plural ("%u file", "%u files", polish_forms[i].n), ==, polish_forms[i].form);
  tw_text_set_language ("zh_CN");
  g_assert_cmpstr (tw_text_plural ("%u file", "%u files", 1), ==, "%u 个文件");
  g_assert_cmpstr (tw_text_plural ("%u file", "%u files", 7), ==, "%u 个文件");
  tw_text_set_language (NULL);
  g_assert_cmpstr (tw_text_plural ("%u file", "%u files", 1), ==, "%u file");
  g_assert_cmpstr (tw_text_plural ("%u file", "%u files", 0), ==, "%u files");
}

static gpointer
speak_chinese (gpointer data)
{
  const char *before = _ ("Order");

  tw_text_set_language ("zh_CN");
  return g_strdup_printf ("%s %s", before, _ ("Order"));
}

static void
test_language_is_per_thread (void)
{
  tw_text_set_language ("pl");

  g_autofree char *said = g_thread_join (g_thread_new ("other", speak_chinese, NULL));
  g_assert_cmpstr (said, ==, "Order 订单");
  g_assert_cmpstr (_ ("Order"), ==, "Zamówienie");
  tw_text_set_language (NULL);
}

/* Whatever a damaged file holds, it is refused or read without reaching outside. */
static void
test_damaged_catalogue (void)
{
  g_autofree char *good = g_build_filename (locale_dir, "pl", "LC_MESSAGES", "tradewind.mo", NULL);
  g_autofree char *bad = g_build_filename (locale_dir, "damaged.mo", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (good, &contents, &length, NULL));
  for (gsize i = 0; i < 500; i++)
    {
      g_autofree char *copy = g_memdup2 (contents, length);
      gsize size = i < 250 ? length : (gsize) g_test_rand_int_range (0, (gint32) length);
      for (guint change = 0; change < 4; change++)
        copy[g_test_rand_int_range (0, 64)] = (char) g_test_rand_int_range (0, 256);
      g_assert_true (g_file_set_contents_full (bad, copy, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));

      g_autoptr (GError) error = NULL;
      g_autoptr (TwCatalogue) catalogue = tw_catalogue_load (bad, &error);
      if (catalogue == NULL)
        g_assert_nonnull (error);
      else
        tw_catalogue_find_plural (catalogue, "%u file", 5);
    }
  g_assert_true (g_file_set_contents (bad, contents, (gssize) length / 2, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_null (tw_catalogue_load (bad, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_plural_rules (void)
{
  static const struct
  {
    const char *rule;
    gulong n, form;
  } good[] = {
    { "n != 1", 1, 0 },        { "n != 1", 5, 1 },   { "(n>1)", 1, 0 },   { "0", 9, 0 },
    { "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2", 0, 2 },              { "!n", 0, 1 },
    { "2 + 3 * 4 - 1", 0, 13 }, { "n==0 || n==1", 1, 1 }, { "7/2 <= 3", 0, 1 }, { "n<2", 2, 0 },
  };
  static const char *const bad[] = { "", "n ==", "(n", "n)", "x", "n ? 1", "n % 0", "1 2", "n = 1" };
  g_autofree char *deep = g_strnfill (100000, '(');
  gulong form;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (tw_plural_rule_evaluate (good[i].rule, good[i].n, &form));
      g_assert_cmpuint (form, ==, good[i].form);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tw_plural_rule_evaluate (bad[i], 3, &form));
  g_assert_false (tw_plural_rule_evaluate (deep, 3, &form));
}

static void
test_clean (void)
{
  g_assert_true (tw_text_is_clean ("", FALSE));
  g_assert_true (tw_text_is_clean ("信风 Œuvre שלום", FALSE));
  g_assert_true (tw_text_is_clean ("a\tb\r\nc", TRUE));
  g_assert_false (tw_text_is_clean ("a\nb", FALSE));
  g_assert_false (tw_text_is_clean ("a\x01", TRUE));
  g_assert_false (tw_text_is_clean ("a\x7f", TRUE));
  g_assert_false (tw_text_is_clean ("a\xc2\x85", TRUE));
  g_assert_false (tw_text_is_clean ("a\u202e", TRUE));
  g_assert_false (tw_text_is_clean ("a\u2066", TRUE));
  g_assert_false (tw_text_is_clean ("a\xff", TRUE));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_assert_no_errno (g_remove (path));
}

/* What cannot be typed any more but was stored once is seen. */
static void
test_shown (void)
{
  g_autofree char *plain = tw_shown_text ("信风 שלום\tx\n");
  g_autofree char *hidden = tw_shown_text ("a\u202eb\u2066c\u2069\x1b\xc2\x9b");
  g_autofree char *broken = tw_shown_text ("a\xff");

  g_assert_cmpstr (plain, ==, "信风 שלום\tx\n");
  g_assert_cmpstr (hidden, ==, "a\ufffdb\ufffdc\ufffd\ufffd\ufffd");
  g_assert_cmpstr (broken, ==, "a\ufffd");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  locale_dir = g_dir_make_tmp ("tradewind-text-XXXXXX", &error);
  g_assert_no_error (error);
  add_language ("pl", polish, "--endianness=big");
  add_language ("zh_CN", chinese, "--endianness=little");
  tw_text_load_catalogues (locale_dir);

  g_test_add_func ("/text/languages", test_languages);
  g_test_add_func ("/text/translates", test_translates);
  g_test_add_func ("/text/plurals", test_plurals);
  g_test_add_func ("/text/language-is-per-thread", test_language_is_per_thread);
  g_test_add_func ("/text/damaged-catalogue", test_damaged_catalogue);
  g_test_add_func ("/text/plural-rules", test_plural_rules);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/shown", test_shown);
  int result = g_test_run ();

  remove_tree (locale_dir);
  g_free (locale_dir);
  return result;
}
