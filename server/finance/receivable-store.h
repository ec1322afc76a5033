/* receivable-store.h: the SQL of what customers owe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "server/finance/receivable.h"

G_BEGIN_DECLS

extern const TwList tw_receivable_list; /* instalments with something open */

/* In company currency. @returned: paid back of payments that bounced afterwards. */
gboolean tw_receivable_store_sum_open (TwDb *db, gint64 customer_id, TwDate today, TwDecimal *open, TwDecimal *overdue,
                                       TwDecimal *returned, GError **error);
/* In company currency: what is left of payments that have arrived, neither used nor set aside. */
gboolean tw_receivable_store_sum_account (TwDb *db, gint64 customer_id, TwDecimal *sum, GError **error);

/* Sums over the lines of one order on posted invoices, in its currency: invoiced less credited, and its share of what
 * was paid. */
gboolean tw_receivable_store_sum_order (TwDb *db, gint64 order_id, TwDecimal *invoiced, TwDecimal *settled,
                                        GError **error);

gboolean tw_receivable_store_sum_orders (TwDb *db, gint64 after, gint64 last, TwReceivableOrder func, gpointer data,
                                         GError **error);

G_END_DECLS
