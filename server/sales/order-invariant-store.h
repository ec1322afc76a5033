/* order-invariant-store.h: what is always true of orders, as SQL that finds what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/verify.h"
#include "server/sales/order.h"
#include "shared/document/order-status.h"

G_BEGIN_DECLS

extern const TwCheck tw_order_invariants[];

/* An order with its lines and what is known of its present round. */
typedef struct
{
  TwOrder *order;
  char *rule_version; /* NULL when there is no round */
  TwOrderFacts facts; /* of the round; those of invoices are the caller's */
} TwOrderCase;

void tw_order_case_free (TwOrderCase *one);

/* The next orders above @after, some hundred, by id; none when there are no more. (element-type TwOrderCase) */
GPtrArray *tw_order_invariant_store_read (TwDb *db, gint64 after, GError **error);
TwOrderCase *tw_order_case_find (GPtrArray *cases, gint64 order_id);

G_END_DECLS
