-- SPDX-License-Identifier: GPL-3.0-or-later
-- Invoices, receivables, payments and the journal. A draft invoice is numbered when it is posted; from then on its
-- content is frozen.
-- append-only: invoice (state, version, updated_at, number, invoice_date, due_date, posted_at, paid, credited)
-- append-only: invoice_line, invoice_tax, journal_entry, journal_line, payment_allocation
-- append-only: receivable (paid)
-- append-only: payment (state, version, updated_at, method, received_date, reference, notes, allocated)

CREATE TABLE IF NOT EXISTS invoice (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NULL,
  kind VARCHAR(30) NOT NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'draft',
  customer_id BIGINT NOT NULL,
  order_id BIGINT NULL,
  reverses_id BIGINT NULL,
  reason VARCHAR(500) NULL,
  invoice_date DATE NOT NULL,
  due_date DATE NULL,
  currency CHAR(3) NOT NULL,
  exchange_rate DECIMAL(18,6) NOT NULL DEFAULT 1,
  payment_term_id BIGINT NOT NULL,
  tax_id VARCHAR(40) NULL,
  bill_name VARCHAR(120) NOT NULL,
  bill_address VARCHAR(600) NULL,
  net_total DECIMAL(18,6) NOT NULL DEFAULT 0,
  freight DECIMAL(18,6) NOT NULL DEFAULT 0,
  tax_total DECIMAL(18,6) NOT NULL DEFAULT 0,
  total DECIMAL(18,6) NOT NULL DEFAULT 0,
  total_company DECIMAL(18,6) NOT NULL DEFAULT 0,
  paid DECIMAL(18,6) NOT NULL DEFAULT 0,
  credited DECIMAL(18,6) NOT NULL DEFAULT 0,
  author_id BIGINT NOT NULL,
  posted_at DATETIME(6) NULL,
  UNIQUE KEY invoice_number (number),
  KEY invoice_state (state, id),
  KEY invoice_customer (customer_id, state, id),
  KEY invoice_order (order_id),
  KEY invoice_reverses (reverses_id),
  KEY invoice_date (invoice_date, id),
  KEY invoice_due (due_date, id),
  CONSTRAINT invoice_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT invoice_order_fk FOREIGN KEY (order_id) REFERENCES sales_order (id),
  CONSTRAINT invoice_reverses_fk FOREIGN KEY (reverses_id) REFERENCES invoice (id),
  CONSTRAINT invoice_kind CHECK (kind IN ('invoice', 'credit_note')),
  CONSTRAINT invoice_state_key CHECK (state IN ('draft', 'posted', 'partly_paid', 'paid', 'cancelled')),
  CONSTRAINT invoice_numbered CHECK ((state IN ('draft', 'cancelled')) = (number IS NULL)),
  CONSTRAINT invoice_amounts CHECK (total = net_total + freight + tax_total AND total >= 0 AND paid >= 0
    AND credited >= 0 AND paid + credited <= total)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- tax: the line's share of its category's tax; freight: its order's freight, on the order's first line of the invoice
-- that bears it; cost: of the whole quantity, company currency. So what was invoiced of an order is a sum over its
-- lines.
CREATE TABLE IF NOT EXISTS invoice_line (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  position INT NOT NULL,
  order_line_id BIGINT NULL,
  source_line_id BIGINT NULL,
  product_id BIGINT NOT NULL,
  description VARCHAR(500) NOT NULL,
  quantity DECIMAL(18,6) NOT NULL DEFAULT 0,
  unit VARCHAR(20) NOT NULL,
  price DECIMAL(18,6) NOT NULL DEFAULT 0,
  discount DECIMAL(18,6) NOT NULL DEFAULT 0,
  tax_class_id BIGINT NOT NULL,
  tax_rate DECIMAL(18,6) NOT NULL DEFAULT 0,
  net DECIMAL(18,6) NOT NULL DEFAULT 0,
  tax DECIMAL(18,6) NOT NULL DEFAULT 0,
  freight DECIMAL(18,6) NOT NULL DEFAULT 0,
  cost DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY invoice_line_position (invoice_id, position),
  KEY invoice_line_order_line (order_line_id),
  KEY invoice_line_source (source_line_id),
  CONSTRAINT invoice_line_invoice FOREIGN KEY (invoice_id) REFERENCES invoice (id),
  CONSTRAINT invoice_line_order_line_fk FOREIGN KEY (order_line_id) REFERENCES order_line (id),
  CONSTRAINT invoice_line_quantity CHECK (quantity > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS invoice_tax (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  tax_class_id BIGINT NOT NULL,
  rate DECIMAL(18,6) NOT NULL DEFAULT 0,
  base DECIMAL(18,6) NOT NULL DEFAULT 0,
  tax DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY invoice_tax_class (invoice_id, tax_class_id, rate),
  CONSTRAINT invoice_tax_invoice FOREIGN KEY (invoice_id) REFERENCES invoice (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS receivable (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  created_at DATETIME(6) NOT NULL,
  invoice_id BIGINT NOT NULL,
  position INT NOT NULL,
  customer_id BIGINT NOT NULL,
  due_date DATE NOT NULL,
  amount DECIMAL(18,6) NOT NULL DEFAULT 0,
  paid DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY receivable_position (invoice_id, position),
  KEY receivable_customer (customer_id, due_date),
  KEY receivable_due (due_date, id),
  CONSTRAINT receivable_invoice FOREIGN KEY (invoice_id) REFERENCES invoice (id),
  CONSTRAINT receivable_paid CHECK (amount >= 0 AND paid >= 0 AND paid <= amount)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS payment (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'recorded',
  customer_id BIGINT NOT NULL,
  method VARCHAR(30) NOT NULL,
  reference VARCHAR(60) NULL,
  received_date DATE NOT NULL,
  currency CHAR(3) NOT NULL,
  exchange_rate DECIMAL(18,6) NOT NULL DEFAULT 1,
  amount DECIMAL(18,6) NOT NULL DEFAULT 0,
  allocated DECIMAL(18,6) NOT NULL DEFAULT 0,
  notes VARCHAR(1000) NULL,
  author_id BIGINT NOT NULL,
  UNIQUE KEY payment_number (number),
  KEY payment_state (state, id),
  KEY payment_customer (customer_id, id),
  CONSTRAINT payment_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT payment_state_key CHECK (state IN ('recorded', 'received', 'allocated', 'reconciled', 'failed',
    'bounced')),
  CONSTRAINT payment_amounts CHECK (amount > 0 AND allocated >= 0 AND allocated <= amount)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- amount < 0: taken back when a payment bounced.
CREATE TABLE IF NOT EXISTS payment_allocation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payment_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  amount DECIMAL(18,6) NOT NULL DEFAULT 0,
  user_id BIGINT NOT NULL,
  allocated_at DATETIME(6) NOT NULL,
  KEY payment_allocation_payment (payment_id),
  KEY payment_allocation_invoice (invoice_id),
  CONSTRAINT payment_allocation_payment_fk FOREIGN KEY (payment_id) REFERENCES payment (id),
  CONSTRAINT payment_allocation_invoice_fk FOREIGN KEY (invoice_id) REFERENCES invoice (id),
  CONSTRAINT payment_allocation_amount CHECK (amount <> 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS journal_entry (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  created_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  entry_date DATE NOT NULL,
  document VARCHAR(40) NOT NULL,
  document_id BIGINT NOT NULL,
  document_number VARCHAR(30) NULL,
  memo VARCHAR(200) NULL,
  user_id BIGINT NULL,
  UNIQUE KEY journal_entry_number (number),
  KEY journal_entry_document (document, document_id),
  KEY journal_entry_date (entry_date, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Company currency.
CREATE TABLE IF NOT EXISTS journal_line (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  entry_id BIGINT NOT NULL,
  position INT NOT NULL,
  account VARCHAR(30) NOT NULL,
  customer_id BIGINT NULL,
  debit DECIMAL(18,6) NOT NULL DEFAULT 0,
  credit DECIMAL(18,6) NOT NULL DEFAULT 0,
  UNIQUE KEY journal_line_position (entry_id, position),
  KEY journal_line_account (account, entry_id),
  CONSTRAINT journal_line_entry FOREIGN KEY (entry_id) REFERENCES journal_entry (id),
  CONSTRAINT journal_line_side CHECK (debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE OR REPLACE TRIGGER invoice_changed BEFORE UPDATE ON invoice FOR EACH ROW
BEGIN
  IF OLD.state <> 'draft' AND (NEW.state = 'draft' OR NOT (NEW.number <=> OLD.number)
     OR NEW.invoice_date <> OLD.invoice_date OR NOT (NEW.due_date <=> OLD.due_date)
     OR NOT (NEW.posted_at <=> OLD.posted_at)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a posted invoice does not change';
  END IF;
END;
