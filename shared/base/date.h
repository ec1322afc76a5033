/* date.h: calendar dates and instants, as values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day of the proleptic Gregorian calendar: GDate's Julian day, 0 is "no date". */
typedef struct
{
  gint32 day;
} TwDate;

/* An instant: microseconds since 1970-01-01T00:00:00Z, 0 is "no time". */
typedef struct
{
  gint64 usec;
} TwTime;

#define TW_DATE_NONE ((TwDate) { 0 })
#define TW_TIME_NONE ((TwTime) { 0 })

/* `YYYY-MM-DD`, years 1900 to 9999; TW_ERROR_INVALID otherwise. */
gboolean tw_date_parse (const char *text, TwDate *date, GError **error);
char *tw_date_format (TwDate date); /* "" for no date */
void tw_date_append (GString *out, TwDate date); /* the same */
TwDate tw_date_today (void);        /* in UTC */
TwDate tw_date_from_time (TwTime time);
TwDate tw_date_add_days (TwDate date, int days);
int tw_date_compare (TwDate a, TwDate b); /* no date sorts first */
gboolean tw_date_is_set (TwDate date);
int tw_date_days_between (TwDate from, TwDate to);

/* RFC 3339 in UTC: `2026-11-22T08:00:00Z`, with up to six decimals of a second. */
gboolean tw_time_parse (const char *text, TwTime *time, GError **error);
char *tw_time_format (TwTime time); /* "" for no time; decimals only when not 0 */
void tw_time_append (GString *out, TwTime time); /* the same */
TwTime tw_time_now (void);
TwTime tw_time_add_seconds (TwTime time, gint64 seconds);
int tw_time_compare (TwTime a, TwTime b);
gboolean tw_time_is_set (TwTime time);

G_END_DECLS
