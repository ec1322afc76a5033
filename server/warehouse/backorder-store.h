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

/* A product that is free in a warehouse where orders wait for it. */
typedef struct
{
  gint64 product_id;
  gint64 warehouse_id;
} TwFreePlace;

/* At most 500 of them, without products of which a short pick waits for the planner: their shelf may be empty, whatever
 * the books say. (element-type TwFreePlace) */
gboolean tw_backorder_store_list_free (TwDb *db, GArray *places, GError **error);

/* The lines of released orders, not on hold, that wait for the product in the warehouse: by promised, else requested
 * date, then order. (element-type TwWaitingLine) */
gboolean tw_backorder_store_list (TwDb *db, gint64 product_id, gint64 warehouse_id, GArray *lines, GError **error);

G_END_DECLS
