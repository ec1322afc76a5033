/* test-statement-later.c: changes that are kept and made together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/db.h"
#include "tests/fixture/database.h"

static TwTestDatabase *database; /* the one instance of this program */

static const char schema[] = "CREATE TABLE shelf (id INT PRIMARY KEY, amount DECIMAL(12,3) NOT NULL,"
                             " CHECK (amount >= 0));"
                             "CREATE TABLE place (shelf_id INT, side CHAR(1), amount DECIMAL(18,6), word VARCHAR(40),"
                             " day DATE, PRIMARY KEY (shelf_id, side));"
                             "CREATE TABLE note (id INT PRIMARY KEY AUTO_INCREMENT, shelf_id INT, amount DECIMAL(12,3),"
                             " word VARCHAR(40), day DATE, at DATETIME(6), bytes VARBINARY(40));";

static void
reset (void)
{
  tw_test_database_script (database, "DELETE FROM note; DELETE FROM shelf;"
                                     "INSERT INTO shelf VALUES (1, 10), (2, 10), (3, 10);");
}

static void
assert_value (const char *sql, const char *expected)
{
  g_autofree char *found = tw_test_database_value (database->owner, sql);

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_amounts (const char *expected)
{
  assert_value ("SELECT GROUP_CONCAT(amount ORDER BY id) FROM shelf", expected);
}

static TwDecimal
number (const char *text)
{
  TwDecimal decimal;

  g_assert_true (tw_decimal_parse (text, &decimal, NULL));
  return decimal;
}

static gboolean
take (TwDb *db, int id, const char *amount, GError **error)
{
  g_autoptr (TwStatement) s
      = tw_db_prepare (db, "UPDATE shelf SET amount = amount - :amount WHERE id = :id AND amount >= :amount");

  tw_bind_int (s, "id", id);
  tw_bind_decimal (s, "amount", number (amount));
  return tw_statement_run_later (s, TW_BEFORE_NEXT, "too little", error);
}

static gboolean
note (TwDb *db, int shelf, GError **error)
{
  g_autoptr (TwStatement) s
      = tw_db_prepare (db, "INSERT INTO note (shelf_id, amount, word, day, at, bytes)"
                           " VALUES (:shelf, :amount, :word, :day, :at, :bytes)");
  gboolean even = shelf % 2 == 0;

  tw_bind_int (s, "shelf", shelf);
  tw_bind_decimal (s, "amount", number (even ? "0.125" : "123456.7"));
  tw_bind_text (s, "word", even ? NULL : "信风 'x'");
  tw_bind_date (s, "day", even ? TW_DATE_NONE : tw_date_from_time ((TwTime) { G_GINT64_CONSTANT (1700000000000000) }));
  tw_bind_time (s, "at", (TwTime) { G_GINT64_CONSTANT (1700000000123456) + shelf });
  tw_bind_blob (s, "bytes", even ? NULL : "a\0b", even ? 0 : 3);
  return tw_statement_run_later (s, TW_AT_COMMIT, NULL, error);
}

/* ---- Rows that are there ---- */

static gboolean
change_cb (TwDb *db, gpointer data, GError **error)
{
  for (int id = 1; id <= 3; id++)
    if (!take (db, id, id == 2 ? "9.999" : "0.5", error) || !note (db, id, error))
      return FALSE;
  return TRUE;
}

static void
test_rows (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, change_cb, NULL, &error));
  g_assert_no_error (error);
  assert_amounts ("9.500,0.001,9.500");
  assert_value ("SELECT GROUP_CONCAT(shelf_id, ' ', amount, ' ', COALESCE(word, '-'), ' ', COALESCE(day, '-'), ' ', at,"
                " ' ', COALESCE(HEX(bytes), '-') ORDER BY shelf_id SEPARATOR '|') FROM note",
                "1 123456.700 信风 'x' 2023-11-14 2023-11-14 22:13:20.123457 610062|"
                "2 0.125 - - 2023-11-14 22:13:20.123458 -|"
                "3 123456.700 信风 'x' 2023-11-14 2023-11-14 22:13:20.123459 610062");
}

/* The statement can be run by itself, and with other numbers of rows, before and after. */
static gboolean
mix_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (TwStatement) count = tw_db_prepare (db, "SELECT SUM(amount) AS n FROM shelf");
  gboolean found;

  for (int n = 1; n <= 3; n++)
    {
      for (int i = 0; i < n; i++)
        if (!take (db, 1 + i, "1", error))
          return FALSE;
      tw_statement_reset (count);
      if (!tw_statement_step (count, &found, error))
        return FALSE;
      g_assert_cmpint (tw_decimal_compare (tw_column_decimal (count, "n"),
                                           tw_decimal_from_int (30 - n * (n + 1) / 2)), ==, 0);
    }
  return TRUE;
}

static void
test_read_sees (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, mix_cb, NULL, &error));
  g_assert_no_error (error);
  assert_amounts ("7.000,8.000,9.000");
}

/* ---- One statement for rows that a key tells apart ---- */

