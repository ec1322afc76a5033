/* order-entry.h: what was written into an order, completed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/masterdata/masterdata.h"
#include "server/sales/order.h"

G_BEGIN_DECLS

/* The masters that an order names. */
typedef struct
{
  TwCustomer *customer;
  GPtrArray *products; /* (element-type TwProduct): one for each line, in order */
} TwOrderMasters;

TwOrderMasters *tw_order_masters_new (void);
void tw_order_masters_free (TwOrderMasters *masters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwOrderMasters, tw_order_masters_free)

/* Resolves every reference, fills what was left open from the customer and the settings, and prices the order. Every
 * fault is collected with its pointer. @stored: the order before a change; NULL for a new one. (transfer full) */
TwOrderMasters *tw_order_entry_complete (TwContext *ctx, TwOrder *order, TwOrder *stored, TwRecord *patch,
                                         GError **error);

/* The same for a stored order whose content stands: list prices, tax rates and costs as they are today. */
TwOrderMasters *tw_order_entry_recompute (TwContext *ctx, TwOrder *order, GError **error);

G_END_DECLS
