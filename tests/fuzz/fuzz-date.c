/* fuzz-date.c: days and instants as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: one text a line, read as both. What is accepted is written back as it was read.
 */
#include "tests/fuzz/input.h"

#include <string.h>

#include "shared/base/date.h"
#include "shared/base/error.h"

#define FAR 400000 /* days: beyond both ends of the calendar's useful part, not of the calendar */

static void
check_day (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;
  TwDate day;

  if (!tw_date_parse (text, &day, &error))
    {
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
      return;
    }
  again = tw_date_format (day);
  g_assert_cmpstr (again, ==, text);
  for (int days = 1; days < FAR; days *= 7)
    {
      TwDate later = tw_date_add_days (day, days);

      g_assert_cmpint (tw_date_compare (day, later), <=, 0);
      g_assert_cmpint (tw_date_days_between (day, later), <=, days);
      if (tw_date_days_between (day, later) == days) /* not at the end of the calendar */
        g_assert_cmpint (tw_date_compare (tw_date_add_days (later, -days), day), ==, 0);
    }
}

static void
check_instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;
  g_autofree char *day = NULL;
  TwTime time, again;

  if (!tw_time_parse (text, &time, &error))
    {
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
      return;
    }
  if (!tw_time_is_set (time)) /* the first instant of 1970 stands for none */
    return;
  written = tw_time_format (time);
  g_assert_true (tw_time_parse (written, &again, NULL));
  g_assert_cmpint (tw_time_compare (time, again), ==, 0);
  day = tw_date_format (tw_date_from_time (time));
  g_assert_cmpmem (day, strlen (day), written, strlen ("2026-11-22"));
  g_assert_cmpint (tw_time_compare (tw_time_add_seconds (time, 1), time), >=, 0);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  TwFuzzInput input = tw_fuzz_input (data, size);

  while (input.at < input.end)
    {
      g_autofree char *text = tw_fuzz_line (&input);

      check_day (text);
      check_instant (text);
    }
  return 0;
}
