/* receipt-store.h: rows of goods receipts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/stock.h"

G_BEGIN_DECLS

extern const TwList tw_receipt_list;

TwReceipt *tw_receipt_store_load (TwDb *db, gint64 id, GError **error);
/* Head and lines; sets the ids. */
gboolean tw_receipt_store_insert (TwDb *db, TwReceipt *receipt, GError **error);

G_END_DECLS
