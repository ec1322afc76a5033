/* refund-store.c: see refund-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/refund-store.h"

/* ---- Lists ---- */

#define COLUMNS                                                                                                        \
  "f.id, f.version, f.created_at, f.updated_at, f.number, f.state, f.payment_id, p.number AS payment, f.customer_id,"  \
  " c.code AS customer, c.name AS customer_name, f.currency, f.exchange_rate, f.amount, f.method, f.reason,"           \
  " f.author_id, a.user AS author, f.approver_id, s.user AS approver, f.approved_at, f.paid_date, f.reference"
#define JOINS                                                                                                          \
  "refund f JOIN payment p ON p.id = f.payment_id JOIN customer c ON c.id = f.customer_id"                             \
  " JOIN app_user a ON a.id = f.author_id LEFT JOIN app_user s ON s.id = f.approver_id"

static const TwListColumn refund_columns[] = {
  { "id", "f.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "f.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "state", "f.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "payment", "p.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "payment_id", "f.payment_id", TW_COLUMN_FILTER },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_id", "f.customer_id", TW_COLUMN_FILTER },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "currency", "f.currency", TW_COLUMN_FILTER },
  { "amount", "f.amount", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "method", "f.method", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "author", "a.user", TW_COLUMN_FILTER },
  { "approver", "s.user", TW_COLUMN_FILTER },
  { "paid_date", "f.paid_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "reference", "f.reference", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "created_at", "f.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "f.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_refund_list = {
  .type = tw_refund_get_type,
  .select = COLUMNS,
  .from = JOINS,
  .count_from = "refund f",
  .search = TW_FIND_BEGINNING ("refund", "number") " UNION " TW_FIND_SERIAL ("refund", "RF") " UNION "
    TW_FIND_BEGINNING ("refund", "reference") " UNION " TW_FIND_THROUGH ("refund", "payment_id", "payment", "number")
    " UNION " TW_FIND_CUSTOMER ("refund"),
  .marked = "refund",
  .id = "f.id",
  .default_sort = "-id",
  .columns = refund_columns,
};

/* ---- Reading ---- */

static const char lock_sql[] = "SELECT id FROM refund WHERE id = :id FOR UPDATE";

gboolean
tw_refund_store_read (TwDb *db, gint64 id, gboolean lock, TwRefund *refund, gboolean *found, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT " COLUMNS ", p.amount AS payment_amount, p.received_date,"
                         " p.reference AS payment_reference, b.user AS payment_author FROM " JOINS
                         " JOIN app_user b ON b.id = p.author_id WHERE f.id = :id");

  if (lock && !tw_row_lock (db, lock_sql, id, NULL, error))
    return FALSE;
  tw_bind_int (read, "id", id);
  return tw_statement_read_one (read, TW_RECORD (refund), found, error);
}

/* ---- Writing ---- */

gboolean
tw_refund_store_insert (TwDb *db, TwRefund *refund, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (db, "INSERT INTO refund (version, created_at, updated_at, number, state, payment_id, customer_id,"
                         " currency, exchange_rate, amount, method, reason, author_id) VALUES (:version, :created_at,"
                         " :updated_at, :number, :state, :payment_id, :customer_id, :currency, :exchange_rate, :amount,"
                         " :method, :reason, :author_id)");

  tw_bind_record (insert, TW_RECORD (refund));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  refund->parent.id = tw_statement_last_id (insert);
  return TRUE;
}

gboolean
tw_refund_store_update_state (TwDb *db, TwRefund *refund, const char *state, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE refund SET state = :to, exchange_rate = :exchange_rate,"
                         " approver_id = :approver_id, approved_at = :approved_at, paid_date = :paid_date,"
                         " reference = :reference, updated_at = :updated_at, version = version + 1"
                         " WHERE id = :id AND version = :version");

  tw_bind_text (update, "to", state);
  return tw_row_save_locked (update, TW_RECORD (refund), error);
}
