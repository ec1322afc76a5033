/* order-store.h: the SQL of order heads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "server/sales/order.h"

G_BEGIN_DECLS

extern const TwList tw_order_list;

/* The condition of lists for a sales rep, respectively a customer's contact; `:scope` is who. */
extern const char tw_order_own_sql[];
extern const char tw_order_customer_sql[];

/* Fills @order's head. @lock: its row first. *customer_rep_id: who looks after the customer now. */
gboolean tw_order_store_read (TwDb *db, gint64 id, gboolean lock, TwOrder *order, gint64 *customer_rep_id,
                              gboolean *found, GError **error);
/* Of the head only what tw_order_store_update_state() writes, and what the system's steps look at; of the lines only
 * the quantities. No names. */
gboolean tw_order_store_read_progress (TwDb *db, gint64 id, TwOrder *order, gboolean *found, GError **error);
/* What has to be read of an order that is known: */
typedef struct
{
  gint64 version; /* 0: there is no such order, or it has no lines */
  gint64 shown; /* the edition of what it shows of other tables */
  gint64 customer_rep_id;
  GArray *available; /* of TwDecimal, by line: what its warehouse has to promise */
} TwOrderLook;
gboolean tw_order_store_look (TwDb *db, gint64 id, TwOrderLook *look, GError **error);
void tw_order_look_clear (TwOrderLook *look);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TwOrderLook, tw_order_look_clear)

/* Only locks its row. */
gboolean tw_order_store_lock (TwDb *db, gint64 id, gboolean *found, GError **error);
/* The version and the lines' quantities as they are now. */
gboolean tw_order_store_reread (TwDb *db, TwOrder *order, GError **error);

/* A new head and its lines. */
gboolean tw_order_store_insert (TwContext *ctx, TwOrder *order, GError **error);
/* The head's content and, when @lines, all lines anew (an id is kept). TW_ERROR_STALE when the version moved. */
gboolean tw_order_store_update (TwContext *ctx, TwOrder *order, gboolean lines, GError **error);
/* State, hold, signatures' base, totals and derived statuses; version + 1. */
gboolean tw_order_store_update_state (TwContext *ctx, TwOrder *order, const char *state, GError **error);
gboolean tw_order_store_remove (TwContext *ctx, TwOrder *order, GError **error);
/* The record rules' answers for orders that exist may be others after this transaction. */
gboolean tw_order_store_note_hands (TwContext *ctx, GError **error);

/* Orders that a timer has to look at, oldest first: at most 200. (element-type gint64) */
typedef enum
{
  TW_ORDERS_EXPIRED,    /* quotations past their validity */
  TW_ORDERS_RELEASABLE, /* confirmed and not held */
} TwOrderQueue;

/* The heads of the next @limit orders above @after, by id, for tw_statement_step(). */
TwStatement *tw_order_store_prepare_range (TwDb *db, gint64 after, guint limit);

GArray *tw_order_store_list_queue (TwContext *ctx, TwOrderQueue queue, GError **error);

G_END_DECLS
