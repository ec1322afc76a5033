/* order-known.h: orders that this process has read, as they are when a look finds the same version
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Head, lines and taxes of orders of some lines; not how they were judged, nor what may be done next.
 */
#pragma once

#include "server/sales/order-store.h"

G_BEGIN_DECLS

/* The order as it is by @look; NULL when it is not known so. (transfer full) */
TwOrder *tw_order_known_take (TwContext *ctx, gint64 id, const TwOrderLook *look);
/* Whether it is known, and was never submitted. */
gboolean tw_order_known_is_simple (TwContext *ctx, gint64 id);
/* @order was read in the snapshot of @look. */
void tw_order_known_put (TwContext *ctx, TwOrder *order, const TwOrderLook *look);
G_END_DECLS
