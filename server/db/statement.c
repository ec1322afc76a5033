/* statement.c: prepared statements, their cache and their rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preparing is lazy: a statement lives without a connection and is prepared by its first
 * execution on each new one. Results are fetched whole, so that other statements may run
 * between two steps.
 */
#include "server/db/statement-private.h"

#include <string.h>

/* The idle statements a connection keeps; the server allows 16,382 for all together. */
#define MAX_IDLE 400
/* A column's first buffer; it grows with its longest value. */
#define FIRST_BYTES 128

/* ---- The cache ---- */

static void
drop_columns (TwStatement *s)
{
  for (guint i = 0; i < s->n_columns; i++)
    {
      g_free (s->columns[i].name);
      g_free (s->columns[i].bytes);
      g_free (s->columns[i].text);
    }
  g_clear_pointer (&s->columns, g_free);
  g_clear_pointer (&s->results, g_free);
  g_clear_pointer (&s->map, g_free);
  s->mapped_type = G_TYPE_INVALID;
  s->n_columns = 0;
}

static void
destroy (TwStatement *s)
{
  drop_columns (s);
  if (s->handle != NULL)
    mysql_stmt_close (s->handle);
  for (guint i = 0; i < s->text->names->len; i++)
    if (s->values[i].bytes != NULL)
      g_string_free (s->values[i].bytes, TRUE);
  g_free (s->values);
  g_free (s->binds);
  tw_sql_text_free (s->text);
  g_free (s->source);
  g_free (s);
}

/* Takes @s out of the idle ones. */
static void
take_idle (TwDb *db, TwStatement *s)
{
  TwStatement *first = g_hash_table_lookup (db->idle, s->source);

  if (first != s)
    {
      while (first->next_idle != s)
        first = first->next_idle;
      first->next_idle = s->next_idle;
    }
  else if (s->next_idle != NULL)
    g_hash_table_replace (db->idle, s->next_idle->source, s->next_idle);
  else
    g_hash_table_remove (db->idle, s->source);
  s->next_idle = NULL;
  g_queue_unlink (&db->recent, &s->link);
}

static void
put_idle (TwDb *db, TwStatement *s)
{
  s->next_idle = g_hash_table_lookup (db->idle, s->source);
  g_hash_table_replace (db->idle, s->source, s);
  g_queue_push_head_link (&db->recent, &s->link);
}

void
tw_statement_drop_idle (TwDb *db)
{
  while (db->recent.tail != NULL)
    {
      TwStatement *s = db->recent.tail->data;

      take_idle (db, s);
      destroy (s);
    }
}

static TwStatement *
create (TwDb *db, const char *sql)
{
  TwStatement *s = g_new0 (TwStatement, 1);

  s->db = db;
  s->source = g_strdup (sql);
  s->text = tw_sql_text_new (sql);
  s->values = g_new0 (TwValue, s->text->names->len + 1);
  s->binds = g_new0 (MYSQL_BIND, s->text->slots->len + 1);
  s->link.data = s;
  return s;
}

/* ---- Execution ---- */

gboolean
tw_statement_fail (TwStatement *s, GError **error)
{
  return tw_db_fail_statement (s->db, mysql_stmt_errno (s->handle), mysql_stmt_error (s->handle), s->source, error);
}

static enum enum_field_types
fetched_type (const MYSQL_FIELD *field)
{
  switch (field->type)
    {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
      return MYSQL_TYPE_LONGLONG;
    case MYSQL_TYPE_DATE:
      return MYSQL_TYPE_DATE;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
      return MYSQL_TYPE_DATETIME;
    default: /* decimals too: text is exact */
      return MYSQL_TYPE_STRING;
    }
}

static void
point_result (MYSQL_BIND *bind, TwColumn *column)
{
  bind->buffer_type = column->type;
  bind->length = &column->length;
  bind->is_null = &column->is_null;
  bind->error = &column->is_cut;
  if (column->type == MYSQL_TYPE_LONGLONG)
    bind->buffer = &column->integer;
  else if (column->type == MYSQL_TYPE_STRING)
    {
      bind->buffer = column->bytes;
      bind->buffer_length = column->size;
    }
  else
    bind->buffer = &column->time;
}

static void
read_columns (TwStatement *s)
{
  MYSQL_RES *metadata = mysql_stmt_result_metadata (s->handle);
  const MYSQL_FIELD *fields;

  drop_columns (s);
  if (metadata == NULL)
    return;
  fields = mysql_fetch_fields (metadata);
  s->n_columns = mysql_num_fields (metadata);
  s->columns = g_new0 (TwColumn, s->n_columns);
  s->results = g_new0 (MYSQL_BIND, s->n_columns);
  for (guint i = 0; i < s->n_columns; i++)
    {
      TwColumn *column = &s->columns[i];

      column->name = g_strdup (fields[i].name);
      column->type = fetched_type (&fields[i]);
      if (column->type == MYSQL_TYPE_STRING)
        {
          column->size = FIRST_BYTES;
          column->bytes = g_malloc (column->size + 1);
        }
      point_result (&s->results[i], column);
    }
  mysql_free_result (metadata);
}

