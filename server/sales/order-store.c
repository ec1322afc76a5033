/* order-store.c: the SQL of order heads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-store.h"

#include "server/db/list-tally.h"
#include "server/sales/order-fingerprint.h"
#include "server/sales/order-line-store.h"

/* ---- Lists ---- */

static const TwListColumn order_columns[] = {
  { "id", "o.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "o.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "state", "o.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "hold", "o.hold", TW_COLUMN_FILTER },
  { "channel", "o.channel", TW_COLUMN_FILTER },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_id", "o.customer_id", TW_COLUMN_FILTER },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "po_reference", "o.po_reference", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "order_date", "o.order_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "requested_date", "o.requested_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "promised_date", "o.promised_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "valid_until", "o.valid_until", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "currency", "o.currency", TW_COLUMN_FILTER },
  { "warehouse", "w.code", TW_COLUMN_FILTER },
  { "sales_rep", "r.user", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "sales_rep_name", "r.name", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "net_total", "o.net_total", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "total", "o.total", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "total_company", "o.total_company", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "margin", "o.margin", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "author", "a.user", TW_COLUMN_FILTER },
  { "approval_status", "o.approval_status", TW_COLUMN_FILTER },
  { "reservation_status", "o.reservation_status", TW_COLUMN_FILTER },
  { "fulfilment_status", "o.fulfilment_status", TW_COLUMN_FILTER },
  { "delivery_status", "o.delivery_status", TW_COLUMN_FILTER },
  { "invoice_status", "o.invoice_status", TW_COLUMN_FILTER },
  { "payment_status", "o.payment_status", TW_COLUMN_FILTER },
  { "line_count", "o.line_count", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "created_at", "o.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "o.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "submitted_at", "o.submitted_at", TW_COLUMN_FILTER },
  { "confirmed_at", "o.confirmed_at", TW_COLUMN_FILTER },
  { NULL },
};

#define LIST_COLUMNS                                                                                                   \
  "o.id, o.version, o.created_at, o.updated_at, o.number, o.state, o.hold, o.channel, o.customer_id,"                 \
  " c.code AS customer, c.name AS customer_name, o.po_reference, o.order_date, o.requested_date, o.promised_date,"    \
  " o.valid_until, o.currency, o.exchange_rate, pl.code AS price_list, o.price_list_id, pt.code AS payment_term,"     \
  " o.payment_term_id, w.code AS warehouse, o.warehouse_id, r.user AS sales_rep, o.sales_rep_id,"                     \
  " r.name AS sales_rep_name, o.freight, o.special, o.net_total, o.tax_total, o.total, o.total_company, o.margin,"    \
  " o.revision, a.user AS author, o.author_id, o.editor_id, o.submitted_at, o.confirmed_at, o.approval_status,"       \
  " o.reservation_status, o.fulfilment_status, o.delivery_status, o.invoice_status, o.payment_status, o.line_count"
#define DOCUMENT_COLUMNS                                                                                               \
  ", o.hold_reason, o.contact, o.ship_name, o.ship_street, o.ship_city, o.ship_region, o.ship_postal_code,"           \
  " o.ship_country, o.notes, o.special_reason, o.digest, o.approval_round, o.close_reason"
#define JOINS                                                                                                          \
  "sales_order o JOIN customer c ON c.id = o.customer_id JOIN price_list pl ON pl.id = o.price_list_id"               \
  " JOIN payment_term pt ON pt.id = o.payment_term_id JOIN warehouse w ON w.id = o.warehouse_id"                      \
  " JOIN app_user a ON a.id = o.author_id LEFT JOIN app_user r ON r.id = o.sales_rep_id"

const char tw_order_own_sql[] = "(o.sales_rep_id = :scope OR"
                                " (SELECT own.sales_rep_id FROM customer own WHERE own.id = o.customer_id) = :scope)";
const char tw_order_customer_sql[] = "o.customer_id = :scope";

const TwList tw_order_list = {
  .type = tw_order_get_type,
  .select = LIST_COLUMNS,
  .from = JOINS,
  .count_from = "sales_order o",
  .where = "o.deleted_at IS NULL",
  .search = TW_FIND_BEGINNING ("sales_order", "number") " UNION " TW_FIND_SERIAL ("sales_order", "SO") " UNION "
    TW_FIND_BEGINNING ("sales_order", "po_reference") " UNION " TW_FIND_CUSTOMER ("sales_order"),
  .marked = "sales_order",
  .gone = "o.deleted_at IS NOT NULL",
  .edition = "sales_order",
  .tallied = (const char *const[]){ tw_order_own_sql, tw_order_customer_sql, NULL },
  .stamp = "o.version",
  .id = "o.id",
  .default_sort = "-id",
  .columns = order_columns,
};

