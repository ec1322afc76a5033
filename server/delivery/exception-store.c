/* exception-store.c: rows of what went otherwise than planned
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/exception-store.h"

#define EXCEPTION_COLUMNS                                                                                              \
  "e.id, e.version, e.created_at, e.updated_at, e.shipment_id, h.number AS shipment, h.order_id,"                      \
  " o.number AS `order`, c.name AS customer_name, e.kind, e.detail, e.state, e.owner_role, e.due_date,"                \
  " r.user AS reported_by, e.resolution, e.resolution_comment, v.user AS resolved_by, e.resolved_at"
#define EXCEPTION_TABLES                                                                                               \
  "shipment_exception e JOIN shipment h ON h.id = e.shipment_id JOIN sales_order o ON o.id = h.order_id"               \
  " JOIN customer c ON c.id = h.customer_id LEFT JOIN app_user r ON r.id = e.reported_by"                              \
  " LEFT JOIN app_user v ON v.id = e.resolved_by"

static const TwListColumn exception_columns[] = {
  { "id", "e.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "shipment_id", "e.shipment_id", TW_COLUMN_FILTER },
  { "shipment", "h.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "order", "o.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "kind", "e.kind", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "detail", "e.detail", TW_COLUMN_SEARCH },
  { "state", "e.state", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "owner_role", "e.owner_role", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "due_date", "e.due_date", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "resolution", "e.resolution", TW_COLUMN_FILTER },
  { "created_at", "e.created_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_exception_list = {
  .type = tw_shipment_exception_get_type,
  .select = EXCEPTION_COLUMNS,
  .from = EXCEPTION_TABLES,
  .count_from = "shipment_exception e",
  .marked = "shipment_exception",
  .id = "e.id",
  .default_sort = "-id",
  .columns = exception_columns,
};

static const char lock_sql[] = "SELECT id FROM shipment_exception WHERE id = :id FOR UPDATE";

TwShipmentException *
tw_exception_store_load (TwDb *db, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT " EXCEPTION_COLUMNS " FROM " EXCEPTION_TABLES " WHERE e.id = :id");
  g_autoptr (TwShipmentException) exception = tw_shipment_exception_new ();
  gboolean found;

  tw_bind_int (s, "id", id);
  if ((lock && !tw_row_lock (db, lock_sql, id, NULL, error)) || !tw_statement_read_one (s, TW_RECORD (exception),
                                                                                        &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no such exception."));
      return NULL;
    }
  return g_steal_pointer (&exception);
}

gboolean
tw_exception_store_get_shipment (TwDb *db, gint64 id, gint64 *shipment_id, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT shipment_id FROM shipment_exception WHERE id = :id");
  gboolean found;

  tw_bind_int (s, "id", id);
  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *shipment_id = found ? tw_column_int (s, "shipment_id") : 0;
  return TRUE;
}

gboolean
tw_exception_store_load_all (TwDb *db, gint64 shipment_id, GListStore *list, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT " EXCEPTION_COLUMNS " FROM " EXCEPTION_TABLES " WHERE e.shipment_id = :shipment_id ORDER BY e.id");

  tw_bind_int (s, "shipment_id", shipment_id);
  return tw_statement_read_all (s, tw_shipment_exception_get_type (), list, error);
}

gboolean
tw_exception_store_insert (TwContext *ctx, TwShipmentException *exception, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "INSERT INTO shipment_exception (version, created_at, updated_at, shipment_id, kind, detail, state,"
             " owner_role, due_date, reported_by) VALUES (:version, :created_at, :updated_at, :shipment_id, :kind,"
             " :detail, :state, :owner_role, :due_date, :user_id)");

  tw_bind_id (s, "user_id", ctx->who->user_id);
  tw_bind_record (s, TW_RECORD (exception));
  if (!tw_statement_run (s, NULL, error))
    return FALSE;
  TW_RECORD (exception)->id = tw_statement_last_id (s);
  return TRUE;
}

gboolean
tw_exception_store_resolve (TwContext *ctx, TwShipmentException *exception, const char *state, gboolean *done,
                            GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    ctx->db, "UPDATE shipment_exception SET version = version + 1, updated_at = :now, state = :new_state,"
             " resolution = :resolution, resolution_comment = :resolution_comment, resolved_by = :user_id,"
             " resolved_at = :now WHERE id = :id AND version = :version");
  guint64 affected;

  tw_bind_time (s, "now", ctx->now);
  tw_bind_text (s, "new_state", state);
  tw_bind_id (s, "user_id", ctx->who->user_id);
  tw_bind_record (s, TW_RECORD (exception));
  if (!tw_statement_run (s, &affected, error))
    return FALSE;
  *done = affected > 0;
  return TRUE;
}
