/* payment-private.h: the parts of a payment's rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/finance/payment.h"

G_BEGIN_DECLS

extern const TwAction tw_payment_actions[];

/* (transfer full) */
TwPayment *tw_payment_get (TwContext *ctx, gint64 id, gboolean lock, GError **error);

/* Lets @payment pay @amount (negative: takes back) of @invoice, both loaded and locked: allocation, amounts,
 * instalments and journal. @note: text for the journal, nullable. */
gboolean tw_payment_allocate (TwContext *ctx, TwPayment *payment, TwInvoice *invoice, TwDecimal amount,
                              const char *note, GError **error);

G_END_DECLS
