/* order-fact-store.h: the SQL of what is known around an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/sales/order.h"
#include "shared/document/order-status.h"

G_BEGIN_DECLS

/* What an order is judged by when it is submitted. */
typedef struct
{
  gboolean has_completed;   /* the customer, an order */
  TwDecimal discount_limit; /* of the author; 0 for no user */
  TwDecimal open_value;
} TwOrderBackground;

/* What a release is judged by. */
typedef struct
{
  TwDecimal limit; /* and hold: the customer's */
  gboolean on_hold;
  gboolean is_signed; /* the present round asked for a signature about credit */
  TwDecimal open_value;
} TwOrderCredit;

gboolean tw_order_fact_store_read_background (TwDb *db, gint64 customer_id, gint64 user_id,
                                              TwOrderBackground *background, GError **error);
gboolean tw_order_fact_store_read_credit (TwDb *db, TwOrder *order, TwOrderCredit *credit, GError **error);
/* open_value alone: in company currency, tax included, what the customer has ordered and is not yet invoiced. */
gboolean tw_order_fact_store_read_open_value (TwDb *db, gint64 customer_id, TwDecimal *value, GError **error);

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
