/* invoice-store.c: see invoice-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/invoice-store.h"

#include "server/core/known-document.h"

/* ---- Lists ---- */

#define OPEN_AMOUNT "IF(i.kind = 'invoice' AND i.state <> 'cancelled', i.total - i.paid - i.credited, 0)"
#define OVERDUE                                                                                                        \
  "(i.state IN ('posted', 'partly_paid') AND EXISTS (SELECT 1 FROM receivable od WHERE od.invoice_id = i.id"          \
  " AND od.is_open = 1 AND od.due_date < UTC_DATE()))"
#define HEAD_COLUMNS                                                                                                   \
  "i.id, i.version, i.created_at, i.updated_at, i.number, i.kind, i.state, i.customer_id, c.code AS customer,"        \
  " c.name AS customer_name, i.order_id, o.number AS `order`, i.reverses_id, rv.number AS reverses, i.invoice_date,"  \
  " i.due_date, i.currency, i.exchange_rate, i.payment_term_id, pt.code AS payment_term, i.tax_id, i.bill_name,"      \
  " i.net_total, i.freight, i.tax_total, i.total, i.total_company, i.paid, i.credited,"                               \
  " " OPEN_AMOUNT " AS open_amount, " OVERDUE " AS overdue, i.author_id, a.user AS author, i.posted_at"
#define JOINS                                                                                                          \
  "invoice i JOIN customer c ON c.id = i.customer_id JOIN payment_term pt ON pt.id = i.payment_term_id"               \
  " JOIN app_user a ON a.id = i.author_id LEFT JOIN sales_order o ON o.id = i.order_id"                               \
  " LEFT JOIN invoice rv ON rv.id = i.reverses_id"