/* ---- Reading ---- */

static const char lock_sql[] = "SELECT id FROM sales_order WHERE id = :id FOR UPDATE";
static const char read_sql[]
  = "SELECT " LIST_COLUMNS DOCUMENT_COLUMNS ", c.sales_rep_id AS customer_rep_id"
    " FROM " JOINS " WHERE o.id = :id AND o.deleted_at IS NULL";
static const char range_sql[]
  = "SELECT STRAIGHT_JOIN " LIST_COLUMNS DOCUMENT_COLUMNS " FROM " JOINS
    " WHERE o.id > :after AND o.deleted_at IS NULL ORDER BY o.id LIMIT :limit";
static const char look_sql[]
  = "SELECT STRAIGHT_JOIN o.version, " TW_LIST_SHOWN_SQL " AS shown,"
    " c.sales_rep_id AS customer_rep_id, COALESCE(s.on_hand - s.reserved, 0) AS available FROM sales_order o"
    " JOIN customer c ON c.id = o.customer_id JOIN order_line l FORCE INDEX (order_line_position) ON l.order_id = o.id"
    " LEFT JOIN stock_level s ON s.product_id = l.product_id AND s.warehouse_id = o.warehouse_id"
    " WHERE o.id = :id AND o.deleted_at IS NULL ORDER BY l.position";
static const char progress_sql[]
  = "SELECT o.id, o.version, o.number, o.state, o.hold, o.hold_reason, o.customer_id, o.exchange_rate, o.net_total,"
    " o.tax_total, o.total, o.total_company, o.margin, o.author_id, o.editor_id, o.submitted_at, o.confirmed_at,"
    " o.approval_status, o.reservation_status, o.fulfilment_status, o.delivery_status, o.invoice_status,"
    " o.payment_status, o.digest, o.approval_round, o.close_reason,"
    " l.id AS line_id, l.position, l.quantity, l.cancelled, l.open_quantity, l.backordered, l.reserved, l.picking,"
    " l.picked, l.packed, l.shipped, l.delivered, l.returned, l.invoiced"
    " FROM sales_order o JOIN order_line l FORCE INDEX (order_line_position) ON l.order_id = o.id"
    " WHERE o.id = :id AND o.deleted_at IS NULL ORDER BY l.position";

/* The orders that this thread's transaction has locked: a step and what follows from it ask for the same one. */
#define MAX_REMEMBERED 8
static _Thread_local struct
{
  gsize transaction;
  guint undone;
  gint64 ids[MAX_REMEMBERED];
  guint n;
} locked;

static gboolean
is_locked (TwDb *db, gint64 id)
{
  if (locked.transaction != tw_db_get_transaction (db) || locked.undone != tw_db_get_undone (db))
    {
      locked.transaction = tw_db_get_transaction (db);
      locked.undone = tw_db_get_undone (db);
      locked.n = 0;
    }
  for (guint i = 0; i < locked.n; i++)
    if (locked.ids[i] == id)
      return locked.transaction > 0;
  return FALSE;
}

gboolean
tw_order_store_lock (TwDb *db, gint64 id, gboolean *found, GError **error)
{
  *found = is_locked (db, id);
  if (*found)
    return TRUE;
  if (!tw_row_lock (db, lock_sql, id, found, error))
    return FALSE;
  if (*found && locked.n < MAX_REMEMBERED)
    locked.ids[locked.n++] = id;
  return TRUE;
}

gboolean
tw_order_store_read (TwDb *db, gint64 id, gboolean lock, TwOrder *order, gint64 *customer_rep_id, gboolean *found,
                     GError **error)
{
  g_autoptr (TwStatement) read = NULL;

  if (lock && !tw_order_store_lock (db, id, found, error))
    return FALSE;
  read = tw_db_prepare (db, read_sql);
  tw_bind_int (read, "id", id);
  if (!tw_statement_read_one (read, TW_RECORD (order), found, error))
    return FALSE;
  *customer_rep_id = *found ? tw_column_int (read, "customer_rep_id") : 0;
  return TRUE;
}

