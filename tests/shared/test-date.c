/* test-date.c: dates and instants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/date.h"

#include "shared/base/error.h"

static TwDate
date (const char *text)
{
  TwDate value = TW_DATE_NONE;
  g_autoptr (GError) error = NULL;

  tw_date_parse (text, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
assert_date (TwDate value, const char *expected)
{
  g_autofree char *text = tw_date_format (value);

  g_assert_cmpstr (text, ==, expected);
}

static TwTime
instant (const char *text)
{
  TwTime value = TW_TIME_NONE;
  g_autoptr (GError) error = NULL;

  tw_time_parse (text, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
assert_time (TwTime value, const char *expected)
{
  g_autofree char *text = tw_time_format (value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_date_round_trip (void)
{
  static const char *const days[] = { "1900-01-01", "1970-01-01", "2000-02-29", "2024-02-29", "2026-11-22", "9999-12-31" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    assert_date (date (days[i]), days[i]);
  assert_date (TW_DATE_NONE, "");
}

static void
test_date_refuses (void)
{
  static const char *const bad[] = { "",           "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31",  "1899-12-31",
                                     "26-11-22",   "2026-1-2",   "2026/11/22", "2026-11-22 ", "2026-11-22T", "+026-11-22",
                                     "10000-01-01", "0000-00-00", "20261122" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TwDate value = TW_DATE_NONE;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (tw_date_parse (bad[i], &value, &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
    }
}

static void
test_date_arithmetic (void)
{
  assert_date (tw_date_add_days (date ("2024-02-28"), 2), "2024-03-01");
  assert_date (tw_date_add_days (date ("2026-01-01"), -1), "2025-12-31");
  assert_date (tw_date_add_days (date ("9999-12-31"), G_MAXINT), "9999-12-31");
  g_assert_false (tw_date_is_set (tw_date_add_days (TW_DATE_NONE, 5)));
  g_assert_cmpint (tw_date_days_between (date ("2026-11-22"), date ("2026-12-22")), ==, 30);
  g_assert_cmpint (tw_date_days_between (date ("2026-12-22"), date ("2026-11-22")), ==, -30);
  g_assert_cmpint (tw_date_compare (TW_DATE_NONE, date ("1900-01-01")), <, 0);
}

static void
test_date_of_time (void)
{
  assert_date (tw_date_from_time (instant ("2026-11-22T23:59:59.999999Z")), "2026-11-22");
  assert_date (tw_date_from_time (instant ("2026-11-23T00:00:00Z")), "2026-11-23");
  assert_date (tw_date_from_time (instant ("1969-12-31T23:59:59.999999Z")), "1969-12-31");
  assert_date (tw_date_from_time (instant ("1969-12-31T00:00:00Z")), "1969-12-31");
  g_assert_false (tw_date_is_set (tw_date_from_time (TW_TIME_NONE)));
}

static void
test_time_round_trip (void)
{
  static const char *const times[] = { "2026-11-22T08:00:00Z", "2026-11-22T08:00:00.05Z", "1900-01-01T00:00:00Z",
                                       "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.000001Z" };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    assert_time (instant (times[i]), times[i]);
  assert_time (TW_TIME_NONE, "");
  g_assert_cmpint (instant ("1970-01-01T00:00:01Z").usec, ==, G_USEC_PER_SEC);
  g_assert_cmpint (instant ("2026-11-22T08:00:00Z").usec, ==, G_GINT64_CONSTANT (1795334400000000));
}

static void
test_time_refuses (void)
{
  static const char *const bad[] = { "",
                                     "2026-11-22",
                                     "2026-11-22T08:00:00",
                                     "2026-11-22T08:00:00+00:00",
                                     "2026-11-22 08:00:00Z",
                                     "2026-11-22t08:00:00z",
                                     "2026-11-22T24:00:00Z",
                                     "2026-11-22T08:60:00Z",
                                     "2026-11-22T08:00:60Z",
                                     "2026-11-22T08:00:00.Z",
                                     "2026-11-22T08:00:00.1234567Z",
                                     "2026-02-30T08:00:00Z",
                                     "2026-11-22T08:00:00Zx",
                                     "1970-01-01T00:00:00Z" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TwTime value = TW_TIME_NONE;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (tw_time_parse (bad[i], &value, &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
    }
}

static void
test_time_arithmetic (void)
{
  assert_time (tw_time_add_seconds (instant ("2026-12-31T23:59:59Z"), 1), "2027-01-01T00:00:00Z");
  assert_time (tw_time_add_seconds (instant ("2026-12-31T23:59:59Z"), G_MAXINT64), "9999-12-31T23:59:59.999999Z");
  g_assert_false (tw_time_is_set (tw_time_add_seconds (TW_TIME_NONE, 60)));
  g_assert_cmpint (tw_time_compare (tw_time_add_seconds (tw_time_now (), -60), tw_time_now ()), <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/round-trip", test_date_round_trip);
  g_test_add_func ("/date/refuses", test_date_refuses);
  g_test_add_func ("/date/arithmetic", test_date_arithmetic);
  g_test_add_func ("/date/of-time", test_date_of_time);
  g_test_add_func ("/time/round-trip", test_time_round_trip);
  g_test_add_func ("/time/refuses", test_time_refuses);
  g_test_add_func ("/time/arithmetic", test_time_arithmetic);
  return g_test_run ();
}
