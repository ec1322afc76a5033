/* no-database.h: for the part of a request that comes before its first statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* As of one of our own people, in a transaction of which every statement that is sent fails with TW_ERROR_RETRY:
 * nothing is connected to. @cost: somebody with every role; else one who may not read costs. */
TwContext tw_fuzz_no_database (gboolean cost);
/* Drops what was kept for the end of the transaction, which never comes. */
void tw_fuzz_forget (TwContext *ctx);

G_END_DECLS
