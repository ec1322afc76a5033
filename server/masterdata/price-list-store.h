/* price-list-store.h: the SQL of price lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"
#include "server/masterdata/master.h"

G_BEGIN_DECLS

extern const TwMaster tw_price_list_master;
/* Columns id and status of the row whose key is :key. */
extern const char tw_price_list_find_sql[];
extern const TwList tw_price_list_list;

/* The item with the largest break ≤ @quantity that is valid on @day. */
gboolean tw_price_list_find_price (TwDb *db, gint64 price_list_id, gint64 product_id, TwDecimal quantity, TwDate day,
                                   TwDecimal *price, gboolean *found, GError **error);

G_END_DECLS
