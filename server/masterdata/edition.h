/* edition.h: which edition of the master data a transaction sees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every transaction that writes master data other than customers makes a new edition. What was read of them is kept by
 * the process under its edition (shelf.h) and holds as long as a transaction finds the same one: one look at one row
 * instead of reading products, prices, warehouses and terms again. Whoever writes those tables in SQL, past the server,
 * must raise master_edition.value too.
 */
#pragma once

#include "server/core/context.h"

G_BEGIN_DECLS

/* The edition that ctx's transaction sees, read once; 0 when nothing may be kept or taken: outside a transaction, and
 * after the transaction itself has written master data. */
gboolean tw_edition_get (TwContext *ctx, gint64 *edition, GError **error);
/* Another statement of the transaction has read it. */
void tw_edition_set (TwContext *ctx, gint64 edition);
/* The transaction writes master data. */
gboolean tw_edition_raise (TwContext *ctx, GError **error);

G_END_DECLS
