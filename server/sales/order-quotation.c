/* order-quotation.c: an order as an offer that waits for the customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-steps.h"
#include "shared/document/action.h"

TW_ORDER_GUARD (quote)
{
  TwOrder *order = (TwOrder *) document;

  if (order->line_count == 0)
    return g_strdup (_ ("A quotation needs lines."));
  if (!tw_date_is_set (order->valid_until))
    return g_strdup (_ ("A quotation needs the date until which it is valid."));
  if (tw_date_compare (order->valid_until, ctx->today) < 0)
    return g_strdup (_ ("The date until which the quotation is valid has passed."));
  return NULL;
}

TW_ORDER_GUARD (accept)
{
  TwOrder *order = (TwOrder *) document;

  return tw_date_compare (order->valid_until, ctx->today) >= 0 ? NULL
                                                               : g_strdup (_ ("The quotation is no longer valid."));
}

TW_ORDER_APPLY (lose)
{
  tw_record_set_string (&((TwOrder *) document)->close_reason, ((TwActionArguments *) arguments)->reason);
  return TRUE;
}

TW_ORDER_GUARD (expire)
{
  TwOrder *order = (TwOrder *) document;

  return tw_date_compare (order->valid_until, ctx->today) < 0 ? NULL : g_strdup (_ ("The quotation is still valid."));
}

/* Whoever reads the reason later sees it in English, as no person wrote it. */
TW_ORDER_APPLY (expire)
{
  tw_record_set_string (&((TwOrder *) document)->close_reason, "The validity has passed.");
  return TRUE;
}
