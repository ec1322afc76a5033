/* shipment-store.c: rows of shipments with lines and parcels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment-store.h"

#include "server/core/known-document.h"

#define SHIPMENT_COLUMNS                                                                                               \
  "s.id, s.version, s.created_at, s.updated_at, s.number, s.state, o.number AS `order`, s.order_id,"                   \
  " c.code AS customer, s.customer_id, c.name AS customer_name, w.code AS warehouse, s.warehouse_id, s.ship_name,"     \
  " s.ship_street, s.ship_city, s.ship_region, s.ship_postal_code, s.ship_country, s.planned_date,"                    \
  " k.code AS carrier, s.carrier_id, s.tracking_number, t.number AS trip, t.id AS trip_id, t.driver_id,"               \
  " s.dispatched_at, s.delivered_at, s.receiver, s.proof_note, s.has_exception, s.line_count, s.author_id"
#define SHIPMENT_TABLES                                                                                                \
  "shipment s JOIN sales_order o ON o.id = s.order_id JOIN customer c ON c.id = s.customer_id"                         \
  " JOIN warehouse w ON w.id = s.warehouse_id LEFT JOIN carrier k ON k.id = s.carrier_id"                              \
  " LEFT JOIN trip_stop ts ON ts.open_shipment_id = s.id LEFT JOIN trip t ON t.id = ts.trip_id"

/* ---- Who may know of it ----
 *
 * The rules name no joined table: so many shipments are looked through by their own row. */

#define OF_REP                                                                                                         \
  "((SELECT own.sales_rep_id FROM customer own WHERE own.id = s.customer_id) = :scope"                                 \
  " OR (SELECT sold.sales_rep_id FROM sales_order sold WHERE sold.id = s.order_id) = :scope)"
#define OF_DRIVER                                                                                                      \
  "s.id IN (SELECT stop.open_shipment_id FROM trip driven JOIN trip_stop stop ON stop.trip_id = driven.id"             \
  " WHERE driven.driver_id = :scope)"
/* The same, looked up for one shipment. */
#define DRIVEN                                                                                                         \
  "(SELECT driven.driver_id FROM trip_stop stop JOIN trip driven ON driven.id = stop.trip_id"                          \
  " WHERE stop.open_shipment_id = s.id) = :scope"
#define OF_EITHER "(" OF_REP " OR " DRIVEN ")"
#define OF_CUSTOMER "s.customer_id = :scope"
#define RULE(of_many, of_one)                                                                                          \
  {                                                                                                                    \
    of_many, "(SELECT " of_one " FROM shipment s WHERE s.id = e.shipment_id)",                                         \
      "SELECT s.id FROM shipment s WHERE s.id = :id AND " of_one                                                       \
  }

static const struct
{
  const char *shipments;  /* called s */
  const char *exceptions; /* called e */
  const char *visible;    /* one shipment */
} rules[] = {
  [TW_SHIPMENTS_OF_REP] = RULE (OF_REP, OF_REP),
  [TW_SHIPMENTS_OF_DRIVER] = RULE (OF_DRIVER, DRIVEN),
  [TW_SHIPMENTS_OF_EITHER] = RULE (OF_EITHER, OF_EITHER),
  [TW_SHIPMENTS_OF_CUSTOMER] = RULE (OF_CUSTOMER, OF_CUSTOMER),
};

const char *
tw_shipment_store_get_rule (TwShipmentRule rule)
{
  return rules[rule].shipments;
}

const char *
tw_shipment_store_get_exception_rule (TwShipmentRule rule)
{
  return rules[rule].exceptions;
}

gboolean
tw_shipment_store_is_visible (TwDb *db, gint64 id, TwShipmentRule rule, gint64 scope, gboolean *visible,
                              GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, rules[rule].visible);

  tw_bind_int (s, "id", id);
  tw_bind_int (s, "scope", scope);
  return tw_statement_step (s, visible, error);
}

/* ---- Lists ---- */

