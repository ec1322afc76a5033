/* value.c: values bound to the parameters of a statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/statement-private.h"

#include <string.h>

static void
set_bytes (TwValue *value, enum enum_field_types type, gconstpointer data, gsize length)
{
  if (value->bytes == NULL)
    value->bytes = g_string_sized_new (length);
  g_string_truncate (value->bytes, 0);
  g_string_append_len (value->bytes, data, length);
  value->type = type;
}

static void
set_day (MYSQL_TIME *time, TwDate date)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_julian (&day, date.day);
  memset (time, 0, sizeof *time);
  time->year = g_date_get_year (&day);
  time->month = g_date_get_month (&day);
  time->day = g_date_get_day (&day);
}

void
tw_value_set_null (TwValue *value)
{
  value->type = MYSQL_TYPE_NULL;
}

void
tw_value_set_int (TwValue *value, gint64 integer)
{
  value->type = MYSQL_TYPE_LONGLONG;
  value->integer = integer;
}

void
tw_value_set_text (TwValue *value, const char *text)
{
  if (text == NULL)
    tw_value_set_null (value);
  else
    set_bytes (value, MYSQL_TYPE_STRING, text, strlen (text));
}

/* As NEWDECIMAL, not as text: beside a text the server would compute in binary floating point. */
void
tw_value_set_decimal (TwValue *value, TwDecimal decimal)
{
  g_autofree char *text = tw_decimal_format (decimal, 0);

  set_bytes (value, MYSQL_TYPE_NEWDECIMAL, text, strlen (text));
}

void
tw_value_set_date (TwValue *value, TwDate date)
{
  if (!tw_date_is_set (date))
    {
      tw_value_set_null (value);
      return;
    }
  value->type = MYSQL_TYPE_DATE;
  set_day (&value->time, date);
  value->time.time_type = MYSQL_TIMESTAMP_DATE;
}

void
tw_value_set_time (TwValue *value, TwTime time)
{
  gint64 in_day;

  if (!tw_time_is_set (time))
    {
      tw_value_set_null (value);
      return;
    }
  in_day = time.usec % G_TIME_SPAN_DAY;
  if (in_day < 0)
    in_day += G_TIME_SPAN_DAY;
  value->type = MYSQL_TYPE_DATETIME;
  set_day (&value->time, tw_date_from_time (time));
  value->time.time_type = MYSQL_TIMESTAMP_DATETIME;
  value->time.hour = in_day / G_TIME_SPAN_HOUR;
  value->time.minute = in_day / G_TIME_SPAN_MINUTE % 60;
  value->time.second = in_day / G_TIME_SPAN_SECOND % 60;
  value->time.second_part = in_day % G_TIME_SPAN_SECOND;
}

/* ---- By name ---- */

TwValue *
tw_statement_get_value (TwStatement *s, const char *name)
{
  int n = tw_sql_text_find (s->text, name);
  TwValue *value;

  if (n < 0)
    g_error ("no parameter :%s in: %s", name, s->source);
  if (s->executed)
    tw_statement_forget_rows (s);
  value = &s->values[n];
  value->bound = TRUE;
  value->by_record = FALSE;
  return value;
}

void
tw_bind_int (TwStatement *s, const char *name, gint64 value)
{
  tw_value_set_int (tw_statement_get_value (s, name), value);
}

void
tw_bind_id (TwStatement *s, const char *name, gint64 id)
{
  if (id == 0)
    tw_bind_null (s, name);
  else
    tw_bind_int (s, name, id);
}

void
tw_bind_bool (TwStatement *s, const char *name, gboolean value)
{
  tw_bind_int (s, name, value ? 1 : 0);
}

void
tw_bind_text (TwStatement *s, const char *name, const char *value)
{
  tw_value_set_text (tw_statement_get_value (s, name), value);
}

void
tw_bind_blob (TwStatement *s, const char *name, gconstpointer data, gsize length)
{
  if (data == NULL && length == 0)
    tw_bind_null (s, name);
  else
    set_bytes (tw_statement_get_value (s, name), MYSQL_TYPE_BLOB, data, length);
}

void
tw_bind_decimal (TwStatement *s, const char *name, TwDecimal value)
{
  tw_value_set_decimal (tw_statement_get_value (s, name), value);
}

void
tw_bind_date (TwStatement *s, const char *name, TwDate value)
{
  tw_value_set_date (tw_statement_get_value (s, name), value);
}

void
tw_bind_time (TwStatement *s, const char *name, TwTime value)
{
  tw_value_set_time (tw_statement_get_value (s, name), value);
}

void
tw_bind_null (TwStatement *s, const char *name)
{
  tw_value_set_null (tw_statement_get_value (s, name));
}
