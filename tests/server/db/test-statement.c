/* test-statement.c: values in and out, unchanged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fixture/database.h"

#include <string.h>

static TwDb *db; /* of the one instance of this program; main thread */

typedef struct
{
  TwRecord parent;
  char *code;
  const char *colour;
  gboolean active;
  gint64 owner_id;
  TwDecimal amount;
  TwDecimal cost;
  TwDate due;
  TwTime seen;
  GStrv tags;
  char *extra;
} Sample;

static const TwKey colours[] = { { "red", "Red" }, { "green", "Green" }, { NULL } };
static const TwField sample_fields[] = {
  TW_RECORD_FIELDS (Sample),
  TW_TEXT (Sample, code, "Code", 20, TW_REQUIRED),
  TW_KEY (Sample, colour, "Colour", colours, 0),
  TW_BOOL (Sample, active, "Active", 0),
  TW_INT (Sample, owner_id, "Owner", 0, G_MAXINT64, 0),
  TW_MONEY (Sample, amount, "Amount", 0),
  TW_COST (Sample, cost, "Cost", 0),
  TW_DATE (Sample, due, "Due", 0),
  TW_TIME (Sample, seen, "Seen", 0),
  TW_STRINGS (Sample, tags, "Tags", 10, 0),
  TW_JSON (Sample, extra, "Extra", 0),
};
GType sample_get_type (void);
TW_DEFINE_RECORD (Sample, sample, "sample", "Sample", sample_fields)

static const char schema[] = "CREATE TABLE plain (id BIGINT AUTO_INCREMENT PRIMARY KEY, whole BIGINT, flag BOOL,"
                             "  exact DECIMAL(18,6), day DATE, moment DATETIME(6), words LONGTEXT, bytes LONGBLOB);"
                             "CREATE TABLE sample (id BIGINT AUTO_INCREMENT PRIMARY KEY, version BIGINT NOT NULL DEFAULT 1,"
                             "  code VARCHAR(20) NOT NULL, colour VARCHAR(10), active BOOL, owner_id BIGINT,"
                             "  amount DECIMAL(18,6), cost DECIMAL(18,6), due DATE, seen DATETIME(6), tags TEXT, extra TEXT,"
                             "  UNIQUE KEY sample_code (code), CONSTRAINT sample_positive CHECK (amount >= 0));";

#define INSERT_VALUE "INSERT INTO plain (whole, flag, exact, day, moment, words, bytes)" \
                     " VALUES (:whole, :flag, :exact, :day, :moment, :words, :bytes)"
#define SELECT_VALUE "SELECT whole, flag, exact, day, moment, words, bytes FROM plain WHERE id = :id"
#define INSERT_SAMPLE "INSERT INTO sample (code, colour, active, owner_id, amount, cost, due, seen, tags, extra)" \
                      " VALUES (:code, :colour, :active, :owner_id, :amount, :cost, :due, :seen, :tags, :extra)"
#define SELECT_SAMPLE "SELECT id, version, code, colour, active, owner_id, amount, cost, due, seen, tags, extra," \
                      " 1 AS stranger FROM sample WHERE code LIKE :like ORDER BY id"

static void
run (TwStatement *s)
{
  g_autoptr (GError) error = NULL;

  tw_statement_run (s, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
step (TwStatement *s)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  tw_statement_step (s, &found, &error);
  g_assert_no_error (error);
  return found;
}

static TwDecimal
decimal (const char *text)
{
  TwDecimal value;

  g_assert_true (tw_decimal_parse (text, &value, NULL));
  return value;
}

static TwDate
date (const char *text)
{
  TwDate value;

  g_assert_true (tw_date_parse (text, &value, NULL));
  return value;
}

static TwTime
instant (const char *text)
{
  TwTime value;

  g_assert_true (tw_time_parse (text, &value, NULL));
  return value;
}

static void
assert_decimal (TwDecimal value, const char *text)
{
  g_autofree char *formatted = tw_decimal_format (value, 0);

  g_assert_cmpstr (formatted, ==, text);
}

/* ---- Kinds ---- */

static TwStatement *
store_and_find (gint64 whole, const char *exact, TwDate day, TwTime moment, const char *words, GBytes *bytes)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, INSERT_VALUE);
  TwStatement *find = tw_db_prepare (db, SELECT_VALUE);

  tw_bind_int (insert, "whole", whole);
  tw_bind_bool (insert, "flag", whole > 0);
  tw_bind_decimal (insert, "exact", decimal (exact));
  tw_bind_date (insert, "day", day);
  tw_bind_time (insert, "moment", moment);
  tw_bind_text (insert, "words", words);
  tw_bind_blob (insert, "bytes", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  run (insert);
  tw_bind_int (find, "id", tw_statement_last_id (insert));
  g_assert_true (step (find));
  return find;
}

