/* replay.c: see replay.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/replay.h"

#include <mysql.h>
#include <mysqld_error.h>
#include <string.h>

#define MAX_PARAMETERS 150
#define MAX_ROWS 40
#define MAX_ATTEMPTS 50

/* How a connection of the server stands when it begins a write. */
static const char *const beginnings[]
  = { "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", "SET autocommit = 0", "SET join_cache_level = 0",
      "SET use_stat_tables = 'never'", "SET innodb_lock_wait_timeout = 2" };

struct _BenchReplay
{
  const BenchRecording *recording;
  MYSQL *mysql;
  MYSQL_STMT **prepared; /* as many as statements */
  GArray **rows;         /* (element-type gint64) per table: the ids of what this run has made */
  const gint64 *products; /* of this run */
  guint64 round;
};

/* ---- Connecting ---- */

static void
query (BenchReplay *replay, const char *sql)
{
  if (mysql_query (replay->mysql, sql) != 0)
    g_error ("%s: %s", sql, mysql_error (replay->mysql));
}

BenchReplay *
bench_replay_new (const BenchRecording *recording, const char *socket, const char *user, const char *password)
{
  BenchReplay *replay = g_new0 (BenchReplay, 1);

  replay->recording = recording;
  replay->mysql = mysql_init (NULL);
  if (!mysql_real_connect (replay->mysql, NULL, user, password, "tradewind", 0, socket, CLIENT_FOUND_ROWS)
      || mysql_set_character_set (replay->mysql, "utf8mb4") != 0)
    g_error ("no connection: %s", mysql_error (replay->mysql));
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    query (replay, beginnings[i]);
  replay->prepared = g_new0 (MYSQL_STMT *, recording->statements->len);
  for (guint i = 0; i < recording->statements->len; i++)
    {
      BenchStatement *statement = recording->statements->pdata[i];

      g_assert_cmpuint (statement->n_rows, <=, MAX_ROWS);
      g_assert_cmpuint (statement->slots->len / MAX (statement->n_rows, 1), <=, MAX_PARAMETERS);
      replay->prepared[i] = mysql_stmt_init (replay->mysql);
      if (mysql_stmt_prepare (replay->prepared[i], statement->sql, strlen (statement->sql)) != 0)
        g_error ("%s: %s", statement->sql, mysql_stmt_error (replay->prepared[i]));
    }
  replay->rows = g_new (GArray *, recording->n_tables);
  for (guint i = 0; i < recording->n_tables; i++)
    replay->rows[i] = g_array_new (FALSE, TRUE, sizeof (gint64));
  return replay;
}

void
bench_replay_free (BenchReplay *replay)
{
  for (guint i = 0; i < replay->recording->statements->len; i++)
    mysql_stmt_close (replay->prepared[i]);
  for (guint i = 0; i < replay->recording->n_tables; i++)
    g_array_unref (replay->rows[i]);
  mysql_close (replay->mysql);
  g_free (replay->prepared);
  g_free (replay->rows);
  g_free (replay);
}

/* ---- One statement ---- */

/* The same name for the same one of a run, and another in every other. A parcel has eighteen digits, of which the
 * server's first is 0. */
static char *
make_name (BenchReplay *replay, GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (g_ascii_isdigit (text[0]))
    return g_strdup_printf ("9%017" G_GUINT64_FORMAT, replay->round);
  return g_strdup_printf ("%.*s-%" G_GUINT64_FORMAT, (int) length, text, replay->round);
}

static gint64
find_row (BenchReplay *replay, const BenchSlot *slot)
{
  GArray *rows = replay->rows[slot->table];

  g_assert_cmpint (slot->number, <, rows->len);
  return g_array_index (rows, gint64, slot->number);
}

static gint64
find_number (BenchReplay *replay, const BenchSlot *slot)
{
  if (slot->kind == BENCH_SLOT_ROW)
    return find_row (replay, slot);
  return slot->kind == BENCH_SLOT_PRODUCT ? replay->products[slot->number] : slot->number;
}

/* The values of one parameter in all rows. */
typedef struct
{
  gint64 numbers[MAX_ROWS];
  const void *texts[MAX_ROWS];
  unsigned long lengths[MAX_ROWS];
  char indicators[MAX_ROWS];
  char *names[MAX_ROWS]; /* owned */
} Column;

static enum enum_field_types
set_value (BenchReplay *replay, Column *column, guint row, const BenchSlot *slot)
{
  gsize length = 0;

  column->indicators[row] = slot->kind == BENCH_SLOT_NULL ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
  if (slot->kind == BENCH_SLOT_NULL)
    return MYSQL_TYPE_NULL;
  if (slot->bytes == NULL)
    {
      column->numbers[row] = find_number (replay, slot);
      return MYSQL_TYPE_LONGLONG;
    }
  column->texts[row] = g_bytes_get_data (slot->bytes, &length);
  if (slot->kind == BENCH_SLOT_NAME)
    {
      column->texts[row] = column->names[row] = make_name (replay, slot->bytes);
      length = strlen (column->names[row]);
    }
  column->lengths[row] = length;
  return MYSQL_TYPE_STRING;
}

