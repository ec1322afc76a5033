/* column.c: the columns of a fetched row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/statement-private.h"

#include <string.h>

/* GDate's Julian day of 1970-01-01. */
#define EPOCH_DAY 719163

static gint32
day_of (const MYSQL_TIME *time)
{
  GDate date;

  if (!g_date_valid_dmy (time->day, time->month, time->year))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, time->day, time->month, time->year);
  return g_date_get_julian (&date);
}

/* Sums have more digits, averages more places than a field; what is beyond six places is rounded. */
static TwDecimal
decimal_of (const char *text)
{
  gboolean negative = *text == '-', seen_point = FALSE, round_up = FALSE;
  guint places = 0;
  unsigned __int128 value = 0;

  for (const char *c = text + negative; *c != '\0'; c++)
    {
      if (*c == '.' && !seen_point)
        seen_point = TRUE;
      else if (!g_ascii_isdigit (*c))
        g_error ("not a decimal: %s", text);
      else if (places == TW_DECIMAL_PLACES)
        {
          round_up = *c >= '5';
          break;
        }
      else
        {
          value = value * 10 + (*c - '0');
          places += seen_point;
        }
    }
  for (; places < TW_DECIMAL_PLACES; places++)
    value *= 10;
  value += round_up;
  return (TwDecimal) { negative ? -(__int128) value : (__int128) value };
}

gint64
tw_column_to_int (TwColumn *column)
{
  if (column->is_null)
    return 0;
  if (column->type == MYSQL_TYPE_LONGLONG)
    return column->integer;
  /* SUM and COUNT expressions over integers are decimals. */
  g_assert (column->type == MYSQL_TYPE_STRING);
  return g_ascii_strtoll (column->bytes, NULL, 10);
}

TwDecimal
tw_column_to_decimal (TwColumn *column)
{
  if (column->is_null)
    return TW_DECIMAL_ZERO;
  if (column->type == MYSQL_TYPE_LONGLONG)
    return tw_decimal_from_int (column->integer);
  g_assert (column->type == MYSQL_TYPE_STRING);
  return decimal_of (column->bytes);
}

TwDate
tw_column_to_date (TwColumn *column)
{
  if (column->is_null)
    return TW_DATE_NONE;
  g_assert (column->type == MYSQL_TYPE_DATE || column->type == MYSQL_TYPE_DATETIME);
  return (TwDate) { day_of (&column->time) };
}

TwTime
tw_column_to_time (TwColumn *column)
{
  const MYSQL_TIME *t = &column->time;
  gint64 seconds;

  if (column->is_null)
    return TW_TIME_NONE;
  g_assert (column->type == MYSQL_TYPE_DATE || column->type == MYSQL_TYPE_DATETIME);
  seconds = ((gint64) day_of (t) - EPOCH_DAY) * 86400 + t->hour * 3600 + t->minute * 60 + t->second;
  return (TwTime) { seconds * G_TIME_SPAN_SECOND + t->second_part };
}

const char *
tw_column_to_text (TwColumn *column)
{
  if (column->is_null)
    return NULL;
  if (column->type == MYSQL_TYPE_STRING)
    return column->bytes;
  if (column->text == NULL)
    {
      if (column->type == MYSQL_TYPE_LONGLONG)
        column->text = g_strdup_printf ("%" G_GINT64_FORMAT, column->integer);
      else if (column->type == MYSQL_TYPE_DATE)
        column->text = tw_date_format (tw_column_to_date (column));
      else
        column->text = tw_time_format (tw_column_to_time (column));
    }
  return column->text;
}

/* ---- By name ---- */

TwColumn *
tw_statement_get_column (TwStatement *s, const char *name)
{
  g_assert (s->has_row);
  /* The same again: whether it is NULL, and then what it is. */
  if (s->last_column > 0 && strcmp (s->columns[s->last_column - 1].name, name) == 0)
    return &s->columns[s->last_column - 1];
  for (guint i = 0; i < s->n_columns; i++)
    {
      guint n = (s->last_column + i) % s->n_columns;

      if (strcmp (s->columns[n].name, name) == 0)
        {
          s->last_column = n + 1;
          return &s->columns[n];
        }
    }
  g_error ("no column %s in: %s", name, s->source);
}

gint64
tw_column_int (TwStatement *s, const char *name)
{
  return tw_column_to_int (tw_statement_get_column (s, name));
}

gboolean
tw_column_bool (TwStatement *s, const char *name)
{
  return tw_column_to_int (tw_statement_get_column (s, name)) != 0;
}

const char *
tw_column_text (TwStatement *s, const char *name)
{
  return tw_column_to_text (tw_statement_get_column (s, name));
}

TwDecimal
tw_column_decimal (TwStatement *s, const char *name)
{
  return tw_column_to_decimal (tw_statement_get_column (s, name));
}

TwDate
tw_column_date (TwStatement *s, const char *name)
{
  return tw_column_to_date (tw_statement_get_column (s, name));
}

TwTime
tw_column_time (TwStatement *s, const char *name)
{
  return tw_column_to_time (tw_statement_get_column (s, name));
}

gconstpointer
tw_column_blob (TwStatement *s, const char *name, gsize *length)
{
  TwColumn *column = tw_statement_get_column (s, name);

  g_assert (column->type == MYSQL_TYPE_STRING);
  *length = column->is_null ? 0 : column->length;
  return column->is_null ? NULL : column->bytes;
}

gboolean
tw_column_is_null (TwStatement *s, const char *name)
{
  return tw_statement_get_column (s, name)->is_null;
}

gboolean
tw_statement_read_ids (TwStatement *s, GArray *ids, GError **error)
{
  gboolean found;

  for (;;)
    {
      gint64 id;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      id = tw_column_int (s, "id");
      g_array_append_val (ids, id);
    }
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

void
tw_ids_sort (GArray *ids)
{
  g_array_sort (ids, compare_ids);
}

GArray *
tw_statement_list_ids (TwStatement *s, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return tw_statement_read_ids (s, ids, error) ? g_steal_pointer (&ids) : NULL;
}
