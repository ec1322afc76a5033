/* shipment-store.h: rows of shipments with lines and parcels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/context.h"
#include "server/db/list.h"
#include "server/warehouse/stock.h"
#include "shared/document/shipment.h"

G_BEGIN_DECLS

extern const TwList tw_shipment_list;

/* Record rules, with the parameter `:scope`: what a sales rep has sold or a driver brings (a user id), and what belongs
 * to a customer (a customer id). */
typedef enum
{
  TW_SHIPMENTS_OF_REP,
  TW_SHIPMENTS_OF_DRIVER,
  TW_SHIPMENTS_OF_EITHER, /* who is both */
  TW_SHIPMENTS_OF_CUSTOMER,
} TwShipmentRule;
const char *tw_shipment_store_get_rule (TwShipmentRule rule);           /* of shipments called s */
const char *tw_shipment_store_get_exception_rule (TwShipmentRule rule); /* of exceptions to them, called e */
/* Whether the rule lets @scope know of it. */
gboolean tw_shipment_store_is_visible (TwDb *db, gint64 id, TwShipmentRule rule, gint64 scope, gboolean *visible,
                                       GError **error);

/* Head, lines and parcels; NULL with NOT_FOUND. *has_exceptions: there is or was one. */
TwShipment *tw_shipment_store_load (TwDb *db, gint64 id, gboolean *has_exceptions, GError **error);
/* The shipment's order; 0 when there is no such shipment. */
gboolean tw_shipment_store_get_order (TwDb *db, gint64 id, gint64 *order_id, GError **error);
/* Locks its row. *known: the shipment, when it need not be read. (transfer full) */
gboolean tw_shipment_store_lock (TwContext *ctx, gint64 id, TwShipment **known, GError **error);

/* Head and lines; sets the ids. */
gboolean tw_shipment_store_insert (TwDb *db, TwShipment *shipment, GError **error);
/* What a person may change; version + 1. Its row is locked. */
gboolean tw_shipment_store_update (TwContext *ctx, TwShipment *shipment, GError **error);
/* With what the actions find out: carrier, tracking number, times, receiver and note. */
gboolean tw_shipment_store_set_state (TwContext *ctx, TwShipment *shipment, const char *state, GError **error);
/* Whether an exception is open, from its exceptions. @touch: version + 1. */
gboolean tw_shipment_store_set_exception (TwContext *ctx, gint64 id, gboolean touch, GError **error);
gboolean tw_shipment_store_set_line (TwDb *db, TwShipmentLine *line, GError **error);
/* With its lines; sets the ids. */
gboolean tw_shipment_store_insert_parcel (TwDb *db, gint64 shipment_id, TwParcel *parcel, GError **error);

/* What is reserved for an order and not in a shipment of that warehouse yet, by product and warehouse. (element-type
 * TwReservation) */
gboolean tw_shipment_store_list_unplanned (TwDb *db, gint64 order_id, GArray *unplanned, GError **error);
/* Ids of the order's shipments that are neither cancelled, delivered nor closed. (element-type gint64) */
gboolean tw_shipment_store_list_open (TwDb *db, gint64 order_id, GArray *ids, GError **error);
/* Ids of shipments delivered before @before without an open exception. (element-type gint64) */
/* Planned ones of @until (unset: of any day) at the latest. */
gboolean tw_shipment_store_list_due (TwDb *db, TwDate until, GArray *ids, GError **error);
gboolean tw_shipment_store_list_settled (TwDb *db, TwTime before, GArray *ids, GError **error);
/* What one unit of each line's product weighs, in kg. (element-type TwLineWeight) */
typedef struct
{
  gint64 line_id;
  TwDecimal weight;
} TwLineWeight;
gboolean tw_shipment_store_read_weights (TwDb *db, gint64 id, GArray *weights, GError **error);
/* Takes it off the trip that it is on. */
gboolean tw_shipment_store_leave_trip (TwDb *db, gint64 id, GError **error);

G_END_DECLS
