/* exception.h: what went otherwise than planned, with an owner and a date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/shipment.h"

G_BEGIN_DECLS

/* Opens one for whoever has to act; the kind tells who and by when. The shipment is locked and then needs attention;
 * its version stays. */
gboolean tw_exception_open (TwContext *ctx, TwShipment *shipment, const char *kind, const char *detail,
                            GError **error);

/* Loads shipment->exceptions. */
gboolean tw_exception_load_all (TwContext *ctx, TwShipment *shipment, GError **error);

G_END_DECLS
