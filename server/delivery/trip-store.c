/* trip-store.c: rows of trips and their stops
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/trip-store.h"

#define TRIP_COLUMNS                                                                                                   \
  "t.id, t.version, t.created_at, t.updated_at, t.number, t.state, t.trip_date, t.vehicle, u.user AS driver,"          \
  " t.driver_id, u.name AS driver_name, t.stop_count, t.author_id"
#define TRIP_TABLES "trip t JOIN app_user u ON u.id = t.driver_id"

const char tw_trip_scope_driver[] = "t.driver_id = :scope";

static const TwListColumn trip_columns[] = {
  { "id", "t.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "number", "t.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH | TW_COLUMN_UNIQUE },
  { "state", "t.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "trip_date", "t.trip_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "vehicle", "t.vehicle", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "driver", "u.user", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "driver_name", "u.name", TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "stop_count", "t.stop_count", TW_COLUMN_SORT },
  { "created_at", "t.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_trip_list = {
  .type = tw_trip_get_type,
  .select = TRIP_COLUMNS,
  .from = TRIP_TABLES,
  .count_from = "trip t",
  .marked = "trip",
  .id = "t.id",
  .default_sort = "-id",
  .columns = trip_columns,
};

/* ---- Reading ---- */

static const char lock_sql[] = "SELECT id FROM trip WHERE id = :id FOR UPDATE";

static gboolean
load_stops (TwDb *db, TwTrip *trip, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT ts.id, ts.position, s.number AS shipment, ts.shipment_id, s.state AS shipment_state,"
        " c.name AS customer_name, CONCAT_WS(', ', s.ship_name, s.ship_street, s.ship_postal_code, s.ship_city,"
        " s.ship_region, s.ship_country) AS address FROM trip_stop ts JOIN shipment s ON s.id = ts.shipment_id"
        " JOIN customer c ON c.id = s.customer_id WHERE ts.trip_id = :id ORDER BY ts.position");

  tw_bind_int (s, "id", TW_RECORD (trip)->id);
  return tw_statement_read_all (s, tw_trip_stop_get_type (), trip->stops, error);
}

TwTrip *
tw_trip_store_load (TwDb *db, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT " TRIP_COLUMNS " FROM " TRIP_TABLES " WHERE t.id = :id");
  g_autoptr (TwTrip) trip = tw_trip_new ();
  gboolean found;

  tw_bind_int (s, "id", id);
  if ((lock && !tw_row_lock (db, lock_sql, id, NULL, error)) || !tw_statement_read_one (s, TW_RECORD (trip), &found,
                                                                                        error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such trip."));
      return NULL;
    }
  if (!load_stops (db, trip, error))
    return NULL;
  return g_steal_pointer (&trip);
}

gboolean
tw_trip_store_find_driver (TwDb *db, const char *user, gint64 *id, char **name, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT u.id, u.name FROM app_user u JOIN user_role r ON r.user_id = u.id"
                         " AND r.role = 'driver' WHERE u.user = :user AND u.status = 'active'");
  gboolean found;

  tw_bind_text (s, "user", user);
  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *id = found ? tw_column_int (s, "id") : 0;
  *name = found ? g_strdup (tw_column_text (s, "name")) : NULL;
  return TRUE;
}

gboolean
tw_trip_store_find_shipment (TwDb *db, const char *number, TwStopShipment *shipment, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT s.id, s.state = 'ready' AS ready, ts.trip_id FROM shipment s"
        " LEFT JOIN trip_stop ts ON ts.open_shipment_id = s.id WHERE s.number = :number FOR UPDATE");
  gboolean found;

  *shipment = (TwStopShipment) { 0 };
  tw_bind_text (s, "number", number);
  if (!tw_statement_step (s, &found, error))
    return FALSE;
  if (found)
    *shipment = (TwStopShipment) {
      .id = tw_column_int (s, "id"),
      .trip_id = tw_column_int (s, "trip_id"),
      .ready = tw_column_bool (s, "ready"),
    };
  return TRUE;
}

