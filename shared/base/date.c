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

char *
tw_date_format (TwDate date)
{
  if (!tw_date_is_set (date))
    return g_strdup ("");

  GDate calendar;
  g_date_clear (&calendar, 1);
  g_date_set_julian (&calendar, (guint32) date.day);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&calendar), (int) g_date_get_month (&calendar),
                          g_date_get_day (&calendar));
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

char *
tw_time_format (TwTime time)
{
  if (!tw_time_is_set (time))
    return g_strdup ("");

  gint64 within = time.usec - days_since_epoch (time) * DAY;
  int seconds = (int) (within / SECOND);
  int usec = (int) (within % SECOND);
  g_autofree char *date = tw_date_format (tw_date_from_time (time));
  g_autofree char *clock
    = g_strdup_printf ("%sT%02d:%02d:%02d", date, seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (usec == 0)
    return g_strconcat (clock, "Z", NULL);

  g_autofree char *fraction = g_strdup_printf ("%06d", usec);
  for (gsize n = strlen (fraction); fraction[n - 1] == '0'; n--)
    fraction[n - 1] = '\0';
  return g_strconcat (clock, ".", fraction, "Z", NULL);
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