static void
take_quantities (TwStatement *read, TwOrderLine *line)
{
  line->quantity = tw_column_decimal (read, "quantity");
  line->cancelled = tw_column_decimal (read, "cancelled");
  line->open_quantity = tw_column_decimal (read, "open_quantity");
  line->backordered = tw_column_decimal (read, "backordered");
  line->reserved = tw_column_decimal (read, "reserved");
  line->picking = tw_column_decimal (read, "picking");
  line->picked = tw_column_decimal (read, "picked");
  line->packed = tw_column_decimal (read, "packed");
  line->shipped = tw_column_decimal (read, "shipped");
  line->delivered = tw_column_decimal (read, "delivered");
  line->returned = tw_column_decimal (read, "returned");
  line->invoiced = tw_column_decimal (read, "invoiced");
}

gboolean
tw_order_store_read_progress (TwDb *db, gint64 id, TwOrder *order, gboolean *found, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, progress_sql);
  gboolean more;

  tw_bind_int (read, "id", id);
  if (!tw_statement_step (read, found, error))
    return FALSE;
  if (*found)
    tw_column_record (read, TW_RECORD (order));
  for (more = *found; more;)
    {
      g_autoptr (TwOrderLine) line = tw_order_line_new ();

      line->parent.id = tw_column_int (read, "line_id");
      line->position = tw_column_int (read, "position");
      take_quantities (read, line);
      g_list_store_append (order->lines, line);
      if (!tw_statement_step (read, &more, error))
        return FALSE;
    }
  return TRUE;
}

/* The lines are there already, in the same order. */
gboolean
tw_order_store_reread (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, progress_sql);
  guint n = tw_record_count (order->lines);
  gboolean found;

  tw_bind_int (read, "id", order->parent.id);
  for (guint i = 0; i < n; i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found || tw_column_int (read, "line_id") != line->parent.id)
        return tw_error_set (error, TW_ERROR_INTERNAL, "order %s has other lines than were read", order->number);
      order->parent.version = tw_column_int (read, "version");
      take_quantities (read, line);
    }
  return TRUE;
}

gboolean
tw_order_store_look (TwDb *db, gint64 id, TwOrderLook *look, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, look_sql);
  gboolean found;

  tw_bind_int (read, "id", id);
  look->available = g_array_new (FALSE, FALSE, sizeof (TwDecimal));
  for (;;)
    {
      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      look->version = tw_column_int (read, "version");
      look->shown = tw_column_int (read, "shown");
      look->customer_rep_id = tw_column_int (read, "customer_rep_id");
      g_array_append_val (look->available, ((TwDecimal[]){ tw_column_decimal (read, "available") })[0]);
    }
}

void
tw_order_look_clear (TwOrderLook *look)
{
  g_clear_pointer (&look->available, g_array_unref);
}

TwStatement *
tw_order_store_prepare_range (TwDb *db, gint64 after, guint limit)
{
  TwStatement *read = tw_db_prepare (db, range_sql);

  tw_bind_int (read, "after", after);
  tw_bind_int (read, "limit", limit);
  return read;
}

/* ---- Writing ---- */

static const char insert_sql[]
  = "INSERT INTO sales_order (created_at, updated_at, number, channel, customer_id, po_reference, contact,"
    " ship_name, ship_street, ship_city, ship_region, ship_postal_code, ship_country, order_date, requested_date,"
    " promised_date, valid_until, currency, exchange_rate, price_list_id, payment_term_id, warehouse_id,"
    " sales_rep_id, freight, notes, special, special_reason, net_total, tax_total, total, total_company, margin,"
    " author_id, editor_id, line_count, fingerprint) VALUES (:created_at, :created_at, :number, :channel,"
    " :customer_id, :po_reference, :contact, :ship_name, :ship_street, :ship_city, :ship_region, :ship_postal_code,"
    " :ship_country, :order_date, :requested_date, :promised_date, :valid_until, :currency, :exchange_rate,"
    " :price_list_id, :payment_term_id, :warehouse_id, :sales_rep_id, :freight, :notes, :special, :special_reason,"
    " :net_total, :tax_total, :total, :total_company, :margin, :author_id, :editor_id, :line_count, :fingerprint)";