gboolean
tw_trip_store_find_unfinished (TwDb *db, gint64 id, char **number, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT s.number FROM trip_stop ts JOIN shipment s ON s.id = ts.open_shipment_id WHERE ts.trip_id = :id"
        " AND s.state NOT IN ('delivered', 'closed')"
        " AND NOT EXISTS (SELECT 1 FROM shipment_exception e WHERE e.shipment_id = s.id"
        " AND e.created_at >= s.dispatched_at) ORDER BY ts.position LIMIT 1");
  gboolean found;

  tw_bind_int (s, "id", id);
  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *number = found ? g_strdup (tw_column_text (s, "number")) : NULL;
  return TRUE;
}

gboolean
tw_trip_store_list_shipments (TwDb *db, gint64 id, GArray *ids, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT s.id FROM trip_stop ts JOIN shipment s ON s.id = ts.open_shipment_id"
                         " WHERE ts.trip_id = :id ORDER BY s.order_id, s.id");

  tw_bind_int (s, "id", id);
  return tw_statement_read_ids (s, ids, error);
}

/* ---- Writing ---- */

static gboolean
insert_stops (TwDb *db, TwTrip *trip, GError **error)
{
  for (guint i = 0; i < tw_record_count (trip->stops); i++)
    {
      g_autoptr (TwStatement) s
        = tw_db_prepare (db, "INSERT INTO trip_stop (trip_id, position, shipment_id, open_shipment_id)"
                             " VALUES (:trip_id, :position, :shipment_id, :shipment_id)");
      TwTripStop *stop = tw_record_nth (trip->stops, i);

      stop->position = i + 1;
      tw_bind_int (s, "trip_id", TW_RECORD (trip)->id);
      tw_bind_record (s, TW_RECORD (stop));
      if (!tw_statement_run (s, NULL, error))
        return FALSE;
      TW_RECORD (stop)->id = tw_statement_last_id (s);
    }
  return TRUE;
}

gboolean
tw_trip_store_insert (TwDb *db, TwTrip *trip, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "INSERT INTO trip (version, created_at, updated_at, number, state, trip_date, vehicle, driver_id, author_id,"
        " stop_count) VALUES (:version, :created_at, :updated_at, :number, :state, :trip_date, :vehicle, :driver_id,"
        " :author_id, :stop_count)");

  tw_bind_record (s, TW_RECORD (trip));
  if (!tw_statement_run (s, NULL, error))
    return FALSE;
  TW_RECORD (trip)->id = tw_statement_last_id (s);
  return insert_stops (db, trip, error);
}

static gboolean
run_versioned (TwContext *ctx, TwStatement *s, TwTrip *trip, gboolean *done, GError **error)
{
  guint64 affected;

  tw_bind_time (s, "now", ctx->now);
  tw_bind_record (s, TW_RECORD (trip));
  if (!tw_statement_run (s, &affected, error))
    return FALSE;
  *done = affected > 0;
  return TRUE;
}

gboolean
tw_trip_store_update (TwContext *ctx, TwTrip *trip, gboolean *done, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE trip SET version = version + 1, updated_at = :now, trip_date = :trip_date, vehicle = :vehicle,"
             " driver_id = :driver_id, stop_count = :stop_count WHERE id = :id AND version = :version");
  g_autoptr (TwStatement) clear = tw_db_prepare (ctx->db, "DELETE FROM trip_stop WHERE trip_id = :id");

  if (!run_versioned (ctx, s, trip, done, error))
    return FALSE;
  if (!*done)
    return TRUE;
  tw_bind_int (clear, "id", TW_RECORD (trip)->id);
  return tw_statement_run (clear, NULL, error) && insert_stops (ctx->db, trip, error);
}

gboolean
tw_trip_store_set_state (TwContext *ctx, TwTrip *trip, const char *state, gboolean *done, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (ctx->db, "UPDATE trip SET version = version + 1, updated_at = :now, state = :state"
                              " WHERE id = :id AND version = :version");

  tw_bind_text (s, "state", state);
  return run_versioned (ctx, s, trip, done, error);
}

gboolean
tw_trip_store_free_stops (TwDb *db, gint64 id, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "UPDATE trip_stop SET open_shipment_id = NULL WHERE trip_id = :id");

  tw_bind_int (s, "id", id);
  return tw_statement_run (s, NULL, error);
}
