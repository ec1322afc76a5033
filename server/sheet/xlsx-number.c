/* xlsx-number.c: numbers and dates of a workbook as the text they mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workbook writes the 17 digits that a binary number needs: 1.1 stands there as 1.1000000000000001. A spreadsheet
 * keeps and shows 15, so the digits are rounded to 15, as digits: no binary number is made here.
 */
#include "server/sheet/xlsx-private.h"

#include <string.h>

#include "shared/base/date.h"

#define KEPT_DIGITS 15
#define MAX_DIGITS 64    /* of which a number may consist */
#define MAX_EXPONENT 30  /* further out nothing that we store lies */

#define DAY_ZERO 693594      /* 1899-12-30 as TwDate: day 0 of the calendar from 1900, behind its day that never was */
#define DAY_ZERO_1904 695056 /* 1904-01-01 */
#define LEAP_DAY 60          /* 1900-02-29 */
#define SECONDS 86400        /* of a day */

/* 0.D₁D₂D₃… × 10^point */
typedef struct
{
  char digits[MAX_DIGITS + 1];
  guint n;
  int point;
  gboolean negative;
} Number;

static gboolean
read_digits (const char **at, Number *number, gboolean whole)
{
  const char *start = *at;

  for (; g_ascii_isdigit (**at); (*at)++)
    {
      if (number->n == 0 && **at == '0')
        number->point -= whole ? 0 : 1;
      else if (number->n < MAX_DIGITS)
        {
          number->digits[number->n++] = **at;
          number->point += whole ? 1 : 0;
        }
      else
        return FALSE;
    }
  return *at > start;
}

static gboolean
read_exponent (const char *at, int *exponent)
{
  gint64 value;

  if (*at == '+')
    at++;
  if (!g_ascii_isdigit (at[*at == '-' ? 1 : 0]) || !g_ascii_string_to_signed (at, 10, -1000, 1000, &value, NULL))
    return FALSE;
  *exponent = (int) value;
  return TRUE;
}

static gboolean
read_number (const char *text, Number *number)
{
  const char *at = text;
  int exponent = 0;

  *number = (Number) { .negative = *at == '-' };
  at += number->negative ? 1 : 0;
  if (!read_digits (&at, number, TRUE))
    return FALSE;
  if (*at == '.')
    {
      at++;
      if (!read_digits (&at, number, FALSE))
        return FALSE;
    }
  if (*at == 'e' || *at == 'E')
    {
      if (!read_exponent (at + 1, &exponent))
        return FALSE;
      at += strlen (at);
    }
  number->point += exponent;
  return *at == '\0';
}

/* To the digits that count; zeros at the end go. */
static void
round_number (Number *number)
{
  gboolean up = number->n > KEPT_DIGITS && number->digits[KEPT_DIGITS] >= '5';

  number->n = MIN (number->n, KEPT_DIGITS);
  while (up && number->n > 0 && number->digits[number->n - 1] == '9')
    number->n--;
  if (up && number->n == 0)
    {
      number->digits[number->n++] = '1';
      number->point++;
    }
  else if (up)
    number->digits[number->n - 1]++;
  while (number->n > 0 && number->digits[number->n - 1] == '0')
    number->n--;
}

char *
tw_xlsx_number (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Number number;
  int at = 0;

  if (!read_number (text, &number))
    return NULL;
  round_number (&number);
  if (number.n == 0)
    return g_strdup ("0");
  if (ABS (number.point) > MAX_EXPONENT)
    return NULL;
  if (number.negative)
    g_string_append_c (out, '-');
  if (number.point <= 0)
    g_string_append_c (out, '0');
  for (; at < number.point; at++)
    g_string_append_c (out, at < (int) number.n ? number.digits[at] : '0');
  if ((int) number.n > number.point)
    g_string_append_c (out, '.');
  for (int zero = number.point; zero < 0; zero++)
    g_string_append_c (out, '0');
  g_string_append_len (out, number.digits + at, MAX ((int) number.n - at, 0));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- Dates ---- */

/* The seconds of the fraction of a day, rounded: @fraction has at most 30 digits, of which the first 15 count. */
static guint
read_seconds (const char *fraction)
{
  guint64 value = 0, scale = 1;

  for (guint i = 0; i < KEPT_DIGITS && fraction[i] != '\0'; i++, scale *= 10)
    value = value * 10 + (guint64) (fraction[i] - '0');
  return (guint) (((unsigned __int128) value * SECONDS + scale / 2) / scale);
}

/* 1 is 1900-01-01; the calendar has a 29th of February that year, which is no day. */
static gboolean
find_day (gint64 serial, gboolean from_1904, TwDate *day)
{
  gint64 zero = from_1904 ? DAY_ZERO_1904 : serial < LEAP_DAY ? DAY_ZERO + 1 : DAY_ZERO;
  g_autofree char *text = NULL;

  if (!from_1904 && (serial < 1 || serial == LEAP_DAY))
    return FALSE;
  if (serial < 0 || serial > 2958465) /* 9999-12-31 */
    return FALSE;
  day->day = (gint32) (zero + serial);
  text = tw_date_format (*day);
  return tw_date_parse (text, day, NULL);
}

char *
tw_xlsx_date (const char *number, gboolean from_1904)
{
  const char *point = strchr (number, '.');
  g_autofree char *whole = point != NULL ? g_strndup (number, (gsize) (point - number)) : g_strdup (number);
  guint seconds = point != NULL ? read_seconds (point + 1) : 0;
  g_autofree char *text = NULL;
  gint64 serial;
  TwDate day;

  if (!g_ascii_string_to_signed (whole, 10, 0, G_MAXINT32, &serial, NULL))
    return NULL;
  if (!find_day (serial + seconds / SECONDS, from_1904, &day))
    return NULL;
  seconds %= SECONDS;
  text = tw_date_format (day);
  if (seconds == 0)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%sT%02u:%02u:%02uZ", text, seconds / 3600, seconds / 60 % 60, seconds % 60);
}
