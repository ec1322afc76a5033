/* settlement.h: what of an invoice is settled, its instalments and its state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Payments settle the instalment that is due first. A credit note makes the debt smaller from its end: it
 * settles the one due last; what is taken back reopens the one due last, too.
 */
#pragma once

#include "server/finance/invoice.h"

G_BEGIN_DECLS

/* Adds to what was paid, respectively credited (negative: takes back), of @invoice, which is loaded and locked. */
gboolean tw_settlement_add (TwContext *ctx, TwInvoice *invoice, TwDecimal paid, TwDecimal credited, GError **error);

/* After that: brings the invoice's state in line with its amounts, and its orders' statuses. */
gboolean tw_settlement_align (TwContext *ctx, TwInvoice *invoice, GError **error);

/* paid + credited */
TwDecimal tw_settlement_get_settled (TwInvoice *invoice);

/* The state that the amounts of a posted invoice ask for. */
const char *tw_settlement_get_state (TwInvoice *invoice);

G_END_DECLS
