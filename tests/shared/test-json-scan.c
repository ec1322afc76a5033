/* test-json-scan.c: what must never reach the parser, and that the rest does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/json-scan.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "shared/base/error.h"

static gboolean
scan (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%.60s", text);
  if (tw_json_scan (text, strlen (text), &error))
    return TRUE;
  g_assert_error (error, TW_ERROR, TW_ERROR_MALFORMED);
  return FALSE;
}

static void
assert_all (const char *const *texts, guint n, gboolean accepted)
{
  for (guint i = 0; i < n; i++)
    if (scan (texts[i]) != accepted)
      g_error ("%s: %s", texts[i], accepted ? "refused" : "accepted");
}
#define ASSERT_ALL(texts, accepted) assert_all (texts, G_N_ELEMENTS (texts), accepted)

static void
test_values (void)
{
  static const char *const good[] = { "null",  "true",  " false ", "0",      "-0",        "12.50",   "1e5",  "1E+2", "-1.5e-3", "\"\"",
                                      "[]",    "{}",    "[1,[2]]", "{\"a\":{}}", "\t[\n1\r,2 ]", "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
                                      "\"信风\"", "\"\\u4fe1\"" };
  static const char *const bad[]
    = { "",     " ",      "nul",     "truex",  "True", "[1,]",     "[,1]",      "[1 2]",       "{\"a\"}", "{\"a\":}", "{a:1}",
        "{,}",  "[",      "{",       "]",      "1 2",  "{\"a\":1,}", "\"a",      "\"\\x\"",     "\"\\\"",  "\"\\u12\"", "\"\\u12g4\"",
        "NaN",  "Infinity", "-",     "1.",     ".5",   "+1",       "1e",        "1e+",         "- 1",    "\xef\xbb\xbf{}" };

  ASSERT_ALL (good, TRUE);
  ASSERT_ALL (bad, FALSE);
}

static void
test_json_glib_extensions (void)
{
  static const char *const bad[] = { "/* c */ {}", "{} // c", "# c\n{}", "{'a':1}", "['a']", "012", "0x1F", "01.5",
                                     "var x = {}", "var x = {};", "{\"a\":1};", "\"a\" \"b\"" };

  ASSERT_ALL (bad, FALSE);
}

static void
test_numbers_in_range (void)
{
  static const char *const good[] = { "9223372036854775807", "-9223372036854775808", "1e308", "1e-400" };
  static const char *const bad[] = { "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e400", "-1e400" };
  g_autofree char *long_number = g_strnfill (100000, '7');
  g_autofree char *long_fraction = g_strconcat ("0.", long_number, NULL);

  ASSERT_ALL (good, TRUE);
  ASSERT_ALL (bad, FALSE);
  g_assert_false (scan (long_number));
  g_assert_false (scan (long_fraction));
}

static void
test_strings (void)
{
  static const char *const bad[] = { "\"a\\u0000b\"",  "\"\\ud800\"",   "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"", "\"a\nb\"",
                                     "\"a\x01\"",        "\"\xc3(\"",     "\"\xff\"",    "\"\xed\xa0\x80\"",    "\"\xc0\xaf\"" };
  static const char nul[] = "\"a\0b\"";

  ASSERT_ALL (bad, FALSE);
  g_assert_true (scan ("\"\\ud83d\\ude00\""));
  g_assert_false (tw_json_scan (nul, sizeof nul - 1, NULL));
  g_assert_false (tw_json_scan ("{}\0", 3, NULL));
}

static void
test_length_is_respected (void)
{
  g_assert_true (tw_json_scan ("12,", 2, NULL));
  g_assert_true (tw_json_scan ("true]", 4, NULL));
  g_assert_false (tw_json_scan ("true", 3, NULL));
  g_assert_false (tw_json_scan ("\"ab\"", 3, NULL));
  g_assert_false (tw_json_scan ("\"a\\u0041\"", 6, NULL));
}

static void
test_duplicate_keys (void)
{
  static const char *const bad[] = { "{\"a\":1,\"a\":2}", "{\"a\":1,\"b\":2,\"\\u0061\":3}", "[{\"x\":{\"\":1,\"\":2}}]",
                                     "{\"b\":{\"c\":1},\"a\":1,\"b\":2}" };
  static const char *const good[] = { "{\"a\":{\"a\":{\"a\":1}}}", "[{\"a\":1},{\"a\":1}]", "{\"a\":1,\"A\":2,\"aa\":3}",
                                      "{\"a\":{\"b\":1},\"b\":2}" };
  g_autoptr (GError) error = NULL;

  ASSERT_ALL (bad, FALSE);
  ASSERT_ALL (good, TRUE);
  g_assert_false (tw_json_scan (bad[0], strlen (bad[0]), &error));
  g_assert_nonnull (strstr (error->message, "byte 7"));
}

static char *
nested (guint depth, const char *open, const char *inner, char close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, close);
  return g_string_free (text, FALSE);
}

static gpointer
scan_on_small_stack (gpointer text)
{
  return GINT_TO_POINTER (scan (text));
}

