/* chain.h: who has to sign an order, and whether they all have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "shared/document/order.h"

G_BEGIN_DECLS

/* Fills order->approvals with the steps that the active rules ask for, in level order, from its totals, lines and
 * checks. Stores nothing: preview and submit use the same. @rule_version (transfer full): hash of the active rules. */
gboolean tw_chain_compute (TwContext *ctx, TwOrder *order, char **rule_version, GError **error);

/* Opens the next round with order->approvals over order->digest. Without steps the round is complete at once.
 * *complete tells. */
gboolean tw_chain_open (TwContext *ctx, TwOrder *order, const char *rule_version, gboolean *complete, GError **error);

/* Why ctx->who cannot sign the current round now, as a sentence; NULL when they can. (transfer full) */
char *tw_chain_explain (TwContext *ctx, TwOrder *order);

/* Signs the open step that is ctx->who's, in their own right or for whoever delegated to them. *complete: that was the
 * last one. @decision: approve, reject, return. The signature is over order->digest, which the caller has checked
 * against the present content. */
gboolean tw_chain_sign (TwContext *ctx, TwOrder *order, const char *decision, const char *comment, gboolean *complete,
                        GError **error);

/* Ends the open round: state withdrawn (author) or void (commercial change). */
gboolean tw_chain_end (TwContext *ctx, gint64 order_id, const char *state, GError **error);

/* Loads the steps and signatures of the current round into order->approvals. */
gboolean tw_chain_load (TwContext *ctx, TwOrder *order, GError **error);

/* Timer: steps past due go one level up. */
gboolean tw_chain_escalate (TwContext *ctx, GError **error);

G_END_DECLS
