/* tap.c: see tap.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/tap.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <glib.h>
#include <mysql.h>
#include <string.h>
#include <unistd.h>

G_LOCK_DEFINE_STATIC (tap);
static GHashTable *texts; /* (element-type MYSQL_STMT utf8) under the lock */
static int file = -1;

#define REAL(name) ((__typeof__ (&name)) real (#name))

static gpointer
real (const char *name)
{
  gpointer function = dlsym (RTLD_NEXT, name);

  g_assert (function != NULL);
  return function;
}

/* ---- A parameter ---- */

static char *
format_time (const MYSQL_TIME *time, enum enum_field_types type)
{
  if (type == MYSQL_TYPE_DATE)
    return g_strdup_printf ("%04u-%02u-%02u", time->year, time->month, time->day);
  return g_strdup_printf ("%04u-%02u-%02u %02u:%02u:%02u.%06lu", time->year, time->month, time->day, time->hour,
                          time->minute, time->second, time->second_part);
}

static GVariant *
new_bytes (const void *bytes, gsize length)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, length, 1);
}

/* An array is one value after the other for numbers, and one pointer after the other for all else. */
static GVariant *
read_parameter (const MYSQL_BIND *bind, guint row, gboolean is_array)
{
  const void *value = bind->buffer;
  g_autofree char *time = NULL;

  if (bind->buffer_type == MYSQL_TYPE_NULL || (is_array && bind->u.indicator[row] == STMT_INDICATOR_NULL))
    return g_variant_new_boolean (FALSE);
  if (bind->buffer_type == MYSQL_TYPE_LONGLONG)
    return g_variant_new_int64 (((const gint64 *) value)[row]);
  if (is_array)
    value = ((void *const *) bind->buffer)[row];
  if (bind->buffer_type != MYSQL_TYPE_DATE && bind->buffer_type != MYSQL_TYPE_DATETIME)
    return new_bytes (value, bind->length[is_array ? row : 0]);
  time = format_time (value, bind->buffer_type);
  return new_bytes (time, strlen (time));
}

/* ---- A record ---- */

static void
write_record (const char *sql, guint n_rows, GVariantBuilder *parameters)
{
  g_autoptr (GVariant) record
    = g_variant_ref_sink (g_variant_new (BENCH_TAP_RECORD, (guint64) gettid (), sql, n_rows, parameters));
  guint64 length = g_variant_get_size (record);
  g_autofree char *bytes = g_malloc (sizeof length + length);

  memcpy (bytes, &length, sizeof length);
  g_variant_store (record, bytes + sizeof length);
  G_LOCK (tap);
  if (file < 0)
    file = open (g_getenv (BENCH_TAP_FILE), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_assert (write (file, bytes, sizeof length + length) == (gssize) (sizeof length + length));
  G_UNLOCK (tap);
}

static void
write_query (const char *sql, gsize length)
{
  GVariantBuilder none;
  g_autofree char *text = g_strndup (sql, length);

  g_variant_builder_init (&none, G_VARIANT_TYPE ("av"));
  write_record (text, 0, &none);
}

static void
write_statement (MYSQL_STMT *s)
{
  GVariantBuilder parameters;
  guint n_rows = s->array_size;
  const char *sql;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  for (guint row = 0; row < MAX (n_rows, 1); row++)
    for (guint i = 0; i < s->param_count; i++)
      g_variant_builder_add (&parameters, "v", read_parameter (&s->params[i], row, n_rows > 0));
  G_LOCK (tap);
  sql = g_hash_table_lookup (texts, s);
  G_UNLOCK (tap);
  write_record (sql, n_rows, &parameters);
}

/* ---- In the place of the library's ---- */

int STDCALL
mysql_stmt_prepare (MYSQL_STMT *s, const char *sql, unsigned long length)
{
  G_LOCK (tap);
  if (texts == NULL)
    texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_replace (texts, s, g_strndup (sql, length));
  G_UNLOCK (tap);
  return REAL (mysql_stmt_prepare) (s, sql, length);
}

int STDCALL
mysql_stmt_execute (MYSQL_STMT *s)
{
  write_statement (s);
  return REAL (mysql_stmt_execute) (s);
}

int STDCALL
mysql_real_query (MYSQL *mysql, const char *sql, unsigned long length)
{
  write_query (sql, length);
  return REAL (mysql_real_query) (mysql, sql, length);
}

int STDCALL
mysql_send_query (MYSQL *mysql, const char *sql, unsigned long length)
{
  write_query (sql, length);
  return REAL (mysql_send_query) (mysql, sql, length);
}
