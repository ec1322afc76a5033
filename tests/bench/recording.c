/* recording.c: see recording.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/recording.h"

#include "tests/bench/tap.h"

#include <string.h>

/* Of each table's ids. */
#define RANGE G_GINT64_CONSTANT (1000000000)

/* ---- Ranges of ids ------------------------------------------------------------------------------ */

static void
run_script (TwDb *db, const char *script)
{
  g_autoptr (GError) error = NULL;

  tw_db_execute_script (db, script, &error);
  g_assert_no_error (error);
}

/* (element-type utf8) Those that number their rows. */
static GPtrArray *
list_tables (TwDb *db)
{
  g_autoptr (TwStatement) list
    = tw_db_prepare (db, "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()"
                         " AND auto_increment IS NOT NULL ORDER BY table_name");
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean found;

  while (tw_statement_step (list, &found, &error) && found)
    g_ptr_array_add (tables, g_strdup (tw_column_text (list, "name")));
  g_assert_no_error (error);
  return tables;
}

/* (element-type gint64) The ids that the tables give next. */
static GArray *
list_next_ids (TwDb *db, GPtrArray *tables)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT COALESCE(MAX(id), 0) + 1 AS id FROM %s",
                                              (char *) tables->pdata[i]);
      g_autoptr (TwStatement) read = tw_db_prepare (db, sql);
      g_autoptr (GError) error = NULL;
      gboolean found;
      gint64 id;

      tw_statement_step (read, &found, &error);
      g_assert_no_error (error);
      id = MAX (tw_column_int (read, "id"), (i + 1) * RANGE);
      g_array_append_val (ids, id);
    }
  return ids;
}

static guint
find_table (GPtrArray *tables, const char *name)
{
  guint index;

  g_assert_true (g_ptr_array_find_with_equal_func (tables, name, g_str_equal, &index));
  return index;
}

void
bench_recording_prepare (TwTestServer *server)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autoptr (GPtrArray) tables = list_tables (db);

  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s AUTO_INCREMENT = %" G_GINT64_FORMAT,
                                              (char *) tables->pdata[i], (i + 1) * RANGE);

      run_script (db, sql);
    }
}

gint64
bench_recording_find_first_product (TwTestServer *server)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autoptr (GPtrArray) tables = list_tables (db);

  return (find_table (tables, "product") + 1) * RANGE;
}

/* ---- Reading ------------------------------------------------------------------------------------ */

typedef struct
{
  GPtrArray *tables;
  GArray *next_ids; /* (element-type gint64) of the first row that the work has made in each */
  guint product;    /* which of them has the products */
  GRegex *name;     /* what a number or key looks like */
} Reader;

static void
statement_free (gpointer data)
{
  BenchStatement *statement = data;

  for (guint i = 0; i < statement->slots->len; i++)
    g_clear_pointer (&g_array_index (statement->slots, BenchSlot, i).bytes, g_bytes_unref);
  g_array_unref (statement->slots);
  g_free (statement->sql);
  g_free (statement);
}

static BenchSlot
read_number (const Reader *reader, gint64 value)
{
  gint64 table = value / RANGE - 1, made;

  if (table < 0 || table >= reader->tables->len)
    return (BenchSlot) { .kind = BENCH_SLOT_NUMBER, .number = value };
  made = value - g_array_index (reader->next_ids, gint64, table);
  if (made >= 0)
    return (BenchSlot) { .kind = BENCH_SLOT_ROW, .table = (guint) table, .number = made };
  if (table == reader->product)
    return (BenchSlot) { .kind = BENCH_SLOT_PRODUCT, .number = value % RANGE };
  return (BenchSlot) { .kind = BENCH_SLOT_NUMBER, .number = value };
}

static BenchSlot
read_bytes (const Reader *reader, GVariant *value)
{
  gsize length;
  const char *text = g_variant_get_fixed_array (value, &length, 1);
  gboolean is_name = length > 0 && g_utf8_validate (text, (gssize) length, NULL)
                     && g_regex_match_full (reader->name, text, (gssize) length, 0, 0, NULL, NULL);

  return (BenchSlot) { .kind = is_name ? BENCH_SLOT_NAME : BENCH_SLOT_BYTES, .bytes = g_bytes_new (text, length) };
}

