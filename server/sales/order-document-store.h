/* order-document-store.h: the SQL of what was made from an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Shipments, invoices and payments, oldest first. (transfer full) (element-type TwLinkedDocument) */
GListStore *tw_order_document_store_list (TwDb *db, gint64 order_id, GError **error);

G_END_DECLS
