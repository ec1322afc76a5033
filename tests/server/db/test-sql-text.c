/* test-sql-text.c: named parameters and scripts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/sql-text.h"

static void
assert_text (const char *source, const char *sql, const char *names)
{
  g_autoptr (TwSqlText) text = tw_sql_text_new (source);
  g_autoptr (GString) joined = g_string_new ("");

  for (guint i = 0; i < text->slots->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "",
                            (char *) g_ptr_array_index (text->names, g_array_index (text->slots, guint, i)));
  g_assert_cmpstr (text->sql, ==, sql);
  g_assert_cmpstr (joined->str, ==, names);
}

static void
test_names (void)
{
  assert_text ("SELECT :a, :b_2 + :a", "SELECT ?, ? + ?", "a b_2 a");
  assert_text (":ab:a", "??", "ab a");
  assert_text ("SELECT 1", "SELECT 1", "");
  assert_text ("SET @x := 5, y = :y", "SET @x := 5, y = ?", "y");
}

static void
test_quotes (void)
{
  assert_text ("':a' \":b\" `:c` :d", "':a' \":b\" `:c` ?", "d");
  assert_text ("'it''s :a' :b", "'it''s :a' ?", "b");
  assert_text ("'\\' :a' :b", "'\\' :a' ?", "b");
  assert_text ("'\\\\' :b", "'\\\\' ?", "b");
  assert_text ("`a\\` :b", "`a\\` ?", "b");
  assert_text ("'12:30:00' :t", "'12:30:00' ?", "t");
  assert_text ("'what? :a", "'what? :a", "");
}

static void
test_comments (void)
{
  assert_text ("-- :a 'x\n:b", "-- :a 'x\n?", "b");
  assert_text ("# :a\n:b", "# :a\n?", "b");
  assert_text ("/* :a ' */:b", "/* :a ' */?", "b");
  assert_text ("1--:b", "1--?", "b");
  assert_text (":b --", "? --", "b");
}

static void
test_question_mark (void)
{
  if (g_test_subprocess ())
    {
      tw_sql_text_free (tw_sql_text_new ("SELECT ?"));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_split (void)
{
  static const char script[] = "-- first; not an end\n"
                               "CREATE TABLE a (x TEXT DEFAULT ';');\n"
                               "INSERT INTO a VALUES ('b;'); INSERT INTO a VALUES (\"c\");\n"
                               "CREATE OR REPLACE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW\n"
                               "BEGIN\n"
                               "  IF NEW.x = 'END;' THEN\n"
                               "    SIGNAL SQLSTATE '45000';\n"
                               "  END IF;\n"
                               "END;\n"
                               "SELECT 1\n"
                               "-- the last needs no end\n";
  g_autoptr (GPtrArray) statements = tw_sql_split (script);

  g_assert_cmpuint (statements->len, ==, 5);
  g_assert_cmpstr (g_ptr_array_index (statements, 0), ==,
                   "-- first; not an end\nCREATE TABLE a (x TEXT DEFAULT ';')");
  g_assert_cmpstr (g_ptr_array_index (statements, 2), ==, "INSERT INTO a VALUES (\"c\")");
  g_assert_true (g_str_has_suffix (g_ptr_array_index (statements, 3), "END IF;\nEND"));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (statements, 4), "SELECT 1"));
}

static void
test_split_nothing (void)
{
  g_autoptr (GPtrArray) statements = tw_sql_split (" ;;\n-- only words in a comment;\n/* here too; */ ;");

  g_assert_cmpuint (statements->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/sql-text/names", test_names);
  g_test_add_func ("/db/sql-text/quotes", test_quotes);
  g_test_add_func ("/db/sql-text/comments", test_comments);
  g_test_add_func ("/db/sql-text/question-mark", test_question_mark);
  g_test_add_func ("/db/sql-text/split", test_split);
  g_test_add_func ("/db/sql-text/split-nothing", test_split_nothing);
  return g_test_run ();
}
