/* company.c: see company.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/company.h"

#include "server/masterdata/currency.h"
#include "server/masterdata/masterdata.h"

gboolean
tw_company_get_places (TwContext *ctx, guint *places, GError **error)
{
  g_autofree char *currency = tw_setting_get (ctx, TW_SETTING_CURRENCY, error);

  if (currency == NULL)
    return FALSE;
  *places = tw_currency_get_places (currency);
  return TRUE;
}

TwDecimal
tw_company_move (TwDecimal before, TwDecimal after, TwDecimal rate, guint places)
{
  return tw_decimal_sub (tw_decimal_mul (after, rate, places), tw_decimal_mul (before, rate, places));
}

gboolean
tw_company_get_rate (TwContext *ctx, const char *currency, const char *pointer, TwDecimal *rate, GError **error)
{
  g_autofree char *company = tw_setting_get (ctx, TW_SETTING_CURRENCY, error);

  if (company == NULL)
    return FALSE;
  *rate = TW_DECIMAL_ONE;
  if (g_strcmp0 (company, currency) == 0)
    return TRUE;
  return tw_error_fault (error, pointer, "unknown_value", _ ("There is no exchange rate from %s to %s."), currency,
                         company);
}