static const TwListColumn invoice_columns[] = {
  { "id", "i.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "i.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "kind", "i.kind", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "state", "i.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "overdue", OVERDUE, TW_COLUMN_FILTER },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_id", "i.customer_id", TW_COLUMN_FILTER },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "order", "o.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "order_id", "i.order_id", TW_COLUMN_FILTER },
  { "reverses", "rv.number", TW_COLUMN_FILTER },
  { "reverses_id", "i.reverses_id", TW_COLUMN_FILTER },
  { "invoice_date", "i.invoice_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "due_date", "i.due_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "currency", "i.currency", TW_COLUMN_FILTER },
  { "payment_term", "pt.code", TW_COLUMN_FILTER },
  { "tax_id", "i.tax_id", TW_COLUMN_FILTER | TW_COLUMN_SEARCH },
  { "net_total", "i.net_total", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "tax_total", "i.tax_total", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "total", "i.total", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "total_company", "i.total_company", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "open_amount", OPEN_AMOUNT, TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "author", "a.user", TW_COLUMN_FILTER },
  { "posted_at", "i.posted_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "created_at", "i.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "i.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const char tw_invoice_own_sql[]
  = "(SELECT own.sales_rep_id FROM customer own WHERE own.id = i.customer_id) = :scope";
const char tw_invoice_customer_sql[] = "i.customer_id = :scope AND i.state NOT IN ('draft', 'cancelled')";

const TwList tw_invoice_list = {
  .type = tw_invoice_get_type,
  .select = HEAD_COLUMNS,
  .from = JOINS,
  .count_from = "invoice i",
  .search = TW_FIND_BEGINNING ("invoice", "number") " UNION " TW_FIND_SERIAL ("invoice", "INV") " UNION "
    TW_FIND_SERIAL ("invoice", "CN") " UNION " TW_FIND_CUSTOMER ("invoice") " UNION "
    TW_FIND_THROUGH ("invoice", "order_id", "sales_order", "number") " UNION "
    TW_FIND_THROUGH ("invoice", "customer_id", "customer", "tax_id"),
  .marked = "invoice",
  .edition = "customer",
  .tallied = (const char *const[]){ tw_invoice_own_sql, NULL },
  .id = "i.id",
  .default_sort = "-id",
  .columns = invoice_columns,
};

/* ---- Reading ---- */

static const char lock_sql[] = "SELECT version, " TW_LIST_SHOWN_SQL " AS shown FROM invoice WHERE id = :id FOR UPDATE";
static const char read_sql[] = "SELECT " HEAD_COLUMNS ", i.reason, i.bill_address, c.sales_rep_id FROM " JOINS
                               " WHERE i.id = :id";
static const char lines_sql[]
  = "SELECT l.id, l.position, l.order_line_id, l.source_line_id, o.number AS `order`, ol.order_id, p.sku AS product,"
    " l.product_id, p.name AS product_name, l.description, l.quantity, l.unit, l.price, l.discount,"
    " t.code AS tax_class, l.tax_class_id, l.tax_rate, l.net, l.tax, l.freight, l.cost FROM invoice_line l"
    " JOIN product p ON p.id = l.product_id JOIN tax_class t ON t.id = l.tax_class_id"
    " LEFT JOIN order_line ol ON ol.id = l.order_line_id LEFT JOIN sales_order o ON o.id = ol.order_id"
    " WHERE l.invoice_id = :id ORDER BY l.position";
static const char taxes_sql[] = "SELECT x.id, t.code AS tax_class, x.tax_class_id, x.rate, x.base, x.tax"
                                " FROM invoice_tax x JOIN tax_class t ON t.id = x.tax_class_id"
                                " WHERE x.invoice_id = :id ORDER BY x.rate DESC, t.code";
static const char receivables_sql[]
  = "SELECT r.id, r.created_at, r.invoice_id, i.number AS invoice, c.code AS customer, r.customer_id,"
    " c.name AS customer_name, i.currency, i.invoice_date, r.due_date, r.amount, r.paid,"
    " r.amount - r.paid AS open_amount, IF(r.paid < r.amount, GREATEST(DATEDIFF(:today, r.due_date), 0), 0)"
    " AS days_overdue FROM receivable r JOIN invoice i ON i.id = r.invoice_id JOIN customer c ON c.id = r.customer_id"
    " WHERE r.invoice_id = :id ORDER BY r.due_date, r.position";

static const char payments_sql[]
  = "SELECT p.number AS payment, p.id AS payment_id, p.received_date, SUM(l.amount) AS amount"
    " FROM payment_allocation l JOIN payment p ON p.id = l.payment_id WHERE l.invoice_id = :id"
    " GROUP BY p.id, p.number, p.received_date HAVING SUM(l.amount) <> 0 ORDER BY p.received_date, p.id";

static gboolean
read_list (TwDb *db, const char *sql, gint64 id, TwDate today, GType type, GListStore *list, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, sql);

  tw_bind_int (read, "id", id);
  if (sql == receivables_sql)
    tw_bind_date (read, "today", today);
  return tw_statement_read_all (read, type, list, error);
}

gboolean
tw_invoice_store_lock (TwContext *ctx, gint64 id, TwRecord **known, GError **error)
{
  g_autoptr (TwStatement) lock = tw_db_prepare (ctx->db, lock_sql);

  return tw_known_lock (ctx, "invoice", lock, id, known, error);
}

gboolean
tw_invoice_store_read (TwDb *db, gint64 id, TwDate today, TwInvoice *invoice, gint64 *sales_rep_id, gboolean *found,
                       GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_sql);

  tw_bind_int (read, "id", id);
  if (!tw_statement_read_one (read, TW_RECORD (invoice), found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  *sales_rep_id = tw_column_int (read, "sales_rep_id");
  return read_list (db, lines_sql, id, today, tw_invoice_line_get_type (), invoice->lines, error)
         && read_list (db, taxes_sql, id, today, tw_tax_line_get_type (), invoice->taxes, error)
         && (!tw_time_is_set (invoice->posted_at)
             || read_list (db, receivables_sql, id, today, tw_receivable_get_type (), invoice->receivables, error))
         && (tw_decimal_is_zero (invoice->paid)
             || read_list (db, payments_sql, id, today, tw_invoice_payment_get_type (), invoice->payments, error));
}

/* ---- Writing ---- */

static const char insert_sql[]
  = "INSERT INTO invoice (version, created_at, updated_at, kind, state, customer_id, order_id, reverses_id, reason,"
    " invoice_date, currency, exchange_rate, payment_term_id, tax_id, bill_name, bill_address, net_total, freight,"
    " tax_total, total, total_company, author_id) VALUES (:version, :created_at, :updated_at, :kind, :state,"
    " :customer_id, :order_id, :reverses_id, :reason, :invoice_date, :currency, :exchange_rate, :payment_term_id,"
    " :tax_id, :bill_name, :bill_address, :net_total, :freight, :tax_total, :total, :total_company, :author_id)";
static const TwRowsSql insert_lines
  = { "INSERT INTO invoice_line (invoice_id, position, order_line_id, source_line_id, product_id, description,"
      " quantity, unit, price, discount, tax_class_id, tax_rate, net, tax, freight, cost) VALUES ",
      "(:owner, :position, :order_line_id, :source_line_id, :product_id, :description, :quantity, :unit, :price,"
      " :discount, :tax_class_id, :tax_rate, :net, :tax, :freight, :cost)",
      " RETURNING id" };
static const TwRowsSql insert_taxes
  = { "INSERT INTO invoice_tax (invoice_id, tax_class_id, rate, base, tax) VALUES ",
      "(:owner, :tax_class_id, :rate, :base, :tax)", " RETURNING id" };

gboolean
tw_invoice_store_insert (TwDb *db, TwInvoice *invoice, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, insert_sql);

  tw_bind_record (insert, TW_RECORD (invoice));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  invoice->parent.id = tw_statement_last_id (insert);
  return tw_db_insert_rows (db, &insert_lines, invoice->lines, invoice->parent.id, error)
         && tw_db_insert_rows (db, &insert_taxes, invoice->taxes, invoice->parent.id, error);
}

gboolean
tw_invoice_store_update_date (TwDb *db, TwInvoice *invoice, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE invoice SET invoice_date = :invoice_date, updated_at = :updated_at, version = version"
                         " + 1 WHERE id = :id AND version = :version AND state = 'draft'");

  return tw_row_save_locked (update, TW_RECORD (invoice), error);
}

