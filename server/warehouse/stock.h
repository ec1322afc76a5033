/* stock.h: the rules of stock: balance, ledger, reservation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever changes several levels in one transaction goes in the order of (product, warehouse) ids.
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/order.h"

G_BEGIN_DECLS

/* What can be promised now: on hand − reserved. 0 when there is no level. */
gboolean tw_stock_get_available (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal *available,
                                 GError **error);

/* Reserves what is open or backordered of @order's stocked lines, as far as it is there, in its warehouse (a line
 * whose shortage is `other_warehouse`: also elsewhere), moves the buckets (open → reserved, the rest → backordered) and
 * plans shipments for what was reserved. @order is locked; its lines are reloaded by the caller afterwards. */
gboolean tw_stock_allocate (TwContext *ctx, TwOrder *order, GError **error);

/* Gives back all reservations of @order (cancel): reserved → cancelled with the open and backordered quantity. */
gboolean tw_stock_release_order (TwContext *ctx, TwOrder *order, GError **error);

G_END_DECLS
