/* decimal.c: exact decimal numbers on 128-bit integers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is computed on magnitudes (unsigned) with the sign put back at the end, so that
 * rounding half away from zero is rounding half up. Results beyond ±10³¹ stop at that bound
 * instead of wrapping: such a number fits no field and is refused where it would be stored.
 */
#include "shared/base/decimal.h"

#include "shared/base/error.h"
#include "shared/base/text.h"

typedef unsigned __int128 Magnitude;

#define MILLION ((Magnitude) 1000000)

/* 10³⁷ millionths. Ten times this still fits an unsigned 128-bit integer, which the long
 * divisions below rely on. */
#define LIMIT ((Magnitude) G_GUINT64_CONSTANT (10000000000000000000) * G_GUINT64_CONSTANT (1000000000000000000))

static const guint64 powers[] = {
  1,
  10,
  100,
  1000,
  10000,
  100000,
  1000000,
  10000000,
  100000000,
  1000000000,
  10000000000,
  100000000000,
  1000000000000,
  10000000000000,
  100000000000000,
  1000000000000000,
  10000000000000000,
  100000000000000000,
  1000000000000000000,
};

static Magnitude
magnitude (TwDecimal value)
{
  return value.millionths < 0 ? -(Magnitude) value.millionths : (Magnitude) value.millionths;
}

static TwDecimal
with_sign (Magnitude value, gboolean negative)
{
  __int128 bounded = (__int128) MIN (value, LIMIT);

  return (TwDecimal) { negative ? -bounded : bounded };
}

static Magnitude
scale_up (Magnitude value, guint64 power)
{
  return value > LIMIT / power ? LIMIT : value * power;
}

/* floor (@a × @b ÷ @divisor) and what is left over, for any product: binary long division
 * when it does not fit 128 bits. @divisor and @b are at most LIMIT. */
static Magnitude
multiply_divide (Magnitude a, Magnitude b, Magnitude divisor, Magnitude *left_over)
{
  Magnitude product;
  if (!__builtin_mul_overflow (a, b, &product))
    {
      *left_over = product % divisor;
      return product / divisor;
    }

  Magnitude whole = 0;
  if (__builtin_mul_overflow (a, b / divisor, &whole))
    whole = LIMIT;
  Magnitude part = b % divisor, quotient = 0, rest = 0;
  for (int bit = 127; bit >= 0; bit--)
    {
      quotient = quotient * 2;
      rest = rest * 2 + (((a >> bit) & 1) != 0 ? part : 0);
      quotient += rest / divisor;
      rest %= divisor;
    }
  *left_over = rest;
  return MIN (whole, LIMIT) + MIN (quotient, LIMIT);
}

static Magnitude
round_half_up (Magnitude quotient, Magnitude left_over, Magnitude divisor)
{
  return quotient + (left_over >= divisor - left_over ? 1 : 0);
}

/* round (@a × @b ÷ @divisor) in units of 10^-@places, as millionths. */
static Magnitude
scaled_product (Magnitude a, Magnitude b, Magnitude divisor, guint places)
{
  Magnitude left_over;
  Magnitude units = multiply_divide (a, b, divisor, &left_over);

  return scale_up (round_half_up (units, left_over, divisor), powers[TW_DECIMAL_PLACES - places]);
}

TwDecimal
tw_decimal_from_int (gint64 whole)
{
  return (TwDecimal) { (__int128) whole * 1000000 };
}

/* Reads at most @most digits and appends them to *value; FALSE when there are none or more. */
static gboolean
read_digits (const char **text, guint most, Magnitude *value, guint *count)
{
  const char *start = *text;

  while (g_ascii_isdigit (**text) && (guint) (*text - start) <= most)
    *value = *value * 10 + (Magnitude) (*(*text)++ - '0');
  *count = (guint) (*text - start);
  return *count > 0 && *count <= most;
}

