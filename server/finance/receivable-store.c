/* receivable-store.c: see receivable-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/receivable-store.h"

gboolean
tw_receivable_store_sum_open (TwDb *db, gint64 customer_id, TwDate today, TwDecimal *open, TwDecimal *overdue,
                              GError **error)
{
  g_autoptr (TwStatement) sum
    = tw_db_prepare (db, "SELECT COALESCE(SUM(ROUND((r.amount - r.paid) * i.exchange_rate, 6)), 0) AS open, "
                         "COALESCE(SUM(IF(r.due_date < :today, ROUND((r.amount - r.paid) * i.exchange_rate, 6), 0)), 0)"
                         " AS overdue FROM receivable r JOIN invoice i ON i.id = r.invoice_id "
                         "WHERE r.customer_id = :customer AND r.paid < r.amount");
  gboolean found = FALSE;

  tw_bind_date (sum, "today", today);
  tw_bind_int (sum, "customer", customer_id);
  if (!tw_statement_step (sum, &found, error))
    return FALSE;
  *open = found ? tw_column_decimal (sum, "open") : TW_DECIMAL_ZERO;
  *overdue = found ? tw_column_decimal (sum, "overdue") : TW_DECIMAL_ZERO;
  return TRUE;
}

gboolean
tw_receivable_store_sum_order (TwDb *db, gint64 order_id, TwDecimal *invoiced, TwDecimal *credited, TwDecimal *settled,
                               GError **error)
{
  g_autoptr (TwStatement) sum
    = tw_db_prepare (db, "SELECT COALESCE(SUM(IF(kind = 'invoice', total, 0)), 0) AS invoiced, "
                         "COALESCE(SUM(IF(kind = 'credit_note', total, 0)), 0) AS credited, "
                         "COALESCE(SUM(IF(kind = 'invoice', paid + credited, 0)), 0) AS settled "
                         "FROM invoice WHERE order_id = :order AND state IN ('posted', 'partly_paid', 'paid')");
  gboolean found = FALSE;

  tw_bind_int (sum, "order", order_id);
  if (!tw_statement_step (sum, &found, error))
    return FALSE;
  *invoiced = found ? tw_column_decimal (sum, "invoiced") : TW_DECIMAL_ZERO;
  *credited = found ? tw_column_decimal (sum, "credited") : TW_DECIMAL_ZERO;
  *settled = found ? tw_column_decimal (sum, "settled") : TW_DECIMAL_ZERO;
  return TRUE;
}
