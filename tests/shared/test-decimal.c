/* test-decimal.c: exact decimals, also against an independent implementation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/decimal.h"

#include <gio/gio.h>
#include <string.h>

#include "shared/base/error.h"

#define CASES "20000"

static TwDecimal
decimal (const char *text)
{
  TwDecimal value = TW_DECIMAL_ZERO;
  g_autoptr (GError) error = NULL;

  tw_decimal_parse (text, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
assert_decimal (TwDecimal value, const char *expected)
{
  g_autofree char *text = tw_decimal_format (value, 0);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_parse_accepts (void)
{
  assert_decimal (decimal ("0"), "0");
  assert_decimal (decimal ("-0"), "0");
  assert_decimal (decimal ("007.50"), "7.5");
  assert_decimal (decimal ("999999999999.999999"), "999999999999.999999");
  assert_decimal (decimal ("-0.000001"), "-0.000001");
}

static void
test_parse_refuses (void)
{
  static const char *const bad[] = { "",    "-",   "+1",   ".5",   "1.",   "1e3",           "1,5",      " 1", "1 ", "--1",
                                     "0x1", "NaN", "١٢",   "1.2.3", "1.-2", "1234567890123", "0.1234567" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TwDecimal value = decimal ("42");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (tw_decimal_parse (bad[i], &value, &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
      assert_decimal (value, "42");
    }
}

static void
test_format_places (void)
{
  g_autofree char *money = tw_decimal_format (decimal ("14"), 2);
  g_autofree char *fine = tw_decimal_format (decimal ("14.125"), 2);
  g_autofree char *none = tw_decimal_format (TW_DECIMAL_ZERO, 2);

  g_assert_cmpstr (money, ==, "14.00");
  g_assert_cmpstr (fine, ==, "14.125");
  g_assert_cmpstr (none, ==, "0.00");
}

static void
test_round_half_away (void)
{
  assert_decimal (tw_decimal_round (decimal ("10.005"), 2), "10.01");
  assert_decimal (tw_decimal_round (decimal ("-10.005"), 2), "-10.01");
  assert_decimal (tw_decimal_round (decimal ("10.004999"), 2), "10");
  assert_decimal (tw_decimal_round (decimal ("-0.4"), 0), "0");
}

/* 3 × 1.015 rounded first would be 3.05, and 3.02 in the end. */
static void
test_line_net_rounds_once (void)
{
  assert_decimal (tw_decimal_line_net (decimal ("3"), decimal ("1.015"), decimal ("0.01"), 2), "3.01");
  assert_decimal (tw_decimal_line_net (decimal ("10"), decimal ("14"), decimal ("1"), 2), "0");
}

static void
test_stops_at_bound (void)
{
  TwDecimal huge = decimal ("999999999999.999999");
  for (guint i = 0; i < 20; i++)
    huge = tw_decimal_mul (huge, decimal ("999999999999"), 6);

  assert_decimal (huge, "10000000000000000000000000000000");
  g_assert_cmpint (tw_decimal_compare (tw_decimal_add (huge, huge), huge), ==, 0);
  g_assert_cmpint (tw_decimal_compare (tw_decimal_sub (tw_decimal_neg (huge), huge), tw_decimal_neg (huge)), ==, 0);
}

static void
test_split_ties_to_earlier (void)
{
  TwDecimal weights[] = { TW_DECIMAL_ONE, TW_DECIMAL_ONE, TW_DECIMAL_ONE }, shares[3];

  tw_decimal_split (decimal ("100"), weights, 3, 2, shares);
  assert_decimal (shares[0], "33.34");
  assert_decimal (shares[1], "33.33");
  assert_decimal (shares[2], "33.33");
  tw_decimal_split (decimal ("-0.02"), weights, 3, 2, shares);
  assert_decimal (shares[0], "-0.01");
  assert_decimal (shares[1], "-0.01");
  assert_decimal (shares[2], "0");
}

static void
test_split_no_weight (void)
{
  TwDecimal weights[] = { TW_DECIMAL_ZERO, TW_DECIMAL_ZERO }, shares[2];

  tw_decimal_split (decimal ("9.99"), weights, 2, 2, shares);
  assert_decimal (shares[0], "9.99");
  assert_decimal (shares[1], "0");
}

