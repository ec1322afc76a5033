-- SPDX-License-Identifier: GPL-3.0-or-later
-- What makes two orders alike (server/sales/order-fingerprint.h), so that a double is found without reading the lines
-- of all that the customer has ordered. Doubles are looked for among those of one day.

ALTER TABLE sales_order
  ADD COLUMN IF NOT EXISTS fingerprint BINARY(32) NULL,
  ADD KEY IF NOT EXISTS sales_order_fingerprint (customer_id, fingerprint);

UPDATE sales_order o SET o.fingerprint = (SELECT UNHEX(SHA2(GROUP_CONCAT(l.product_id, ':', l.quantity
  ORDER BY l.product_id, l.quantity), 256)) FROM order_line l WHERE l.order_id = o.id)
  WHERE o.created_at >= UTC_TIMESTAMP() - INTERVAL 1 DAY;
