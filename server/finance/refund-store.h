/* refund-store.h: the SQL of refunds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "shared/document/refund.h"

G_BEGIN_DECLS

extern const TwList tw_refund_list;

/* @lock: its row is locked first. */
gboolean tw_refund_store_read (TwDb *db, gint64 id, gboolean lock, TwRefund *refund, gboolean *found, GError **error);
gboolean tw_refund_store_insert (TwDb *db, TwRefund *refund, GError **error);
/* State, approval and payment; holds where the version does, and counts it on; TW_ERROR_STALE otherwise. */
gboolean tw_refund_store_update_state (TwDb *db, TwRefund *refund, const char *state, GError **error);

G_END_DECLS
