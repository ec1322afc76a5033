/* payment-private.h: the parts of a payment's rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/finance/journal.h"
#include "server/finance/payment.h"
#include "shared/document/refund.h"

G_BEGIN_DECLS

extern const TwAction tw_payment_actions[];

/* (transfer full) */
TwPayment *tw_payment_get (TwContext *ctx, gint64 id, gboolean lock, GError **error);

/* Whether @amount has no more decimals than the payment's currency. */
gboolean tw_payment_check_decimals (TwPayment *payment, TwDecimal amount, const char *pointer, GError **error);

/* What of it, once it has arrived, is neither used nor set aside. */
TwDecimal tw_payment_get_rest (TwPayment *payment);
/* Whether @amount is at most that. */
gboolean tw_payment_check_rest (TwPayment *payment, TwDecimal amount, const char *pointer, GError **error);
/* Guard of what needs a rest. */
char *tw_payment_explain_use (TwContext *ctx, TwRecord *document);

/* Lets @payment pay @amount (negative: takes back) of @invoice, both loaded and locked: allocation, amounts,
 * instalments and journal. @note: text for the journal, nullable. */
gboolean tw_payment_allocate (TwContext *ctx, TwPayment *payment, TwInvoice *invoice, TwDecimal amount,
                              const char *note, GError **error);

/* Posts @entry, whose other side stands there at @rate: @amount of the customer's credit is used, at the payment's
 * rate. What differs is an exchange difference, or rounding when the rates are the same. */
gboolean tw_payment_post_use (TwContext *ctx, TwPayment *payment, TwDecimal amount, TwJournalEntry *entry,
                              TwDecimal rate, guint places, GError **error);

/* The action refund (payment-refund.c). */
gboolean tw_payment_apply_refund (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to,
                                  GError **error);
/* What the steps of a refund do to its payment, which is loaded and locked. */
gboolean tw_payment_set_aside (TwContext *ctx, TwPayment *payment, TwDecimal amount, GError **error);
gboolean tw_payment_put_back (TwContext *ctx, TwPayment *payment, TwDecimal amount, GError **error);
/* Whether nothing has come between since it was asked for. */
gboolean tw_payment_check_refund (TwContext *ctx, TwPayment *payment, GError **error);
/* Out of what was set aside; @refund knows its day and rate. */
gboolean tw_payment_pay_out (TwContext *ctx, TwPayment *payment, TwRefund *refund, GError **error);

G_END_DECLS
