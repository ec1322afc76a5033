/* order-line-store.h: the SQL of order lines and their quantities
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/sales/order.h"

G_BEGIN_DECLS

/* Fills (anew) @order's lines, with what is available in its warehouse when @available. */
gboolean tw_order_line_store_read (TwDb *db, TwOrder *order, gboolean available, GError **error);
/* What is available of each line in the order's warehouse. */
gboolean tw_order_line_store_read_available (TwDb *db, TwOrder *order, GError **error);
/* The same for lines that are not stored yet. */
gboolean tw_order_line_store_look_up_available (TwDb *db, TwOrder *order, GError **error);
gboolean tw_order_line_store_insert (TwDb *db, TwOrder *order, GError **error);
/* All lines anew; one with an id keeps it. */
gboolean tw_order_line_store_replace (TwDb *db, TwOrder *order, GError **error);
/* What the masters say of each line, and the amounts that follow from it. */
gboolean tw_order_line_store_update_prices (TwDb *db, TwOrder *order, GError **error);

/* One conditional update each, made before the next statement; TW_ERROR_STATE when the quantities do not allow it. */
gboolean tw_order_line_store_move (TwDb *db, gint64 line_id, TwBucket from, TwBucket to, TwDecimal quantity,
                                   GError **error);
gboolean tw_order_line_store_add_invoiced (TwDb *db, gint64 line_id, TwDecimal quantity, GError **error);
gboolean tw_order_line_store_add_returned (TwDb *db, gint64 line_id, TwDecimal quantity, GError **error);

/* What is open or backordered becomes cancelled. */
gboolean tw_order_line_store_cancel_open (TwDb *db, gint64 order_id, GError **error);

/* The lines of the orders above @after up to @last, by order and position, for tw_statement_step(); with order_id. */
TwStatement *tw_order_line_store_prepare_range (TwDb *db, gint64 after, gint64 last);

G_END_DECLS
