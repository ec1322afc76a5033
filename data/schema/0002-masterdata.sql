-- SPDX-License-Identifier: GPL-3.0-or-later
-- Customers, products, prices, taxes, terms, carriers and warehouses.

CREATE TABLE IF NOT EXISTS price_list (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(120) NOT NULL,
  currency CHAR(3) NOT NULL,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  UNIQUE KEY price_list_code (code),
  CONSTRAINT price_list_status CHECK (status IN ('active', 'inactive'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS tax_class (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(80) NOT NULL,
  rate DECIMAL(18,6) NOT NULL DEFAULT 0,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  UNIQUE KEY tax_class_code (code),
  CONSTRAINT tax_class_rate CHECK (rate BETWEEN 0 AND 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS payment_term (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(80) NOT NULL,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  UNIQUE KEY payment_term_code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS payment_term_instalment (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payment_term_id BIGINT NOT NULL,
  position INT NOT NULL,
  share DECIMAL(18,6) NOT NULL DEFAULT 0,
  days INT NOT NULL,
  UNIQUE KEY payment_term_instalment_position (payment_term_id, position),
  CONSTRAINT payment_term_instalment_term FOREIGN KEY (payment_term_id) REFERENCES payment_term (id),
  CONSTRAINT payment_term_instalment_share CHECK (share > 0 AND share <= 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS carrier (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(120) NOT NULL,
  phone VARCHAR(40) NULL,
  tracking_url VARCHAR(200) NULL,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  UNIQUE KEY carrier_code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS warehouse (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(120) NOT NULL,
  street VARCHAR(200) NULL,
  city VARCHAR(80) NULL,
  region VARCHAR(80) NULL,
  country VARCHAR(80) NULL,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  UNIQUE KEY warehouse_code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS product (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  sku VARCHAR(40) NOT NULL,
  barcode VARCHAR(40) NULL,
  name VARCHAR(120) NOT NULL,
  local_name VARCHAR(120) NULL,
  category VARCHAR(60) NULL,
  unit VARCHAR(20) NOT NULL,
  price DECIMAL(18,6) NOT NULL DEFAULT 0,
  cost DECIMAL(18,6) NOT NULL DEFAULT 0,
  tax_class_id BIGINT NOT NULL,
  weight DECIMAL(18,6) NOT NULL DEFAULT 0,
  kind VARCHAR(30) NOT NULL DEFAULT 'stocked',
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  description VARCHAR(2000) NULL,
  UNIQUE KEY product_sku (sku),
  UNIQUE KEY product_barcode (barcode),
  KEY product_name (name),
  CONSTRAINT product_tax_class FOREIGN KEY (tax_class_id) REFERENCES tax_class (id),
  CONSTRAINT product_kind CHECK (kind IN ('stocked', 'service')),
  CONSTRAINT product_amounts CHECK (price >= 0 AND cost >= 0 AND weight >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS price_list_item (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  price_list_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  min_quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  price DECIMAL(18,6) NOT NULL DEFAULT 0,
  valid_from DATE NULL,
  valid_to DATE NULL,
  KEY price_list_item_find (price_list_id, product_id, min_quantity),
  CONSTRAINT price_list_item_list FOREIGN KEY (price_list_id) REFERENCES price_list (id),
  CONSTRAINT price_list_item_product FOREIGN KEY (product_id) REFERENCES product (id),
  CONSTRAINT price_list_item_amounts CHECK (min_quantity >= 0 AND price >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS customer (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(120) NOT NULL,
  local_name VARCHAR(120) NULL,
  tax_id VARCHAR(40) NULL,
  price_list_id BIGINT NOT NULL,
  payment_term_id BIGINT NOT NULL,
  credit_limit DECIMAL(18,6) NOT NULL DEFAULT 0,
  currency CHAR(3) NOT NULL,
  language VARCHAR(10) NOT NULL DEFAULT 'en',
  sales_rep_id BIGINT NULL,
  region VARCHAR(80) NULL,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  credit_hold BOOLEAN NOT NULL DEFAULT FALSE,
  notes VARCHAR(2000) NULL,
  UNIQUE KEY customer_code (code),
  KEY customer_name (name),
  KEY customer_sales_rep (sales_rep_id, id),
  CONSTRAINT customer_price_list FOREIGN KEY (price_list_id) REFERENCES price_list (id),
  CONSTRAINT customer_payment_term FOREIGN KEY (payment_term_id) REFERENCES payment_term (id),
  CONSTRAINT customer_rep FOREIGN KEY (sales_rep_id) REFERENCES app_user (id),
  CONSTRAINT customer_status CHECK (status IN ('active', 'blocked', 'inactive')),
  CONSTRAINT customer_credit CHECK (credit_limit >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS customer_address (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id BIGINT NOT NULL,
  kind VARCHAR(30) NOT NULL,
  name VARCHAR(120) NULL,
  street VARCHAR(200) NOT NULL,
  city VARCHAR(80) NOT NULL,
  region VARCHAR(80) NULL,
  postal_code VARCHAR(20) NULL,
  country VARCHAR(80) NULL,
  is_default BOOLEAN NOT NULL DEFAULT FALSE,
  KEY customer_address_customer (customer_id),
  CONSTRAINT customer_address_owner FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS customer_contact (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id BIGINT NOT NULL,
  name VARCHAR(120) NOT NULL,
  job_title VARCHAR(80) NULL,
  phone VARCHAR(40) NULL,
  email VARCHAR(120) NULL,
  is_default BOOLEAN NOT NULL DEFAULT FALSE,
  KEY customer_contact_customer (customer_id),
  CONSTRAINT customer_contact_owner FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
