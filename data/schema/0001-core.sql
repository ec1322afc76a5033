-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who may sign in, what they did, and what keeps requests and processes apart. Times are UTC.
-- append-only: change_log, change_seal

CREATE TABLE IF NOT EXISTS app_user (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  user VARCHAR(60) NOT NULL,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(254) NULL,
  language VARCHAR(10) NOT NULL DEFAULT 'en',
  status VARCHAR(20) NOT NULL DEFAULT 'active',
  password_hash VARCHAR(200) NULL,
  discount_limit DECIMAL(18,6) NOT NULL DEFAULT 0,
  customer_id BIGINT NULL,
  UNIQUE KEY app_user_user (user),
  CONSTRAINT app_user_status CHECK (status IN ('active', 'disabled')),
  CONSTRAINT app_user_discount CHECK (discount_limit BETWEEN 0 AND 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS user_role (
  user_id BIGINT NOT NULL,
  role VARCHAR(30) NOT NULL,
  PRIMARY KEY (user_id, role),
  KEY user_role_role (role, user_id),
  CONSTRAINT user_role_user FOREIGN KEY (user_id) REFERENCES app_user (id),
  CONSTRAINT user_role_key CHECK (role IN ('sales', 'sales_manager', 'approver', 'planner', 'warehouse', 'quality',
    'dispatcher', 'driver', 'finance', 'finance_manager', 'purchasing', 'production', 'after_sales', 'auditor', 'admin',
    'customer'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The token itself is never stored.
CREATE TABLE IF NOT EXISTS session (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token_hash BINARY(32) NOT NULL,
  user_id BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  address VARCHAR(64) NOT NULL,
  UNIQUE KEY session_token (token_hash),
  KEY session_expires (expires_at),
  CONSTRAINT session_user FOREIGN KEY (user_id) REFERENCES app_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a subject: "user:NAME" or "address:IP".
CREATE TABLE IF NOT EXISTS sign_in_attempt (
  subject VARCHAR(160) NOT NULL PRIMARY KEY,
  failures INT NOT NULL,
  last_at DATETIME(6) NOT NULL,
  KEY sign_in_attempt_last (last_at),
  CONSTRAINT sign_in_attempt_count CHECK (failures >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- status 0: claimed by a transaction that is still open; never seen committed.
CREATE TABLE IF NOT EXISTS idempotency (
  user_id BIGINT NOT NULL,
  idempotency_key VARCHAR(255) NOT NULL,
  body_hash BINARY(32) NOT NULL,
  status SMALLINT NOT NULL,
  headers TEXT NULL,
  body MEDIUMBLOB NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (user_id, idempotency_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- No foreign keys: a writer must not lock the row of its user. before_values and after_values hold the fields that
-- differ.
CREATE TABLE IF NOT EXISTS change_log (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  user_id BIGINT NULL,
  on_behalf_of BIGINT NULL,
  source VARCHAR(120) NOT NULL,
  document VARCHAR(40) NOT NULL,
  document_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  action VARCHAR(60) NOT NULL,
  reason VARCHAR(2000) NULL,
  before_values LONGTEXT NULL,
  after_values LONGTEXT NULL,
  KEY change_log_document (document, document_id, id),
  KEY change_log_user (user_id, id),
  CONSTRAINT change_log_before CHECK (before_values IS NULL OR JSON_VALID(before_values)),
  CONSTRAINT change_log_after CHECK (after_values IS NULL OR JSON_VALID(after_values))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- hash = SHA-256 (previous hash, canonical form of the change row); see server/core/seal-chain.c.
CREATE TABLE IF NOT EXISTS change_seal (
  seq BIGINT NOT NULL PRIMARY KEY,
  change_id BIGINT NOT NULL,
  hash BINARY(32) NOT NULL,
  UNIQUE KEY change_seal_change (change_id),
  CONSTRAINT change_seal_row FOREIGN KEY (change_id) REFERENCES change_log (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A task that one process at a time may do.
CREATE TABLE IF NOT EXISTS lease (
  name VARCHAR(60) NOT NULL PRIMARY KEY,
  holder VARCHAR(60) NOT NULL,
  until DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Gapless numbers: updated last in the transaction that takes one.
CREATE TABLE IF NOT EXISTS counter (
  name VARCHAR(60) NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL,
  CONSTRAINT counter_value CHECK (value >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS setting (
  name VARCHAR(60) NOT NULL PRIMARY KEY,
  value VARCHAR(2000) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO lease (name, holder, until) VALUES ('sealer', '', '2000-01-01');
