/* ageing-store.c: see ageing-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/ageing-store.h"

/* Sums by customer and currency, with their names. */
#define DEBTOR "x.customer_id, c.code, c.name, x.currency"
#define NAMED ") x JOIN customer c ON c.id = x.customer_id"

static const char due_sql[] = "SELECT MIN(due_date) AS day FROM receivable WHERE is_open = 1 AND due_date >= :from";
static const char open_sql[]
  = "SELECT " DEBTOR ", x.due_date, x.amount FROM (SELECT STRAIGHT_JOIN r.customer_id, i.currency, r.due_date,"
    " SUM(r.amount - r.paid) AS amount FROM receivable r FORCE INDEX (receivable_open)"
    " JOIN invoice i FORCE INDEX (invoice_currency) ON i.id = r.invoice_id"
    " WHERE r.is_open = 1 AND r.due_date >= :from AND r.due_date <= :until"
    " GROUP BY r.customer_id, i.currency, r.due_date" NAMED;

/* Only what was received is not all used. What bounced and had been paid back is owed. */
static const char account_sql[]
  = "SELECT " DEBTOR ", x.amount FROM (SELECT customer_id, currency,"
    " SUM(IF(state = 'received', amount - allocated, 0) - refunded) AS amount FROM payment"
    " WHERE state IN ('received', 'bounced') GROUP BY customer_id, currency" NAMED;

/* The journal knows on which days money came and went again. */
static const char moved_sql[]
  = "SELECT " DEBTOR ", x.amount FROM (SELECT STRAIGHT_JOIN p.customer_id, p.currency,"
    " SUM(IF(l.credit > 0, p.amount, -p.amount)) AS amount FROM journal_entry e FORCE INDEX (journal_entry_date)"
    " JOIN journal_line l ON l.entry_id = e.id AND l.account = 'cash' JOIN payment p ON p.id = e.document_id"
    " WHERE e.entry_date >= :from AND e.entry_date <= :until AND e.document = 'payment'"
    " GROUP BY p.customer_id, p.currency" NAMED;
static const char allocated_sql[]
  = "SELECT " DEBTOR ", x.amount FROM (SELECT STRAIGHT_JOIN p.customer_id, p.currency, SUM(a.amount) AS amount"
    " FROM payment_allocation a FORCE INDEX (payment_allocation_time) JOIN payment p ON p.id = a.payment_id"
    " WHERE a.allocated_at >= :from AND a.allocated_at < :until + INTERVAL 1 DAY"
    " GROUP BY p.customer_id, p.currency" NAMED;

static const char refunded_sql[]
  = "SELECT " DEBTOR ", x.amount FROM (SELECT customer_id, currency, SUM(amount) AS amount FROM refund"
    " WHERE paid_date >= :from AND paid_date <= :until GROUP BY customer_id, currency" NAMED;

static const char beginning_sql[]
  = "SELECT MIN(x.day) AS day FROM (SELECT MIN(invoice_date) AS day FROM invoice"
    " UNION ALL SELECT MIN(entry_date) FROM journal_entry) x";
static const char changed_sql[]
  = "SELECT a.invoice_id AS id FROM payment_allocation a FORCE INDEX (payment_allocation_time)"
    " WHERE a.allocated_at >= :from AND a.allocated_at < :until + INTERVAL 1 DAY"
    " UNION SELECT COALESCE(n.reverses_id, n.id) FROM invoice n FORCE INDEX (invoice_date)"
    " WHERE n.invoice_date >= :from AND n.invoice_date <= :until";
static const char invoices_sql[]
  = "SELECT STRAIGHT_JOIN i.customer_id, c.code, c.name, i.currency, r.invoice_id, r.due_date, r.amount,"
    " r.amount - r.paid AS open, COALESCE((SELECT SUM(a.amount) FROM payment_allocation a"
    " WHERE a.invoice_id = i.id AND DATE(a.allocated_at) <= :to), 0) AS paid,"
    " COALESCE((SELECT SUM(n.total) FROM invoice n WHERE n.reverses_id = i.id AND n.state = 'posted'"
    " AND n.invoice_date <= :to), 0) AS credited, i.invoice_date <= :to AS is_counted"
    " FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT PATH '$')) x JOIN invoice i ON i.id = x.id"
    " JOIN customer c ON c.id = i.customer_id JOIN receivable r ON r.invoice_id = i.id"
    " ORDER BY r.invoice_id, r.due_date, r.position";

static TwDebtor
read_debtor (TwStatement *s)
{
  return (TwDebtor) { tw_column_int (s, "customer_id"), tw_column_text (s, "code"), tw_column_text (s, "name"),
                      tw_column_text (s, "currency") };
}

static TwStatement *
prepare_days (TwDb *db, const char *sql, TwDate from, TwDate until)
{
  TwStatement *s = tw_db_prepare (db, sql);

  tw_bind_date (s, "from", from);
  tw_bind_date (s, "until", until);
  return s;
}

static gboolean
read_day (TwStatement *find, TwDate *day, GError **error)
{
  gboolean found;

  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *day = tw_column_date (find, "day");
  return TRUE;
}

gboolean
tw_ageing_store_find_due (TwDb *db, TwDate from, TwDate *due, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, due_sql);

  tw_bind_date (find, "from", from);
  return read_day (find, due, error);
}

gboolean
tw_ageing_store_find_beginning (TwDb *db, TwDate *day, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, beginning_sql);

  return read_day (find, day, error);
}

gboolean
tw_ageing_store_list_open (TwDb *db, TwDate from, TwDate until, TwAgeingOpen func, gpointer data, GError **error)
{
  g_autoptr (TwStatement) list = prepare_days (db, open_sql, from, until);
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

static gboolean
list_amounts (TwStatement *list, TwAgeingAccount func, gpointer data, GError **error)
{
  gboolean found;

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
tw_ageing_store_list_account (TwDb *db, TwAgeingAccount func, gpointer data, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (db, account_sql);

  return list_amounts (list, func, data, error);
}

gboolean
tw_ageing_store_list_taken (TwDb *db, TwDate from, TwDate until, TwAgeingAccount func, gpointer data, GError **error)
{
  g_autoptr (TwStatement) moved = prepare_days (db, moved_sql, from, until);
  g_autoptr (TwStatement) allocated = prepare_days (db, allocated_sql, from, until);
  g_autoptr (TwStatement) refunded = prepare_days (db, refunded_sql, from, until);

  return list_amounts (moved, func, data, error) && list_amounts (allocated, func, data, error)
         && list_amounts (refunded, func, data, error);
}

gboolean
tw_ageing_store_find_changed (TwDb *db, TwDate from, TwDate until, GArray *ids, GError **error)
{
  g_autoptr (TwStatement) list = prepare_days (db, changed_sql, from, until);

  return tw_statement_read_ids (list, ids, error);
}

gboolean
tw_ageing_store_read_invoices (TwDb *db, const char *ids, TwDate to, TwAgeingInstalment func, gpointer data,
                               GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (db, invoices_sql);
  gboolean found;

  tw_bind_text (list, "ids", ids);
  tw_bind_date (list, "to", to);
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
      func (&debtor, &instalment, data);
    }
}
