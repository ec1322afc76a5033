/* stock-check.h: what always holds of stock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/verify.h"

G_BEGIN_DECLS

extern const TwCheck tw_stock_checks[];

G_END_DECLS
