/* replay-store.c: see replay-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/replay-store.h"

GArray *
tw_demo_store_find_shipments (TwDb *db, gint64 order_id, const char *state, GError **error)
{
  g_autoptr (TwStatement) select
    = tw_db_prepare (db, "SELECT id FROM shipment WHERE order_id = :order AND state = :state ORDER BY id");

  tw_bind_int (select, "order", order_id);
  tw_bind_text (select, "state", state);
  return tw_statement_list_ids (select, error);
}

GArray *
tw_demo_store_find_exceptions (TwDb *db, gint64 shipment_id, GError **error)
{
  g_autoptr (TwStatement) select
    = tw_db_prepare (db,
                     "SELECT id FROM shipment_exception WHERE shipment_id = :shipment AND state = 'open' ORDER BY id");

  tw_bind_int (select, "shipment", shipment_id);
  return tw_statement_list_ids (select, error);
}

GArray *
tw_demo_store_find_ready (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) select
    = tw_db_prepare (db, "SELECT s.id FROM shipment s LEFT JOIN trip_stop t ON t.shipment_id = s.id "
                         "WHERE s.state = 'ready' AND t.id IS NULL ORDER BY s.id");

  return tw_statement_list_ids (select, error);
}

gboolean
tw_demo_store_find_draft_invoice (TwDb *db, gint64 *id, GError **error)
{
  g_autoptr (TwStatement) select
    = tw_db_prepare (db, "SELECT COALESCE(MIN(id), 0) AS id FROM invoice WHERE state = 'draft'");
  gboolean found = FALSE;

  if (!tw_statement_step (select, &found, error))
    return FALSE;
  *id = tw_column_int (select, "id");
  return TRUE;
}

gboolean
tw_demo_store_find_debtor (TwDb *db, gint64 amount, char **customer, GError **error)
{
  g_autoptr (TwStatement) select
    = tw_db_prepare (db, "SELECT c.code FROM invoice i JOIN customer c ON c.id = i.customer_id "
                         "WHERE i.kind = 'invoice' AND i.state = 'posted' AND i.total > :amount ORDER BY i.id LIMIT 1");
  gboolean found = FALSE;

  tw_bind_int (select, "amount", amount);
  if (!tw_statement_step (select, &found, error))
    return FALSE;
  *customer = found ? g_strdup (tw_column_text (select, "code")) : NULL;
  return TRUE;
}

gboolean
tw_demo_store_is_empty (TwDb *db, gboolean *empty, GError **error)
{
  g_autoptr (TwStatement) select = tw_db_prepare (db, "SELECT (SELECT COUNT(*) FROM app_user) "
                                                      "+ (SELECT COUNT(*) FROM customer) AS things");
  gboolean found = FALSE;

  if (!tw_statement_step (select, &found, error))
    return FALSE;
  *empty = found && tw_column_int (select, "things") == 0;
  return TRUE;
}
