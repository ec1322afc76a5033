/* gate.h: may this action happen to this document now: the questions of the gate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tw_gate_run() itself is declared in resource.h.
 */
#pragma once

#include "server/core/resource.h"

G_BEGIN_DECLS

/* The resource's rules for @action; NULL when it has none. */
const TwAction *tw_gate_find_action (const TwResource *resource, const char *action);
/* Whether the transition table knows @action for this document at all. */
gboolean tw_gate_knows (const TwResource *resource, const char *action);
const char *tw_gate_get_state (const TwResource *resource, TwRecord *document);
/* Why ctx->who cannot take the step of @row with @document now, as a sentence; NULL when nothing is in the way. The
 * permission and the reason to be given are not asked here. (transfer full) */
char *tw_gate_explain (TwContext *ctx, const TwResource *resource, TwRecord *document, const TwTransition *row);
/* State, permission, authorship and guard of @action; *row is its first transition. */
gboolean tw_gate_check (TwContext *ctx, const TwResource *resource, TwRecord *document, const char *action,
                        const TwTransition **row, GError **error);

G_END_DECLS
