/* give-back.h: money on account that goes back to customers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/stage.h"

G_BEGIN_DECLS

/* A refund of @amount of the payment is asked for by the clerk, and goes through @steps (NULL-terminated): "approve",
 * "reject", "withdraw", "pay_out". */
gboolean tw_demo_give_back (TwStage *stage, gint64 payment_id, gint64 amount, const char *reason,
                            const char *const *steps, GError **error);

G_END_DECLS
