/* delivery-check-store.c: what always holds of shipments, as queries for what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/delivery-check.h"

#include "server/db/state-sql.h"

/* A line's bucket against what its shipments say in the states that fill it. */
#define BUCKET_CHECK(bucket, quantity, states)                                                                         \
  {                                                                                                                    \
    .name = bucket " lines equal their shipments",                                                                     \
    .sql = "SELECT CONCAT(o.number, ' line ', l.position, ': ', l." bucket ", ' " bucket ", but shipments of ',"       \
           " COALESCE(s.sum, 0)) AS problem FROM order_line l JOIN sales_order o ON o.id = l.order_id"                 \
           " JOIN product p ON p.id = l.product_id LEFT JOIN (SELECT sl.order_line_id, SUM(sl." quantity ") AS sum"    \
           " FROM shipment_line sl JOIN shipment s ON s.id = sl.shipment_id WHERE s.state IN (" states ")"             \
           " GROUP BY sl.order_line_id) AS s ON s.order_line_id = l.id"                                                \
           " WHERE p.kind = 'stocked' AND l." bucket " <> COALESCE(s.sum, 0)"                                          \
  }

const TwCheck tw_delivery_checks[] = {
  BUCKET_CHECK ("reserved", "quantity", "'planned', 'released'"),
  BUCKET_CHECK ("picking", "quantity", "'picking'"),
  BUCKET_CHECK ("picked", "picked", "'picked'"),
  BUCKET_CHECK ("packed", "packed", "'packed', 'checked', 'ready'"),
  BUCKET_CHECK ("shipped", "packed", "'dispatched', 'in_transit'"),
  BUCKET_CHECK ("delivered", "delivered", "'delivered', 'closed'"),
  { .name = "shipments need attention when an exception is open",
    .sql = "SELECT CONCAT(s.number, ': the mark and its exceptions differ') AS problem FROM shipment s"
           " WHERE s.has_exception <> EXISTS (SELECT 1 FROM shipment_exception e WHERE e.shipment_id = s.id"
           " AND e.state = 'open')" },
  { .name = "parcels hold what is packed",
    .sql = "SELECT CONCAT(s.number, ' line ', l.id, ': ', l.packed, ' packed, but parcels hold ', COALESCE(c.sum, 0))"
           " AS problem FROM shipment_line l JOIN shipment s ON s.id = l.shipment_id"
           " LEFT JOIN (SELECT shipment_line_id, SUM(quantity) AS sum FROM parcel_line GROUP BY shipment_line_id) AS c"
           " ON c.shipment_line_id = l.id WHERE l.packed <> COALESCE(c.sum, 0)" },
  TW_CHECK_STATES ("shipment", "shipment", "d.number"),
  TW_CHECK_STATES ("shipment_exception", "shipment_exception", "d.id"),
  TW_CHECK_STATES ("trip", "trip", "d.number"),
  { NULL },
};
