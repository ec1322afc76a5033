/* stock-check-store.c: what always holds of stock, as queries for what breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/stock-check.h"

#include "server/db/state-sql.h"

#define PLACE "CONCAT(p.sku, ' in ', w.code"
#define LEVELS "stock_level l JOIN product p ON p.id = l.product_id JOIN warehouse w ON w.id = l.warehouse_id"

/* Of the moves m of a product, added up by where they came from and went to. */
#define MOVED                                                                                                          \
  "COALESCE(SUM(CASE WHEN m.to_location = 'warehouse' AND m.to_warehouse_id = l.warehouse_id THEN m.quantity END), 0)" \
  " - COALESCE(SUM(CASE WHEN m.from_location = 'warehouse' AND m.from_warehouse_id = l.warehouse_id"                   \
  " THEN m.quantity END), 0)"
#define RESERVED "COALESCE((SELECT SUM(r.quantity) FROM reservation r WHERE r.order_line_id = l.id), 0)"

const TwCheck tw_stock_checks[] = {
  { .name = "stock is never oversold",
    .sql = "SELECT " PLACE ", ': ', l.reserved, ' reserved of ', l.on_hand, ' on hand') AS problem FROM " LEVELS
           " WHERE NOT (l.reserved >= 0 AND l.reserved <= l.on_hand)" },
  { .name = "stock balance equals moves",
    .sql = "SELECT CONCAT(MIN(p.sku), ' in ', MIN(w.code), ': ', MIN(l.on_hand), ' on hand, but its moves add up to ', "
           MOVED ") AS problem FROM " LEVELS " LEFT JOIN (SELECT product_id, to_location, to_warehouse_id,"
           " from_location, from_warehouse_id, SUM(quantity) AS quantity FROM stock_move GROUP BY product_id,"
           " to_location, to_warehouse_id, from_location, from_warehouse_id) m ON m.product_id = l.product_id"
           " GROUP BY l.id"
           " HAVING MIN(l.on_hand) <> " MOVED },
  { .name = "reserved stock equals reservations",
    .sql = "SELECT " PLACE ", ': ', l.reserved, ' reserved, but reservations of ', COALESCE(r.sum, 0)) AS problem"
           " FROM " LEVELS " LEFT JOIN (SELECT product_id, warehouse_id, SUM(quantity) AS sum FROM reservation"
           " GROUP BY product_id, warehouse_id) AS r ON r.product_id = l.product_id AND r.warehouse_id = l.warehouse_id"
           " WHERE l.reserved <> COALESCE(r.sum, 0)" },
  { .name = "reserved lines equal their reservations",
    .sql = "SELECT STRAIGHT_JOIN CONCAT(o.number, ' line ', l.position, ': ', l.reserved + l.picking,"
           " ' reserved or being picked, but reservations of ', " RESERVED ") AS problem"
           " FROM order_line l JOIN sales_order o ON o.id = l.order_id WHERE l.reserved + l.picking <> " RESERVED },
  { .name = "backordered stock equals waiting lines",
    .sql = "SELECT " PLACE ", ': ', l.backordered, ' backordered, but lines wait for ', COALESCE(b.sum, 0)) AS problem"
           " FROM " LEVELS " LEFT JOIN (SELECT ol.product_id, o.warehouse_id, SUM(ol.backordered) AS sum"
           " FROM order_line ol JOIN sales_order o ON o.id = ol.order_id WHERE ol.backordered <> 0"
           " GROUP BY ol.product_id, o.warehouse_id) AS b"
           " ON b.product_id = l.product_id AND b.warehouse_id = l.warehouse_id"
           " WHERE l.backordered <> COALESCE(b.sum, 0)" },
  TW_CHECK_STATES ("stock_count", "stock_count", "d.number"),
  { NULL },
};