static const TwListColumn shipment_columns[] = {
  { "id", "s.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "s.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "state", "s.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "order", "o.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "order_id", "s.order_id", TW_COLUMN_FILTER },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "warehouse", "w.code", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "ship_city", "s.ship_city", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "planned_date", "s.planned_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "carrier", "k.code", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "tracking_number", "s.tracking_number", TW_COLUMN_FILTER | TW_COLUMN_SEARCH },
  { "trip", "t.number", TW_COLUMN_FILTER },
  { "driver_id", "t.driver_id", TW_COLUMN_FILTER },
  { "dispatched_at", "s.dispatched_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "delivered_at", "s.delivered_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "has_exception", "s.has_exception", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "created_at", "s.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "updated_at", "s.updated_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_shipment_list = {
  .type = tw_shipment_get_type,
  .select = SHIPMENT_COLUMNS,
  .from = SHIPMENT_TABLES,
  .count_from = "shipment s",
  .search = TW_FIND_BEGINNING ("shipment", "number") " UNION " TW_FIND_SERIAL ("shipment", "SH") " UNION "
    TW_FIND_BEGINNING ("shipment", "tracking_number") " UNION " TW_FIND_CUSTOMER ("shipment") " UNION "
    TW_FIND_THROUGH ("shipment", "order_id", "sales_order", "number"),
  .marked = "shipment",
  .edition = "customer",
  .tallied = (const char *const[]){ OF_REP, OF_CUSTOMER, NULL },
  .id = "s.id",
  .default_sort = "-id",
  .columns = shipment_columns,
};

/* ---- Reading ---- */

static gboolean
load_lines (TwDb *db, TwShipment *shipment, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT l.id, l.order_line_id, o.position, p.sku AS product, l.product_id, p.name AS product_name, p.barcode,"
        " p.unit, l.quantity, l.picked, l.packed, l.delivered FROM shipment_line l"
        " JOIN order_line o ON o.id = l.order_line_id JOIN product p ON p.id = l.product_id"
        " WHERE l.shipment_id = :id ORDER BY o.position");

  tw_bind_int (s, "id", TW_RECORD (shipment)->id);
  return tw_statement_read_all (s, tw_shipment_line_get_type (), shipment->lines, error);
}

static gboolean
load_parcels (TwDb *db, TwShipment *shipment, GError **error)
{
  g_autoptr (TwStatement) heads
    = tw_db_prepare (db, "SELECT id, position, sscc, weight, length, width, height FROM parcel"
                         " WHERE shipment_id = :id ORDER BY position");

  tw_bind_int (heads, "id", TW_RECORD (shipment)->id);
  if (!tw_statement_read_all (heads, tw_parcel_get_type (), shipment->parcels, error))
    return FALSE;
  for (guint i = 0; i < tw_record_count (shipment->parcels); i++)
    {
      g_autoptr (TwStatement) lines = tw_db_prepare (
        db, "SELECT l.id, l.shipment_line_id, p.sku AS product, l.quantity FROM parcel_line l"
            " JOIN shipment_line s ON s.id = l.shipment_line_id JOIN product p ON p.id = s.product_id"
            " WHERE l.parcel_id = :id ORDER BY l.id");
      TwParcel *parcel = tw_record_nth (shipment->parcels, i);

      tw_bind_int (lines, "id", TW_RECORD (parcel)->id);
      if (!tw_statement_read_all (lines, tw_parcel_line_get_type (), parcel->lines, error))
        return FALSE;
    }
  return TRUE;
}

TwShipment *
tw_shipment_store_load (TwDb *db, gint64 id, gboolean *has_exceptions, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT " SHIPMENT_COLUMNS ", EXISTS (SELECT 1 FROM parcel p WHERE p.shipment_id = s.id)"
                         " AS has_parcels, EXISTS (SELECT 1 FROM shipment_exception e WHERE e.shipment_id = s.id)"
                         " AS has_exceptions, o.hold IS NOT NULL AS is_held FROM " SHIPMENT_TABLES
                         " WHERE s.id = :id");
  g_autoptr (TwShipment) shipment = tw_shipment_new ();
  gboolean found;

  tw_bind_int (s, "id", id);
  if (!tw_statement_read_one (s, TW_RECORD (shipment), &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such shipment."));
      return NULL;
    }
  *has_exceptions = tw_column_bool (s, "has_exceptions");
  shipment->is_held = tw_column_bool (s, "is_held");
  if (!load_lines (db, shipment, error)
      || (tw_column_bool (s, "has_parcels") && !load_parcels (db, shipment, error)))
    return NULL;
  return g_steal_pointer (&shipment);
}

gboolean
tw_shipment_store_get_order (TwDb *db, gint64 id, gint64 *order_id, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT order_id FROM shipment WHERE id = :id");
  gboolean found;

  tw_bind_int (s, "id", id);
  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *order_id = found ? tw_column_int (s, "order_id") : 0;
  return TRUE;
}

/* The order's hold and the exceptions change under the lock of the order's row, which is held before. */
static const char lock_sql[]
  = "SELECT s.version, " TW_LIST_SHOWN_SQL " AS shown,"
    " (SELECT o.hold IS NOT NULL FROM sales_order o WHERE o.id = s.order_id) AS is_held,"
    " EXISTS (SELECT 1 FROM shipment_exception e WHERE e.shipment_id = s.id) AS has_exceptions"
    " FROM shipment s WHERE s.id = :id FOR UPDATE";

/* A trip takes a shipment that is ready, and changes no version: it is asked for once the row is locked, for the view
 * of a statement that had to wait for it may be older. */
static gboolean
may_be_on_trip (TwDb *db, TwShipment *shipment, gboolean *may, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT id FROM trip_stop WHERE open_shipment_id = :id");

  *may = shipment->trip != NULL;
  if (*may || !g_str_equal (shipment->state, "ready"))
    return TRUE;
  tw_bind_int (s, "id", TW_RECORD (shipment)->id);
  return tw_statement_step (s, may, error);
}

gboolean
tw_shipment_store_lock (TwContext *ctx, gint64 id, TwShipment **known, GError **error)
{
  g_autoptr (TwStatement) lock = tw_db_prepare (ctx->db, lock_sql);
  g_autoptr (TwRecord) record = NULL;
  gboolean on_trip;

  *known = NULL;
  if (!tw_known_lock (ctx, "shipment", lock, id, &record, error))
    return FALSE;
  if (record == NULL || tw_column_bool (lock, "has_exceptions"))
    return TRUE;
  ((TwShipment *) record)->is_held = tw_column_bool (lock, "is_held");
  if (!may_be_on_trip (ctx->db, (TwShipment *) record, &on_trip, error))
    return FALSE;
  *known = on_trip ? NULL : (TwShipment *) g_steal_pointer (&record);
  return TRUE;
}

gboolean
tw_shipment_store_list_open (TwDb *db, gint64 order_id, GArray *ids, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT id FROM shipment WHERE order_id = :order_id"
                                                 " AND state NOT IN ('delivered', 'closed', 'cancelled') ORDER BY id");

  tw_bind_int (s, "order_id", order_id);
  return tw_statement_read_ids (s, ids, error);
}

