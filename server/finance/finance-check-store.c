/* finance-check-store.c: see finance-check-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/finance-check-store.h"

#include "server/finance/invoice-store.h"

#define POSTED "('posted', 'partly_paid', 'paid')"

/* What is compared with a sum over its rows is grouped by its own id alone, MIN() giving its other columns: so it is
 * read along its primary key, its rows through their index, and nothing is sorted or kept. */

const char tw_finance_check_totals_sql[]
  = "SELECT CONCAT('invoice ', i.id, ' (', COALESCE(MIN(i.number), MIN(i.state)), ') has the total ', MIN(i.total),"
    " ', its lines ', COALESCE(SUM(l.net + l.tax + l.freight), 0)) AS problem FROM invoice i"
    " LEFT JOIN invoice_line l ON l.invoice_id = i.id GROUP BY i.id HAVING MIN(i.net_total) <> COALESCE(SUM(l.net), 0)"
    " OR MIN(i.tax_total) <> COALESCE(SUM(l.tax), 0) OR MIN(i.freight) <> COALESCE(SUM(l.freight), 0)"
    " OR MIN(i.total) <> MIN(i.net_total + i.tax_total + i.freight)";

const char tw_finance_check_taxes_sql[]
  = "SELECT CONCAT('invoice ', MIN(x.invoice_id), ' has tax ', MIN(x.tax), ' on ', MIN(x.base), ' at ', MIN(x.rate),"
    " ', its lines ', COALESCE(SUM(l.tax), 0), ' on ', COALESCE(SUM(l.net), 0)) AS problem FROM invoice_tax x"
    " LEFT JOIN invoice_line l ON l.invoice_id = x.invoice_id AND l.tax_class_id = x.tax_class_id"
    " AND l.tax_rate = x.rate GROUP BY x.id"
    " HAVING MIN(x.tax) <> COALESCE(SUM(l.tax), 0) OR MIN(x.base) <> COALESCE(SUM(l.net), 0)";

const char tw_finance_check_categories_sql[]
  = "SELECT CONCAT('invoice ', i.id, ' has the tax ', MIN(i.tax_total), ', its categories ', COALESCE(SUM(x.tax), 0))"
    " AS problem FROM invoice i LEFT JOIN invoice_tax x ON x.invoice_id = i.id GROUP BY i.id"
    " HAVING MIN(i.tax_total) <> COALESCE(SUM(x.tax), 0)";

const char tw_finance_check_paid_sql[]
  = "SELECT CONCAT('invoice ', COALESCE(MIN(i.number), i.id), ' has ', MIN(i.paid), ' paid, its allocations are ',"
    " COALESCE(SUM(a.amount), 0)) AS problem FROM invoice i LEFT JOIN payment_allocation a ON a.invoice_id = i.id"
    " GROUP BY i.id HAVING MIN(i.paid) <> COALESCE(SUM(a.amount), 0)";

const char tw_finance_check_credited_sql[]
  = "SELECT CONCAT('invoice ', COALESCE(MIN(i.number), i.id), ' has ', MIN(i.credited),"
    " ' credited, its credit notes are ', COALESCE(SUM(n.total), 0)) AS problem FROM invoice i"
    " LEFT JOIN invoice n ON n.reverses_id = i.id AND n.kind = 'credit_note' AND n.state = 'posted' GROUP BY i.id"
    " HAVING MIN(i.credited) <> COALESCE(SUM(n.total), 0)";

const char tw_finance_check_state_sql[]
  = "SELECT CONCAT('invoice ', number, ' is ', state, ', but ', paid + credited, ' of ', total, ' is settled')"
    " AS problem FROM invoice WHERE kind = 'invoice' AND state IN " POSTED " AND state <> CASE"
    " WHEN paid + credited >= total THEN 'paid' WHEN paid + credited > 0 THEN 'partly_paid' ELSE 'posted' END";

