/* fuzz-decimal.c: numbers as text, and the arithmetic that money rests on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: a number a line. Those that are refused are left out; of the others every law below must hold.
 */
#include "tests/fuzz/input.h"

#include <string.h>

#include "shared/base/decimal.h"
#include "shared/base/error.h"

#define MAX_NUMBERS 16

static gboolean
equal (TwDecimal a, TwDecimal b)
{
  return tw_decimal_compare (a, b) == 0;
}

/* `-?digits[.digits]`, 1 to 12 before and 1 to 6 after the point: the grammar, written once more. */
static gboolean
is_number (const char *text)
{
  gsize whole, places;

  text += *text == '-' ? 1 : 0;
  whole = strspn (text, "0123456789");
  if (text[whole] == '\0')
    return whole >= 1 && whole <= TW_DECIMAL_WHOLE_DIGITS;
  places = strspn (text + whole + 1, "0123456789");
  return text[whole] == '.' && whole >= 1 && whole <= TW_DECIMAL_WHOLE_DIGITS && places >= 1
         && places <= TW_DECIMAL_PLACES && text[whole + 1 + places] == '\0';
}

static gboolean
read_number (const char *text, TwDecimal *value)
{
  g_autoptr (GError) error = NULL;
  gboolean read = tw_decimal_parse (text, value, &error);

  g_assert_cmpint (read, ==, is_number (text));
  if (!read)
    g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  return read;
}

static void
check_text (TwDecimal value)
{
  for (guint places = 0; places <= TW_DECIMAL_PLACES; places++)
    {
      g_autofree char *text = tw_decimal_format (value, places);
      const char *point = strchr (text, '.');
      TwDecimal again;

      g_assert_true (tw_decimal_parse (text, &again, NULL));
      g_assert_true (equal (value, again));
      g_assert_cmpuint (point != NULL ? strlen (point + 1) : 0, >=, places);
      g_assert_true (text[0] != '-' || tw_decimal_sign (value) < 0);
    }
}

static void
check_one (TwDecimal value)
{
  check_text (value);
  g_assert_true (equal (tw_decimal_neg (tw_decimal_neg (value)), value));
  g_assert_cmpint (tw_decimal_sign (tw_decimal_neg (value)), ==, -tw_decimal_sign (value));
  g_assert_true (equal (tw_decimal_mul (value, TW_DECIMAL_ONE, TW_DECIMAL_PLACES), value));
  g_assert_true (equal (tw_decimal_div (value, TW_DECIMAL_ONE, TW_DECIMAL_PLACES), value));
  for (guint places = 0; places <= TW_DECIMAL_PLACES; places++)
    {
      TwDecimal rounded = tw_decimal_round (value, places);

      g_assert_true (equal (tw_decimal_round (rounded, places), rounded));
      g_assert_true (equal (tw_decimal_round (tw_decimal_neg (value), places), tw_decimal_neg (rounded)));
    }
}

static void
check_two (TwDecimal a, TwDecimal b)
{
  TwDecimal sum = tw_decimal_add (a, b);

  g_assert_true (equal (tw_decimal_sub (sum, b), a));
  g_assert_true (equal (tw_decimal_add (b, a), sum));
  g_assert_true (equal (tw_decimal_mul (a, b, 2), tw_decimal_mul (b, a, 2)));
  g_assert_cmpint (tw_decimal_compare (a, b), ==, -tw_decimal_compare (b, a));
  g_assert_cmpint (tw_decimal_compare (a, b), ==, tw_decimal_sign (tw_decimal_sub (a, b)));
  g_assert_true (equal (tw_decimal_add (tw_decimal_min (a, b), tw_decimal_max (a, b)), sum));
  g_assert_true (equal (tw_decimal_line_net (a, b, TW_DECIMAL_ZERO, 2), tw_decimal_mul (a, b, 2)));
}

static void
check_split (const TwDecimal *numbers, gsize n)
{
  TwDecimal weights[MAX_NUMBERS], shares[MAX_NUMBERS], sum = TW_DECIMAL_ZERO;
  TwDecimal total = tw_decimal_round (numbers[0], 2);

  for (gsize i = 0; i < n; i++)
    weights[i] = tw_decimal_sign (numbers[i]) < 0 ? tw_decimal_neg (numbers[i]) : numbers[i];
  tw_decimal_split (total, weights, n, 2, shares);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (equal (tw_decimal_round (shares[i], 2), shares[i]));
      g_assert_true (tw_decimal_sign (shares[i]) * tw_decimal_sign (total) >= 0);
      sum = tw_decimal_add (sum, shares[i]);
    }
  g_assert_true (equal (sum, total));
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
  TwDecimal numbers[MAX_NUMBERS];
  gsize n = 0;

  while (input.at < input.end && n < MAX_NUMBERS)
    {
      g_autofree char *text = tw_fuzz_line (&input);

      if (!read_number (text, &numbers[n]))
        continue;
      check_one (numbers[n++]);
      if (n > 1)
        check_two (numbers[n - 2], numbers[n - 1]);
    }
  if (n > 0)
    check_split (numbers, n);
  return 0;
}