static const char update_sql[]
  = "UPDATE sales_order SET version = :version + 1, updated_at = :now, channel = :channel, customer_id = :customer_id,"
    " po_reference = :po_reference, contact = :contact, ship_name = :ship_name, ship_street = :ship_street,"
    " ship_city = :ship_city, ship_region = :ship_region, ship_postal_code = :ship_postal_code,"
    " ship_country = :ship_country, order_date = :order_date, requested_date = :requested_date,"
    " promised_date = :promised_date, valid_until = :valid_until, currency = :currency,"
    " exchange_rate = :exchange_rate, price_list_id = :price_list_id, payment_term_id = :payment_term_id,"
    " warehouse_id = :warehouse_id, sales_rep_id = :sales_rep_id, freight = :freight, notes = :notes,"
    " special = :special, special_reason = :special_reason, net_total = :net_total, tax_total = :tax_total,"
    " total = :total, total_company = :total_company, margin = :margin, revision = :revision, editor_id = :editor_id,"
    " line_count = :line_count, fingerprint = :fingerprint"
    " WHERE id = :id AND version = :version";
static const char update_state_sql[]
  = "UPDATE sales_order SET version = :version + 1, updated_at = :now, state = :next, hold = :hold,"
    " hold_reason = :hold_reason, exchange_rate = :exchange_rate, net_total = :net_total, tax_total = :tax_total,"
    " total = :total, total_company = :total_company, margin = :margin, digest = :digest,"
    " approval_round = :approval_round, submitted_at = :submitted_at, confirmed_at = :confirmed_at,"
    " close_reason = :close_reason, approval_status = :approval_status, reservation_status = :reservation_status,"
    " fulfilment_status = :fulfilment_status, delivery_status = :delivery_status, invoice_status = :invoice_status,"
    " payment_status = :payment_status"
    " WHERE id = :id AND version = :version";
static const char remove_sql[] = "UPDATE sales_order SET version = :version + 1, updated_at = :now, deleted_at = :now"
                                 " WHERE id = :id AND version = :version";

static void
bind_fingerprint (TwStatement *s, TwOrder *order)
{
  guint8 fingerprint[TW_FINGERPRINT_BYTES];

  if (tw_order_get_fingerprint (order, fingerprint))
    tw_bind_blob (s, "fingerprint", fingerprint, TW_FINGERPRINT_BYTES);
  else
    tw_bind_null (s, "fingerprint");
}

gboolean
tw_order_store_insert (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (ctx->db, insert_sql);

  order->parent.created_at = order->parent.updated_at = ctx->now;
  order->parent.version = 1;
  bind_fingerprint (insert, order);
  tw_bind_record (insert, TW_RECORD (order));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  order->parent.id = tw_statement_last_id (insert);
  return tw_order_line_store_insert (ctx->db, order, error);
}

/* Runs an update that is bound to the version that was read. */
static gboolean
run_versioned (TwStatement *update, TwContext *ctx, TwOrder *order, GError **error)
{
  tw_bind_time (update, "now", ctx->now);
  if (!tw_row_save_locked (update, TW_RECORD (order), error))
    return FALSE;
  order->parent.updated_at = ctx->now;
  return TRUE;
}

gboolean
tw_order_store_update (TwContext *ctx, TwOrder *order, gboolean lines, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (ctx->db, update_sql);

  bind_fingerprint (update, order);
  if (!run_versioned (update, ctx, order, error))
    return FALSE;
  return !lines || tw_order_line_store_replace (ctx->db, order, error);
}

gboolean
tw_order_store_update_state (TwContext *ctx, TwOrder *order, const char *state, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (ctx->db, update_state_sql);

  tw_bind_text (update, "next", state);
  return run_versioned (update, ctx, order, error);
}

gboolean
tw_order_store_note_hands (TwContext *ctx, GError **error)
{
  return tw_list_edition_raise (ctx->db, tw_order_list.edition, error);
}

gboolean
tw_order_store_remove (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) remove = tw_db_prepare (ctx->db, remove_sql);

  return run_versioned (remove, ctx, order, error) && tw_order_store_note_hands (ctx, error);
}

/* ---- What a timer looks for ---- */

static const char expired_sql[] = "SELECT id FROM sales_order WHERE state = 'quoted' AND valid_until < :today"
                                  " AND deleted_at IS NULL ORDER BY id LIMIT 200";
static const char releasable_sql[] = "SELECT id FROM sales_order WHERE state = 'confirmed' AND hold IS NULL"
                                     " AND :today IS NOT NULL ORDER BY updated_at, id LIMIT 200";

GArray *
tw_order_store_list_queue (TwContext *ctx, TwOrderQueue queue, GError **error)
{
  g_autoptr (TwStatement) list
    = tw_db_prepare (ctx->db, queue == TW_ORDERS_EXPIRED ? expired_sql : releasable_sql);

  tw_bind_date (list, "today", ctx->today);
  return tw_statement_list_ids (list, error);
}