gboolean
tw_decimal_parse (const char *text, TwDecimal *value, GError **error)
{
  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  const char *at = text;
  gboolean negative = *at == '-';
  if (negative)
    at++;

  Magnitude parsed = 0;
  guint whole = 0, places = 0;
  gboolean ok = read_digits (&at, TW_DECIMAL_WHOLE_DIGITS, &parsed, &whole);
  if (ok && *at == '.')
    {
      at++;
      ok = read_digits (&at, TW_DECIMAL_PLACES, &parsed, &places);
    }
  if (!ok || *at != '\0')
    return tw_error_fault (error, "", "bad_number",
                           _ ("Write the number with digits and a point, with at most %d digits before and %d after "
                              "the point, such as 1234.50."),
                           TW_DECIMAL_WHOLE_DIGITS, TW_DECIMAL_PLACES);

  *value = with_sign (parsed * powers[TW_DECIMAL_PLACES - places], negative);
  return TRUE;
}

/* Divides 64 bits where they suffice, here and below: 128 take ten times as long. */
static guint
split (Magnitude value, Magnitude *whole)
{
  guint64 low = (guint64) value;

  if (value <= G_MAXUINT64)
    {
      *whole = low / 1000000;
      return (guint) (low % 1000000);
    }
  *whole = value / MILLION;
  return (guint) (value % MILLION);
}

/* Backwards, up to @end; returns the first digit. */
static char *
write_whole (char *end, Magnitude whole)
{
  guint64 low;

  for (; whole > G_MAXUINT64; whole /= 10)
    *--end = (char) ('0' + (int) (whole % 10));
  low = (guint64) whole;
  do
    *--end = (char) ('0' + (int) (low % 10));
  while ((low /= 10) != 0);
  return end;
}

void
tw_decimal_append (GString *out, TwDecimal value, guint min_places)
{
  char digits[48]; /* 10³⁷ has 38 digits, then a point and a sign */
  char *const end = digits + sizeof digits;
  char *at = end;
  Magnitude whole;
  guint fraction = split (magnitude (value), &whole);
  guint places = TW_DECIMAL_PLACES;

  g_return_if_fail (min_places <= TW_DECIMAL_PLACES);
  for (; places > min_places && fraction % 10 == 0; places--)
    fraction /= 10;
  if (places > 0)
    {
      for (; places > 0; places--, fraction /= 10)
        *--at = (char) ('0' + fraction % 10);
      *--at = '.';
    }
  at = write_whole (at, whole);
  if (value.millionths < 0)
    *--at = '-';
  g_string_append_len (out, at, end - at);
}

