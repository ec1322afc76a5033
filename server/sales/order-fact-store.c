/* order-fact-store.c: the SQL of what is known around an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-fact-store.h"

#include "server/sales/order-fingerprint.h"

/* Line by line in proportion; freight as long as nothing was invoiced. */
#define OPEN_ORDERS                                                                                                    \
  " o.customer_id = :customer AND o.state IN ('confirmed', 'released', 'in_fulfilment', 'fulfilled')"
#define OPEN_VALUE                                                                                                     \
  "COALESCE((SELECT SUM(ROUND(l.net * (l.quantity - l.cancelled - l.invoiced) / l.quantity * (1 + l.tax_rate)"         \
  " * o.exchange_rate, 2)) FROM sales_order o JOIN order_line l ON l.order_id = o.id WHERE" OPEN_ORDERS               \
  " AND o.invoice_status <> 'full'), 0)"                                                                               \
  " + COALESCE((SELECT SUM(ROUND(o.freight * o.exchange_rate, 2)) FROM sales_order o WHERE" OPEN_ORDERS               \
  " AND o.invoice_status = 'none'), 0)"
static const char open_value_sql[] = "SELECT " OPEN_VALUE " AS open_value";
static const char background_sql[]
  = "SELECT EXISTS (SELECT 1 FROM sales_order WHERE customer_id = :customer AND state = 'completed') AS has_completed,"
    " (SELECT discount_limit FROM app_user WHERE id = :user) AS discount_limit, " OPEN_VALUE " AS open_value";
static const char credit_sql[]
  = "SELECT credit_limit, credit_hold, EXISTS (SELECT 1 FROM order_check WHERE order_id = :id AND round = :round"
    " AND check_key = 'credit' AND result = 'needs_signature') AS is_signed, " OPEN_VALUE " AS open_value"
    " FROM customer WHERE id = :customer";
static const char reference_sql[]
  = "SELECT number FROM sales_order WHERE po_reference = :po_reference AND customer_id = :customer AND id <> :except"
    " AND state NOT IN ('cancelled', 'lost') AND deleted_at IS NULL ORDER BY id DESC LIMIT 1";
static const char lines_sql[]
  = "SELECT number FROM sales_order WHERE customer_id = :customer AND fingerprint = :fingerprint AND id <> :except"
    " AND created_at >= :since AND state NOT IN ('cancelled', 'lost') AND deleted_at IS NULL ORDER BY id DESC LIMIT 1";
static const char round_sql[]
  = "SELECT a.state, EXISTS (SELECT 1 FROM approval_step s WHERE s.approval_id = a.id) AS has_steps"
    " FROM approval a WHERE a.order_id = :id AND a.round = :round";

gboolean
tw_order_fact_store_read_background (TwDb *db, gint64 customer_id, gint64 user_id, TwOrderBackground *background,
                                     GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, background_sql);
  gboolean found;

  tw_bind_int (read, "customer", customer_id);
  tw_bind_id (read, "user", user_id);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  background->has_completed = tw_column_bool (read, "has_completed");
  background->discount_limit = tw_column_decimal (read, "discount_limit");
  background->open_value = tw_column_decimal (read, "open_value");
  return TRUE;
}

gboolean
tw_order_fact_store_read_open_value (TwDb *db, gint64 customer_id, TwDecimal *value, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, open_value_sql);
  gboolean found;

  tw_bind_int (read, "customer", customer_id);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  *value = tw_column_decimal (read, "open_value");
  return TRUE;
}

gboolean
tw_order_fact_store_read_credit (TwDb *db, TwOrder *order, TwOrderCredit *credit, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, credit_sql);
  gboolean found;

  tw_bind_int (read, "id", order->parent.id);
  tw_bind_int (read, "round", order->approval_round);
  tw_bind_int (read, "customer", order->customer_id);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  credit->limit = tw_column_decimal (read, "credit_limit");
  credit->on_hold = tw_column_bool (read, "credit_hold");
  credit->is_signed = tw_column_bool (read, "is_signed");
  credit->open_value = tw_column_decimal (read, "open_value");
  return TRUE;
}

/* The first column of at most one row; *value stays NULL without a row. */
static gboolean
read_text (TwStatement *read, const char *column, char **value, GError **error)
{
  gboolean found;

  if (!tw_statement_step (read, &found, error))
    return FALSE;
  if (found)
    *value = g_strdup (tw_column_text (read, column));
  return TRUE;
}

gboolean
tw_order_fact_store_find_reference (TwDb *db, gint64 customer_id, const char *po_reference, gint64 except,
                                    char **number, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, reference_sql);

  tw_bind_text (find, "po_reference", po_reference);
  tw_bind_int (find, "customer", customer_id);
  tw_bind_int (find, "except", except);
  return read_text (find, "number", number, error);
}

gboolean
tw_order_fact_store_find_lines (TwDb *db, gint64 customer_id, const guint8 *fingerprint, TwTime since,
                                gint64 except, char **number, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, lines_sql);

  tw_bind_int (find, "customer", customer_id);
  tw_bind_blob (find, "fingerprint", fingerprint, TW_FINGERPRINT_BYTES);
  tw_bind_time (find, "since", since);
  tw_bind_int (find, "except", except);
  return read_text (find, "number", number, error);
}

void
tw_order_fact_store_take_round (TwStatement *row, TwOrderFacts *facts)
{
  tw_order_facts_set_round (facts, tw_column_text (row, "state"), tw_column_bool (row, "has_steps"));
}

gboolean
tw_order_fact_store_read_round (TwDb *db, TwOrder *order, TwOrderFacts *facts, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, round_sql);
  gboolean found;

  tw_bind_int (read, "id", order->parent.id);
  tw_bind_int (read, "round", order->approval_round);
  if (!tw_statement_step (read, &found, error))
    return FALSE;
  if (found)
    tw_order_fact_store_take_round (read, facts);
  return TRUE;
}