static void
assert_round_trip (gint64 whole, const char *exact, const char *day, const char *moment, const char *words, gsize size)
{
  g_autofree char *data = g_malloc (size + 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TwStatement) find = NULL;
  g_autofree char *time = NULL;
  gconstpointer found;
  gsize length;

  for (gsize i = 0; i < size; i++)
    data[i] = (char) (i * 7);
  bytes = g_bytes_new (data, size);
  find = store_and_find (whole, exact, date (day), instant (moment), words, bytes);
  g_assert_cmpint (tw_column_int (find, "whole"), ==, whole);
  g_assert_cmpint (tw_column_bool (find, "flag"), ==, whole > 0);
  assert_decimal (tw_column_decimal (find, "exact"), exact);
  g_assert_cmpint (tw_column_date (find, "day").day, ==, date (day).day);
  time = tw_time_format (tw_column_time (find, "moment"));
  g_assert_cmpstr (time, ==, moment);
  g_assert_cmpstr (tw_column_text (find, "words"), ==, words);
  found = tw_column_blob (find, "bytes", &length);
  g_assert_cmpmem (found, length, data, size);
  g_assert_false (step (find));
}

static void
test_kinds (void)
{
  g_autofree char *long_text = g_strnfill (3 * 1000 * 1000, 'x');

  assert_round_trip (1, "0.000001", "2026-11-22", "2026-11-22T08:00:00.000001Z", "", 1);
  assert_round_trip (G_MAXINT64, "999999999999.999999", "9999-12-31", "9999-12-31T23:59:59.999999Z", "信风 🚚", 127);
  assert_round_trip (G_MININT64, "-999999999999.999999", "1900-01-01", "1900-01-01T00:00:00Z", long_text, 70000);
  assert_round_trip (0, "0", "2024-02-29", "1969-12-31T23:59:59.5Z", "'; DROP TABLE plain; -- \\ \" `", 128);
  assert_round_trip (-1, "993.01", "2000-01-01", "2000-01-01T12:00:00Z", "short again", 3);
}

static void
test_null (void)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, INSERT_VALUE);
  g_autoptr (TwStatement) find = tw_db_prepare (db, SELECT_VALUE);
  static const char *const names[] = { "whole", "flag", "exact", "day", "moment", "words", "bytes" };
  gsize length = 1;

  tw_bind_id (insert, "whole", 0);
  tw_bind_null (insert, "flag");
  tw_bind_null (insert, "exact");
  tw_bind_date (insert, "day", TW_DATE_NONE);
  tw_bind_time (insert, "moment", TW_TIME_NONE);
  tw_bind_text (insert, "words", NULL);
  tw_bind_blob (insert, "bytes", NULL, 0);
  run (insert);
  tw_bind_int (find, "id", tw_statement_last_id (insert));
  g_assert_true (step (find));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (tw_column_is_null (find, names[i]));
  g_assert_cmpint (tw_column_int (find, "whole"), ==, 0);
  assert_decimal (tw_column_decimal (find, "exact"), "0");
  g_assert_false (tw_date_is_set (tw_column_date (find, "day")));
  g_assert_false (tw_time_is_set (tw_column_time (find, "moment")));
  g_assert_null (tw_column_text (find, "words"));
  g_assert_null (tw_column_blob (find, "bytes", &length));
  g_assert_cmpuint (length, ==, 0);
}

/* Arithmetic on a bound decimal is the server's exact one: in binary, 0.1 + 0.2 is not 0.3. */
static void
test_decimal_is_exact_in_sql (void)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT :a + :b AS sum, :a + :b = 0.3 AS same, :big + 0.000001 AS most");

  tw_bind_decimal (s, "a", decimal ("0.1"));
  tw_bind_decimal (s, "b", decimal ("0.2"));
  tw_bind_decimal (s, "big", decimal ("999999999999.999998"));
  g_assert_true (step (s));
  assert_decimal (tw_column_decimal (s, "sum"), "0.3");
  g_assert_true (tw_column_bool (s, "same"));
  assert_decimal (tw_column_decimal (s, "most"), "999999999999.999999");
}

