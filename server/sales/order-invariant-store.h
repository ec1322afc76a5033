/* order-invariant-store.h: what is always true of orders, as SQL that finds what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/verify.h"

G_BEGIN_DECLS

extern const TwCheck tw_order_invariants[];

G_END_DECLS
