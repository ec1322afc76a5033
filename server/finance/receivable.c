/* receivable.c: see receivable.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/receivable.h"

#include "server/finance/receivable-store.h"
#include "shared/document/invoice.h"

const TwResource tw_receivable_resource = {
  .path = "receivables",
  .document = "receivable",
  .type = tw_receivable_get_type,
  .list = &tw_receivable_list,
};

gboolean
tw_receivable_get_exposure (TwContext *ctx, gint64 customer_id, TwDecimal *open, TwDecimal *overdue, GError **error)
{
  TwDecimal returned, account, owed;

  if (!tw_receivable_store_sum_open (ctx->db, customer_id, ctx->today, open, overdue, &returned, error))
    return FALSE;
  if (tw_decimal_is_zero (returned))
    return TRUE;
  if (!tw_receivable_store_sum_account (ctx->db, customer_id, &account, error))
    return FALSE;
  owed = tw_decimal_max (tw_decimal_sub (returned, account), TW_DECIMAL_ZERO);
  *open = tw_decimal_add (*open, owed);
  return TRUE;
}

gboolean
tw_receivable_get_order_facts (TwContext *ctx, gint64 order_id, TwDecimal *invoiced, TwDecimal *settled, GError **error)
{
  return tw_receivable_store_sum_order (ctx->db, order_id, invoiced, settled, error);
}

gboolean
tw_receivable_each_order (TwContext *ctx, gint64 after, gint64 last, TwReceivableOrder func, gpointer data,
                          GError **error)
{
  return tw_receivable_store_sum_orders (ctx->db, after, last, func, data, error);
}
