/* refund.h: the rules of refunds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/payment.h"
#include "shared/document/refund.h"

G_BEGIN_DECLS

extern const TwResource tw_refund_resource;

/* A refund of @payment, which is locked and has as much left, is asked for. That the amount is set aside is left to
 * the payment. */
gboolean tw_refund_request (TwContext *ctx, TwPayment *payment, TwRefundArguments *asked, GError **error);

G_END_DECLS