char *
tw_decimal_format (TwDecimal value, guint min_places)
{
  g_autoptr (GString) out = g_string_sized_new (32);

  tw_decimal_append (out, value, min_places);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

int
tw_decimal_compare (TwDecimal a, TwDecimal b)
{
  return (a.millionths > b.millionths) - (a.millionths < b.millionths);
}

gboolean
tw_decimal_is_zero (TwDecimal value)
{
  return value.millionths == 0;
}

int
tw_decimal_sign (TwDecimal value)
{
  return (value.millionths > 0) - (value.millionths < 0);
}

TwDecimal
tw_decimal_add (TwDecimal a, TwDecimal b)
{
  __int128 sum = a.millionths + b.millionths;

  return with_sign (magnitude ((TwDecimal) { sum }), sum < 0);
}

TwDecimal
tw_decimal_sub (TwDecimal a, TwDecimal b)
{
  return tw_decimal_add (a, tw_decimal_neg (b));
}

TwDecimal
tw_decimal_neg (TwDecimal value)
{
  return (TwDecimal) { -value.millionths };
}

TwDecimal
tw_decimal_min (TwDecimal a, TwDecimal b)
{
  return tw_decimal_compare (a, b) <= 0 ? a : b;
}

TwDecimal
tw_decimal_max (TwDecimal a, TwDecimal b)
{
  return tw_decimal_compare (a, b) >= 0 ? a : b;
}

TwDecimal
tw_decimal_round (TwDecimal value, guint places)
{
  g_return_val_if_fail (places <= TW_DECIMAL_PLACES, value);

  return with_sign (scaled_product (magnitude (value), 1, powers[TW_DECIMAL_PLACES - places], places),
                    value.millionths < 0);
}

TwDecimal
tw_decimal_mul (TwDecimal a, TwDecimal b, guint places)
{
  g_return_val_if_fail (places <= TW_DECIMAL_PLACES, TW_DECIMAL_ZERO);

  Magnitude divisor = powers[2 * TW_DECIMAL_PLACES - places];
  return with_sign (scaled_product (magnitude (a), magnitude (b), divisor, places),
                    (a.millionths < 0) != (b.millionths < 0));
}

TwDecimal
tw_decimal_div (TwDecimal a, TwDecimal divisor, guint places)
{
  g_return_val_if_fail (places <= TW_DECIMAL_PLACES, TW_DECIMAL_ZERO);
  g_return_val_if_fail (divisor.millionths != 0, TW_DECIMAL_ZERO);

  return with_sign (scaled_product (powers[places], magnitude (a), magnitude (divisor), places),
                    (a.millionths < 0) != (divisor.millionths < 0));
}

TwDecimal
tw_decimal_line_net (TwDecimal quantity, TwDecimal price, TwDecimal discount, guint places)
{
  g_return_val_if_fail (places <= TW_DECIMAL_PLACES, TW_DECIMAL_ZERO);

  TwDecimal paid_share = tw_decimal_sub (TW_DECIMAL_ONE, discount);
  Magnitude gross; /* in units of 10⁻¹² */
  if (__builtin_mul_overflow (magnitude (quantity), magnitude (price), &gross))
    gross = LIMIT;
  gboolean negative = ((quantity.millionths < 0) != (price.millionths < 0)) != (paid_share.millionths < 0);
  Magnitude divisor = powers[3 * TW_DECIMAL_PLACES - places];
  return with_sign (scaled_product (magnitude (paid_share), MIN (gross, LIMIT), divisor, places), negative);
}

typedef struct
{
  Magnitude left_over;
  gsize index;
} Remainder;

/* Largest first; the earlier weight first among equals. */
static int
compare_remainders (const void *a, const void *b)
{
  const Remainder *left = a, *right = b;

  if (left->left_over != right->left_over)
    return left->left_over > right->left_over ? -1 : 1;
  return left->index < right->index ? -1 : 1;
}

void
tw_decimal_split (TwDecimal total, const TwDecimal *weights, gsize n, guint places, TwDecimal *shares)
{
  g_return_if_fail (places <= TW_DECIMAL_PLACES && n > 0);

  Magnitude sum = 0;
  for (gsize i = 0; i < n; i++)
    {
      g_return_if_fail (weights[i].millionths >= 0);
      sum = MIN (sum + magnitude (weights[i]), LIMIT);
      shares[i] = TW_DECIMAL_ZERO;
    }
  if (sum == 0)
    {
      shares[0] = total;
      return;
    }

  guint64 unit = powers[TW_DECIMAL_PLACES - places];
  Magnitude units = magnitude (total) / unit;
  gboolean negative = total.millionths < 0;
  g_autofree Remainder *remainders = g_new (Remainder, n);
  Magnitude given = 0;
  for (gsize i = 0; i < n; i++)
    {
      Magnitude share = multiply_divide (units, magnitude (weights[i]), sum, &remainders[i].left_over);
      remainders[i].index = i;
      shares[i] = with_sign (share * unit, negative);
      given += share;
    }

  qsort (remainders, n, sizeof *remainders, compare_remainders);
  TwDecimal one = with_sign (unit, negative);
  for (gsize i = 0; i < n && given < units; i++, given++)
    shares[remainders[i].index] = tw_decimal_add (shares[remainders[i].index], one);

  /* What is finer than a unit has no place of its own; it must not be lost either. */
  shares[0] = tw_decimal_add (shares[0], with_sign (magnitude (total) % unit, negative));
}