gboolean
tw_shipment_store_list_due (TwDb *db, TwDate until, GArray *ids, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT id FROM shipment WHERE state = 'planned' AND planned_date <= COALESCE(:until,"
                         " planned_date) ORDER BY order_id, id LIMIT 200");

  tw_bind_date (s, "until", until);
  return tw_statement_read_ids (s, ids, error);
}

gboolean
tw_shipment_store_list_settled (TwDb *db, TwTime before, GArray *ids, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT id FROM shipment WHERE state = 'delivered' AND delivered_at < :before"
                         " AND NOT has_exception ORDER BY order_id, id LIMIT 200");

  tw_bind_time (s, "before", before);
  return tw_statement_read_ids (s, ids, error);
}

gboolean
tw_shipment_store_list_unplanned (TwDb *db, gint64 order_id, GArray *unplanned, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT x.order_line_id, x.product_id, x.warehouse_id, x.quantity - x.planned AS quantity FROM ("
        "SELECT r.order_line_id, r.product_id, r.warehouse_id, r.quantity,"
        " COALESCE((SELECT SUM(l.quantity) FROM shipment_line l JOIN shipment s ON s.id = l.shipment_id"
        " WHERE l.order_line_id = r.order_line_id AND s.warehouse_id = r.warehouse_id"
        " AND s.state IN ('planned', 'released', 'picking')), 0) AS planned"
        " FROM order_line o JOIN reservation r ON r.order_line_id = o.id WHERE o.order_id = :order_id) x"
        " WHERE x.quantity > x.planned ORDER BY x.product_id, x.warehouse_id, x.order_line_id");
  gboolean found;

  tw_bind_int (s, "order_id", order_id);
  for (;;)
    {
      TwReservation part;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      part = (TwReservation) { tw_column_int (s, "order_line_id"), tw_column_int (s, "product_id"),
                               tw_column_int (s, "warehouse_id"), tw_column_decimal (s, "quantity") };
      g_array_append_val (unplanned, part);
    }
}

gboolean
tw_shipment_store_read_weights (TwDb *db, gint64 id, GArray *weights, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT l.id, p.weight FROM shipment_line l JOIN product p ON p.id = l.product_id"
                         " WHERE l.shipment_id = :id");
  gboolean found;

  tw_bind_int (s, "id", id);
  for (;;)
    {
      TwLineWeight weight;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      weight = (TwLineWeight) { tw_column_int (s, "id"), tw_column_decimal (s, "weight") };
      g_array_append_val (weights, weight);
    }
}

