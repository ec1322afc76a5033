/* sum.c: see sum.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/sum.h"

#include <string.h>

/* Prices at which binary fractions go wrong: a half of a hundredth that is a little less in binary. */
const SimProduct sim_products[SIM_N_PRODUCTS] = {
  { "G-1", 1005000, 13, "standard" },  { "G-2", 335000, 13, "standard" },    { "G-3", 10075000, 9, "reduced" },
  { "G-4", 33333333, 13, "standard" }, { "G-5", 12500000, 6, "service" },    { "G-6", 999995000, 13, "standard" },
  { "G-7", 8145000, 0, "zero" },       { "G-8", 1250000000, 9, "reduced" },
};

/* Half away from zero; nothing here is negative. */
static gint64
divide (gint64 value, gint64 by)
{
  return (value + by / 2) / by;
}

/* tenths × millionths × percent are 10⁻⁹. */
static gint64
get_net (const SimItem *item)
{
  return divide (item->tenths * item->price * (100 - item->discount), 10000000);
}

SimSum
sim_sum_items (const SimItem *items, guint n, gint64 freight)
{
  gint64 bases[101] = { 0 };
  SimSum sum = { 0 };

  for (guint i = 0; i < n; i++)
    {
      gint64 net = get_net (&items[i]);

      sum.net += net;
      bases[sim_products[items[i].product].percent] += net;
    }
  for (guint percent = 0; percent <= 100; percent++)
    sum.tax += divide (bases[percent] * percent, 100);
  sum.total = sum.net + freight + sum.tax;
  return sum;
}

char *
sim_sum_format (gint64 hundredths)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (hundredths % 100));
}

gint64
sim_sum_parse (const char *text)
{
  const char *point = strchr (text, '.');
  gint64 value = g_ascii_strtoll (text, NULL, 10) * 100;

  if (point != NULL && g_ascii_isdigit (point[1]))
    value += g_ascii_digit_value (point[1]) * 10 + MAX (0, g_ascii_digit_value (point[2]));
  return value;
}
