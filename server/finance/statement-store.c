/* statement-store.c: see statement-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/statement-store.h"

#define POSTED "('posted', 'partly_paid', 'paid')"

/* The journal knows on which days money came and went again. */
static const char lines_sql[]
  = "SELECT i.invoice_date AS date, 'invoice' AS document, i.id AS document_id, i.number, i.total AS debit,"
    " 0 AS credit, i.due_date, 1 AS kind FROM invoice i WHERE i.customer_id = :customer AND i.currency = :currency"
    " AND i.kind = 'invoice' AND i.state IN " POSTED " AND i.invoice_date <= :to"
    " UNION ALL SELECT n.invoice_date, 'credit_note', n.id, n.number, 0, n.total, NULL, 2 FROM invoice n"
    " WHERE n.customer_id = :customer AND n.currency = :currency AND n.kind = 'credit_note' AND n.state IN " POSTED
    " AND n.invoice_date <= :to"
    " UNION ALL SELECT e.entry_date, 'payment', p.id, p.number, IF(l.credit > 0, p.amount, 0),"
    " IF(l.debit > 0, p.amount, 0), NULL, 3 FROM payment p JOIN journal_entry e ON e.document = 'payment'"
    " AND e.document_id = p.id JOIN journal_line l ON l.entry_id = e.id AND l.account = 'cash'"
    " WHERE p.customer_id = :customer AND p.currency = :currency AND e.entry_date <= :to"
    " UNION ALL SELECT f.paid_date, 'refund', f.id, f.number, f.amount, 0, NULL, 4 FROM refund f"
    " WHERE f.customer_id = :customer AND f.currency = :currency AND f.state = 'paid_out' AND f.paid_date <= :to"
    " ORDER BY date, kind, document_id";

static const char parts_sql[]
  = "SELECT r.invoice_id, r.due_date, r.amount, COALESCE((SELECT SUM(a.amount) FROM payment_allocation a"
    " WHERE a.invoice_id = i.id AND DATE(a.allocated_at) <= :to), 0) AS paid,"
    " COALESCE((SELECT SUM(n.total) FROM invoice n WHERE n.reverses_id = i.id AND n.state = 'posted'"
    " AND n.invoice_date <= :to), 0) AS credited FROM receivable r JOIN invoice i ON i.id = r.invoice_id"
    " WHERE r.customer_id = :customer AND i.currency = :currency AND i.invoice_date <= :to"
    " ORDER BY r.invoice_id, r.due_date, r.position";

static const char account_sql[]
  = "SELECT COALESCE((SELECT SUM(IF(l.debit > 0, p.amount, -p.amount)) FROM payment p JOIN journal_entry e"
    " ON e.document = 'payment' AND e.document_id = p.id JOIN journal_line l ON l.entry_id = e.id"
    " AND l.account = 'cash' WHERE p.customer_id = :customer AND p.currency = :currency AND e.entry_date <= :to), 0)"
    " - COALESCE((SELECT SUM(a.amount) FROM payment p JOIN payment_allocation a ON a.payment_id = p.id"
    " WHERE p.customer_id = :customer AND p.currency = :currency AND DATE(a.allocated_at) <= :to), 0)"
    " - COALESCE((SELECT SUM(f.amount) FROM refund f WHERE f.customer_id = :customer AND f.currency = :currency"
    " AND f.state = 'paid_out' AND f.paid_date <= :to), 0) AS sum";

static void
bind_scope (TwStatement *s, const TwStatementScope *scope)
{
  tw_bind_int (s, "customer", scope->customer_id);
  tw_bind_text (s, "currency", scope->currency);
  tw_bind_date (s, "to", scope->to);
}

gboolean
tw_statement_store_read_lines (TwDb *db, const TwStatementScope *scope, GListStore *lines, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, lines_sql);

  bind_scope (read, scope);
  return tw_statement_read_all (read, tw_statement_line_get_type (), lines, error);
}

GArray *
tw_statement_store_read_parts (TwDb *db, const TwStatementScope *scope, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, parts_sql);
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (TwAgedPart));

  bind_scope (read, scope);
  for (;;)
    {
      TwAgedPart part;
      gboolean found;

      if (!tw_statement_step (read, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&parts);
      part = (TwAgedPart) { tw_column_int (read, "invoice_id"), tw_column_date (read, "due_date"),
                            tw_column_decimal (read, "amount"), tw_column_decimal (read, "paid"),
                            tw_column_decimal (read, "credited") };
      g_array_append_val (parts, part);
    }
}

gboolean
tw_statement_store_sum_account (TwDb *db, const TwStatementScope *scope, TwDecimal *sum, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, account_sql);
  gboolean found;

  bind_scope (read, scope);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  *sum = tw_column_decimal (read, "sum");
  return TRUE;
}
