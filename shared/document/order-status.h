/* order-status.h: an order's statuses, derived from facts in one function
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/document/order.h"

G_BEGIN_DECLS

/* The facts of an order beyond its lines. */
typedef struct
{
  gboolean round_open;     /* a chain is being signed */
  gboolean round_complete; /* the chain of the current round is complete (and asked for at least one signature) */
  gboolean round_rejected; /* the last round ended with a rejection */
  TwDecimal invoiced;      /* totals of its posted invoices, less credit notes */
  TwDecimal settled;       /* what of these was paid or credited */
} TwOrderFacts;

/* What a round in @state says; one without steps asked for no signature. */
void tw_order_facts_set_round (TwOrderFacts *facts, const char *state, gboolean has_steps);

/* Sets the six *_status members of @order from its state, lines and @facts. The only place that does. Services
 * count like goods: they are delivered when confirmed as done. */
void tw_order_derive_statuses (TwOrder *order, const TwOrderFacts *facts);

G_END_DECLS
