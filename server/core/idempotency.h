/* idempotency.h: a request with a key happens once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key is stored with its answer as the last statement of the request's own transaction: both are there or neither.
 * A twin therefore does its work in vain, to be undone when its key turns out to be taken; that costs nothing where no
 * twin is, and what a twin answers is looked up only when it failed, for whatever reason. Keys are per user. Failures
 * are not kept.
 */
#pragma once

#include "server/core/exchange.h"

G_BEGIN_DECLS

/* Whether a key means something there: where people write, but for PUT, which done twice is the same as once. */
gboolean tw_idempotency_concerns (const TwRoute *route);

/* Before and after the transaction: TW_ERROR_IN_PROGRESS while this process works on a twin. Any thread. */
gboolean tw_idempotency_enter (TwPrincipal *who, const char *key, GError **error);
void tw_idempotency_leave (TwPrincipal *who, const char *key);

/* In the transaction, when all else is done: keeps @reply with the key of @request. TW_ERROR_DUPLICATE when the key is
 * there; waits while another transaction is about to put it there. A refusal is not kept. */
gboolean tw_idempotency_keep (TwContext *ctx, const TwRoute *route, TwRequest *request, TwReply *reply,
                              GError **error);
/* After a failed transaction: *found when the key was answered before, and @reply is that answer then.
 * TW_ERROR_KEY_REUSED when it was the answer to another request; where passwords are sent, bodies are not compared. */
gboolean tw_idempotency_recall (TwContext *ctx, const TwRoute *route, TwRequest *request, TwReply *reply,
                                gboolean *found, GError **error);

G_END_DECLS
