/* stock-count-store.h: rows of stock counts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/stock-count.h"

G_BEGIN_DECLS

extern const TwList tw_stock_count_list;

/* Of a draft, `expected` and `difference` are of this moment. */
TwStockCount *tw_stock_count_store_load (TwDb *db, gint64 id, gboolean lock, GError **error);
gboolean tw_stock_count_store_insert (TwDb *db, TwStockCount *count, GError **error);
/* Head and all lines anew, version + 1; *done is FALSE when the version is another one. */
gboolean tw_stock_count_store_update (TwContext *ctx, TwStockCount *count, gboolean *done, GError **error);
gboolean tw_stock_count_store_set_state (TwContext *ctx, TwStockCount *count, const char *state, gboolean *done,
                                         GError **error);
/* Keeps what was expected and how it differs, when it is posted. */
gboolean tw_stock_count_store_set_result (TwDb *db, TwStockCountLine *line, GError **error);
/* What is on hand and reserved of a product; locks the level. 0 when there is none. */
gboolean tw_stock_count_store_lock_level (TwDb *db, gint64 product_id, gint64 warehouse_id, TwDecimal *on_hand,
                                          TwDecimal *reserved, GError **error);

G_END_DECLS