/* A total finer than the places keeps its rest, and products beyond 128 bits stay exact. */
static void
test_split_extremes (void)
{
  TwDecimal weights[] = { TW_DECIMAL_ONE, decimal ("2") }, shares[2];

  tw_decimal_split (decimal ("1.005"), weights, 2, 2, shares);
  assert_decimal (tw_decimal_add (shares[0], shares[1]), "1.005");

  TwDecimal huge = tw_decimal_mul (decimal ("999999999999"), decimal ("999999999999"), 0);
  TwDecimal heavy[] = { huge, huge, huge };
  TwDecimal parts[3];
  tw_decimal_split (huge, heavy, 3, 6, parts);
  assert_decimal (parts[0], "333333333332666666666667");
  assert_decimal (parts[2], "333333333332666666666667");
  tw_decimal_split (tw_decimal_add (huge, TW_DECIMAL_ONE), heavy, 3, 0, parts);
  assert_decimal (parts[0], "333333333332666666666668");
  assert_decimal (parts[1], "333333333332666666666667");
}

/* Results of one operation of the independent implementation. */
static void
compute (char **words, guint n, GPtrArray *results)
{
  const char *operation = words[0];
  guint places = n > 2 ? (guint) strtoul (words[n - 1], NULL, 10) : 0;
  TwDecimal value = TW_DECIMAL_ZERO;

  if (g_str_equal (operation, "parse"))
    {
      gboolean ok = tw_decimal_parse (words[1], &value, NULL);
      g_ptr_array_add (results, ok ? tw_decimal_format (value, 0) : g_strdup ("invalid"));
      return;
    }
  if (g_str_equal (operation, "format"))
    {
      g_ptr_array_add (results, tw_decimal_format (decimal (words[1]), places));
      return;
    }
  if (g_str_equal (operation, "split"))
    {
      guint n_weights = n - 3;
      g_autofree TwDecimal *weights = g_new (TwDecimal, n_weights);
      g_autofree TwDecimal *shares = g_new (TwDecimal, n_weights);
      for (guint i = 0; i < n_weights; i++)
        weights[i] = decimal (words[3 + i]);
      tw_decimal_split (decimal (words[1]), weights, n_weights, (guint) strtoul (words[2], NULL, 10), shares);
      for (guint i = 0; i < n_weights; i++)
        g_ptr_array_add (results, tw_decimal_format (shares[i], 0));
      return;
    }

  TwDecimal a = decimal (words[1]);
  if (g_str_equal (operation, "round"))
    value = tw_decimal_round (a, places);
  else if (g_str_equal (operation, "add"))
    value = tw_decimal_add (a, decimal (words[2]));
  else if (g_str_equal (operation, "sub"))
    value = tw_decimal_sub (a, decimal (words[2]));
  else if (g_str_equal (operation, "mul"))
    value = tw_decimal_mul (a, decimal (words[2]), places);
  else if (g_str_equal (operation, "div"))
    value = tw_decimal_div (a, decimal (words[2]), places);
  else if (g_str_equal (operation, "net"))
    value = tw_decimal_line_net (a, decimal (words[2]), decimal (words[3]), places);
  else
    g_error ("Unknown operation %s", operation);
  g_ptr_array_add (results, tw_decimal_format (value, 0));
}

static void
check_case (const char *line)
{
  g_auto (GStrv) sides = g_strsplit (line, " = ", 2);
  g_assert_cmpuint (g_strv_length (sides), ==, 2);

  g_auto (GStrv) words = g_strsplit (sides[0], " ", -1);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_free);
  compute (words, g_strv_length (words), results);
  g_ptr_array_add (results, NULL);
  g_autofree char *joined = g_strjoinv (" ", (char **) results->pdata);
  if (!g_str_equal (joined, sides[1]))
    g_error ("%s, but we say %s", line, joined);
}

static void
test_agrees_with_python (void)
{
  g_autofree char *seed = g_strdup_printf ("%u", (guint) g_test_rand_int ());
  const char *argv[] = { "python3", g_getenv ("TW_DECIMAL_CASES"), seed, CASES, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_nonnull (argv[1]);
  g_test_message ("seed %s", seed);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);

  g_auto (GStrv) lines = g_strsplit (g_strchomp (output), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, strtoul (CASES, NULL, 10));
  for (guint i = 0; lines[i] != NULL; i++)
    check_case (lines[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/parse/accepts", test_parse_accepts);
  g_test_add_func ("/decimal/parse/refuses", test_parse_refuses);
  g_test_add_func ("/decimal/format/places", test_format_places);
  g_test_add_func ("/decimal/round/half-away-from-zero", test_round_half_away);
  g_test_add_func ("/decimal/line-net/rounds-once", test_line_net_rounds_once);
  g_test_add_func ("/decimal/stops-at-bound", test_stops_at_bound);
  g_test_add_func ("/decimal/split/ties-to-earlier", test_split_ties_to_earlier);
  g_test_add_func ("/decimal/split/no-weight", test_split_no_weight);
  g_test_add_func ("/decimal/split/extremes", test_split_extremes);
  g_test_add_func ("/decimal/agrees-with-python", test_agrees_with_python);
  return g_test_run ();
}
