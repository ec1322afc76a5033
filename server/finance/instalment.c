/* instalment.c: see instalment.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/instalment.h"

void
tw_instalments_open (const TwDecimal *amounts, guint n, TwDecimal paid, TwDecimal credited, TwDecimal *open)
{
  TwDecimal total = TW_DECIMAL_ZERO, begin = TW_DECIMAL_ZERO, end;

  for (guint i = 0; i < n; i++)
    total = tw_decimal_add (total, amounts[i]);
  end = tw_decimal_sub (total, credited);
  for (guint i = 0; i < n; i++)
    {
      TwDecimal after = tw_decimal_add (begin, amounts[i]);

      open[i] = tw_decimal_max (
        tw_decimal_sub (tw_decimal_min (after, end), tw_decimal_max (begin, paid)), TW_DECIMAL_ZERO);
      begin = after;
    }
}
