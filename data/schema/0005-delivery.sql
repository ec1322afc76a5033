-- SPDX-License-Identifier: GPL-3.0-or-later
-- Shipments, parcels, exceptions and trips.

CREATE TABLE IF NOT EXISTS trip (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'planned',
  trip_date DATE NOT NULL,
  vehicle VARCHAR(40) NULL,
  driver_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  stop_count INT NOT NULL DEFAULT 0,
  UNIQUE KEY trip_number (number),
  KEY trip_driver (driver_id, id),
  KEY trip_state (state, id),
  CONSTRAINT trip_driver_fk FOREIGN KEY (driver_id) REFERENCES app_user (id),
  CONSTRAINT trip_state_key CHECK (state IN ('planned', 'loading', 'departed', 'completed', 'cancelled'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS shipment (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'planned',
  order_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  warehouse_id BIGINT NOT NULL,
  ship_name VARCHAR(120) NULL,
  ship_street VARCHAR(200) NULL,
  ship_city VARCHAR(80) NULL,
  ship_region VARCHAR(80) NULL,
  ship_postal_code VARCHAR(20) NULL,
  ship_country VARCHAR(80) NULL,
  planned_date DATE NULL,
  carrier_id BIGINT NULL,
  tracking_number VARCHAR(60) NULL,
  dispatched_at DATETIME(6) NULL,
  delivered_at DATETIME(6) NULL,
  receiver VARCHAR(120) NULL,
  proof_note VARCHAR(500) NULL,
  has_exception BOOLEAN NOT NULL DEFAULT FALSE,
  line_count INT NOT NULL DEFAULT 0,
  author_id BIGINT NULL,
  UNIQUE KEY shipment_number (number),
  KEY shipment_state (state, id),
  KEY shipment_order (order_id),
  KEY shipment_customer (customer_id, id),
  CONSTRAINT shipment_order_fk FOREIGN KEY (order_id) REFERENCES sales_order (id),
  CONSTRAINT shipment_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouse (id),
  CONSTRAINT shipment_carrier FOREIGN KEY (carrier_id) REFERENCES carrier (id),
  CONSTRAINT shipment_state_key CHECK (state IN ('planned', 'released', 'picking', 'picked', 'packed', 'checked',
    'ready', 'dispatched', 'in_transit', 'delivered', 'closed', 'cancelled'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS shipment_line (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  shipment_id BIGINT NOT NULL,
  order_line_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  picked DECIMAL(18,6) NOT NULL DEFAULT 0,
  packed DECIMAL(18,6) NOT NULL DEFAULT 0,
  delivered DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY shipment_line_order_line (shipment_id, order_line_id),
  KEY shipment_line_line (order_line_id),
  CONSTRAINT shipment_line_shipment FOREIGN KEY (shipment_id) REFERENCES shipment (id),
  CONSTRAINT shipment_line_order_line_fk FOREIGN KEY (order_line_id) REFERENCES order_line (id),
  CONSTRAINT shipment_line_quantities CHECK (quantity > 0 AND picked >= 0 AND picked <= quantity AND packed >= 0
    AND packed <= picked AND delivered >= 0 AND delivered <= packed)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS parcel (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  shipment_id BIGINT NOT NULL,
  position INT NOT NULL,
  sscc CHAR(18) NOT NULL,
  weight DECIMAL(18,6) NOT NULL DEFAULT 0,
  length DECIMAL(18,6) NOT NULL DEFAULT 0,
  width DECIMAL(18,6) NOT NULL DEFAULT 0,
  height DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY parcel_position (shipment_id, position),
  UNIQUE KEY parcel_sscc (sscc),
  CONSTRAINT parcel_shipment FOREIGN KEY (shipment_id) REFERENCES shipment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS parcel_line (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parcel_id BIGINT NOT NULL,
  shipment_line_id BIGINT NOT NULL,
  quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY parcel_line_line (parcel_id, shipment_line_id),
  CONSTRAINT parcel_line_parcel FOREIGN KEY (parcel_id) REFERENCES parcel (id),
  CONSTRAINT parcel_line_line_fk FOREIGN KEY (shipment_line_id) REFERENCES shipment_line (id),
  CONSTRAINT parcel_line_quantity CHECK (quantity > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS shipment_exception (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  shipment_id BIGINT NOT NULL,
  kind VARCHAR(30) NOT NULL,
  detail VARCHAR(500) NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'open',
  owner_role VARCHAR(30) NOT NULL,
  due_date DATE NOT NULL,
  reported_by BIGINT NULL,
  resolution VARCHAR(30) NULL,
  resolution_comment VARCHAR(500) NULL,
  resolved_by BIGINT NULL,
  resolved_at DATETIME(6) NULL,
  KEY shipment_exception_shipment (shipment_id),
  KEY shipment_exception_state (state, id),
  CONSTRAINT shipment_exception_shipment_fk FOREIGN KEY (shipment_id) REFERENCES shipment (id),
  CONSTRAINT shipment_exception_solved CHECK (state <> 'resolved' OR resolution IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- open_shipment_id is the shipment for as long as it is on this trip: NULL once it came back or the trip was called
-- off, so that it can go out again on another one while this stop stays in the history.
CREATE TABLE IF NOT EXISTS trip_stop (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  trip_id BIGINT NOT NULL,
  position INT NOT NULL,
  shipment_id BIGINT NOT NULL,
  open_shipment_id BIGINT NULL,
  UNIQUE KEY trip_stop_position (trip_id, position),
  KEY trip_stop_shipment (shipment_id),
  UNIQUE KEY trip_stop_open (open_shipment_id),
  CONSTRAINT trip_stop_trip FOREIGN KEY (trip_id) REFERENCES trip (id),
  CONSTRAINT trip_stop_shipment_fk FOREIGN KEY (shipment_id) REFERENCES shipment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
