/* receivable-store.h: the SQL of what customers owe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* In company currency. Credit not used up counts against what is open. */
gboolean tw_receivable_store_sum_open (TwDb *db, gint64 customer_id, TwDate today, TwDecimal *open, TwDecimal *overdue,
                                       GError **error);

/* Sums over the posted invoices and credit notes of one order, in its currency. */
gboolean tw_receivable_store_sum_order (TwDb *db, gint64 order_id, TwDecimal *invoiced, TwDecimal *credited,
                                        TwDecimal *settled, GError **error);

G_END_DECLS
