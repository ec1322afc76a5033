-- SPDX-License-Identifier: GPL-3.0-or-later
-- Stock: the balance, its ledger, reservations, goods in and counts.
-- append-only: stock_move, receipt, receipt_line

CREATE TABLE IF NOT EXISTS stock_level (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  product_id BIGINT NOT NULL,
  warehouse_id BIGINT NOT NULL,
  on_hand DECIMAL(18,6) NOT NULL DEFAULT 0,
  reserved DECIMAL(18,6) NOT NULL DEFAULT 0,
  backordered DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY stock_level_place (product_id, warehouse_id),
  KEY stock_level_warehouse (warehouse_id, id),
  CONSTRAINT stock_level_product FOREIGN KEY (product_id) REFERENCES product (id),
  CONSTRAINT stock_level_warehouse_fk FOREIGN KEY (warehouse_id) REFERENCES warehouse (id),
  CONSTRAINT stock_level_never_oversold CHECK (reserved >= 0 AND reserved <= on_hand),
  CONSTRAINT stock_level_backordered CHECK (backordered >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Double entry: what leaves one location enters another.
CREATE TABLE IF NOT EXISTS stock_move (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  created_at DATETIME(6) NOT NULL,
  product_id BIGINT NOT NULL,
  quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  from_location VARCHAR(30) NOT NULL,
  from_warehouse_id BIGINT NULL,
  to_location VARCHAR(30) NOT NULL,
  to_warehouse_id BIGINT NULL,
  document VARCHAR(40) NOT NULL,
  document_id BIGINT NOT NULL,
  document_number VARCHAR(30) NULL,
  order_line_id BIGINT NULL,
  user_id BIGINT NULL,
  reason VARCHAR(500) NULL,
  KEY stock_move_product (product_id, id),
  KEY stock_move_document (document, document_id),
  KEY stock_move_line (order_line_id),
  CONSTRAINT stock_move_quantity CHECK (quantity > 0),
  CONSTRAINT stock_move_places CHECK ((from_location = 'warehouse') <= (from_warehouse_id IS NOT NULL)
    AND (to_location = 'warehouse') <= (to_warehouse_id IS NOT NULL)),
  CONSTRAINT stock_move_product_fk FOREIGN KEY (product_id) REFERENCES product (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is put aside for an order's line and not yet picked.
CREATE TABLE IF NOT EXISTS reservation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_line_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  warehouse_id BIGINT NOT NULL,
  quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY reservation_line (order_line_id, warehouse_id),
  KEY reservation_place (product_id, warehouse_id),
  CONSTRAINT reservation_order_line FOREIGN KEY (order_line_id) REFERENCES order_line (id),
  CONSTRAINT reservation_quantity CHECK (quantity >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS receipt (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  warehouse_id BIGINT NOT NULL,
  reason VARCHAR(30) NOT NULL,
  reference VARCHAR(60) NULL,
  receipt_date DATE NOT NULL,
  author_id BIGINT NOT NULL,
  line_count INT NOT NULL DEFAULT 0,
  UNIQUE KEY receipt_number (number),
  KEY receipt_warehouse (warehouse_id, id),
  CONSTRAINT receipt_warehouse_fk FOREIGN KEY (warehouse_id) REFERENCES warehouse (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS receipt_line (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  receipt_id BIGINT NOT NULL,
  position INT NOT NULL,
  product_id BIGINT NOT NULL,
  quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY receipt_line_position (receipt_id, position),
  CONSTRAINT receipt_line_receipt FOREIGN KEY (receipt_id) REFERENCES receipt (id),
  CONSTRAINT receipt_line_product FOREIGN KEY (product_id) REFERENCES product (id),
  CONSTRAINT receipt_line_quantity CHECK (quantity > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_count (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'draft',
  warehouse_id BIGINT NOT NULL,
  count_date DATE NOT NULL,
  reason VARCHAR(500) NULL,
  author_id BIGINT NOT NULL,
  line_count INT NOT NULL DEFAULT 0,
  UNIQUE KEY stock_count_number (number),
  KEY stock_count_state (state, id),
  CONSTRAINT stock_count_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouse (id),
  CONSTRAINT stock_count_state_key CHECK (state IN ('draft', 'posted', 'cancelled'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_count_line (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  stock_count_id BIGINT NOT NULL,
  position INT NOT NULL,
  product_id BIGINT NOT NULL,
  counted DECIMAL(18,6) NOT NULL DEFAULT 0,
  expected DECIMAL(18,6) NOT NULL DEFAULT 0,
  difference DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY stock_count_line_product (stock_count_id, product_id),
  CONSTRAINT stock_count_line_count FOREIGN KEY (stock_count_id) REFERENCES stock_count (id),
  CONSTRAINT stock_count_line_product_fk FOREIGN KEY (product_id) REFERENCES product (id),
  CONSTRAINT stock_count_line_counted CHECK (counted >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
