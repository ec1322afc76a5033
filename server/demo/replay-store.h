/* replay-store.h: looking up what the replay goes on with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Ids of an order's shipments in @state, oldest first. (element-type gint64) (transfer full) */
GArray *tw_demo_store_find_shipments (TwDb *db, gint64 order_id, const char *state, GError **error);
/* Ids of a shipment's open exceptions. (element-type gint64) (transfer full) */
GArray *tw_demo_store_find_exceptions (TwDb *db, gint64 shipment_id, GError **error);
/* Ids of all shipments that are ready and on no trip, oldest first. (element-type gint64) (transfer full) */
GArray *tw_demo_store_find_ready (TwDb *db, GError **error);
/* The oldest draft of an invoice; 0 when there is none. */
gboolean tw_demo_store_find_draft_invoice (TwDb *db, gint64 *id, GError **error);
/* The customer of the oldest posted invoice of more than @amount; NULL when there is none. (transfer full) */
gboolean tw_demo_store_find_debtor (TwDb *db, gint64 amount, char **customer, GError **error);
/* Whether there is anything in the database yet that a demonstration would stand beside. */
gboolean tw_demo_store_is_empty (TwDb *db, gboolean *empty, GError **error);

G_END_DECLS