/* Statements that the database has run for this connection. */
static gint64
count_runs (TwDb *db, const char *what)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT VARIABLE_VALUE AS n FROM information_schema.SESSION_STATUS"
                                                 " WHERE VARIABLE_NAME = :what");
  g_autoptr (GError) error = NULL;
  gboolean found;

  tw_bind_text (s, "what", what);
  g_assert_true (tw_statement_step (s, &found, &error));
  return g_ascii_strtoll (tw_column_text (s, "n"), NULL, 10);
}

static gboolean
take_each_cb (TwDb *db, gpointer data, GError **error)
{
  gint64 before = count_runs (db, "Com_update");

  if (!take (db, 3, "0.1", error) || !take (db, 1, "0.2", error) || !take (db, 2, "9.999", error))
    return FALSE;
  g_assert_cmpint (count_runs (db, "Com_update") - before, ==, 1);
  return TRUE;
}

static void
test_keyed (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, take_each_cb, NULL, &error));
  g_assert_no_error (error);
  assert_amounts ("9.800,0.001,9.900");
}

/* Where one row is changed twice, both changes are made. */
static gboolean
take_twice_cb (TwDb *db, gpointer data, GError **error)
{
  return take (db, 1, "1", error) && take (db, 2, "2", error) && take (db, 1, "4", error);
}

static void
test_keyed_twice (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, take_twice_cb, NULL, &error));
  g_assert_no_error (error);
  assert_amounts ("5.000,8.000,10.000");
}

/* A second column of the key, and values of all kinds, some of them missing. */
static gboolean
place (TwDb *db, int shelf, const char *side, const char *amount, const char *word, TwDate day, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "UPDATE place SET amount = amount + :amount, word = CONCAT(':amount ', COALESCE(:word, '-')), day = :day"
        " WHERE shelf_id = :shelf AND side = :side");

  tw_bind_int (s, "shelf", shelf);
  tw_bind_text (s, "side", side);
  tw_bind_decimal (s, "amount", number (amount));
  tw_bind_text (s, "word", word);
  tw_bind_date (s, "day", day);
  return tw_statement_run_later (s, TW_BEFORE_NEXT, "not there", error);
}

static gboolean
place_cb (TwDb *db, gpointer data, GError **error)
{
  TwDate day = tw_date_from_time ((TwTime) { G_GINT64_CONSTANT (1700000000000000) });
  gint64 before = count_runs (db, "Com_update");

  if (!place (db, 1, "b", "999999999999.000001", "信风 'x'", TW_DATE_NONE, error)
      || !place (db, 2, "b", "-0.000001", NULL, day, error))
    return FALSE;
  g_assert_cmpint (count_runs (db, "Com_update") - before, ==, 1);
  /* Of another side: then no index would find them together. */
  if (!place (db, 1, "a", "1", NULL, TW_DATE_NONE, error) || !place (db, 2, "b", "0", NULL, day, error))
    return FALSE;
  g_assert_cmpint (count_runs (db, "Com_update") - before, ==, 3);
  return TRUE;
}

static void
test_keyed_values (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  tw_test_database_script (database, "DELETE FROM place; INSERT INTO place (shelf_id, side, amount)"
                                     " VALUES (1, 'a', 1), (1, 'b', 0.1), (2, 'a', 2), (2, 'b', 0.2);");
  g_assert_true (tw_db_transaction (database->owner, place_cb, NULL, &error));
  g_assert_no_error (error);
  assert_value ("SELECT GROUP_CONCAT(shelf_id, side, ' ', amount, ' ', COALESCE(word, '?'), ' ', COALESCE(day, '?')"
                " ORDER BY shelf_id, side SEPARATOR '|') FROM place",
                "1a 2.000000 :amount - ?|1b 999999999999.100001 :amount 信风 'x' ?|2a 2.000000 ? ?|"
                "2b 0.199999 :amount - 2023-11-14");
}

static gboolean
remove_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "DELETE FROM shelf WHERE id = :id AND amount >= :amount");
  gint64 before = count_runs (db, "Com_delete");

  for (int id = 1; id <= 3; id++)
    {
      tw_bind_int (s, "id", id);
      tw_bind_decimal (s, "amount", tw_decimal_from_int (id == 2 ? 11 : 10));
      if (!tw_statement_run_later (s, TW_BEFORE_NEXT, NULL, error))
        return FALSE;
    }
  g_assert_cmpint (count_runs (db, "Com_delete") - before, ==, 1);
  return TRUE;
}

static void
test_keyed_removal (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, remove_cb, NULL, &error));
  g_assert_no_error (error);
  assert_amounts ("10.000");
}

