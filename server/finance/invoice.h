/* invoice.h: the rules of invoices and credit notes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/invoice.h"

G_BEGIN_DECLS

extern const TwResource tw_invoice_resource;
extern const TwRoute tw_invoice_routes[];

/* Makes drafts of what was delivered and not yet invoiced: of an order one, of a customer and period one for each
 * currency, rate and payment term. Nothing to invoice is a fault that names the draft in the way. The first, as load()
 * would read it. (transfer full) */
TwInvoice *tw_invoice_create (TwContext *ctx, TwInvoiceRequest *request, GError **error);

/* Reads one without a record rule, for other parts of finance. (transfer full) */
TwInvoice *tw_invoice_get (TwContext *ctx, gint64 id, gboolean lock, GError **error);
/* The orders whose lines it has, ascending. (element-type gint64, transfer full) */
GArray *tw_invoice_list_orders (TwInvoice *invoice);

G_END_DECLS