static BenchSlot
read_slot (const Reader *reader, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return read_number (reader, g_variant_get_int64 (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    return read_bytes (reader, value);
  return (BenchSlot) { .kind = BENCH_SLOT_NULL };
}

static int
find_made (const Reader *reader, const char *sql)
{
  static const char insert[] = "INSERT INTO ";
  const char *name = sql + strlen (insert);
  g_autofree char *table = NULL;
  guint index;

  if (!g_str_has_prefix (sql, insert))
    return -1;
  table = g_strndup (name, strcspn (name, " ("));
  return g_ptr_array_find_with_equal_func (reader->tables, table, g_str_equal, &index) ? (int) index : -1;
}

static BenchStatement *
read_statement (const Reader *reader, GVariant *record)
{
  BenchStatement *statement = g_new0 (BenchStatement, 1);
  g_autoptr (GVariantIter) values = NULL;
  GVariant *value;

  g_variant_get (record, BENCH_TAP_RECORD, NULL, &statement->sql, &statement->n_rows, &values);
  statement->slots = g_array_new (FALSE, FALSE, sizeof (BenchSlot));
  while (g_variant_iter_loop (values, "v", &value))
    {
      BenchSlot slot = read_slot (reader, value);

      g_array_append_val (statement->slots, slot);
    }
  statement->ends = g_str_equal (statement->sql, "COMMIT");
  statement->table = find_made (reader, statement->sql);
  return statement;
}

/* (element-type GVariant) Each is preceded by its length. */
static GPtrArray *
read_records (const char *bytes, gsize length)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (gsize at = 0; at + sizeof (guint64) <= length;)
    {
      g_autoptr (GBytes) record = NULL;
      guint64 size;

      memcpy (&size, bytes + at, sizeof size);
      at += sizeof size;
      g_assert (size <= length - at);
      record = g_bytes_new (bytes + at, size);
      g_ptr_array_add (records, g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BENCH_TAP_RECORD), record,
                                                                              TRUE)));
      at += size;
    }
  return records;
}

static guint64
get_thread (GVariant *record)
{
  guint64 thread;

  g_variant_get_child (record, 0, "t", &thread);
  return thread;
}

/* The one that did the work; others seal or look at the time. */
static guint64
find_thread (GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const char *sql;

      g_variant_get_child (records->pdata[i], 1, "&s", &sql);
      if (g_str_has_prefix (sql, "INSERT INTO sales_order"))
        return get_thread (records->pdata[i]);
    }
  g_error ("no order was recorded");
}

static BenchRecording *
read_recording (GPtrArray *tables, GArray *next_ids, const char *bytes, gsize length)
{
  BenchRecording *recording = g_new0 (BenchRecording, 1);
  g_autoptr (GPtrArray) records = read_records (bytes, length);
  g_autoptr (GRegex) name
    = g_regex_new ("^(?:[A-Z]+-20\\d\\d-\\d{6}|chain-\\d+-\\d+|\\d{18})$", 0, G_REGEX_MATCH_DEFAULT, NULL);
  Reader reader = { tables, next_ids, find_table (tables, "product"), name };
  guint64 thread = find_thread (records);

  recording->n_tables = tables->len;
  recording->statements = g_ptr_array_new_with_free_func (statement_free);
  for (guint i = 0; i < records->len; i++)
    if (get_thread (records->pdata[i]) == thread)
      g_ptr_array_add (recording->statements, read_statement (&reader, records->pdata[i]));
  return recording;
}

/* ---- Recording ---------------------------------------------------------------------------------- */

static char *
read_file (const char *file, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (file, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

BenchRecording *
bench_recording_new (TwTestServer *server, BenchRecordedWork work)
{
  static const char *const options[] = { "--workers", "1", NULL };
  const char *folder = tw_test_server_get_data_dir (server);
  g_autofree char *file = g_build_filename (folder, "recording", NULL), *bytes = NULL;
  g_autofree char *where = g_strconcat (BENCH_TAP_FILE "=", file, NULL);
  g_auto (GStrv) environment = tw_test_server_preload (BENCH_TAP_LIBRARY, where);
  g_autoptr (TwTestServer) second = tw_test_server_new_with (
    &(TwTestServerSetup) { .data_dir = folder, .options = options,
                           .environment = (const char *const *) environment });
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autoptr (GPtrArray) tables = list_tables (db);
  g_autoptr (GArray) next_ids = NULL;
  gsize begin, length;

  if (!work (second, FALSE)) /* what is prepared once is prepared, and what is remembered is known */
    g_error ("the work to be recorded failed");
  next_ids = list_next_ids (db, tables);
  g_free (read_file (file, &begin));
  if (!work (second, TRUE))
    g_error ("the work failed while it was recorded");
  bytes = read_file (file, &length);
  return read_recording (tables, next_ids, bytes + begin, length - begin);
}

void
bench_recording_free (BenchRecording *recording)
{
  g_ptr_array_unref (recording->statements);
  g_free (recording);
}
