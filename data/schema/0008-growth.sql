-- SPDX-License-Identifier: GPL-3.0-or-later
-- What lists of millions of rows are counted and found by.

-- Rows of a table up to an id; position 0: set, not yet counted.
CREATE TABLE IF NOT EXISTS list_mark (
  list VARCHAR(40) NOT NULL,
  last_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (list, last_id),
  KEY list_mark_position (list, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which orders are gone is asked of the index alone, and so is how many of a state or of a rep there are.
ALTER TABLE sales_order
  ADD KEY IF NOT EXISTS sales_order_state_live (state, deleted_at),
  ADD KEY IF NOT EXISTS sales_order_live (deleted_at, sales_rep_id, customer_id),
  ADD KEY IF NOT EXISTS sales_order_created (created_at),
  DROP KEY IF EXISTS sales_order_state;

ALTER TABLE shipment ADD KEY IF NOT EXISTS shipment_tracking (tracking_number);
ALTER TABLE payment ADD KEY IF NOT EXISTS payment_reference (reference);
ALTER TABLE journal_line ADD KEY IF NOT EXISTS journal_line_customer (customer_id);
