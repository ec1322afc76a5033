/* date.c: calendar dates and instants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/date.h"

#include "shared/base/error.h"
#include "shared/base/text.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 9999
#define LAST_DAY 3652059     /* 9999-12-31 */
#define EPOCH_DAY 719163     /* 1970-01-01 */
#define SECOND ((gint64) G_USEC_PER_SEC)
#define DAY (86400 * SECOND)
#define TEXT_BYTES 32 /* 9999-12-31T23:59:59.999999Z */

/* Reads exactly @n digits; FALSE when there is anything else. */
static gboolean
read_digits (const char **text, guint n, guint *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (guint) (**text - '0');
    }
  return TRUE;
}

static gboolean
read_char (const char **text, char expected)
{
  if (**text != expected)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
read_date (const char **text, TwDate *date)
{
  guint year, month, day;

  if (!read_digits (text, 4, &year) || !read_char (text, '-') || !read_digits (text, 2, &month)
      || !read_char (text, '-') || !read_digits (text, 2, &day))
    return FALSE;
  if (year < FIRST_YEAR || year > LAST_YEAR || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  GDate calendar;
  g_date_clear (&calendar, 1);
  g_date_set_dmy (&calendar, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  date->day = (gint32) g_date_get_julian (&calendar);
  return TRUE;
}

gboolean
tw_date_parse (const char *text, TwDate *date, GError **error)
{
  g_return_val_if_fail (text != NULL && date != NULL, FALSE);

  TwDate parsed;
  const char *at = text;
  if (!read_date (&at, &parsed) || *at != '\0')
    return tw_error_fault (error, "", "bad_date",
                           _ ("Write an existing date as year-month-day, such as 2026-11-22."));
  *date = parsed;
  return TRUE;
}

/* Writes @n digits of @value; returns where the next character goes. A list has a date or an instant in every tenth
 * value, for which printf is too slow. */
static char *
write_digits (char *at, guint value, guint n)
{
  for (guint i = n; i > 0; i--, value /= 10)
    at[i - 1] = (char) ('0' + value % 10);
  return at + n;
}

static char *
write_date (char *at, TwDate date)
{
  GDate calendar;

  g_date_clear (&calendar, 1);
  g_date_set_julian (&calendar, (guint32) date.day);
  at = write_digits (at, g_date_get_year (&calendar), 4);
  *at++ = '-';
  at = write_digits (at, (guint) g_date_get_month (&calendar), 2);
  *at++ = '-';
  return write_digits (at, g_date_get_day (&calendar), 2);
}

void
tw_date_append (GString *out, TwDate date)
{
  char text[TEXT_BYTES];

  if (tw_date_is_set (date))
    g_string_append_len (out, text, write_date (text, date) - text);
}

char *
tw_date_format (TwDate date)
{
  char text[TEXT_BYTES];

  return tw_date_is_set (date) ? g_strndup (text, (gsize) (write_date (text, date) - text)) : g_strdup ("");
}

TwDate
tw_date_today (void)
{
  return tw_date_from_time (tw_time_now ());
}

/* Days since the epoch, rounded down also before it. */
static gint64
days_since_epoch (TwTime time)
{
  return time.usec >= 0 ? time.usec / DAY : -((-(time.usec + 1)) / DAY) - 1;
}

TwDate
tw_date_from_time (TwTime time)
{
  if (!tw_time_is_set (time))
    return TW_DATE_NONE;
  return (TwDate) { (gint32) CLAMP (days_since_epoch (time) + EPOCH_DAY, 1, LAST_DAY) };
}

TwDate
tw_date_add_days (TwDate date, int days)
{
  if (!tw_date_is_set (date))
    return TW_DATE_NONE;
  return (TwDate) { (gint32) CLAMP ((gint64) date.day + days, 1, LAST_DAY) };
}

int
tw_date_compare (TwDate a, TwDate b)
{
  return (a.day > b.day) - (a.day < b.day);
}

gboolean
tw_date_is_set (TwDate date)
{
  return date.day > 0;
}

int
tw_date_days_between (TwDate from, TwDate to)
{
  return to.day - from.day;
}

/* `.` and one to six digits, when there is a point. */
static gboolean
read_fraction (const char **text, guint *usec)
{
  *usec = 0;
  if (!read_char (text, '.'))
    return TRUE;

  guint digits = 0;
  for (; g_ascii_isdigit (**text); (*text)++, digits++)
    {
      if (digits == 6)
        return FALSE;
      *usec = *usec * 10 + (guint) (**text - '0');
    }
  for (guint i = digits; i < 6; i++)
    *usec *= 10;
  return digits > 0;
}

static gboolean
read_time (const char *text, TwTime *time)
{
  TwDate date;
  guint hour, minute, second, usec;

  if (!read_date (&text, &date) || !read_char (&text, 'T') || !read_digits (&text, 2, &hour) || !read_char (&text, ':')
      || !read_digits (&text, 2, &minute) || !read_char (&text, ':') || !read_digits (&text, 2, &second)
      || !read_fraction (&text, &usec) || !read_char (&text, 'Z') || *text != '\0')
    return FALSE;
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;

  time->usec = (date.day - EPOCH_DAY) * DAY + (hour * 3600 + minute * 60 + second) * SECOND + usec;
  return tw_time_is_set (*time); /* the first instant of 1970 stands for "no time" */
}

gboolean
tw_time_parse (const char *text, TwTime *time, GError **error)
{
  g_return_val_if_fail (text != NULL && time != NULL, FALSE);

  TwTime parsed;
  if (!read_time (text, &parsed))
    return tw_error_fault (error, "", "bad_time",
                           _ ("Write an existing date and time in UTC, such as 2026-11-22T08:00:00Z."));
  *time = parsed;
  return TRUE;
}

static char *
write_time (char *at, TwTime time)
{
  gint64 within = time.usec - days_since_epoch (time) * DAY;
  guint seconds = (guint) (within / SECOND);
  guint usec = (guint) (within % SECOND);

  at = write_date (at, tw_date_from_time (time));
  *at++ = 'T';
  at = write_digits (at, seconds / 3600, 2);
  *at++ = ':';
  at = write_digits (at, seconds / 60 % 60, 2);
  *at++ = ':';
  at = write_digits (at, seconds % 60, 2);
  if (usec > 0)
    {
      *at++ = '.';
      at = write_digits (at, usec, 6);
      while (at[-1] == '0')
        at--;
    }
  *at++ = 'Z';
  return at;
}

void
tw_time_append (GString *out, TwTime time)
{
  char text[TEXT_BYTES];

  if (tw_time_is_set (time))
    g_string_append_len (out, text, write_time (text, time) - text);
}

char *
tw_time_format (TwTime time)
{
  char text[TEXT_BYTES];

  return tw_time_is_set (time) ? g_strndup (text, (gsize) (write_time (text, time) - text)) : g_strdup ("");
}

TwTime
tw_time_now (void)
{
  return (TwTime) { g_get_real_time () };
}

TwTime
tw_time_add_seconds (TwTime time, gint64 seconds)
{
  if (!tw_time_is_set (time))
    return TW_TIME_NONE;

  gint64 moved;
  if (__builtin_mul_overflow (seconds, SECOND, &moved) || __builtin_add_overflow (time.usec, moved, &moved))
    moved = seconds < 0 ? G_MININT64 : G_MAXINT64;
  return (TwTime) { CLAMP (moved, (1 - EPOCH_DAY) * DAY, (LAST_DAY - EPOCH_DAY + 1) * DAY - 1) };
}

int
tw_time_compare (TwTime a, TwTime b)
{
  return (a.usec > b.usec) - (a.usec < b.usec);
}

gboolean
tw_time_is_set (TwTime time)
{
  return time.usec != 0;
}
