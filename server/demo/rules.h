/* rules.h: which orders of the demonstration company need whose signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/demo/stage.h"

G_BEGIN_DECLS

gboolean tw_demo_add_rules (TwStage *stage, GError **error);

G_END_DECLS
