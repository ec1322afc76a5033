/* step.h: one of many steps in a transaction, undone alone when it fails
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* Runs @func so that its failure undoes its own SQL alone. A failure that ends the transaction (RETRY, UNAVAILABLE)
 * sets *fatal. */
typedef gboolean (*TwStepFunc) (TwContext *ctx, gpointer data, GError **error);
gboolean tw_context_step (TwContext *ctx, TwStepFunc func, gpointer data, gboolean *fatal, GError **error);

G_END_DECLS
