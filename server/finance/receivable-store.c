/* receivable-store.c: see receivable-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/receivable-store.h"

#include "shared/document/invoice.h"

#define DAYS_OVERDUE "GREATEST(DATEDIFF(UTC_DATE(), r.due_date), 0)"

static const TwListColumn receivable_columns[] = {
  { "id", "r.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "invoice_id", "r.invoice_id", TW_COLUMN_FILTER },
  { "invoice", "i.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_id", "r.customer_id", TW_COLUMN_FILTER },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "currency", "i.currency", TW_COLUMN_FILTER },
  { "invoice_date", "i.invoice_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "due_date", "r.due_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "days_overdue", DAYS_OVERDUE, TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "amount", "r.amount", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "open_amount", "(r.amount - r.paid)", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_receivable_list = {
  .type = tw_receivable_get_type,
  .select = "r.id, 1 AS version, r.created_at, i.updated_at, r.invoice_id, i.number AS invoice, c.code AS customer,"
            " r.customer_id, c.name AS customer_name, i.currency, i.invoice_date, r.due_date, r.amount, r.paid,"
            " r.amount - r.paid AS open_amount, " DAYS_OVERDUE " AS days_overdue",
  .from = "receivable r JOIN invoice i ON i.id = r.invoice_id JOIN customer c ON c.id = r.customer_id",
  .where = "r.is_open = 1",
  .count_from = "receivable r",
  .id = "r.id",
  .default_sort = "due_date",
  .columns = receivable_columns,
};

gboolean
tw_receivable_store_sum_open (TwDb *db, gint64 customer_id, TwDate today, TwDecimal *open, TwDecimal *overdue,
                              TwDecimal *returned, GError **error)
{
  g_autoptr (TwStatement) sum = tw_db_prepare (
      db, "SELECT COALESCE(SUM(ROUND((r.amount - r.paid) * i.exchange_rate, 6)), 0) AS open, "
          "COALESCE(SUM(IF(r.due_date < :today, ROUND((r.amount - r.paid) * i.exchange_rate, 6), 0)), 0)"
          " AS overdue, COALESCE((SELECT SUM(ROUND(p.refunded * p.exchange_rate, 6)) FROM payment p"
          " WHERE p.customer_id = :customer AND p.state = 'bounced'), 0) AS returned"
          " FROM receivable r JOIN invoice i ON i.id = r.invoice_id"
          " WHERE r.customer_id = :customer AND r.is_open = 1");
  gboolean found = FALSE;

  tw_bind_date (sum, "today", today);
  tw_bind_int (sum, "customer", customer_id);
  if (!tw_statement_step (sum, &found, error))
    return FALSE;
  *open = found ? tw_column_decimal (sum, "open") : TW_DECIMAL_ZERO;
  *overdue = found ? tw_column_decimal (sum, "overdue") : TW_DECIMAL_ZERO;
  *returned = found ? tw_column_decimal (sum, "returned") : TW_DECIMAL_ZERO;
  return TRUE;
}

gboolean
tw_receivable_store_sum_account (TwDb *db, gint64 customer_id, TwDecimal *sum, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT COALESCE(SUM(ROUND((amount - allocated - refunded - refunding) * exchange_rate, 6)),"
                         " 0) AS sum FROM payment WHERE customer_id = :customer AND state = 'received'");
  gboolean found;

  tw_bind_int (read, "customer", customer_id);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  *sum = tw_column_decimal (read, "sum");
  return TRUE;
}

/* Of an invoice over several orders each has paid its share of what is not credited. A credit note counts with the
 * invoice that it is on. */
#define ORDER_SUMS                                                                                                     \
  "COALESCE(SUM(x.part), 0) AS invoiced,"                                                                              \
  " COALESCE(SUM(IF(x.due > 0, ROUND(x.part * x.paid / x.due, 6), 0)), 0) AS settled"
#define ORDER_PARTS(orders)                                                                                            \
  " FROM (SELECT ol.order_id, i.paid, i.total - i.credited AS due,"                                                    \
  " SUM(IF(d.kind = 'invoice', 1, -1) * (l.net + l.tax + l.freight)) AS part"                                          \
  " FROM order_line ol JOIN invoice_line l ON l.order_line_id = ol.id JOIN invoice d ON d.id = l.invoice_id"           \
  " JOIN invoice i ON i.id = COALESCE(d.reverses_id, d.id)"                                                            \
  " WHERE " orders " AND d.state IN ('posted', 'partly_paid', 'paid')"                                                 \
  " GROUP BY ol.order_id, i.id, i.paid, i.total, i.credited) x"
static const char order_sql[] = "SELECT " ORDER_SUMS ORDER_PARTS ("ol.order_id = :order");
static const char orders_sql[] = "SELECT x.order_id, " ORDER_SUMS ORDER_PARTS (
    "ol.order_id > :after AND ol.order_id <= :last") " GROUP BY x.order_id";

gboolean
tw_receivable_store_sum_order (TwDb *db, gint64 order_id, TwDecimal *invoiced, TwDecimal *settled, GError **error)
{
  g_autoptr (TwStatement) sum = tw_db_prepare (db, order_sql);
  gboolean found;

  tw_bind_int (sum, "order", order_id);
  if (!tw_statement_step (sum, &found, error))
    return FALSE;
  *invoiced = tw_column_decimal (sum, "invoiced");
  *settled = tw_column_decimal (sum, "settled");
  return TRUE;
}

gboolean
tw_receivable_store_sum_orders (TwDb *db, gint64 after, gint64 last, TwReceivableOrder func, gpointer data,
                                GError **error)
{
  g_autoptr (TwStatement) sum = tw_db_prepare (db, orders_sql);
  gboolean found;

  tw_bind_int (sum, "after", after);
  tw_bind_int (sum, "last", last);
  for (;;)
    {
      if (!tw_statement_step (sum, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      func (tw_column_int (sum, "order_id"), tw_column_decimal (sum, "invoiced"), tw_column_decimal (sum, "settled"),
            data);
    }
}
