/* price-list-store.h: the SQL of price lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"
#include "server/masterdata/master.h"
#include "shared/document/price-list.h"

G_BEGIN_DECLS

extern const TwMaster tw_price_list_master;
/* Columns id and status of the row whose key is :key. */
extern const char tw_price_list_find_sql[];
extern const TwList tw_price_list_list;

/* The list without its items. TW_ERROR_NOT_FOUND. */
gboolean tw_price_list_store_read_head (TwDb *db, gint64 id, TwPriceList *list, GError **error);

G_END_DECLS
