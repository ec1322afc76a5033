/* order.h: the rules of sales orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/order.h"

G_BEGIN_DECLS

extern const TwResource tw_order_resource;

/* The quantities of a line that always add up to what was ordered. */
typedef enum
{
  TW_BUCKET_CANCELLED,
  TW_BUCKET_OPEN,
  TW_BUCKET_BACKORDERED,
  TW_BUCKET_RESERVED,
  TW_BUCKET_PICKING,
  TW_BUCKET_PICKED,
  TW_BUCKET_PACKED,
  TW_BUCKET_SHIPPED,
  TW_BUCKET_DELIVERED,
} TwBucket;

/* The whole order without a record rule, for other areas. @lock: its row first, so that all who change an order's
 * facts queue there. (transfer full) */
TwOrder *tw_order_get (TwContext *ctx, gint64 order_id, gboolean lock, GError **error);
/* The same with its row locked and no more in it than its number, state, statuses and totals, and the quantities of
 * its lines. (transfer full) */
TwOrder *tw_order_get_progress (TwContext *ctx, gint64 order_id, GError **error);
/* Whether something of it may still be delivered. */
gboolean tw_order_is_open (TwOrder *order);
/* The lock alone, for who does not look at the order. */
gboolean tw_order_lock (TwContext *ctx, gint64 order_id, GError **error);

/* Moves @quantity (> 0) of a line from one bucket to another by one conditional update. The order's row is locked.
 * FALSE with TW_ERROR_STATE when there is not that much in @from. */
gboolean tw_order_move (TwContext *ctx, gint64 order_line_id, TwBucket from, TwBucket to, TwDecimal quantity,
                        GError **error);

/* Adds @quantity (negative: takes back) to what was invoiced, respectively returned, of a line. */
gboolean tw_order_add_invoiced (TwContext *ctx, gint64 order_line_id, TwDecimal quantity, GError **error);
gboolean tw_order_add_returned (TwContext *ctx, gint64 order_line_id, TwDecimal quantity, GError **error);

/* After facts have changed: derives the statuses anew and takes the system's steps that have become
 * possible (start_fulfilment, fulfil, complete). */
gboolean tw_order_refresh (TwContext *ctx, gint64 order_id, GError **error);

/* Orders that exist may change hands in this transaction: another sales rep, of the order or of its customer. */
gboolean tw_order_note_hands (TwContext *ctx, GError **error);

/* In company currency: what a customer has ordered (confirmed … fulfilled) and not yet been invoiced. */
gboolean tw_order_get_open_value (TwContext *ctx, gint64 customer_id, TwDecimal *value, GError **error);

/* What time brings: quotations expire, late approval steps go up, confirmed orders whose hold or credit is in order by
 * now are released. Each in a transaction of its own. */
gboolean tw_sales_run_timers (TwDb *db, GError **error);

/* Registers resources, routes and checks of this area. */
void tw_sales_register (void);

G_END_DECLS
