/* decimal.h: exact decimal numbers for money, prices, quantities and rates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The decimal places that every TwDecimal keeps. */
#define TW_DECIMAL_PLACES 6

/* Integer digits that outside input may have: fields are DECIMAL(18,6). */
#define TW_DECIMAL_WHOLE_DIGITS 12

/**
 * TwDecimal:
 * @millionths: the value times 10⁶
 *
 * A fixed-point number, passed by value; a zeroed struct is 0. Never a binary
 * floating point number on the way. With input bounded to twelve integer
 * digits, sums of 10¹⁹ fields and any product of two fields fit without overflow.
 * All functions are pure and may be called on any thread.
 */
typedef struct
{
  __int128 millionths;
} __attribute__ ((packed, aligned (8))) TwDecimal;

#define TW_DECIMAL_ZERO ((TwDecimal) { 0 })
#define TW_DECIMAL_ONE ((TwDecimal) { 1000000 })

/* Builds @whole as a decimal. */
TwDecimal tw_decimal_from_int (gint64 whole);

/* Parses `-?digits[.digits]`: ASCII, no leading +, no exponent, no spaces, at most
 * 12 digits before and 6 after the point. Sets TW_ERROR_INVALID otherwise. */
gboolean tw_decimal_parse (const char *text, TwDecimal *value, GError **error);

/* The shortest form with at least @min_places decimals: (14, 2) is "14.00", (0.05, 0)
 * is "0.05". Never "-0". */
char *tw_decimal_format (TwDecimal value, guint min_places);
void tw_decimal_append (GString *out, TwDecimal value, guint min_places);

int tw_decimal_compare (TwDecimal a, TwDecimal b);
gboolean tw_decimal_is_zero (TwDecimal value);
int tw_decimal_sign (TwDecimal value); /* -1, 0, 1 */

TwDecimal tw_decimal_add (TwDecimal a, TwDecimal b);
TwDecimal tw_decimal_sub (TwDecimal a, TwDecimal b);
TwDecimal tw_decimal_neg (TwDecimal value);
TwDecimal tw_decimal_min (TwDecimal a, TwDecimal b);
TwDecimal tw_decimal_max (TwDecimal a, TwDecimal b);

/* Rounds half away from zero to @places (0…6). */
TwDecimal tw_decimal_round (TwDecimal value, guint places);

/* The exact product, respectively quotient, rounded once, half away from zero.
 * @divisor must not be 0. */
TwDecimal tw_decimal_mul (TwDecimal a, TwDecimal b, guint places);
TwDecimal tw_decimal_div (TwDecimal a, TwDecimal divisor, guint places);

/* round (@quantity × @price × (1 − @discount)), the exact product rounded once:
 * the one formula for the net amount of a line. */
TwDecimal tw_decimal_line_net (TwDecimal quantity, TwDecimal price, TwDecimal discount, guint places);

/* Splits @total over @n @weights by largest remainder, each share at @places; shares
 * add up to @total exactly. Ties go to the earlier weight. All weights 0: the
 * first takes all. Weights must not be negative. */
void tw_decimal_split (TwDecimal total, const TwDecimal *weights, gsize n, guint places, TwDecimal *shares);

G_END_DECLS
