/* stock.h: the rules of stock: balance, ledger, reservation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever changes several levels in one transaction goes in the order of (product, warehouse) ids. Orders and shipments
 * are locked before levels.
 */
#pragma once

#include "server/core/resource.h"
#include "server/sales/order.h"

G_BEGIN_DECLS

extern const TwResource tw_stock_resource;
extern const TwResource tw_stock_move_resource;

/* What can be promised now: on hand − reserved. 0 when there is no level. */
gboolean tw_stock_get_available (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal *available,
                                 GError **error);

/* Reserves what is open or backordered of @order's stocked lines, as far as it is there, in its warehouse (a line
 * whose shortage is `other_warehouse`: also elsewhere), moves the buckets (open → reserved, the rest → backordered, or
 * cancelled when the line's shortage is `reduce` and a part is there) and plans shipments for what was reserved.
 * Services of an order without goods are done at once: open → delivered. @order is locked; its lines are reloaded by
 * the caller afterwards. */
gboolean tw_stock_allocate (TwContext *ctx, TwOrder *order, GError **error);

/* Gives back all reservations of @order (cancel): reserved → cancelled with the open and backordered quantity. Its
 * shipments were cancelled before. What is free then goes to others who wait for it. */
gboolean tw_stock_release_order (TwContext *ctx, TwOrder *order, GError **error);

/* Cancels what is open and backordered of @order's lines, and nobody waits for it any more. */
gboolean tw_stock_cancel_remainder (TwContext *ctx, TwOrder *order, GError **error);

/* Services of the order are done with its first delivery: open → delivered. The order is locked. */
gboolean tw_stock_finish_services (TwContext *ctx, gint64 order_id, GError **error);

/* Goods that go from one location to another. */
typedef struct
{
  gint64 product_id;
  TwDecimal quantity;       /* > 0 */
  const char *from;         /* tw_location_keys */
  gint64 from_warehouse_id; /* with warehouse and packing; else 0 */
  const char *to;
  gint64 to_warehouse_id;
  const char *document; /* what caused it: "receipt", "shipment", "stock_count" */
  gint64 document_id;
  const char *document_number;
  gint64 order_line_id; /* 0: none */
  const char *reason;   /* nullable */
} TwStockTransfer;

/* Goods move: the ledger's row and the balance of the warehouses at its ends; with tw_stock_take() all that changes
 * what is on hand. What leaves a warehouse must not be reserved: TW_ERROR_STATE. */
gboolean tw_stock_move (TwContext *ctx, const TwStockTransfer *transfer, GError **error);
/* Of @reserved that was put aside for the transfer's order line its quantity (0 to @reserved) leaves the warehouse; the
 * rest is free again. TW_ERROR_STATE, at the next statement, when less is reserved. */
gboolean tw_stock_take (TwContext *ctx, const TwStockTransfer *transfer, TwDecimal reserved, GError **error);

/* What is put aside for a line in a warehouse and not yet picked. */
typedef struct
{
  gint64 order_line_id;
  gint64 product_id;
  gint64 warehouse_id;
  TwDecimal quantity;
} TwReservation;

/* Of an order, by product and warehouse. (transfer full) (element-type TwReservation) */
GArray *tw_stock_get_reservations (TwContext *ctx, gint64 order_id, GError **error);

/* Gives back @quantity of what is reserved for a line in a warehouse. Moves no bucket. */
gboolean tw_stock_unreserve (TwContext *ctx, gint64 order_line_id, gint64 product_id, gint64 warehouse_id,
                             TwDecimal quantity, GError **error);

/* Moves @quantity of a line from the bucket @from to backordered: it waits in the order's warehouse. */
gboolean tw_stock_backorder (TwContext *ctx, gint64 order_line_id, TwBucket from, TwDecimal quantity, GError **error);

/* Cancels up to @quantity of what a line waits for; less when less of it waits by now. */
gboolean tw_stock_cancel_waiting (TwContext *ctx, gint64 order_line_id, TwDecimal quantity, GError **error);

/* Timer: what is free goes to those who wait for it, unless a short pick of it waits for the planner. */
gboolean tw_stock_serve_waiting (TwDb *db, GError **error);

/* Registers resources and checks of this area. */
void tw_warehouse_register (void);

G_END_DECLS
