/* stock-count.h: counting the stock and booking what differs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/resource.h"
#include "shared/document/stock-count.h"

G_BEGIN_DECLS

extern const TwResource tw_stock_count_resource;

G_END_DECLS