/* ---- Writing ---- */

static const TwRowsSql insert_lines
  = { "INSERT INTO shipment_line (shipment_id, order_line_id, product_id, quantity) VALUES ",
      "(:owner, :order_line_id, :product_id, :quantity)", " RETURNING id" };

gboolean
tw_shipment_store_insert (TwDb *db, TwShipment *shipment, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "INSERT INTO shipment (version, created_at, updated_at, number, state, order_id, customer_id, warehouse_id,"
        " ship_name, ship_street, ship_city, ship_region, ship_postal_code, ship_country, planned_date, line_count,"
        " author_id) VALUES (:version, :created_at, :updated_at, :number, :state, :order_id, :customer_id,"
        " :warehouse_id, :ship_name, :ship_street, :ship_city, :ship_region, :ship_postal_code, :ship_country,"
        " :planned_date, :line_count, :author_id)");

  tw_bind_record (s, TW_RECORD (shipment));
  if (!tw_statement_run (s, NULL, error))
    return FALSE;
  TW_RECORD (shipment)->id = tw_statement_last_id (s);
  return tw_db_insert_rows (db, &insert_lines, shipment->lines, TW_RECORD (shipment)->id, error);
}

gboolean
tw_shipment_store_update (TwContext *ctx, TwShipment *shipment, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE shipment SET version = version + 1, updated_at = :now, planned_date = :planned_date,"
             " carrier_id = :carrier_id, tracking_number = :tracking_number WHERE id = :id AND version = :version");

  tw_bind_time (s, "now", ctx->now);
  return tw_row_save_locked (s, TW_RECORD (shipment), error);
}

gboolean
tw_shipment_store_set_state (TwContext *ctx, TwShipment *shipment, const char *state, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE shipment SET version = version + 1, updated_at = :now, state = :state, carrier_id = :carrier_id,"
             " tracking_number = :tracking_number, dispatched_at = :dispatched_at, delivered_at = :delivered_at,"
             " receiver = :receiver, proof_note = :proof_note WHERE id = :id AND version = :version");

  tw_bind_text (s, "state", state);
  tw_bind_time (s, "now", ctx->now);
  return tw_row_save_locked (s, TW_RECORD (shipment), error);
}

gboolean
tw_shipment_store_set_exception (TwContext *ctx, gint64 id, gboolean touch, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE shipment SET has_exception = EXISTS (SELECT 1 FROM shipment_exception e"
             " WHERE e.shipment_id = shipment.id AND e.state = 'open'), version = version + :step, updated_at = :now"
             " WHERE id = :id");

  tw_bind_int (s, "step", touch ? 1 : 0);
  tw_bind_time (s, "now", ctx->now);
  tw_bind_int (s, "id", id);
  return tw_statement_post (s, error);
}

gboolean
tw_shipment_store_set_line (TwDb *db, TwShipmentLine *line, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "UPDATE shipment_line SET picked = :picked, packed = :packed, delivered = :delivered WHERE id = :id");

  tw_bind_record (s, TW_RECORD (line));
  return tw_statement_run_later (s, TW_BEFORE_NEXT, NULL, error);
}

static const TwRowsSql insert_contents = { "INSERT INTO parcel_line (parcel_id, shipment_line_id, quantity) VALUES ",
                                           "(:owner, :shipment_line_id, :quantity)", " RETURNING id" };

gboolean
tw_shipment_store_insert_parcel (TwDb *db, gint64 shipment_id, TwParcel *parcel, GError **error)
{
  g_autoptr (TwStatement) head = tw_db_prepare (
    db, "INSERT INTO parcel (shipment_id, position, sscc, weight, length, width, height)"
        " VALUES (:shipment_id, :position, :sscc, :weight, :length, :width, :height)");

  tw_bind_int (head, "shipment_id", shipment_id);
  tw_bind_record (head, TW_RECORD (parcel));
  if (!tw_statement_run (head, NULL, error))
    return FALSE;
  TW_RECORD (parcel)->id = tw_statement_last_id (head);
  return tw_db_insert_rows (db, &insert_contents, parcel->lines, TW_RECORD (parcel)->id, error);
}

gboolean
tw_shipment_store_leave_trip (TwDb *db, gint64 id, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "UPDATE trip_stop SET open_shipment_id = NULL WHERE open_shipment_id = :id");

  tw_bind_int (s, "id", id);
  return tw_statement_post (s, error);
}
