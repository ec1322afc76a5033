/* extras.h: what the sample does not have: goods coming in, stock counts, delegations and a payment announced
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/stage.h"

G_BEGIN_DECLS

/* Some of what came short comes in, so that backorders are served; the rest keeps waiting. */
gboolean tw_demo_restock (TwStage *stage, GError **error);

/* On the last day. */
gboolean tw_demo_add_extras (TwStage *stage, GError **error);

G_END_DECLS