gboolean
tw_invoice_store_update_state (TwDb *db, TwInvoice *invoice, const char *state, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE invoice SET state = :to, number = :number, invoice_date = :invoice_date,"
                         " due_date = :due_date, posted_at = :posted_at, updated_at = :updated_at,"
                         " version = version + 1 WHERE id = :id AND version = :version");

  tw_bind_text (update, "to", state);
  return tw_row_save_locked (update, TW_RECORD (invoice), error);
}

gboolean
tw_invoice_store_update_amounts (TwDb *db, TwInvoice *invoice, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE invoice SET paid = :paid, credited = :credited, updated_at = :updated_at,"
                         " version = version + 1 WHERE id = :id AND version = :version");

  return tw_row_save_locked (update, TW_RECORD (invoice), error);
}

/* ---- Facts of lines ---- */

static const char invoiced_sql[]
  = "SELECT l.order_line_id AS line_id, SUM(l.quantity) AS quantity, SUM(l.net) AS net, SUM(l.tax) AS tax,"
    " SUM(l.freight) AS freight, SUM(l.cost) AS cost, MIN(IF(i.state = 'draft', i.id, NULL)) AS draft_id"
    " FROM order_line ol JOIN invoice_line l ON l.order_line_id = ol.id JOIN invoice i ON i.id = l.invoice_id"
    " WHERE ol.order_id = :id AND i.kind = 'invoice' AND i.state <> 'cancelled' AND " TW_INVOICE_PART_STANDS
    " GROUP BY l.order_line_id ORDER BY l.order_line_id";
static const char credited_sql[]
  = "SELECT s.id AS line_id, SUM(l.quantity) AS quantity, SUM(l.net) AS net, SUM(l.tax) AS tax,"
    " SUM(l.freight) AS freight, SUM(l.cost) AS cost, NULL AS draft_id FROM invoice_line s"
    " JOIN invoice_line l ON l.source_line_id = s.id JOIN invoice i ON i.id = l.invoice_id"
    " WHERE s.invoice_id = :id AND i.state <> 'cancelled' GROUP BY s.id ORDER BY s.id";

static GArray *
read_line_sums (TwStatement *read, GError **error)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, TRUE, sizeof (TwInvoicedLine));

  for (;;)
    {
      TwInvoicedLine line = { 0 };
      gboolean found;

      if (!tw_statement_step (read, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&sums);
      line.order_line_id = tw_column_int (read, "line_id");
      line.quantity = tw_column_decimal (read, "quantity");
      line.net = tw_column_decimal (read, "net");
      line.tax = tw_column_decimal (read, "tax");
      line.freight = tw_column_decimal (read, "freight");
      line.cost = tw_column_decimal (read, "cost");
      line.draft_id = tw_column_int (read, "draft_id");
      g_array_append_val (sums, line);
    }
}

GArray *
tw_invoice_store_read_invoiced (TwDb *db, gint64 order_id, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, invoiced_sql);

  tw_bind_int (read, "id", order_id);
  return read_line_sums (read, error);
}

GArray *
tw_invoice_store_read_credited (TwDb *db, gint64 invoice_id, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, credited_sql);

  tw_bind_int (read, "id", invoice_id);
  return read_line_sums (read, error);
}

