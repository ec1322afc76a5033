/* order-verify.h: whether what is stored of orders is what their facts say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Derives the statuses and computes the amounts of every order anew, and appends a sentence (transfer full) to
 * @problems for each that differs. */
gboolean tw_order_verify (TwDb *db, GPtrArray *problems, GError **error);

G_END_DECLS
