/* order-fact-store.h: the SQL of what is known around an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/sales/order.h"
#include "shared/document/order-status.h"

G_BEGIN_DECLS

/* Whether @customer_id ever completed an order, and what @user_id may give as a discount (0 for no user). */
gboolean tw_order_fact_store_read_background (TwDb *db, gint64 customer_id, gint64 user_id, gboolean *has_completed,
                                              TwDecimal *discount_limit, GError **error);
/* In company currency, tax included: ordered and not yet invoiced. */
gboolean tw_order_fact_store_read_open_value (TwDb *db, gint64 customer_id, TwDecimal *value, GError **error);
/* Limit and hold of the order's customer, and whether its present round asked for a signature about credit. */
gboolean tw_order_fact_store_read_credit (TwDb *db, TwOrder *order, TwDecimal *limit, gboolean *on_hold,
                                          gboolean *is_signed, GError **error);

/* The number of another living order of the customer with the same reference, respectively with the same lines, entered
 * since @since; *number stays NULL when there is none. @fingerprint: order-fingerprint.h. @except: this order itself, 0
 * when it is not stored. */
gboolean tw_order_fact_store_find_reference (TwDb *db, gint64 customer_id, const char *po_reference, gint64 except,
                                             char **number, GError **error);
gboolean tw_order_fact_store_find_lines (TwDb *db, gint64 customer_id, const guint8 *fingerprint, TwTime since,
                                         gint64 except, char **number, GError **error);

/* The states that the rounds of signing had. */
void tw_order_fact_store_take_round (TwStatement *row, TwOrderFacts *facts); /* columns state and has_steps */
gboolean tw_order_fact_store_read_round (TwDb *db, TwOrder *order, TwOrderFacts *facts, GError **error);

G_END_DECLS
