/* order-steps.h: guards and effects of the actions of an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of order.c's actions names them; nobody else calls them but where one step follows from another.
 */
#pragma once

#include "server/core/resource.h"
#include "server/sales/order.h"

G_BEGIN_DECLS

#define TW_ORDER_GUARD(name) char *tw_order_guard_##name (TwContext *ctx, TwRecord *document)
#define TW_ORDER_APPLY(name)                                                                                           \
  gboolean tw_order_apply_##name (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to,            \
                                  GError **error)

/* order-signing.c */
TW_ORDER_GUARD (submit);
TW_ORDER_APPLY (submit);
TW_ORDER_GUARD (sign);
TW_ORDER_APPLY (approve);
TW_ORDER_APPLY (reject);
TW_ORDER_APPLY (return);
TW_ORDER_APPLY (withdraw);

/* order-quotation.c */
TW_ORDER_GUARD (quote);
TW_ORDER_GUARD (accept);
TW_ORDER_APPLY (lose);
TW_ORDER_GUARD (expire);
TW_ORDER_APPLY (expire);

/* order-release.c */
TW_ORDER_GUARD (release);
TW_ORDER_GUARD (allocate);
TW_ORDER_APPLY (allocate);
TW_ORDER_GUARD (hold);
TW_ORDER_APPLY (hold);
TW_ORDER_GUARD (resume);
TW_ORDER_APPLY (resume);

/* order-cancel.c */
TW_ORDER_GUARD (cancel);
TW_ORDER_APPLY (cancel);
TW_ORDER_GUARD (cancel_remainder);
TW_ORDER_APPLY (cancel_remainder);

/* order-progress.c */
TW_ORDER_GUARD (fulfil);
TW_ORDER_GUARD (complete);
/* How the present round stands, from whoever has just opened or signed it: the statuses follow without a look. */
void tw_order_note_round (TwOrder *order, const char *state, gboolean has_steps);
gboolean tw_order_store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error);

/* order-reopen.c */
TW_ORDER_GUARD (reopen);
TW_ORDER_APPLY (reopen);

/* After a step: releases a confirmed order as the system when nothing is in the way, and takes the further steps that
 * have become possible. @document is as stored afterwards. */
gboolean tw_order_after_step (TwContext *ctx, TwRecord *document, GError **error);

/* Reads the quantities and the version anew, after other areas have worked on them. */
gboolean tw_order_reread (TwContext *ctx, TwOrder *order, GError **error);

/* Sets the statuses from the facts. */
gboolean tw_order_derive (TwContext *ctx, TwOrder *order, GError **error);

/* In a state before anything could be invoiced. */
gboolean tw_order_is_never_invoiced (TwOrder *order);
gboolean tw_order_is_in (TwOrder *order, const char *state);
/* Whether every line is delivered or cancelled. */
gboolean tw_order_is_done (TwOrder *order);
/* What of the lines is between picking and delivered. */
gboolean tw_order_has_begun (TwOrder *order);

G_END_DECLS