const char tw_finance_check_instalments_sql[]
  = "SELECT CONCAT('invoice ', MIN(i.number), ' is ', MIN(i.total), ' with ', MIN(i.paid + i.credited),"
    " ' settled, its instalments ', COALESCE(SUM(r.amount), 0), ' with ', COALESCE(SUM(r.paid), 0)) AS problem"
    " FROM invoice i LEFT JOIN receivable r ON r.invoice_id = i.id WHERE i.kind = 'invoice' AND i.state IN " POSTED
    " GROUP BY i.id HAVING MIN(i.total) <> COALESCE(SUM(r.amount), 0)"
    " OR MIN(i.paid + i.credited) <> COALESCE(SUM(r.paid), 0)";

/* instalment.h says what follows from the two sums. Of a single instalment they are the same. */
const char tw_finance_check_order_sql[]
  = "SELECT CONCAT('instalment ', x.position, ' of invoice ', x.number, ' has ', x.paid, ' settled and not ', x.wanted)"
    " AS problem FROM (SELECT r.position, i.number, r.paid, r.amount - GREATEST(LEAST(SUM(r.amount) OVER due,"
    " i.total - i.credited) - GREATEST(SUM(r.amount) OVER due - r.amount, i.paid), 0) AS wanted"
    " FROM (SELECT DISTINCT invoice_id FROM receivable WHERE position > 1) m"
    " JOIN receivable r ON r.invoice_id = m.invoice_id JOIN invoice i ON i.id = r.invoice_id"
    " WINDOW due AS (PARTITION BY r.invoice_id ORDER BY r.due_date, r.position)) x WHERE x.paid <> x.wanted";

const char tw_finance_check_receivables_sql[]
  = "SELECT CONCAT('instalment ', r.id, ' belongs to no posted invoice') AS problem FROM receivable r"
    " JOIN invoice i ON i.id = r.invoice_id WHERE i.kind <> 'invoice' OR i.state NOT IN " POSTED;

const char tw_finance_check_allocated_sql[]
  = "SELECT CONCAT('payment ', MIN(p.number), ' (', MIN(p.state), ') has ', MIN(p.allocated),"
    " ' allocated, its allocations are ', COALESCE(SUM(a.amount), 0)) AS problem FROM payment p"
    " LEFT JOIN payment_allocation a ON a.payment_id = p.id GROUP BY p.id"
    " HAVING MIN(p.allocated) <> COALESCE(SUM(a.amount), 0)"
    " OR (MIN(p.state) IN ('recorded', 'failed', 'bounced') AND MIN(p.allocated) <> 0)"
    " OR (MIN(p.state) IN ('allocated', 'reconciled') AND MIN(p.allocated + p.refunded) <> MIN(p.amount))";

const char tw_finance_check_refunded_sql[]
  = "SELECT CONCAT('payment ', p.number, ' (', p.state, ') has ', p.refunding, ' set aside and ', p.refunded,"
    " ' paid back, its refunds are ', COALESCE(f.asked, 0), ' and ', COALESCE(f.paid, 0)) AS problem FROM payment p"
    " LEFT JOIN (SELECT payment_id, SUM(IF(state IN ('requested', 'approved'), amount, 0)) AS asked,"
    " SUM(IF(state = 'paid_out', amount, 0)) AS paid FROM refund GROUP BY payment_id) f ON f.payment_id = p.id"
    " WHERE p.refunding <> COALESCE(f.asked, 0) OR p.refunded <> COALESCE(f.paid, 0)"
    " OR (p.state <> 'received' AND p.refunding <> 0)";

const char tw_finance_check_approved_sql[]
  = "SELECT CONCAT('refund ', f.number, ' is ', f.state, IF(f.approver_id IS NULL, ', and nobody has approved it',"
    " ', approved by who asked for it')) AS problem FROM refund f WHERE f.approver_id = f.author_id"
    " OR (f.state IN ('approved', 'paid_out') AND f.approver_id IS NULL)";

#define LOGGED(action, user)                                                                                           \
  "EXISTS (SELECT 1 FROM change_log g WHERE g.document = 'refund' AND g.document_id = f.id AND g.action = '" action    \
  "' AND g.user_id = " user ")"

