/* figures.c: see figures.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/printing/figures.h"

#include <string.h>

char *
tw_figures_format (TwDecimal value, guint places)
{
  g_autofree char *plain = tw_decimal_format (value, places);
  const char *digits = plain + (*plain == '-');
  gsize whole = strcspn (digits, ".");
  GString *out = g_string_new (*plain == '-' ? "-" : "");

  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  g_string_append (out, digits + whole);
  return g_string_free (out, FALSE);
}

char *
tw_figures_format_percent (TwDecimal rate)
{
  g_autofree char *percent = tw_decimal_format (tw_decimal_mul (rate, tw_decimal_from_int (100), 4), 0);

  return g_strconcat (percent, " %", NULL);
}

/* ---- Capital characters ---- */

static const char *const numerals[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
static const char *const places[] = { "", "拾", "佰", "仟" };
static const char *const groups[] = { "", "万", "亿", "万亿" };

/* Four digits. One 零 stands for the zeros before a digit, when something was written already. */
static void
spell_group (GString *out, guint value, gboolean *pending_zero)
{
  static const guint weights[] = { 1, 10, 100, 1000 };

  for (int i = 3; i >= 0; i--)
    {
      guint digit = value / weights[i] % 10;

      if (digit == 0)
        {
          *pending_zero = TRUE;
          continue;
        }
      if (*pending_zero && out->len > 0)
        g_string_append (out, numerals[0]);
      *pending_zero = FALSE;
      g_string_append (out, numerals[digit]);
      g_string_append (out, places[i]);
    }
}

static char *
spell_whole (guint64 whole)
{
  GString *out = g_string_new (NULL);
  gboolean pending_zero = FALSE;

  for (int i = G_N_ELEMENTS (groups) - 1; i >= 0; i--)
    {
      guint64 weight = 1;
      guint value;

      for (int j = 0; j < i; j++)
        weight *= 10000;
      value = whole / weight % 10000;
      if (value == 0)
        {
          pending_zero = TRUE;
          continue;
        }
      spell_group (out, value, &pending_zero);
      g_string_append (out, groups[i]);
      /* 壹拾万柒仟: zeros at a group's end are not written when the next begins with a digit. */
      if (i > 0)
        pending_zero = FALSE;
    }
  return g_string_free (out, FALSE);
}

/* Jiao and fen. */
static void
spell_parts (GString *out, guint jiao, guint fen, gboolean after_yuan)
{
  if (jiao > 0)
    g_string_append_printf (out, "%s角", numerals[jiao]);
  else if (fen > 0 && after_yuan)
    g_string_append (out, numerals[0]);
  if (fen > 0)
    g_string_append_printf (out, "%s分", numerals[fen]);
  else
    g_string_append (out, "整");
}

char *
tw_figures_spell_renminbi (TwDecimal amount)
{
  TwDecimal size = tw_decimal_round (tw_decimal_sign (amount) < 0 ? tw_decimal_neg (amount) : amount, 2);
  guint64 cents = (guint64) (size.millionths / 10000);
  g_autofree char *whole = spell_whole (cents / 100);
  GString *out = g_string_new ("人民币");

  if (tw_decimal_sign (amount) < 0 && cents > 0)
    g_string_append (out, "负");
  if (cents >= 100)
    g_string_append_printf (out, "%s元", whole);
  else if (cents == 0)
    g_string_append (out, "零元");
  spell_parts (out, cents / 10 % 10, cents % 10, cents >= 100);
  return g_string_free (out, FALSE);
}
