/* order-check-store.h: the SQL of checks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/sales/order.h"

G_BEGIN_DECLS

/* Inserts order->checks for its present round. */
gboolean tw_order_check_store_insert (TwDb *db, TwOrder *order, GError **error);
/* Fills order->checks of its present round. */
gboolean tw_order_check_store_read (TwDb *db, TwOrder *order, GError **error);

G_END_DECLS
