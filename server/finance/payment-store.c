/* payment-store.c: see payment-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/payment-store.h"

#include "server/core/known-document.h"

/* ---- Lists ---- */

/* Money that has not arrived, or has gone again, is not on account. */
#define UNALLOCATED "(IF(p.state IN ('received', 'allocated', 'reconciled'), p.amount - p.allocated, 0) - p.refunded)"
/* What has arrived and is not used: in no other state there is some left. */
#define REST "IF(p.state = 'received', p.amount - p.allocated - p.refunding - p.refunded, 0)"
#define HEAD_COLUMNS                                                                                                   \
  "p.id, p.version, p.created_at, p.updated_at, p.number, p.state, p.customer_id, c.code AS customer,"                \
  " c.name AS customer_name, p.method, p.reference, p.received_date, p.currency, p.exchange_rate, p.amount,"          \
  " p.allocated, p.refunding, p.refunded, " REST " AS rest, " UNALLOCATED " AS unallocated,"                           \
  " p.author_id, a.user AS author"
#define JOINS "payment p JOIN customer c ON c.id = p.customer_id JOIN app_user a ON a.id = p.author_id"

static const TwListColumn payment_columns[] = {
  { "id", "p.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "p.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "state", "p.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_id", "p.customer_id", TW_COLUMN_FILTER },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "method", "p.method", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "reference", "p.reference", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "received_date", "p.received_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "currency", "p.currency", TW_COLUMN_FILTER },
  { "amount", "p.amount", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "allocated", "p.allocated", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "refunding", "p.refunding", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "refunded", "p.refunded", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "rest", REST, TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "unallocated", UNALLOCATED, TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "author", "a.user", TW_COLUMN_FILTER },
  { "created_at", "p.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "p.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_payment_list = {
  .type = tw_payment_get_type,
  .select = HEAD_COLUMNS,
  .from = JOINS,
  .count_from = "payment p",
  .search = TW_FIND_BEGINNING ("payment", "number") " UNION " TW_FIND_SERIAL ("payment", "RC") " UNION "
    TW_FIND_BEGINNING ("payment", "reference") " UNION " TW_FIND_CUSTOMER ("payment"),
  .marked = "payment",
  .id = "p.id",
  .default_sort = "-id",
  .columns = payment_columns,
};

/* ---- Reading ---- */

static const char lock_sql[] = "SELECT version, " TW_LIST_SHOWN_SQL " AS shown FROM payment WHERE id = :id FOR UPDATE";

gboolean
tw_payment_store_lock (TwContext *ctx, gint64 id, TwRecord **known, GError **error)
{
  g_autoptr (TwStatement) lock = tw_db_prepare (ctx->db, lock_sql);

  return tw_known_lock (ctx, "payment", lock, id, known, error);
}

static gboolean
read_allocations (TwDb *db, TwPayment *payment, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT l.id, i.number AS invoice, l.invoice_id, l.amount, l.allocated_at, u.user"
                         " FROM payment_allocation l JOIN invoice i ON i.id = l.invoice_id"
                         " LEFT JOIN app_user u ON u.id = l.user_id WHERE l.payment_id = :id ORDER BY l.id");

  tw_bind_int (read, "id", payment->parent.id);
  return tw_statement_read_all (read, tw_allocation_get_type (), payment->allocations, error);
}

static gboolean
read_refunds (TwDb *db, TwPayment *payment, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT f.id, f.number AS refund, f.id AS refund_id, f.amount, f.paid_date FROM refund f"
                         " WHERE f.payment_id = :id AND f.state IN ('requested', 'approved', 'paid_out')"
                         " ORDER BY f.id");

  tw_bind_int (read, "id", payment->parent.id);
  return tw_statement_read_all (read, tw_payment_refund_get_type (), payment->refunds, error);
}

gboolean
tw_payment_store_read (TwDb *db, gint64 id, TwPayment *payment, gboolean *found, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT " HEAD_COLUMNS ", p.notes FROM " JOINS " WHERE p.id = :id");

  tw_bind_int (read, "id", id);
  if (!tw_statement_read_one (read, TW_RECORD (payment), found, error))
    return FALSE;
  return !*found || (read_allocations (db, payment, error) && read_refunds (db, payment, error));
}

/* ---- Writing ---- */

gboolean
tw_payment_store_insert (TwDb *db, TwPayment *payment, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (db, "INSERT INTO payment (version, created_at, updated_at, number, state, customer_id, method,"
                         " reference, received_date, currency, exchange_rate, amount, notes, author_id) VALUES"
                         " (:version, :created_at, :updated_at, :number, :state, :customer_id, :method, :reference,"
                         " :received_date, :currency, :exchange_rate, :amount, :notes, :author_id)");

  tw_bind_record (insert, TW_RECORD (payment));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  payment->parent.id = tw_statement_last_id (insert);
  return TRUE;
}

