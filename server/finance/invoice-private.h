/* invoice-private.h: the parts of an invoice's rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/finance/invoice.h"

G_BEGIN_DECLS

extern const TwAction tw_invoice_actions[];

/* Stores a draft and logs it. */
gboolean tw_invoice_insert (TwContext *ctx, TwInvoice *invoice, GError **error);

/* The action credit (invoice-credit.c). */
char *tw_invoice_explain_credit (TwContext *ctx, TwRecord *document);
gboolean tw_invoice_apply_credit (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to,
                                  GError **error);

G_END_DECLS
