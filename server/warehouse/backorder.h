/* backorder.h: goods that came in go to those who wait for them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   g_autoptr (TwBackorders) waiting = tw_backorders_new (warehouse_id);
 *   tw_backorders_expect (waiting, product_id, quantity);   for each product
 *   tw_backorders_lock (waiting, ctx, error);               before any level is touched
 *   …                                                       the levels rise, in product order
 *   tw_backorders_fill (waiting, ctx, error);
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

typedef struct _TwBackorders TwBackorders;

TwBackorders *tw_backorders_new (gint64 warehouse_id);
void tw_backorders_free (TwBackorders *waiting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwBackorders, tw_backorders_free)

void tw_backorders_expect (TwBackorders *waiting, gint64 product_id, TwDecimal quantity);
/* Locks, in id order, the orders that what is expected can serve. */
gboolean tw_backorders_lock (TwBackorders *waiting, TwContext *ctx, GError **error);
/* Reserves for them by promised or requested date, then order, plans their shipments and refreshes them. The levels of
 * all expected products are locked by the caller's own changes. */
gboolean tw_backorders_fill (TwBackorders *waiting, TwContext *ctx, GError **error);

G_END_DECLS
