/* order-invariant-store.h: what is always true of orders, as SQL that finds what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/verify.h"

G_BEGIN_DECLS

extern const TwCheck tw_order_invariants[];

/* The next ids above @after, at most 1000. (element-type gint64) */
GArray *tw_order_invariant_store_list (TwDb *db, gint64 after, GError **error);

G_END_DECLS
