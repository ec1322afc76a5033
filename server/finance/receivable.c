/* receivable.c: see receivable.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/receivable.h"

#include "server/finance/receivable-store.h"

gboolean
tw_receivable_get_exposure (TwContext *ctx, gint64 customer_id, TwDecimal *open, TwDecimal *overdue, GError **error)
{
  return tw_receivable_store_sum_open (ctx->db, customer_id, ctx->today, open, overdue, error);
}

/* A credit note lowers what was invoiced and, as it settles its invoice, what was settled by the same amount. */
gboolean
tw_receivable_get_order_facts (TwContext *ctx, gint64 order_id, TwDecimal *invoiced, TwDecimal *settled, GError **error)
{
  TwDecimal credited;

  if (!tw_receivable_store_sum_order (ctx->db, order_id, invoiced, &credited, settled, error))
    return FALSE;
  *invoiced = tw_decimal_sub (*invoiced, credited);
  *settled = tw_decimal_sub (*settled, credited);
  return TRUE;
}