static gboolean
prepare_handle (TwStatement *s, GError **error)
{
  if (s->handle != NULL && s->generation == s->db->generation)
    return TRUE;
  if (s->handle != NULL)
    mysql_stmt_close (s->handle);
  s->handle = mysql_stmt_init (s->db->mysql);
  g_assert (s->handle != NULL);
  s->generation = s->db->generation;
  if (mysql_stmt_prepare (s->handle, s->text->sql, strlen (s->text->sql)) != 0)
    {
      tw_statement_fail (s, error);
      g_clear_pointer (&s->handle, mysql_stmt_close);
      return FALSE;
    }
  g_assert (mysql_stmt_param_count (s->handle) == s->text->slots->len);
  read_columns (s);
  return TRUE;
}

static gboolean
bind_values (TwStatement *s, GError **error)
{
  if (s->text->slots->len == 0)
    return TRUE;
  for (guint i = 0; i < s->text->slots->len; i++)
    {
      guint n = g_array_index (s->text->slots, guint, i);
      TwValue *value = &s->values[n];
      MYSQL_BIND *bind = &s->binds[i];

      if (!value->bound)
        g_error ("parameter :%s is not bound in: %s", (char *) g_ptr_array_index (s->text->names, n), s->source);
      bind->buffer_type = value->type;
      bind->length = &bind->buffer_length;
      if (value->type == MYSQL_TYPE_LONGLONG)
        bind->buffer = &value->integer;
      else if (value->type == MYSQL_TYPE_DATE || value->type == MYSQL_TYPE_DATETIME)
        bind->buffer = &value->time;
      else if (value->type != MYSQL_TYPE_NULL)
        {
          bind->buffer = value->bytes->str;
          bind->buffer_length = value->bytes->len;
        }
    }
  return mysql_stmt_bind_param (s->handle, s->binds) == 0 || tw_statement_fail (s, error);
}

gboolean
tw_statement_send_values (TwStatement *s, GError **error)
{
  return bind_values (s, error) && tw_statement_send (s, error);
}

/* In a transaction only preparing has to wait for replies. Outside, a connection that turns out to be lost is taken up
 * again before anything is sent. */
gboolean
tw_statement_make_ready (TwStatement *s, GError **error)
{
  TwDb *db = s->db;

  if (db->in_transaction && s->handle != NULL && s->generation == db->generation)
    return tw_db_reach (db, error);
  return tw_db_make_ready (db, error) && tw_db_be_explicit (db, error) && prepare_handle (s, error);
}

gboolean
tw_statement_send (TwStatement *s, GError **error)
{
  MYSQL *mysql = s->db->mysql;
  my_bool yes = 1, no = 0;
  gboolean sent;

  mysql_optionsv (mysql, MARIADB_OPT_SKIP_READ_RESPONSE, &yes);
  sent = mysql_stmt_execute (s->handle) == 0;
  mysql_optionsv (mysql, MARIADB_OPT_SKIP_READ_RESPONSE, &no);
  return sent || tw_statement_fail (s, error);
}

/* The reply to what was sent last. */
static gboolean
receive (TwStatement *s, GError **error)
{
  s->db->asked = g_get_monotonic_time ();
  /* What the library does itself when it is not told to skip the reply. */
  if (s->db->mysql->methods->db_read_execute_response (s->handle) != 0)
    return tw_statement_fail (s, error);
  s->executed = TRUE;
  s->last_id = (gint64) mysql_stmt_insert_id (s->handle);
  if (s->n_columns == 0 && mysql_stmt_field_count (s->handle) > 0) /* INSERT … RETURNING tells its columns only now */
    read_columns (s);
  if (s->n_columns == 0)
    return TRUE;
  if (mysql_stmt_store_result (s->handle) != 0)
    {
      tw_statement_fail (s, error); /* first: with the rows the library forgets what went wrong */
      tw_statement_forget_rows (s);
      return FALSE;
    }
  return mysql_stmt_bind_result (s->handle, s->results) == 0 || tw_statement_fail (s, error);
}

/* What was kept comes first: it may be what is read now. */
static gboolean
send_after_kept (TwStatement *s, GError **error)
{
  return tw_db_post_later (s->db, TW_BEFORE_NEXT, error) && tw_statement_make_ready (s, error)
         && tw_statement_send_values (s, error);
}

static gboolean
execute (TwStatement *s, GError **error)
{
  gboolean done;

  if (!send_after_kept (s, error))
    return FALSE;
  done = tw_db_read_posted (s->db, error);
  /* Its own reply is read in any case, else it would be taken for that to what comes next. */
  if (s->db->mysql == NULL)
    return done && tw_error_set (error, TW_ERROR_RETRY, "connection lost before a reply");
  if (receive (s, done ? error : NULL) && done)
    return TRUE;
  tw_statement_forget_rows (s);
  return FALSE;
}

