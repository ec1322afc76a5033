-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sales orders with their lines, checks, approval chain and signatures.
-- append-only: approval_signature, order_check

CREATE TABLE IF NOT EXISTS sales_order (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'draft',
  hold VARCHAR(30) NULL,
  hold_reason VARCHAR(500) NULL,
  channel VARCHAR(30) NOT NULL DEFAULT 'phone',
  customer_id BIGINT NOT NULL,
  po_reference VARCHAR(60) NULL,
  contact VARCHAR(120) NULL,
  ship_name VARCHAR(120) NULL,
  ship_street VARCHAR(200) NULL,
  ship_city VARCHAR(80) NULL,
  ship_region VARCHAR(80) NULL,
  ship_postal_code VARCHAR(20) NULL,
  ship_country VARCHAR(80) NULL,
  order_date DATE NOT NULL,
  requested_date DATE NULL,
  promised_date DATE NULL,
  valid_until DATE NULL,
  currency CHAR(3) NOT NULL,
  exchange_rate DECIMAL(18,6) NOT NULL DEFAULT 1,
  price_list_id BIGINT NOT NULL,
  payment_term_id BIGINT NOT NULL,
  warehouse_id BIGINT NOT NULL,
  sales_rep_id BIGINT NULL,
  freight DECIMAL(18,6) NOT NULL DEFAULT 0,
  notes VARCHAR(2000) NULL,
  special BOOLEAN NOT NULL DEFAULT FALSE,
  special_reason VARCHAR(500) NULL,
  net_total DECIMAL(18,6) NOT NULL DEFAULT 0,
  tax_total DECIMAL(18,6) NOT NULL DEFAULT 0,
  total DECIMAL(18,6) NOT NULL DEFAULT 0,
  total_company DECIMAL(18,6) NOT NULL DEFAULT 0,
  margin DECIMAL(18,6) NOT NULL DEFAULT 0,
  revision INT NOT NULL DEFAULT 0,
  digest CHAR(64) NULL,
  approval_round INT NOT NULL DEFAULT 0,
  author_id BIGINT NOT NULL,
  editor_id BIGINT NOT NULL,
  submitted_at DATETIME(6) NULL,
  confirmed_at DATETIME(6) NULL,
  close_reason VARCHAR(500) NULL,
  approval_status VARCHAR(30) NOT NULL DEFAULT 'none',
  reservation_status VARCHAR(30) NOT NULL DEFAULT 'none',
  fulfilment_status VARCHAR(30) NOT NULL DEFAULT 'none',
  delivery_status VARCHAR(30) NOT NULL DEFAULT 'none',
  invoice_status VARCHAR(30) NOT NULL DEFAULT 'none',
  payment_status VARCHAR(30) NOT NULL DEFAULT 'none',
  line_count INT NOT NULL DEFAULT 0,
  deleted_at DATETIME(6) NULL,
  UNIQUE KEY sales_order_number (number),
  KEY sales_order_state (state, id),
  KEY sales_order_customer (customer_id, state, id),
  KEY sales_order_rep (sales_rep_id, id),
  KEY sales_order_reference (po_reference),
  KEY sales_order_date (order_date, id),
  KEY sales_order_requested (requested_date, id),
  KEY sales_order_total (total, id),
  CONSTRAINT sales_order_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT sales_order_price_list FOREIGN KEY (price_list_id) REFERENCES price_list (id),
  CONSTRAINT sales_order_term FOREIGN KEY (payment_term_id) REFERENCES payment_term (id),
  CONSTRAINT sales_order_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouse (id),
  CONSTRAINT sales_order_state_key CHECK (state IN ('draft', 'quoted', 'lost', 'pending_approval', 'confirmed',
    'released', 'in_fulfilment', 'fulfilled', 'completed', 'cancelled')),
  CONSTRAINT sales_order_amounts CHECK (freight >= 0 AND exchange_rate > 0 AND total >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS order_line (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  position INT NOT NULL,
  product_id BIGINT NOT NULL,
  description VARCHAR(500) NULL,
  quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  unit VARCHAR(20) NOT NULL,
  list_price DECIMAL(18,6) NOT NULL DEFAULT 0,
  price DECIMAL(18,6) NOT NULL DEFAULT 0,
  discount DECIMAL(18,6) NOT NULL DEFAULT 0,
  tax_class_id BIGINT NOT NULL,
  tax_rate DECIMAL(18,6) NOT NULL DEFAULT 0,
  net DECIMAL(18,6) NOT NULL DEFAULT 0,
  cost DECIMAL(18,6) NOT NULL DEFAULT 0,
  margin DECIMAL(18,6) NOT NULL DEFAULT 0,
  promised_date DATE NULL,
  shortage VARCHAR(30) NULL,
  cancelled DECIMAL(18,6) NOT NULL DEFAULT 0,
  open_quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  backordered DECIMAL(18,6) NOT NULL DEFAULT 0,
  reserved DECIMAL(18,6) NOT NULL DEFAULT 0,
  picking DECIMAL(18,6) NOT NULL DEFAULT 0,
  picked DECIMAL(18,6) NOT NULL DEFAULT 0,
  packed DECIMAL(18,6) NOT NULL DEFAULT 0,
  shipped DECIMAL(18,6) NOT NULL DEFAULT 0,
  delivered DECIMAL(18,6) NOT NULL DEFAULT 0,
  returned DECIMAL(18,6) NOT NULL DEFAULT 0,
  invoiced DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY order_line_position (order_id, position),
  KEY order_line_backorder (product_id, backordered),
  CONSTRAINT order_line_order FOREIGN KEY (order_id) REFERENCES sales_order (id),
  CONSTRAINT order_line_product FOREIGN KEY (product_id) REFERENCES product (id),
  CONSTRAINT order_line_tax FOREIGN KEY (tax_class_id) REFERENCES tax_class (id),
  CONSTRAINT order_line_buckets CHECK (quantity = cancelled + open_quantity + backordered + reserved + picking + picked
    + packed + shipped + delivered),
  CONSTRAINT order_line_signs CHECK (quantity > 0 AND cancelled >= 0 AND open_quantity >= 0 AND backordered >= 0
    AND reserved >= 0 AND picking >= 0 AND picked >= 0 AND packed >= 0 AND shipped >= 0 AND delivered >= 0),
  CONSTRAINT order_line_returned CHECK (returned >= 0 AND returned <= delivered),
  CONSTRAINT order_line_invoiced CHECK (invoiced >= 0 AND invoiced <= quantity - cancelled),
  CONSTRAINT order_line_discount CHECK (discount BETWEEN 0 AND 1 AND price >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What every submit found; kept for each round.
CREATE TABLE IF NOT EXISTS order_check (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  round INT NOT NULL,
  position INT NOT NULL,
  check_key VARCHAR(30) NOT NULL,
  result VARCHAR(30) NOT NULL,
  line INT NOT NULL DEFAULT 0,
  facts VARCHAR(2000) NULL,
  UNIQUE KEY order_check_position (order_id, round, position),
  CONSTRAINT order_check_order FOREIGN KEY (order_id) REFERENCES sales_order (id),
  CONSTRAINT order_check_result CHECK (result IN ('pass', 'warn', 'needs_signature', 'block'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS approval_rule (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  code VARCHAR(40) NOT NULL,
  name VARCHAR(120) NOT NULL,
  condition_key VARCHAR(30) NOT NULL,
  threshold DECIMAL(18,6) NOT NULL DEFAULT 0,
  category VARCHAR(60) NULL,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  UNIQUE KEY approval_rule_code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS approval_rule_step (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  approval_rule_id BIGINT NOT NULL,
  position INT NOT NULL,
  level INT NOT NULL,
  role VARCHAR(30) NULL,
  user_id BIGINT NULL,
  mode VARCHAR(30) NOT NULL DEFAULT 'any',
  hours INT NOT NULL DEFAULT 0,
  UNIQUE KEY approval_rule_step_position (approval_rule_id, position),
  CONSTRAINT approval_rule_step_rule FOREIGN KEY (approval_rule_id) REFERENCES approval_rule (id),
  CONSTRAINT approval_rule_step_user FOREIGN KEY (user_id) REFERENCES app_user (id),
  CONSTRAINT approval_rule_step_who CHECK (role IS NOT NULL OR user_id IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS delegation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  principal_id BIGINT NOT NULL,
  delegate_id BIGINT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  reason VARCHAR(200) NULL,
  status VARCHAR(30) NOT NULL DEFAULT 'active',
  KEY delegation_delegate (delegate_id, valid_to),
  CONSTRAINT delegation_from FOREIGN KEY (principal_id) REFERENCES app_user (id),
  CONSTRAINT delegation_to FOREIGN KEY (delegate_id) REFERENCES app_user (id),
  CONSTRAINT delegation_dates CHECK (valid_to >= valid_from AND principal_id <> delegate_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- One round of signing: made by every submit, also when no signature is asked for (no steps).
CREATE TABLE IF NOT EXISTS approval (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  round INT NOT NULL,
  digest CHAR(64) NOT NULL,
  rule_version CHAR(64) NOT NULL,
  state VARCHAR(30) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  UNIQUE KEY approval_round (order_id, round),
  KEY approval_open (state, id),
  CONSTRAINT approval_order FOREIGN KEY (order_id) REFERENCES sales_order (id),
  CONSTRAINT approval_state CHECK (state IN ('open', 'complete', 'rejected', 'returned', 'withdrawn', 'void'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- needed: how many different people have to sign (mode all: the holders of the role when it was submitted).
CREATE TABLE IF NOT EXISTS approval_step (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  approval_id BIGINT NOT NULL,
  level INT NOT NULL,
  role VARCHAR(30) NULL,
  user_id BIGINT NULL,
  mode VARCHAR(30) NOT NULL DEFAULT 'any',
  needed INT NOT NULL DEFAULT 1,
  rules VARCHAR(400) NOT NULL,
  state VARCHAR(30) NOT NULL,
  hours INT NOT NULL DEFAULT 0,
  due_at DATETIME(6) NULL,
  escalated_level INT NOT NULL DEFAULT 0,
  KEY approval_step_round (approval_id, level),
  KEY approval_step_open (state, due_at),
  CONSTRAINT approval_step_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT approval_step_user FOREIGN KEY (user_id) REFERENCES app_user (id),
  CONSTRAINT approval_step_needed CHECK (needed >= 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- signer_id is the person who signed: one person signs one step of a chain at most.
CREATE TABLE IF NOT EXISTS approval_signature (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  approval_id BIGINT NOT NULL,
  approval_step_id BIGINT NOT NULL,
  signer_id BIGINT NOT NULL,
  on_behalf_of BIGINT NULL,
  decision VARCHAR(30) NOT NULL,
  comment VARCHAR(500) NULL,
  digest CHAR(64) NOT NULL,
  signed_at DATETIME(6) NOT NULL,
  UNIQUE KEY approval_signature_person (approval_id, signer_id),
  KEY approval_signature_step (approval_step_id),
  CONSTRAINT approval_signature_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT approval_signature_step_fk FOREIGN KEY (approval_step_id) REFERENCES approval_step (id),
  CONSTRAINT approval_signature_user FOREIGN KEY (signer_id) REFERENCES app_user (id),
  CONSTRAINT approval_signature_decision CHECK (decision IN ('approve', 'reject', 'return'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A completed order is reopened by two people: the first row proposes, the person of the other role accepts it.
CREATE TABLE IF NOT EXISTS order_reopening (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  role VARCHAR(30) NOT NULL,
  reason VARCHAR(500) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  accepted_by BIGINT NULL,
  accepted_at DATETIME(6) NULL,
  KEY order_reopening_order (order_id, accepted_at),
  CONSTRAINT order_reopening_fk FOREIGN KEY (order_id) REFERENCES sales_order (id),
  CONSTRAINT order_reopening_user FOREIGN KEY (user_id) REFERENCES app_user (id),
  CONSTRAINT order_reopening_role CHECK (role IN ('sales_manager', 'finance_manager')),
  CONSTRAINT order_reopening_people CHECK (accepted_by IS NULL OR accepted_by <> user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE OR REPLACE TRIGGER sales_order_created BEFORE INSERT ON sales_order FOR EACH ROW
BEGIN
  IF NEW.state <> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an order begins as a draft';
  END IF;
END;

-- The last line of defence: nobody, not even SQL by the server's account, confirms an order whose chain is incomplete.
CREATE OR REPLACE TRIGGER sales_order_changed BEFORE UPDATE ON sales_order FOR EACH ROW
BEGIN
  IF NEW.state NOT IN ('draft', 'quoted', 'lost', 'pending_approval', 'cancelled')
     AND OLD.state IN ('draft', 'quoted', 'lost', 'pending_approval', 'cancelled') THEN
    IF NOT EXISTS (SELECT 1 FROM approval a WHERE a.order_id = NEW.id AND a.round = NEW.approval_round
                   AND a.state = 'complete' AND a.digest = NEW.digest) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the approval chain of the order is not complete';
    END IF;
    IF EXISTS (SELECT 1 FROM approval a JOIN approval_step s ON s.approval_id = a.id
               WHERE a.order_id = NEW.id AND a.round = NEW.approval_round
               AND s.needed > (SELECT COUNT(*) FROM approval_signature g WHERE g.approval_step_id = s.id
                               AND g.decision = 'approve' AND g.digest = NEW.digest
                               AND g.signer_id NOT IN (NEW.author_id, NEW.editor_id))) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a signature of the order is missing';
    END IF;
  END IF;
END;