/* Which of several WHERE tells the rows apart is not guessed. */
static gboolean
nested_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "UPDATE shelf SET amount = (SELECT MAX(p.amount) FROM place p WHERE p.shelf_id = :id) WHERE id = :id");

  for (int id = 1; id <= 2; id++)
    {
      tw_bind_int (s, "id", id);
      if (!tw_statement_run_later (s, TW_BEFORE_NEXT, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_keyed_nested (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  tw_test_database_script (database, "DELETE FROM place; INSERT INTO place (shelf_id, side, amount)"
                                     " VALUES (1, 'a', 5), (2, 'b', 6);");
  g_assert_true (tw_db_transaction (database->owner, nested_cb, NULL, &error));
  g_assert_no_error (error);
  assert_amounts ("5.000,6.000,10.000");
}

/* ---- For the commit ---- */

/* What is for the commit waits for it, also when something is read. */
static gboolean
wait_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (TwStatement) count = tw_db_prepare (db, "SELECT COUNT(*) AS n FROM note");
  gboolean found;

  if (!note (db, 1, error) || !note (db, 2, error) || !tw_statement_step (count, &found, error))
    return FALSE;
  g_assert_cmpint (tw_column_int (count, "n"), ==, 0);
  return TRUE;
}

static void
test_until_commit (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, wait_cb, NULL, &error));
  assert_value ("SELECT COUNT(*) FROM note", "2");
}

/* More rows than go out at once. */
static gboolean
many_cb (TwDb *db, gpointer data, GError **error)
{
  for (int i = 1; i <= 1001; i++)
    if (!note (db, i, error))
      return FALSE;
  return TRUE;
}

static void
test_many (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, many_cb, NULL, &error));
  g_assert_no_error (error);
  assert_value ("SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT shelf_id), ' ', MAX(shelf_id)) FROM note", "1001 1001 1001");
}

/* ---- Rows that are not ---- */

static gboolean
overdraw_cb (TwDb *db, gpointer data, GError **error)
{
  int *runs = data;

  *runs += 1;
  return note (db, 1, error) && take (db, 1, "1", error) && take (db, 2, "11", error) && take (db, 3, "1", error);
}

static void
test_refusal (void)
{
  g_autoptr (GError) error = NULL;
  int runs = 0;

  reset ();
  g_assert_false (tw_db_transaction (database->owner, overdraw_cb, &runs, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  g_assert_cmpstr (error->message, ==, "too little");
  g_assert_cmpint (runs, ==, 1);
  assert_amounts ("10.000,10.000,10.000");
  assert_value ("SELECT COUNT(*) FROM note", "0");
}

static gboolean
refuse_one_cb (TwDb *db, gpointer data, GError **error)
{
  return take (db, 1, "11", error);
}

static void
test_refusal_of_one (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_false (tw_db_transaction (database->owner, refuse_one_cb, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
}

/* Nobody can swallow the refusal and commit the rest; it is told in the end. */
static gboolean
ignore_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (TwStatement) count = tw_db_prepare (db, "SELECT COUNT(*) AS n FROM note");
  g_autoptr (GError) ignored = NULL;
  gboolean found;

  if (!note (db, 1, error) || !take (db, 1, "11", error))
    return FALSE;
  g_assert_false (tw_statement_step (count, &found, &ignored));
  g_assert_error (ignored, TW_ERROR, TW_ERROR_STATE);
  return take (db, 2, "1", error);
}

static void
test_not_swallowed (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_false (tw_db_transaction (database->owner, ignore_cb, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  assert_amounts ("10.000,10.000,10.000");
  assert_value ("SELECT COUNT(*) FROM note", "0");
}

/* A constraint that a row breaks is the error of the transaction, and nothing is left for the next one. */
static gboolean
break_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "UPDATE shelf SET amount = :amount WHERE id = :id");

  for (int id = 1; id <= 3; id++)
    {
      tw_bind_int (s, "id", id);
      tw_bind_decimal (s, "amount", tw_decimal_from_int (id == 3 ? -1 : 5));
      if (!tw_statement_run_later (s, TW_BEFORE_NEXT, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
nothing_cb (TwDb *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
test_broken_constraint (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_false (tw_db_transaction (database->owner, break_cb, NULL, &error));
  g_assert_nonnull (error);
  assert_amounts ("10.000,10.000,10.000");
  g_clear_error (&error);
  g_assert_true (tw_db_transaction (database->owner, nothing_cb, NULL, &error));
  assert_amounts ("10.000,10.000,10.000");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (NULL);
  tw_test_database_script (database, schema);
  g_test_add_func ("/db/later/rows", test_rows);
  g_test_add_func ("/db/later/read-sees", test_read_sees);
  g_test_add_func ("/db/later/keyed", test_keyed);
  g_test_add_func ("/db/later/keyed-twice", test_keyed_twice);
  g_test_add_func ("/db/later/keyed-values", test_keyed_values);
  g_test_add_func ("/db/later/keyed-removal", test_keyed_removal);
  g_test_add_func ("/db/later/keyed-nested", test_keyed_nested);
  g_test_add_func ("/db/later/until-commit", test_until_commit);
  g_test_add_func ("/db/later/many", test_many);
  g_test_add_func ("/db/later/refusal", test_refusal);
  g_test_add_func ("/db/later/refusal-of-one", test_refusal_of_one);
  g_test_add_func ("/db/later/not-swallowed", test_not_swallowed);
  g_test_add_func ("/db/later/broken-constraint", test_broken_constraint);
  status = g_test_run ();
  tw_test_database_free (database);
  return status;
}
