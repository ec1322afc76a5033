/* allocation.h: how one line gets its goods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/warehouse/stock-store.h"

G_BEGIN_DECLS

/* Reserves what the line wants, as far as it is there; the rest of what was open waits. Its order is locked. *taken is
 * what it got. Plans nothing. */
gboolean tw_stock_allocate_line (TwContext *ctx, const TwStockLine *line, TwDecimal *taken, GError **error);

G_END_DECLS