static void
test_depth (void)
{
  g_autofree char *allowed = nested (TW_JSON_MAX_DEPTH, "[", "1", ']');
  g_autofree char *allowed_objects = nested (TW_JSON_MAX_DEPTH, "{\"a\":", "1", '}');
  g_autofree char *over = nested (TW_JSON_MAX_DEPTH + 1, "[", "1", ']');
  g_autofree char *hostile = nested (1000000, "[", "", ']');
  g_autofree char *hostile_objects = nested (100000, "{\"a\":", "1", '}');

  g_assert_true (scan (allowed));
  g_assert_true (scan (allowed_objects));
  g_assert_false (scan (over));
  g_assert_false (scan (hostile));
  g_assert_null (g_thread_join (g_thread_new ("small", scan_on_small_stack, hostile_objects)));
}

static char *
object_of (guint n)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"k%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_members (void)
{
  g_autofree char *most = object_of (TW_JSON_MAX_MEMBERS);
  g_autofree char *over = object_of (TW_JSON_MAX_MEMBERS + 1);

  g_assert_true (scan (most));
  g_assert_false (scan (over));
}

/* @n objects of as many keys as are allowed; with @colliding all have the same g_str_hash(): "Bb" and "CA"
 * collide (h × 33 + c), and so does every sequence of the two. */
static char *
objects (guint n, gboolean colliding)
{
  GString *text = g_string_new ("[");

  for (guint object = 0; object < n; object++)
    {
      g_string_append (text, object > 0 ? ",{" : "{");
      for (guint i = 0; i < TW_JSON_MAX_MEMBERS; i++)
        {
          g_string_append (text, i > 0 ? ",\"" : "\"");
          for (guint bit = 0; bit < 8; bit++)
            g_string_append (text, (i >> bit & 1) == 0 ? "Bb" : colliding ? "CA" : "XY");
          g_string_append (text, "\":0");
        }
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static gint64
time_of_scan (const char *text)
{
  gsize length = strlen (text);
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 5; i++)
    {
      gint64 before = g_get_monotonic_time ();
      g_assert_true (tw_json_scan (text, length, NULL));
      best = MIN (best, g_get_monotonic_time () - before);
    }
  return MAX (best, 1);
}

/* Compared with itself, not with the clock: colliding keys cost what others do, and ten
 * times the text about ten times the work. */
static void
test_collisions_are_linear (void)
{
  g_autofree char *plain = objects (50, FALSE);
  g_autofree char *colliding = objects (50, TRUE);
  g_autofree char *many = objects (500, TRUE);

  g_assert_cmpuint (g_str_hash ("BbCA"), ==, g_str_hash ("CABb"));
  gint64 usual = time_of_scan (plain), hostile = time_of_scan (colliding), ten_times = time_of_scan (many);
  g_test_message ("%" G_GINT64_FORMAT " µs plain, %" G_GINT64_FORMAT " colliding, %" G_GINT64_FORMAT " ten times",
                  usual, hostile, ten_times);
  g_assert_cmpint (hostile, <, usual * 5);
  g_assert_cmpint (ten_times, <, hostile * 40);
}

/* Mutations of good texts: no crash, and whatever is accepted json-glib reads too. */
static void
test_accepted_is_parsed (void)
{
  static const char *const seeds[]
    = { "{\"customer\":\"ALFKI\",\"lines\":[{\"id\":1,\"quantity\":\"2.5\"},{\"q\":-1.5e+3}],\"ok\":true,\"n\":null}",
        "[1,22,-0,0.5,1E2,\"\\ud83d\\ude00\\n\",[],{},[[{\"\":[null]}]]]" };
  static const char pieces[] = "{}[]:,\"\\0123456789.-+eEtrufalsn \n/*'\xc3";
  guint accepted = 0;

  for (guint i = 0; i < 40000; i++)
    {
      g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);
      for (int change = g_test_rand_int_range (1, 4); change > 0 && text->len > 0; change--)
        {
          gssize at = g_test_rand_int_range (0, (gint32) text->len);
          if (g_test_rand_bit ())
            g_string_erase (text, at, 1);
          else
            g_string_insert_c (text, at, pieces[g_test_rand_int_range (0, sizeof pieces - 1)]);
        }
      if (!tw_json_scan (text->str, text->len, NULL))
        continue;

      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (text->str, &error);
      if (node == NULL)
        g_error ("accepted, but json-glib says %s: %s", error != NULL ? error->message : "nothing", text->str);
      accepted++;
    }
  g_assert_cmpuint (accepted, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-scan/values", test_values);
  g_test_add_func ("/json-scan/json-glib-extensions", test_json_glib_extensions);
  g_test_add_func ("/json-scan/numbers-in-range", test_numbers_in_range);
  g_test_add_func ("/json-scan/strings", test_strings);
  g_test_add_func ("/json-scan/length-is-respected", test_length_is_respected);
  g_test_add_func ("/json-scan/duplicate-keys", test_duplicate_keys);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/members", test_members);
  g_test_add_func ("/json-scan/collisions-are-linear", test_collisions_are_linear);
  g_test_add_func ("/json-scan/accepted-is-parsed", test_accepted_is_parsed);
  return g_test_run ();
}
