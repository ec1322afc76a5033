/* stock-store.h: rows of stock levels, their ledger and reservations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/warehouse/stock.h"
#include "shared/document/stock.h"

G_BEGIN_DECLS

extern const TwList tw_stock_level_list;
extern const TwList tw_stock_move_list;

/* A line as reservation sees it. */
typedef struct
{
  gint64 id;
  gint64 product_id;
  gint64 warehouse_id; /* the order's */
  gboolean stocked;
  gboolean elsewhere; /* may come from another warehouse */
  gboolean reduces;   /* what is missing is not wanted any more */
  TwDecimal open_quantity;
  TwDecimal backordered;
  TwDecimal reserved;
} TwStockLine;

TwStockLevel *tw_stock_store_load (TwDb *db, gint64 id, GError **error);
TwStockMove *tw_stock_store_load_move (TwDb *db, gint64 id, GError **error);

gboolean tw_stock_store_get_available (TwDb *db, gint64 product_id, gint64 warehouse_id, gboolean lock,
                                       TwDecimal *available, GError **error);
/* The warehouses with a level of the product, in id order, which are then locked. (element-type gint64) */
gboolean tw_stock_store_lock_places (TwDb *db, gint64 product_id, GArray *warehouse_ids, GError **error);

/* on_hand + @quantity; the level is made when there is none. */
gboolean tw_stock_store_raise (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                               GError **error);
/* on_hand − @quantity where that much is free; *done tells. */
gboolean tw_stock_store_lower (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                               gboolean *done, GError **error);
/* reserved + @quantity where that much is free; *done tells. */
gboolean tw_stock_store_reserve (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                                 gboolean *done, GError **error);
/* reserved − @quantity, on_hand − @taken (which was reserved), before the next statement; TW_ERROR_STATE when less is
 * reserved. */
gboolean tw_stock_store_unreserve (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                                   TwDecimal taken, GError **error);
/* backordered + @quantity, which may be negative; the level is made when there is none. */
gboolean tw_stock_store_wait (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                              GError **error);
gboolean tw_stock_store_insert_move (TwContext *ctx, const TwStockTransfer *transfer, GError **error);

/* The order's lines by product, or one line of it. (element-type TwStockLine) */
gboolean tw_stock_store_list_lines (TwDb *db, gint64 order_id, GArray *lines, GError **error);
gboolean tw_stock_store_get_line (TwDb *db, gint64 order_line_id, TwStockLine *line, GError **error);

gboolean tw_stock_store_add_reservation (TwContext *ctx, const TwReservation *reservation, GError **error);
/* Before the next statement; TW_ERROR_STATE when there is less. A reservation of 0 is no more. */
gboolean tw_stock_store_take_reservation (TwDb *db, const TwReservation *reservation, GError **error);
/* Of an order, by product and warehouse. (element-type TwReservation) */
gboolean tw_stock_store_list_reservations (TwDb *db, gint64 order_id, GArray *reservations, GError **error);

G_END_DECLS
