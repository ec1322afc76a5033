/* exception-store.h: rows of what went otherwise than planned
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/shipment.h"

G_BEGIN_DECLS

extern const TwList tw_exception_list;

TwShipmentException *tw_exception_store_load (TwDb *db, gint64 id, gboolean lock, GError **error);
/* The shipment of an exception; 0 when there is no such exception. */
gboolean tw_exception_store_get_shipment (TwDb *db, gint64 id, gint64 *shipment_id, GError **error);
/* All of a shipment, appended to @list. */
gboolean tw_exception_store_load_all (TwDb *db, gint64 shipment_id, GListStore *list, GError **error);
gboolean tw_exception_store_insert (TwContext *ctx, TwShipmentException *exception, GError **error);
/* State and solution; version + 1; *done is FALSE when the version is another one. */
gboolean tw_exception_store_resolve (TwContext *ctx, TwShipmentException *exception, const char *state, gboolean *done,
                                     GError **error);

G_END_DECLS