/* Gives the columns whose value did not fit a larger buffer and fetches them again. */
static gboolean
widen (TwStatement *s, GError **error)
{
  for (guint i = 0; i < s->n_columns; i++)
    {
      TwColumn *column = &s->columns[i];

      if (column->type != MYSQL_TYPE_STRING || column->is_null || column->length <= column->size)
        continue;
      column->size = column->length + column->length / 2;
      column->bytes = g_realloc (column->bytes, column->size + 1);
      point_result (&s->results[i], column);
      if (mysql_stmt_fetch_column (s->handle, &s->results[i], i, 0) != 0)
        return tw_statement_fail (s, error);
    }
  return mysql_stmt_bind_result (s->handle, s->results) == 0 || tw_statement_fail (s, error);
}

/* ---- Public ---- */

TwStatement *
tw_db_prepare (TwDb *db, const char *sql)
{
  TwStatement *s = g_hash_table_lookup (db->idle, sql);

  if (s != NULL)
    take_idle (db, s);
  else
    s = create (db, sql);
  db->n_lent++;
  return s;
}

void
tw_statement_free (TwStatement *s)
{
  TwDb *db;

  if (s == NULL)
    return;
  db = s->db;
  tw_statement_reset (s);
  g_assert (db->n_lent > 0);
  db->n_lent--;
  put_idle (db, s);
  while (db->recent.length > MAX_IDLE && db->posted->len == 0)
    {
      TwStatement *oldest = db->recent.tail->data;

      take_idle (db, oldest);
      destroy (oldest);
    }
}

gboolean
tw_statement_step (TwStatement *s, gboolean *found, GError **error)
{
  int result;

  *found = FALSE;
  s->has_row = FALSE;
  if (!s->executed && !execute (s, error))
    return FALSE;
  /* The rows were fetched whole; without a connection they would be gone with it. */
  if (s->n_columns == 0 || s->generation != s->db->generation || s->db->mysql == NULL)
    return s->n_columns == 0 || tw_error_set (error, TW_ERROR_RETRY, "connection lost between two rows");
  for (guint i = 0; i < s->n_columns; i++)
    g_clear_pointer (&s->columns[i].text, g_free);
  s->last_column = 0;
  result = mysql_stmt_fetch (s->handle);
  if (result == MYSQL_NO_DATA)
    return TRUE;
  if (result == 1)
    return tw_statement_fail (s, error);
  if (result == MYSQL_DATA_TRUNCATED && !widen (s, error))
    return FALSE;
  for (guint i = 0; i < s->n_columns; i++)
    if (s->columns[i].type == MYSQL_TYPE_STRING)
      s->columns[i].bytes[s->columns[i].is_null ? 0 : s->columns[i].length] = '\0';
  s->has_row = *found = TRUE;
  return TRUE;
}

gboolean
tw_statement_run (TwStatement *s, guint64 *affected, GError **error)
{
  tw_statement_forget_rows (s);
  if (!execute (s, error))
    return FALSE;
  if (affected != NULL)
    *affected = mysql_stmt_affected_rows (s->handle);
  tw_statement_forget_rows (s);
  return TRUE;
}

static gboolean
run_wanted (TwStatement *s, TwErrorCode code, const char *refusal, GError **error)
{
  guint64 affected = 0;

  return tw_statement_run (s, &affected, error)
         && (refusal == NULL || affected > 0 || tw_error_set (error, code, "%s", refusal));
}

gboolean
tw_statement_post_refusing (TwStatement *s, TwErrorCode code, const char *refusal, GError **error)
{
  if (!s->db->in_transaction)
    return run_wanted (s, code, refusal, error);
  g_assert (s->n_columns == 0);
  return send_after_kept (s, error)
         && tw_db_note_posted (s->db, TW_POSTED_CHANGE, s->source, 1, code, refusal, error);
}

gboolean
tw_statement_post (TwStatement *s, GError **error)
{
  return tw_statement_post_refusing (s, TW_ERROR_INTERNAL, NULL, error);
}

gint64
tw_statement_last_id (TwStatement *s)
{
  return s->last_id;
}

void
tw_statement_forget_rows (TwStatement *s)
{
  if (s->executed && s->handle != NULL && s->generation == s->db->generation && s->db->mysql != NULL)
    mysql_stmt_free_result (s->handle);
  s->executed = FALSE;
  s->has_row = FALSE;
}

void
tw_statement_reset (TwStatement *s)
{
  tw_statement_forget_rows (s);
  for (guint i = 0; i < s->text->names->len; i++)
    s->values[i].bound = s->values[i].by_record = FALSE;
}
