/* offer-store.h: the SQL of products with their prices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/masterdata/offer.h"

G_BEGIN_DECLS

/* @queries: a JSON array of {"product":…,"quantity":…}. One offer for each, in order; without an active product its
 * product is NULL respectively has another status. (transfer full) */
GPtrArray *tw_offer_store_read (TwDb *db, gint64 price_list_id, TwDate day, const char *queries, GError **error);

G_END_DECLS
