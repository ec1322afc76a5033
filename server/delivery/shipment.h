/* shipment.h: the rules of shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locks are taken in this order: trip, orders by id, shipments, stock levels, number counters.
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/order.h"
#include "shared/document/shipment.h"

G_BEGIN_DECLS

extern const TwResource tw_shipment_resource;
extern const TwResource tw_shipment_exception_resource;
extern const TwResource tw_trip_resource;
extern const TwResource tw_driver_resource;

/* Narrows a list of exceptions to those of shipments of which ctx->who may know. */
void tw_shipment_restrict_exceptions (TwContext *ctx, TwListQuery *query);

/* Plans shipments, one a warehouse, for what is reserved of the order's lines and not yet in an open shipment, and
 * releases those whose day is near. Called within the transaction that reserved it. */
gboolean tw_shipment_plan (TwContext *ctx, TwOrder *order, GError **error);

/* Cancels the order's shipments that have not begun to be picked; what was reserved for them is open again.
 * TW_ERROR_STATE when one has. The order is locked, and its statuses are for the caller to refresh. */
gboolean tw_shipment_cancel_for_order (TwContext *ctx, gint64 order_id, const char *reason, GError **error);

/* The last planned day of the shipments that are released for picking today; unset: all are. */
gboolean tw_shipment_get_release_day (TwContext *ctx, TwDate *until, GError **error);

/* Timer: releases shipments whose day has come near. */
gboolean tw_shipment_release_due (TwDb *db, GError **error);
/* Timer: closes shipments that were delivered a week ago and about which nobody complained. */
gboolean tw_shipment_close_settled (TwDb *db, GError **error);

/* Registers resources and checks of this area. */
void tw_delivery_register (void);

G_END_DECLS
