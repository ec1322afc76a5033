/* order-check.h: what is looked at before an order is submitted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/sales/order-entry.h"
#include "shared/document/order-check.h"

G_BEGIN_DECLS

/* Fills order->checks from the completed order and its masters. Stores nothing. */
gboolean tw_order_check_run (TwContext *ctx, TwOrder *order, TwOrderMasters *masters, GError **error);

/* A fault for each check that blocks. */
gboolean tw_order_check_allows (TwOrder *order, GError **error);

/* Sets the sentences of order->checks in the thread's language, and takes away what the reader may not see. */
void tw_order_check_describe (TwContext *ctx, TwOrder *order);

/* Kept for each round of submitting. */
gboolean tw_order_check_store (TwContext *ctx, TwOrder *order, GError **error);
gboolean tw_order_check_load (TwContext *ctx, TwOrder *order, GError **error);

G_END_DECLS
