/* exception-solution.h: what solving an exception does to goods and order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/shipment.h"

G_BEGIN_DECLS

/* Carries out exception->resolution. A fault at "/resolution" when it makes no sense for this kind, or for a shipment
 * in its state. The order and the shipment are locked. */
gboolean tw_exception_solve (TwContext *ctx, TwShipmentException *exception, GError **error);

G_END_DECLS
