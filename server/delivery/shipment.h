/* shipment.h: the rules of shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/shipment.h"

G_BEGIN_DECLS

extern const TwResource tw_shipment_resource;
extern const TwResource tw_shipment_exception_resource;

/* Plans and releases shipments, one a warehouse, for what is reserved of the order's lines and not yet in an open
 * shipment. Called within the transaction that reserved it. */
gboolean tw_shipment_plan (TwContext *ctx, gint64 order_id, GError **error);

/* Cancels the order's shipments that have not begun to be picked. TW_ERROR_STATE when one has. */
gboolean tw_shipment_cancel_for_order (TwContext *ctx, gint64 order_id, const char *reason, GError **error);

G_END_DECLS
