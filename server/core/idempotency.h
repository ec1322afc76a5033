/* idempotency.h: a request with a key happens once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key is inserted first in the request's own transaction, and its answer is put beside it last: both are there or
 * neither. Keys are per user. Failures are not kept.
 */
#pragma once

#include "server/core/exchange.h"

G_BEGIN_DECLS

/* Before and after the transaction: TW_ERROR_IN_PROGRESS while this process works on a twin. Any thread. */
gboolean tw_idempotency_enter (TwPrincipal *who, const char *key, GError **error);
void tw_idempotency_leave (TwPrincipal *who, const char *key);

/* Claims the key of @request. *replayed: the key was answered before and @reply now is that answer. TW_ERROR_KEY_REUSED
 * for another request under the same key. Waits for a twin in another process. */
gboolean tw_idempotency_begin (TwContext *ctx, TwRequest *request, TwReply *reply, gboolean *replayed, GError **error);
/* Keeps @reply with the key; a refused one gives the key free again. */
gboolean tw_idempotency_end (TwContext *ctx, TwRequest *request, TwReply *reply, GError **error);

G_END_DECLS