const char tw_finance_check_persons_sql[]
  = "SELECT CONCAT('refund ', f.number, ' was asked for by ', a.user,"
    " COALESCE(CONCAT(' and approved by ', s.user), ''), ', but the audit log says otherwise') AS problem"
    " FROM refund f JOIN app_user a ON a.id = f.author_id"
    " LEFT JOIN app_user s ON s.id = f.approver_id WHERE NOT " LOGGED ("create", "f.author_id")
    " OR (f.approver_id IS NOT NULL AND NOT " LOGGED ("approve", "f.approver_id") ")";

const char tw_finance_check_owned_sql[]
  = "SELECT CONCAT('refund ', f.number, ' is not of the customer or the currency of payment ', p.number) AS problem"
    " FROM refund f JOIN payment p ON p.id = f.payment_id WHERE f.customer_id <> p.customer_id"
    " OR f.currency <> p.currency";

const char tw_finance_check_balance_sql[]
  = "SELECT CONCAT('journal entry ', MIN(e.number), ' has ', COALESCE(SUM(l.debit), 0), ' debit and ',"
    " COALESCE(SUM(l.credit), 0), ' credit') AS problem FROM journal_entry e LEFT JOIN journal_line l"
    " ON l.entry_id = e.id GROUP BY e.id HAVING COALESCE(SUM(l.debit), 0) <> COALESCE(SUM(l.credit), 0)"
    " OR COUNT(l.id) = 0";

const char tw_finance_check_posted_sql[]
  = "SELECT CONCAT('invoice ', i.number, ' is not in the journal') AS problem FROM invoice i WHERE i.total_company > 0"
    " AND i.state IN " POSTED " AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.document = 'invoice'"
    " AND e.document_id = i.id AND e.document_number = i.number)";

#define CASH                                                                                                           \
  "COALESCE((SELECT SUM(l.debit - l.credit) FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id"             \
  " AND l.account = 'cash' WHERE e.document = 'payment' AND e.document_id = p.id), 0)"

const char tw_finance_check_received_sql[]
  = "SELECT CONCAT('payment ', p.number, ' is ', p.state, ', its cash in the journal is ', " CASH ") AS problem"
    " FROM payment p WHERE (" CASH " > 0) <> (p.state IN ('received', 'allocated', 'reconciled'))";

/* A series is all numbers that are the same up to the last hyphen: "INV-2026". */
const char tw_finance_check_numbers_sql[]
  = "SELECT CONCAT('series ', s.series, ' has ', s.n, ' numbers from ', s.low, ' to ', s.high, ', counted to ',"
    " COALESCE(c.value, 0)) AS problem FROM (SELECT x.series, COUNT(DISTINCT x.serial) AS n, MIN(x.serial) AS low,"
    " MAX(x.serial) AS high FROM (SELECT SUBSTRING_INDEX(number, '-', 2) AS series,"
    " CAST(SUBSTRING_INDEX(number, '-', -1) AS UNSIGNED) AS serial FROM invoice WHERE number IS NOT NULL"
    " UNION ALL SELECT SUBSTRING_INDEX(number, '-', 2), CAST(SUBSTRING_INDEX(number, '-', -1) AS UNSIGNED)"
    " FROM journal_entry) x GROUP BY x.series) s LEFT JOIN counter c ON c.name = REPLACE(s.series, '-', '/')"
    " WHERE s.low <> 1 OR s.high <> s.n OR s.high <> COALESCE(c.value, 0)";

#define INVOICED                                                                                                       \
  "COALESCE((SELECT SUM(l.quantity) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id"                         \
  " WHERE l.order_line_id = ol.id AND i.kind = 'invoice' AND i.state IN " POSTED " AND " TW_INVOICE_PART_STANDS "), 0)"

const char tw_finance_check_invoiced_sql[]
  = "SELECT CONCAT('order line ', ol.id, ' has ', ol.invoiced, ' invoiced, its invoices say ', " INVOICED ") AS problem"
    " FROM order_line ol WHERE ol.invoiced <> " INVOICED;

#define INVOICES                                                                                                       \
  "(SELECT SUM(l.net + l.tax + l.freight) FROM order_line ol JOIN invoice_line l ON l.order_line_id = ol.id"           \
  " JOIN invoice i ON i.id = l.invoice_id WHERE ol.order_id = o.id AND i.kind = 'invoice' AND i.state IN " POSTED      \
  " AND " TW_INVOICE_PART_STANDS ")"