static void
test_computed_columns (void)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT SUM(x) AS whole, AVG(x) AS mean, -AVG(x) AS minus, COUNT(*) AS n,"
                                                 " MAX(x) AS most FROM (SELECT 1 AS x UNION ALL SELECT 1"
                                                 " UNION ALL SELECT 3) AS three");

  g_assert_true (step (s));
  g_assert_cmpint (tw_column_int (s, "whole"), ==, 5);
  assert_decimal (tw_column_decimal (s, "mean"), "1.6667");
  assert_decimal (tw_column_decimal (s, "minus"), "-1.6667");
  g_assert_cmpint (tw_column_int (s, "n"), ==, 3);
  g_assert_cmpstr (tw_column_text (s, "most"), ==, "3");
}

/* ---- Records ---- */

static Sample *
make_sample (const char *code, const char *amount)
{
  Sample *sample = g_object_new (sample_get_type (), NULL);

  tw_record_set_string (&sample->code, code);
  sample->amount = decimal (amount);
  return sample;
}

static void
test_record (void)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, INSERT_SAMPLE);
  g_autoptr (TwStatement) find = tw_db_prepare (db, SELECT_SAMPLE);
  g_autoptr (TwRecord) stored = TW_RECORD (make_sample ("R-1", "14.5"));
  g_autoptr (TwRecord) read = g_object_new (sample_get_type (), NULL);
  static const char *const tags[] = { "a\"b", "信风", NULL };
  Sample *sample = (Sample *) stored;
  g_autoptr (GError) error = NULL;
  gboolean found;

  sample->colour = tw_key_find (colours, "green");
  sample->active = TRUE;
  sample->owner_id = 7;
  sample->due = date ("2026-12-01");
  sample->seen = instant ("2026-11-22T08:00:00.5Z");
  sample->tags = g_strdupv ((char **) tags);
  sample->extra = g_strdup ("{\"a\":1}");
  tw_bind_record (insert, stored);
  run (insert);
  tw_bind_text (find, "like", "R-1");
  g_assert_true (tw_statement_read_one (find, read, &found, &error));
  g_assert_true (found);
  g_assert_cmpint (read->id, ==, tw_statement_last_id (insert));
  g_assert_true (((Sample *) read)->colour == colours[1].key);
  for (guint i = 4; i < G_N_ELEMENTS (sample_fields); i++)
    if (!tw_record_field_equal (stored, read, &sample_fields[i]))
      g_error ("%s differs", sample_fields[i].name);
}

static void
test_record_empty_is_null (void)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, INSERT_SAMPLE);
  g_autoptr (TwRecord) stored = TW_RECORD (make_sample ("E-1", "0"));
  g_autofree char *nulls = NULL;

  tw_record_set_string (&((Sample *) stored)->extra, "");
  tw_bind_record (insert, stored);
  run (insert);
  nulls = tw_test_database_value (db, "SELECT CONCAT_WS(',', colour IS NULL, owner_id IS NULL, due IS NULL, seen IS NULL,"
                                      " extra IS NULL, active, tags) FROM sample WHERE code = 'E-1'");
  g_assert_cmpstr (nulls, ==, "1,1,1,1,1,0,[]");
}

static void
test_run_all_and_read_all (void)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, INSERT_SAMPLE);
  g_autoptr (TwStatement) find = tw_db_prepare (db, SELECT_SAMPLE);
  g_autoptr (GListStore) stored = g_list_store_new (sample_get_type ());
  g_autoptr (GListStore) read = g_list_store_new (sample_get_type ());
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *code = g_strdup_printf ("L-%u", i);
      g_autoptr (TwRecord) sample = TW_RECORD (make_sample (code, "1.1"));

      g_list_store_append (stored, sample);
    }
  tw_bind_id (insert, "owner_id", 42); /* by hand: for all, whatever the records say */
  g_assert_true (tw_statement_run_all (insert, stored, &error));
  tw_bind_text (find, "like", "L-%");
  g_assert_true (tw_statement_read_all (find, sample_get_type (), read, &error));
  g_assert_cmpuint (tw_record_count (read), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      Sample *a = tw_record_nth (stored, i), *b = tw_record_nth (read, i);

      g_assert_cmpstr (a->code, ==, b->code);
      g_assert_cmpint (a->parent.id, ==, b->parent.id);
      g_assert_cmpint (b->owner_id, ==, 42);
    }
}

/* ---- The cache ---- */

static gint64
count_prepared (void)
{
  g_autofree char *text = tw_test_database_value (
      db, "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'COM_STMT_PREPARE'");

  return g_ascii_strtoll (text, NULL, 10);
}

