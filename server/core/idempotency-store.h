/* idempotency-store.h: the rows of table idempotency
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

#define TW_HASH_BYTES 32

/* TW_ERROR_DUPLICATE when the key is there. Waits while another transaction holds it. @body nullable. */
gboolean tw_idempotency_store_insert (TwContext *ctx, const char *key, const guint8 *hash, guint status,
                                      const char *headers, GBytes *body, GError **error);
/* Reads the kept answer. (transfer full) *headers, *body. */
gboolean tw_idempotency_store_find (TwContext *ctx, const char *key, gboolean *found, guint8 *hash, guint *status,
                                    char **headers, GBytes **body, GError **error);

G_END_DECLS
