/* invoice-build.h: the lines, taxes and totals of an invoice, from what was delivered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/invoice.h"

G_BEGIN_DECLS

/* Adds a line for everything of @order (locked) that was delivered, not returned and not yet invoiced, drafts included;
 * with @until set what was delivered before, and services. Amounts are cumulative: all invoices of an order
 * add up to the order to the last cent. *draft_id: a draft that holds back some of it; 0: none. */
gboolean tw_invoice_build_add_order (TwContext *ctx, TwInvoice *invoice, TwOrder *order, TwTime until,
                                     gint64 *draft_id, GError **error);

/* Numbers the lines and sums up taxes and totals from them. */
gboolean tw_invoice_build_total (TwContext *ctx, TwInvoice *invoice, GError **error);

G_END_DECLS
