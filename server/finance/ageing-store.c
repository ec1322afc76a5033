/* ageing-store.c: see ageing-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/ageing-store.h"

/* Invoices of a page: what a statement does in a second. */
#define PAGE 20000

#define DEBTOR "x.customer_id, c.code, c.name, x.currency"

static const char open_sql[]
  = "SELECT " DEBTOR ", x.due_date, x.amount FROM (SELECT r.customer_id, i.currency, r.due_date,"
    " SUM(r.amount - r.paid) AS amount FROM receivable r FORCE INDEX (receivable_open)"
    " JOIN invoice i ON i.id = r.invoice_id WHERE r.is_open = 1 GROUP BY r.customer_id, i.currency, r.due_date) x"
    " JOIN customer c ON c.id = x.customer_id";

/* What is on account now, less the money that came after the day, and what was taken from it then. */
static const char account_sql[]
  = "SELECT " DEBTOR ", SUM(x.amount) AS amount FROM ("
    "SELECT customer_id, currency, SUM(amount - allocated) AS amount FROM payment WHERE state = 'received'"
    " GROUP BY customer_id, currency"
    " UNION ALL SELECT p.customer_id, p.currency, SUM(IF(l.credit > 0, p.amount, -p.amount)) FROM journal_entry e"
    " FORCE INDEX (journal_entry_date) JOIN payment p ON p.id = e.document_id"
    " JOIN journal_line l ON l.entry_id = e.id AND l.account = 'cash'"
    " WHERE e.document = 'payment' AND e.entry_date > :to GROUP BY p.customer_id, p.currency"
    " UNION ALL SELECT p.customer_id, p.currency, SUM(a.amount) FROM payment_allocation a"
    " FORCE INDEX (payment_allocation_time) JOIN payment p ON p.id = a.payment_id"
    " WHERE a.allocated_at >= :to + INTERVAL 1 DAY GROUP BY p.customer_id, p.currency"
    ") x JOIN customer c ON c.id = x.customer_id GROUP BY " DEBTOR;

static const char changed_sql[]
  = "SELECT i.customer_id, c.code, c.name, i.currency, r.invoice_id, r.due_date, r.amount, r.amount - r.paid AS open,"
    " COALESCE((SELECT SUM(a.amount) FROM payment_allocation a"
    " WHERE a.invoice_id = i.id AND a.allocated_at < :to + INTERVAL 1 DAY), 0) AS paid,"
    " COALESCE((SELECT SUM(n.total) FROM invoice n WHERE n.reverses_id = i.id AND n.state = 'posted'"
    " AND n.invoice_date <= :to), 0) AS credited, i.invoice_date <= :to AS is_counted FROM ("
    "SELECT a.invoice_id FROM payment_allocation a FORCE INDEX (payment_allocation_time)"
    " WHERE a.allocated_at >= :to + INTERVAL 1 DAY AND a.invoice_id > :after"
    " UNION SELECT n.reverses_id FROM invoice n FORCE INDEX (invoice_date)"
    " WHERE n.invoice_date > :to AND n.kind = 'credit_note' AND n.state = 'posted' AND n.reverses_id > :after"
    " UNION SELECT n.id FROM invoice n FORCE INDEX (invoice_date) WHERE n.invoice_date > :to AND n.kind = 'invoice'"
    " AND n.id > :after ORDER BY invoice_id LIMIT :page"
    ") x JOIN invoice i ON i.id = x.invoice_id JOIN customer c ON c.id = i.customer_id"
    " JOIN receivable r ON r.invoice_id = i.id ORDER BY r.invoice_id, r.due_date, r.position";

static TwDebtor
read_debtor (TwStatement *s)
{
  return (TwDebtor) { tw_column_int (s, "customer_id"), tw_column_text (s, "code"), tw_column_text (s, "name"),
                      tw_column_text (s, "currency") };
}

gboolean
tw_ageing_store_list_open (TwDb *db, TwAgeingOpen func, gpointer data, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (db, open_sql);
  gboolean found;

  for (;;)
    {
      TwDebtor debtor;

      if (!tw_statement_step (list, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      debtor = read_debtor (list);
      func (&debtor, tw_column_date (list, "due_date"), tw_column_decimal (list, "amount"), data);
    }
}

gboolean
tw_ageing_store_list_account (TwDb *db, TwDate to, TwAgeingAccount func, gpointer data, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (db, account_sql);
  gboolean found;

  tw_bind_date (list, "to", to);
  for (;;)
    {
      TwDebtor debtor;

      if (!tw_statement_step (list, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      debtor = read_debtor (list);
      func (&debtor, tw_column_decimal (list, "amount"), data);
    }
}

gboolean
tw_ageing_store_list_changed (TwDb *db, TwDate to, gint64 *after, TwAgeingChanged func, gpointer data, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (db, changed_sql);
  gboolean found;

  tw_bind_date (list, "to", to);
  tw_bind_int (list, "after", *after);
  tw_bind_int (list, "page", PAGE);
  for (;;)
    {
      TwAgedInstalment instalment;
      TwDebtor debtor;

      if (!tw_statement_step (list, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      debtor = read_debtor (list);
      instalment = (TwAgedInstalment) { .invoice_id = tw_column_int (list, "invoice_id"),
                                        .due_date = tw_column_date (list, "due_date"),
                                        .amount = tw_column_decimal (list, "amount"),
                                        .open = tw_column_decimal (list, "open"),
                                        .paid = tw_column_decimal (list, "paid"),
                                        .credited = tw_column_decimal (list, "credited"),
                                        .is_counted = tw_column_int (list, "is_counted") != 0 };
      *after = instalment.invoice_id;
      func (&debtor, &instalment, data);
    }
}
