/* inbox-store.h: the SQL of what waits for whose signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"

G_BEGIN_DECLS

extern const TwList tw_inbox_list;
/* `:scope` is who may sign. */
extern const char tw_inbox_scope_sql[];

G_END_DECLS