/* More than fit into one statement, so that the last one is shorter; one brings its id along. */
static void
test_insert_rows (void)
{
  static const TwRowsSql rows = { "INSERT INTO sample (id, code, owner_id, amount, cost) VALUES ",
                                  "(:id, :code, :owner, :amount, :amount)", " RETURNING id" };
  g_autoptr (GListStore) written = g_list_store_new (sample_get_type ());
  g_autoptr (GListStore) read = g_list_store_new (sample_get_type ());
  g_autoptr (TwStatement) select = tw_db_prepare (db, SELECT_SAMPLE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TW_ROWS_AT_ONCE + 3; i++)
    {
      g_autoptr (TwRecord) record = g_object_new (sample_get_type (), NULL);
      Sample *sample = (Sample *) record;

      sample->code = g_strdup_printf ("rows-%02u", i);
      sample->amount = tw_decimal_from_int (i);
      sample->parent.id = i == 1 ? 70000 : 0;
      g_list_store_append (written, record);
    }
  g_assert_true (tw_db_insert_rows (db, &rows, written, 7, &error));
  g_assert_no_error (error);
  tw_bind_text (select, "like", "rows-%");
  g_assert_true (tw_statement_read_all (select, sample_get_type (), read, &error));
  g_assert_cmpuint (tw_record_count (read), ==, TW_ROWS_AT_ONCE + 3);
  g_assert_cmpint (((TwRecord *) tw_record_nth (written, 1))->id, ==, 70000);
  for (guint i = 0; i < tw_record_count (read); i++)
    {
      Sample *stored = tw_record_nth (read, i);
      Sample *sample = NULL;

      for (guint j = 0; j < tw_record_count (written) && !sample; j++)
        if (((TwRecord *) tw_record_nth (written, j))->id == stored->parent.id)
          sample = tw_record_nth (written, j);
      g_assert_nonnull (sample);
      g_assert_cmpstr (stored->code, ==, sample->code);
      g_assert_true (tw_decimal_compare (stored->amount, sample->amount) == 0);
      g_assert_true (tw_decimal_compare (stored->cost, sample->amount) == 0);
      g_assert_cmpint (stored->owner_id, ==, 7);
    }
}

static void
test_insert_no_rows (void)
{
  static const TwRowsSql rows = { "INSERT INTO sample (code) VALUES ", "(:code)", " RETURNING id" };
  g_autoptr (GListStore) none = g_list_store_new (sample_get_type ());
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_db_insert_rows (db, &rows, none, 0, &error));
  g_assert_no_error (error);
}

static void
test_cache_prepares_once (void)
{
  gint64 before = count_prepared ();

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *sql = g_strdup ("SELECT :x + 1 AS y"); /* another address, the same text */
      g_autoptr (TwStatement) s = tw_db_prepare (db, sql);

      tw_bind_int (s, "x", i);
      g_assert_true (step (s));
      g_assert_cmpint (tw_column_int (s, "y"), ==, i + 1);
    }
  g_assert_cmpint (count_prepared () - before, ==, 1);
}

static void
test_cache_same_text_twice_at_once (void)
{
  g_autoptr (TwStatement) outer = tw_db_prepare (db, "SELECT 1 AS x UNION ALL SELECT 2");
  gint64 sum = 0;

  while (step (outer))
    {
      g_autoptr (TwStatement) inner = tw_db_prepare (db, "SELECT 1 AS x UNION ALL SELECT 2");

      while (step (inner))
        sum += tw_column_int (outer, "x") * tw_column_int (inner, "x");
    }
  g_assert_cmpint (sum, ==, 9);
}

static void
test_cache_is_bounded (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %u AS x", i);
      g_autoptr (TwStatement) s = tw_db_prepare (db, sql);

      g_assert_true (step (s));
    }
  {
    g_autofree char *text = tw_test_database_value (
        db, "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'PREPARED_STMT_COUNT'");

    g_assert_cmpint (g_ascii_strtoll (text, NULL, 10), <=, 420);
  }
}

static void
test_reset_forgets (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT :x AS x");

      tw_bind_int (s, "x", 1);
      tw_statement_reset (s);
      step (s);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*parameter :x is not bound*");
}

/* ---- Errors ---- */

static void
test_duplicate_names_its_key (void)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, INSERT_SAMPLE);
  g_autoptr (TwRecord) sample = TW_RECORD (make_sample ("D' for key 'x", "1"));
  g_autoptr (GError) error = NULL;

  tw_bind_record (insert, sample);
  run (insert);
  g_assert_false (tw_statement_run (insert, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_DUPLICATE);
  g_assert_cmpstr (error->message, ==, "sample_code");
}

static void
test_check_is_refused (void)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, INSERT_SAMPLE);
  g_autoptr (TwRecord) sample = TW_RECORD (make_sample ("C-1", "-1"));
  g_autoptr (GError) error = NULL;

  tw_bind_record (insert, sample);
  g_assert_false (tw_statement_run (insert, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, "sample_positive"));
}