/* One value as such, several as arrays. */
static void
bind_column (MYSQL_BIND *bind, Column *column, enum enum_field_types type, gboolean is_array)
{
  bind->buffer_type = type;
  if (type == MYSQL_TYPE_LONGLONG)
    bind->buffer = column->numbers;
  else
    bind->buffer = is_array ? (void *) column->texts : (void *) column->texts[0];
  bind->length = column->lengths;
  bind->buffer_length = column->lengths[0];
  if (is_array)
    bind->u.indicator = column->indicators;
}

static gboolean
bind_all (BenchReplay *replay, const BenchStatement *statement, MYSQL_STMT *s, Column *columns)
{
  MYSQL_BIND binds[MAX_PARAMETERS] = { 0 };
  guint n_rows = MAX (statement->n_rows, 1), n = statement->slots->len / n_rows;

  if (n == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      enum enum_field_types type = MYSQL_TYPE_NULL;

      for (guint row = 0; row < n_rows; row++)
        {
          const BenchSlot *slot = &g_array_index (statement->slots, BenchSlot, row * n + i);
          enum enum_field_types found = set_value (replay, &columns[i], row, slot);

          type = found != MYSQL_TYPE_NULL ? found : type;
        }
      if (type == MYSQL_TYPE_NULL && statement->n_rows > 0)
        type = MYSQL_TYPE_STRING;
      bind_column (&binds[i], &columns[i], type, statement->n_rows > 0);
    }
  if (statement->n_rows > 0)
    mysql_stmt_attr_set (s, STMT_ATTR_ARRAY_SIZE, &statement->n_rows);
  return mysql_stmt_bind_param (s, binds) == 0;
}

/* INSERT … RETURNING id: the ids that were given. */
static gboolean
take_returned (MYSQL_STMT *s, GArray *rows)
{
  gint64 id = 0;
  MYSQL_BIND bind = { .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &id };

  if (mysql_stmt_bind_result (s, &bind) != 0)
    return FALSE;
  while (mysql_stmt_fetch (s) == 0)
    g_array_append_val (rows, id);
  return TRUE;
}

/* Rows that one INSERT makes are numbered on end. */
static void
take_made (MYSQL_STMT *s, GArray *rows)
{
  gint64 id = (gint64) mysql_stmt_insert_id (s);

  for (guint64 i = 0; id > 0 && i < mysql_stmt_affected_rows (s); i++, id++)
    g_array_append_val (rows, id);
}

static gboolean
take_results (BenchReplay *replay, const BenchStatement *statement, MYSQL_STMT *s)
{
  GArray *rows = statement->table >= 0 ? replay->rows[statement->table] : NULL;
  gboolean done = TRUE;

  if (mysql_stmt_field_count (s) == 0)
    {
      if (rows != NULL)
        take_made (s, rows);
      return TRUE;
    }
  done = mysql_stmt_store_result (s) == 0 && (rows == NULL || take_returned (s, rows));
  mysql_stmt_free_result (s);
  return done;
}

static gboolean
run_statement (BenchReplay *replay, guint index)
{
  const BenchStatement *statement = replay->recording->statements->pdata[index];
  MYSQL_STMT *s = replay->prepared[index];
  guint n_rows = MAX (statement->n_rows, 1), n = statement->slots->len / n_rows;
  g_autofree Column *columns = g_new0 (Column, n);
  gboolean done = bind_all (replay, statement, s, columns) && mysql_stmt_execute (s) == 0
                  && take_results (replay, statement, s);

  for (guint i = 0; i < n; i++)
    for (guint row = 0; row < n_rows; row++)
      g_free (columns[i].names[row]);
  return done;
}

/* ---- A run ---- */

static void
begin_run (BenchReplay *replay, guint64 round, const gint64 *products)
{
  replay->round = round;
  replay->products = products;
  for (guint i = 0; i < replay->recording->n_tables; i++)
    g_array_set_size (replay->rows[i], 0);
}

/* What a transaction that is rolled back had made is forgotten. */
static void
remember (BenchReplay *replay, guint *lengths)
{
  for (guint i = 0; i < replay->recording->n_tables; i++)
    lengths[i] = replay->rows[i]->len;
}

static gboolean
take_back (BenchReplay *replay, guint index, const guint *lengths)
{
  guint code = mysql_stmt_errno (replay->prepared[index]);

  if (code != ER_LOCK_DEADLOCK && code != ER_LOCK_WAIT_TIMEOUT)
    {
      g_printerr ("%s: %s\n", ((BenchStatement *) replay->recording->statements->pdata[index])->sql,
                  mysql_stmt_error (replay->prepared[index]));
      mysql_rollback (replay->mysql);
      return FALSE;
    }
  mysql_rollback (replay->mysql);
  for (guint i = 0; i < replay->recording->n_tables; i++)
    g_array_set_size (replay->rows[i], lengths[i]);
  return TRUE;
}

gboolean
bench_replay_run (BenchReplay *replay, guint64 round, const gint64 *products)
{
  guint n = replay->recording->statements->len, first = 0, attempts = 0;
  g_autofree guint *lengths = g_new0 (guint, replay->recording->n_tables);

  begin_run (replay, round, products);
  for (guint i = 0; i < n;)
    if (!run_statement (replay, i))
      {
        if (++attempts > MAX_ATTEMPTS || !take_back (replay, i, lengths))
          return FALSE;
        i = first;
      }
    else if (((BenchStatement *) replay->recording->statements->pdata[i++])->ends)
      {
        first = i;
        remember (replay, lengths);
      }
  return TRUE;
}