const char tw_finance_check_orders_sql[]
  = "SELECT CONCAT('order ', o.number, ' is over ', o.total, ', its invoices ', " INVOICES ") AS problem"
    " FROM sales_order o WHERE NOT EXISTS (SELECT 1 FROM order_line ol WHERE ol.order_id = o.id"
    " AND ol.invoiced <> ol.quantity) AND o.total <> " INVOICES;

/* ---- Customers ---- */

static gboolean
collect (TwStatement *compare, guint places, GPtrArray *problems, GError **error)
{
  gboolean found;

  tw_bind_int (compare, "places", places);
  for (;;)
    {
      if (!tw_statement_step (compare, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      g_ptr_array_add (problems, g_strdup (tw_column_text (compare, "problem")));
    }
}

gboolean
tw_finance_check_store_compare_receivables (TwDb *db, guint places, GPtrArray *problems, GError **error)
{
  g_autoptr (TwStatement) compare = tw_db_prepare (
    db, "SELECT CONCAT('customer ', c.code, ' owes ', COALESCE(i.open, 0), ', the journal says ',"
        " COALESCE(j.open, 0)) AS problem FROM customer c LEFT JOIN (SELECT customer_id,"
        " SUM(ROUND(total * exchange_rate, :places) - ROUND((paid + credited) * exchange_rate, :places)) AS open"
        " FROM invoice WHERE kind = 'invoice' AND state IN " POSTED " GROUP BY customer_id) i ON i.customer_id = c.id"
        " LEFT JOIN (SELECT customer_id, SUM(debit - credit) AS open FROM journal_line WHERE account = 'receivable'"
        " GROUP BY customer_id) j ON j.customer_id = c.id WHERE COALESCE(i.open, 0) <> COALESCE(j.open, 0)");

  return collect (compare, places, problems, error);
}

gboolean
tw_finance_check_store_compare_refunds (TwDb *db, guint places, GPtrArray *problems, GError **error)
{
  g_autoptr (TwStatement) compare = tw_db_prepare (
    db, "SELECT CONCAT('refund ', x.number, ' of ', x.amount, ' is ', x.state, ', its cash in the journal is ', x.cash)"
        " AS problem FROM (SELECT f.number, f.amount, f.state, f.exchange_rate, COALESCE(SUM(l.credit - l.debit), 0)"
        " AS cash FROM refund f LEFT JOIN journal_entry e ON e.document = 'refund' AND e.document_id = f.id"
        " LEFT JOIN journal_line l ON l.entry_id = e.id AND l.account = 'cash'"
        " GROUP BY f.id, f.number, f.amount, f.state, f.exchange_rate) x"
        " WHERE x.cash <> IF(x.state = 'paid_out', ROUND(x.amount * x.exchange_rate, :places), 0)");

  return collect (compare, places, problems, error);
}

gboolean
tw_finance_check_store_compare_credit (TwDb *db, guint places, GPtrArray *problems, GError **error)
{
  g_autoptr (TwStatement) compare = tw_db_prepare (
    db, "SELECT CONCAT('customer ', c.code, ' has ', COALESCE(p.credit, 0), ' on account, the journal says ',"
        " COALESCE(j.credit, 0)) AS problem FROM customer c LEFT JOIN (SELECT customer_id,"
        " SUM(IF(state IN ('received', 'allocated', 'reconciled'), ROUND(amount * exchange_rate, :places), 0)"
        " - ROUND((allocated + refunded) * exchange_rate, :places)) AS credit FROM payment GROUP BY customer_id) p"
        " ON p.customer_id = c.id LEFT JOIN (SELECT customer_id, SUM(credit - debit) AS credit FROM journal_line"
        " WHERE account = 'customer_credit' GROUP BY customer_id) j ON j.customer_id = c.id"
        " WHERE COALESCE(p.credit, 0) <> COALESCE(j.credit, 0)");

  return collect (compare, places, problems, error);
}
