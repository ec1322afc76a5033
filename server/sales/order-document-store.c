/* order-document-store.c: the SQL of what was made from an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-document-store.h"

#include "shared/document/linked-document.h"

static const char list_sql[]
  = "SELECT 'shipment' AS document, id, number, state, created_at, NULL AS total, NULL AS currency FROM shipment"
    " WHERE order_id = :order_id"
    " UNION ALL SELECT 'invoice', id, number, state, created_at, total, currency FROM invoice"
    " WHERE order_id = :order_id"
    " UNION ALL SELECT DISTINCT 'payment', p.id, p.number, p.state, p.created_at, p.amount, p.currency FROM invoice i"
    " JOIN payment_allocation a ON a.invoice_id = i.id JOIN payment p ON p.id = a.payment_id"
    " WHERE i.order_id = :order_id"
    " ORDER BY created_at, document, id";

GListStore *
tw_order_document_store_list (TwDb *db, gint64 order_id, GError **error)
{
  g_autoptr (GListStore) documents = g_list_store_new (tw_linked_document_get_type ());
  g_autoptr (TwStatement) list = tw_db_prepare (db, list_sql);

  tw_bind_int (list, "order_id", order_id);
  if (!tw_statement_read_all (list, tw_linked_document_get_type (), documents, error))
    return NULL;
  return g_steal_pointer (&documents);
}
