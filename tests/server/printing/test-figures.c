/* test-figures.c: numbers as they stand on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/printing/figures.h"

static TwDecimal
decimal (const char *text)
{
  TwDecimal value = TW_DECIMAL_ZERO;

  g_assert_true (tw_decimal_parse (text, &value, NULL));
  return value;
}

static void
test_groups (void)
{
  static const struct
  {
    const char *value;
    guint places;
    const char *expected;
  } cases[] = {
    { "0", 2, "0.00" },           { "999.5", 2, "999.50" },         { "1000", 2, "1,000.00" },
    { "-1234567.891", 2, "-1,234,567.891" }, { "123456789012", 0, "123,456,789,012" }, { "-12", 0, "-12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tw_figures_format (decimal (cases[i].value), cases[i].places);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_percent (void)
{
  g_autofree char *whole = tw_figures_format_percent (decimal ("0.13"));
  g_autofree char *part = tw_figures_format_percent (decimal ("0.055"));

  g_assert_cmpstr (whole, ==, "13 %");
  g_assert_cmpstr (part, ==, "5.5 %");
}

/* The first six are the examples of the People's Bank's rules for writing amounts (支付结算办法, appendix 1). */
static void
test_capital (void)
{
  static const struct
  {
    const char *value;
    const char *expected;
  } cases[] = {
    { "1409.50", "人民币壹仟肆佰零玖元伍角整" },
    { "6007.14", "人民币陆仟零柒元壹角肆分" },
    { "1680.32", "人民币壹仟陆佰捌拾元叁角贰分" },
    { "107000.53", "人民币壹拾万柒仟元伍角叁分" },
    { "16409.02", "人民币壹万陆仟肆佰零玖元零贰分" },
    { "325.04", "人民币叁佰贰拾伍元零肆分" },
    { "0", "人民币零元整" },
    { "0.05", "人民币伍分" },
    { "0.50", "人民币伍角整" },
    { "10", "人民币壹拾元整" },
    { "10001", "人民币壹万零壹元整" },
    { "100000000", "人民币壹亿元整" },
    { "100000001", "人民币壹亿零壹元整" },
    { "1000010000", "人民币壹拾亿零壹万元整" },
    { "20300405.06", "人民币贰仟零叁拾万零肆佰零伍元零陆分" },
    { "999999999999.99", "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" },
    { "-8", "人民币负捌元整" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tw_figures_spell_renminbi (decimal (cases[i].value));

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/groups", test_groups);
  g_test_add_func ("/figures/percent", test_percent);
  g_test_add_func ("/figures/capital", test_capital);
  return g_test_run ();
}