gboolean
tw_payment_store_update (TwDb *db, TwPayment *payment, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE payment SET method = :method, reference = :reference, received_date = :received_date,"
                         " notes = :notes, updated_at = :updated_at, version = version + 1"
                         " WHERE id = :id AND version = :version");

  return tw_row_save_locked (update, TW_RECORD (payment), error);
}

gboolean
tw_payment_store_update_state (TwDb *db, TwPayment *payment, const char *state, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE payment SET state = :to, received_date = :received_date, updated_at = :updated_at,"
                         " version = version + 1 WHERE id = :id AND version = :version");

  tw_bind_text (update, "to", state);
  return tw_row_save_locked (update, TW_RECORD (payment), error);
}

gboolean
tw_payment_store_update_used (TwDb *db, TwPayment *payment, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE payment SET allocated = :allocated, refunding = :refunding, refunded = :refunded,"
                         " updated_at = :updated_at, version = version + 1 WHERE id = :id AND version = :version");

  return tw_row_save_locked (update, TW_RECORD (payment), error);
}

gboolean
tw_payment_store_insert_allocation (TwContext *ctx, gint64 payment_id, TwAllocation *allocation, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (ctx->db, "INSERT INTO payment_allocation (payment_id, invoice_id, amount, user_id, allocated_at)"
                              " VALUES (:payment, :invoice_id, :amount, :user_id, :allocated_at)");

  tw_bind_int (insert, "payment", payment_id);
  tw_bind_int (insert, "user_id", ctx->who->user_id);
  tw_bind_record (insert, TW_RECORD (allocation));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  allocation->parent.id = tw_statement_last_id (insert);
  return TRUE;
}

/* ---- What pays what ---- */

static GArray *
read_paid (TwStatement *read, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (TwPaid));

  for (;;)
    {
      TwPaid paid;
      gboolean found;

      if (!tw_statement_step (read, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&list);
      paid = (TwPaid) { tw_column_int (read, "payment_id"), tw_column_int (read, "invoice_id"),
                        tw_column_decimal (read, "amount") };
      g_array_append_val (list, paid);
    }
}

GArray *
tw_payment_store_list_paid_by (TwDb *db, gint64 payment_id, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT payment_id, invoice_id, SUM(amount) AS amount FROM payment_allocation"
                         " WHERE payment_id = :id GROUP BY payment_id, invoice_id HAVING SUM(amount) <> 0"
                         " ORDER BY invoice_id");

  tw_bind_int (read, "id", payment_id);
  return read_paid (read, error);
}

GArray *
tw_payment_store_list_paid_on (TwDb *db, gint64 invoice_id, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT payment_id, invoice_id, SUM(amount) AS amount FROM payment_allocation"
                         " WHERE invoice_id = :id GROUP BY payment_id, invoice_id HAVING SUM(amount) <> 0"
                         " ORDER BY MAX(id) DESC");

  tw_bind_int (read, "id", invoice_id);
  return read_paid (read, error);
}

GArray *
tw_payment_store_list_open_invoices (TwDb *db, gint64 customer_id, const char *currency, GError **error)
{
  g_autoptr (TwStatement) list
    = tw_db_prepare (db, "SELECT r.invoice_id AS id FROM receivable r JOIN invoice i ON i.id = r.invoice_id"
                         " WHERE r.customer_id = :customer AND r.is_open = 1 AND i.currency = :currency"
                         " GROUP BY r.invoice_id ORDER BY MIN(r.due_date), r.invoice_id");

  tw_bind_int (list, "customer", customer_id);
  tw_bind_text (list, "currency", currency);
  return tw_statement_list_ids (list, error);
}

gboolean
tw_payment_store_sum_account (TwDb *db, gint64 customer_id, const char *currency, TwDecimal *left, TwDecimal *returned,
                              GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT COALESCE(SUM(" REST "), 0) AS rest,"
                         " COALESCE(SUM(IF(p.state = 'bounced', p.refunded, 0)), 0) AS returned FROM payment p"
                         " WHERE p.customer_id = :customer AND p.currency = :currency"
                         " AND p.state IN ('received', 'bounced')");
  gboolean found;

  tw_bind_int (read, "customer", customer_id);
  tw_bind_text (read, "currency", currency);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  *left = tw_column_decimal (read, "rest");
  *returned = tw_column_decimal (read, "returned");
  return TRUE;
}