gboolean
tw_invoice_store_is_taken_back (TwDb *db, gint64 invoice_id, gint64 order_id, gboolean *taken_back, GError **error)
{
  g_autoptr (TwStatement) find
    = tw_db_prepare (db, "SELECT i.id FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id JOIN order_line ol"
                         " ON ol.id = l.order_line_id WHERE i.id = :invoice AND ol.order_id = :order"
                         " AND " TW_INVOICE_PART_STANDS " LIMIT 1");
  gboolean found;

  tw_bind_int (find, "invoice", invoice_id);
  tw_bind_int (find, "order", order_id);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *taken_back = !found;
  return TRUE;
}

gboolean
tw_invoice_store_sum_cost (TwDb *db, gint64 invoice_id, gint64 order_id, TwDecimal *cost, GError **error)
{
  g_autoptr (TwStatement) sum
    = tw_db_prepare (db, "SELECT COALESCE(SUM(l.cost), 0) AS cost FROM invoice_line l JOIN order_line ol"
                         " ON ol.id = l.order_line_id JOIN product p ON p.id = l.product_id"
                         " WHERE l.invoice_id = :invoice AND ol.order_id = :order AND p.kind = 'stocked'");
  gboolean found;

  tw_bind_int (sum, "invoice", invoice_id);
  tw_bind_int (sum, "order", order_id);
  if (!tw_statement_step (sum, &found, error))
    return FALSE;
  *cost = tw_column_decimal (sum, "cost");
  return TRUE;
}

/* ---- Finding ---- */

static gboolean
find_id (TwStatement *find, const char *number, gint64 *id, GError **error)
{
  gboolean found;

  tw_bind_text (find, "number", number);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *id = found ? tw_column_int (find, "id") : 0;
  return TRUE;
}

gboolean
tw_invoice_store_find_order (TwContext *ctx, const char *number, gint64 *order_id, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (ctx->db, "SELECT id, " TW_LIST_SHOWN_SQL " AS shown FROM sales_order"
                                                         " WHERE number = :number AND deleted_at IS NULL");

  if (!find_id (find, number, order_id, error))
    return FALSE;
  if (*order_id != 0)
    tw_known_see (ctx, tw_column_int (find, "shown"));
  return TRUE;
}

gboolean
tw_invoice_store_find (TwDb *db, const char *number, gint64 *id, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, "SELECT id FROM invoice WHERE number = :number");

  return find_id (find, number, id, error);
}

GArray *
tw_invoice_store_list_delivered_orders (TwDb *db, gint64 customer_id, TwTime from, TwTime to, GError **error)
{
  g_autoptr (TwStatement) list
    = tw_db_prepare (db, "SELECT DISTINCT s.order_id AS id FROM shipment s WHERE s.customer_id = :customer"
                         " AND s.delivered_at IS NOT NULL AND (:from IS NULL OR s.delivered_at >= :from)"
                         " AND (:to IS NULL OR s.delivered_at < :to) ORDER BY s.order_id");

  tw_bind_int (list, "customer", customer_id);
  tw_bind_time (list, "from", from);
  tw_bind_time (list, "to", to);
  return tw_statement_list_ids (list, error);
}

GArray *
tw_invoice_store_read_delivered (TwDb *db, gint64 order_id, TwTime to, GError **error)
{
  g_autoptr (TwStatement) read
    = tw_db_prepare (db, "SELECT l.order_line_id AS line_id, SUM(IF(s.delivered_at < :to,"
                         " l.delivered, 0)) AS quantity, 0 AS net, 0 AS tax, 0 AS freight, 0 AS cost, NULL AS draft_id"
                         " FROM shipment s JOIN shipment_line l ON l.shipment_id = s.id WHERE s.order_id = :id"
                         " GROUP BY l.order_line_id ORDER BY l.order_line_id");

  tw_bind_int (read, "id", order_id);
  tw_bind_time (read, "to", to);
  return read_line_sums (read, error);
}

/* ---- Instalments ---- */

gboolean
tw_invoice_store_insert_receivable (TwDb *db, TwReceivable *receivable, gint64 position, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (db, "INSERT INTO receivable (created_at, invoice_id, position, customer_id, due_date, amount)"
                         " VALUES (:created_at, :invoice_id, :position, :customer_id, :due_date, :amount)");

  tw_bind_int (insert, "position", position);
  tw_bind_record (insert, TW_RECORD (receivable));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  receivable->parent.id = tw_statement_last_id (insert);
  return TRUE;
}

gboolean
tw_invoice_store_update_receivable (TwDb *db, TwReceivable *receivable, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (db, "UPDATE receivable SET paid = :paid WHERE id = :id");

  tw_bind_record (update, TW_RECORD (receivable));
  return tw_statement_post (update, error);
}
