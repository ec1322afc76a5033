/* backorder-store.h: who waits for goods, first come first served
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 order_id;
  gint64 order_line_id;
  TwDecimal backordered;
} TwWaitingLine;

/* The lines of released orders, not on hold, that wait for the product in the warehouse: by promised, else requested
 * date, then order. (element-type TwWaitingLine) */
gboolean tw_backorder_store_list (TwDb *db, gint64 product_id, gint64 warehouse_id, GArray *lines, GError **error);

G_END_DECLS
