/* payment.h: the rules of payments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/invoice.h"
#include "shared/document/payment.h"

G_BEGIN_DECLS

extern const TwResource tw_payment_resource;

/* Takes @amount of what payments paid on @invoice (locked) back onto their accounts, the latest allocation first: for a
 * credit note on a paid invoice. The invoice's state is left to tw_settlement_align(). */
gboolean tw_payment_free (TwContext *ctx, TwInvoice *invoice, TwDecimal amount, GError **error);

G_END_DECLS
