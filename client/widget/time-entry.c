/* time-entry.c: a moment, typed as the clock on the wall shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/time-entry.h"

#include <string.h>

#include "client/widget/format.h"
#include "shared/base/error.h"

struct _TwTimeEntry
{
  TwValueEntry parent_instance;
};

G_DEFINE_FINAL_TYPE (TwTimeEntry, tw_time_entry, TW_TYPE_VALUE_ENTRY)

static gboolean
read_digits (const char **at, guint n, int *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *value = *value * 10 + (**at - '0');
    }
  return TRUE;
}

/* "14:30", "9:05", "1430" */
static gboolean
read_clock (const char *text, int *hour, int *minute)
{
  const char *at = text;
  gsize hour_digits = strchr (text, ':') != NULL ? strcspn (text, ":") : strlen (text) > 2 ? strlen (text) - 2 : 0;

  if (hour_digits < 1 || hour_digits > 2 || !read_digits (&at, (guint) hour_digits, hour))
    return FALSE;
  if (*at == ':')
    at++;
  return read_digits (&at, 2, minute) && *at == '\0' && *hour < 24 && *minute < 60;
}

static char *
to_wire (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) local = g_date_time_new_local (year, month, day, hour, minute, 0);
  TwTime time;

  if (local == NULL)
    return NULL;
  time.usec = g_date_time_to_unix (local) * G_USEC_PER_SEC;
  return tw_time_format (time);
}

static char *
tw_time_entry_format (TwValueEntry *entry, const char *value)
{
  return tw_format_time (entry, value);
}

static char *
tw_time_entry_parse (TwValueEntry *entry, const char *typed, GError **error)
{
  g_autofree char *normal = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL);
  g_autofree char *text = g_strstrip (g_strdup (normal != NULL ? normal : typed));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year = g_date_time_get_year (now), month = g_date_time_get_month (now);
  int day = g_date_time_get_day_of_month (now);
  char *clock = strrchr (text, ' ');
  int hour, minute;
  char *wire = NULL;

  if (clock != NULL)
    {
      g_autofree char *date = NULL;
      const char *at;

      *clock++ = '\0';
      date = tw_format_read_date (text, NULL);
      at = date;
      if (date == NULL || !read_digits (&at, 4, &year) || *at++ != '-' || !read_digits (&at, 2, &month) || *at++ != '-'
          || !read_digits (&at, 2, &day))
        clock = NULL;
    }
  else
    {
      clock = text;
    }
  if (clock != NULL && read_clock (clock, &hour, &minute))
    wire = to_wire (year, month, day, hour, minute);
  if (wire == NULL)
    tw_error_set (error, TW_ERROR_INVALID, _("Write a time like 14:30, or a day and a time like 2026-11-22 14:30."));
  return wire;
}

static void
tw_time_entry_class_init (TwTimeEntryClass *klass)
{
  TW_VALUE_ENTRY_CLASS (klass)->format = tw_time_entry_format;
  TW_VALUE_ENTRY_CLASS (klass)->parse = tw_time_entry_parse;
}

static void
tw_time_entry_init (TwTimeEntry *self)
{
}

TwTime
tw_time_entry_get_time (TwTimeEntry *self)
{
  TwTime time = TW_TIME_NONE;
  const char *value = tw_value_entry_get_value (TW_VALUE_ENTRY (self));

  if (*value != '\0')
    tw_time_parse (value, &time, NULL);
  return time;
}