/* What the engine says when it cannot go on, most often for want of room: nobody's mistake, and it may pass. */
static void
test_engine_in_trouble_is_unavailable (void)
{
  g_autoptr (TwStatement) s = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_db_execute_script (db, "CREATE TABLE used_up (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY)"
                                           " AUTO_INCREMENT = 18446744073709551615;", &error));
  s = tw_db_prepare (db, "INSERT INTO used_up () VALUES ()");
  g_assert_false (tw_statement_run (s, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_UNAVAILABLE); /* 1467 */
}

static void
test_strict_mode (void)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, "INSERT INTO sample (code, amount) VALUES (:code, 1)");
  g_autoptr (GError) error = NULL;

  tw_bind_text (insert, "code", "twenty-one characters");
  g_assert_false (tw_statement_run (insert, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INTERNAL);
}

static void
test_bad_sql_fails_at_the_first_step (void)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT nothing FROM nowhere");
  g_autoptr (GError) error = NULL;
  gboolean found;

  g_assert_false (tw_statement_step (s, &found, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INTERNAL);
  g_assert_nonnull (strstr (error->message, "SELECT nothing FROM nowhere"));
}

/* After the first rows have been sent: the library learns of it while it stores the result. */
static void
test_an_error_among_rows_is_named (void)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT one.n, (SELECT 1 FROM (SELECT 1 AS n UNION SELECT 2) other WHERE other.n >= one.n) AS twice"
        " FROM (SELECT 2 AS n UNION SELECT 1) one");
  g_autoptr (GError) error = NULL;
  gboolean found;

  g_assert_false (tw_statement_step (s, &found, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INTERNAL);
  g_assert_nonnull (strstr (error->message, "database error 1242")); /* more than one row */
}

static void
test_same_value_update_counts (void)
{
  g_autoptr (TwStatement) update = tw_db_prepare (db, "UPDATE plain SET whole = whole WHERE id = :id");
  g_autoptr (GError) error = NULL;
  guint64 affected;

  tw_bind_int (update, "id", 1);
  g_assert_true (tw_statement_run (update, &affected, &error));
  g_assert_cmpuint (affected, ==, 1);
  tw_bind_int (update, "id", 0);
  g_assert_true (tw_statement_run (update, &affected, &error));
  g_assert_cmpuint (affected, ==, 0);
}

static void
test_unknown_names_abort (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT 1 AS x");

      g_assert_true (step (s));
      tw_column_int (s, "y");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*no column y*");
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) database = NULL;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (NULL);
  db = database->owner;
  tw_test_database_script (database, schema);
  g_test_add_func ("/db/statement/kinds", test_kinds);
  g_test_add_func ("/db/statement/null", test_null);
  g_test_add_func ("/db/statement/decimal-is-exact-in-sql", test_decimal_is_exact_in_sql);
  g_test_add_func ("/db/statement/computed-columns", test_computed_columns);
  g_test_add_func ("/db/statement/record", test_record);
  g_test_add_func ("/db/statement/record-empty-is-null", test_record_empty_is_null);
  g_test_add_func ("/db/statement/run-all-and-read-all", test_run_all_and_read_all);
  g_test_add_func ("/db/statement/insert-rows", test_insert_rows);
  g_test_add_func ("/db/statement/insert-no-rows", test_insert_no_rows);
  g_test_add_func ("/db/statement/cache-prepares-once", test_cache_prepares_once);
  g_test_add_func ("/db/statement/cache-same-text-twice-at-once", test_cache_same_text_twice_at_once);
  g_test_add_func ("/db/statement/cache-is-bounded", test_cache_is_bounded);
  g_test_add_func ("/db/statement/reset-forgets", test_reset_forgets);
  g_test_add_func ("/db/statement/duplicate-names-its-key", test_duplicate_names_its_key);
  g_test_add_func ("/db/statement/check-is-refused", test_check_is_refused);
  g_test_add_func ("/db/statement/engine-in-trouble-is-unavailable", test_engine_in_trouble_is_unavailable);
  g_test_add_func ("/db/statement/strict-mode", test_strict_mode);
  g_test_add_func ("/db/statement/bad-sql-fails-at-the-first-step", test_bad_sql_fails_at_the_first_step);
  g_test_add_func ("/db/statement/an-error-among-rows-is-named", test_an_error_among_rows_is_named);
  g_test_add_func ("/db/statement/same-value-update-counts", test_same_value_update_counts);
  g_test_add_func ("/db/statement/unknown-names-abort", test_unknown_names_abort);
  return g_test_run ();
}
