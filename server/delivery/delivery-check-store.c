/* delivery-check-store.c: what always holds of shipments, as queries for what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/delivery-check.h"

#include "server/db/state-sql.h"

/* What the shipments in @states say of a bucket of the line. */
#define SHIPPED(quantity, states) "COALESCE(SUM(CASE WHEN s.state IN (" states ") THEN sl." quantity " END), 0)"
/* Whether it differs, and the words for it. */
#define DIFFERS(bucket, quantity, states) "MIN(l." bucket ") <> " SHIPPED (quantity, states)
#define SAY(bucket, quantity, states)                                                                                  \
  ", CASE WHEN " DIFFERS (bucket, quantity, states) " THEN CONCAT(MIN(l." bucket "), ' " bucket ", but shipments of '" \
  ", " SHIPPED (quantity, states) ") END"

#define RESERVED "reserved", "quantity", "'planned', 'released'"
#define PICKING "picking", "quantity", "'picking'"
#define PICKED "picked", "picked", "'picked'"
#define PACKED "packed", "packed", "'packed', 'checked', 'ready'"
#define SENT "shipped", "packed", "'dispatched', 'in_transit'"
#define DELIVERED "delivered", "delivered", "'delivered', 'closed'"

#define PARCELS "COALESCE((SELECT SUM(c.quantity) FROM parcel_line c WHERE c.shipment_line_id = l.id), 0)"

/* So that a bucket's three words become three arguments. */
#define OF(macro, bucket) macro (bucket)

/* All buckets in one walk along the lines; see finance-check-store.c for why it is grouped by the id alone. */
const TwCheck tw_delivery_checks[] = {
  { .name = "order lines equal their shipments",
    .sql = "SELECT STRAIGHT_JOIN CONCAT(MIN(o.number), ' line ', MIN(l.position), ': ', CONCAT_WS('; '"
           OF (SAY, RESERVED) OF (SAY, PICKING) OF (SAY, PICKED) OF (SAY, PACKED) OF (SAY, SENT) OF (SAY, DELIVERED)
           ")) AS problem FROM order_line l JOIN sales_order o ON o.id = l.order_id"
           " JOIN product p ON p.id = l.product_id"
           " LEFT JOIN shipment_line sl ON sl.order_line_id = l.id LEFT JOIN shipment s ON s.id = sl.shipment_id"
           " WHERE p.kind = 'stocked' GROUP BY l.id HAVING " OF (DIFFERS, RESERVED) " OR " OF (DIFFERS, PICKING)
           " OR " OF (DIFFERS, PICKED) " OR " OF (DIFFERS, PACKED) " OR " OF (DIFFERS, SENT)
           " OR " OF (DIFFERS, DELIVERED) },
  { .name = "shipments need attention when an exception is open",
    .sql = "SELECT CONCAT(s.number, ': the mark and its exceptions differ') AS problem FROM shipment s"
           " WHERE s.has_exception <> EXISTS (SELECT 1 FROM shipment_exception e WHERE e.shipment_id = s.id"
           " AND e.state = 'open')" },
  { .name = "parcels hold what is packed",
    .sql = "SELECT CONCAT(s.number, ' line ', l.id, ': ', l.packed, ' packed, but parcels hold ', " PARCELS ")"
           " AS problem FROM shipment_line l JOIN shipment s ON s.id = l.shipment_id WHERE l.packed <> " PARCELS },
  TW_CHECK_STATES ("shipment", "shipment", "d.number"),
  TW_CHECK_STATES ("shipment_exception", "shipment_exception", "d.id"),
  TW_CHECK_STATES ("trip", "trip", "d.number"),
  { NULL },
};
