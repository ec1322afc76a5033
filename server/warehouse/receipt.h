/* receipt.h: goods that come in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/stock.h"

G_BEGIN_DECLS

extern const TwResource tw_receipt_resource;

/* Checks, stores and posts a receipt in one: stock rises and goes to those who wait for it. Sets id, number and what
 * else the server knows. */
gboolean tw_receipt_post (TwContext *ctx, TwReceipt *receipt, GError **error);

G_END_DECLS
