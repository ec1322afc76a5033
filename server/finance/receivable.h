/* receivable.h: what customers owe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"

G_BEGIN_DECLS

extern const TwResource tw_receivable_resource; /* a list only: instalments with something open */

/* In company currency: posted and unpaid, and of that what is past its due date. What was paid back of a payment that
 * bounced afterwards is owed as well, as far as nothing else is left on
 * account. */
gboolean tw_receivable_get_exposure (TwContext *ctx, gint64 customer_id, TwDecimal *open, TwDecimal *overdue,
                                     GError **error);

/* Of one order, in its currency: the totals of its posted invoices less credit notes, and what of these was paid or
 * credited: the money facts from which an order's payment status is derived. */
gboolean tw_receivable_get_order_facts (TwContext *ctx, gint64 order_id, TwDecimal *invoiced, TwDecimal *settled,
                                        GError **error);

/* The same of every order above @after up to @last of which something was invoiced. */
typedef void (*TwReceivableOrder) (gint64 order_id, TwDecimal invoiced, TwDecimal settled, gpointer data);
gboolean tw_receivable_each_order (TwContext *ctx, gint64 after, gint64 last, TwReceivableOrder func, gpointer data,
                                   GError **error);

G_END_DECLS
