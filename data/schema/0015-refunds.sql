-- SPDX-License-Identifier: GPL-3.0-or-later
-- Money on account that customers get back. What is asked for is set aside on the payment (refunding) until it is paid
-- out (refunded) or will not be. Who asked for it is not who approved it.
-- append-only: refund (state, version, updated_at, exchange_rate, approver_id, approved_at, paid_date, reference)
-- append-only: payment (state,version,updated_at,method,received_date,reference,notes,allocated,refunding,refunded)

ALTER TABLE payment
  ADD KEY IF NOT EXISTS payment_customer_state (customer_id, state),
  ADD COLUMN IF NOT EXISTS refunding DECIMAL(18,6) NOT NULL DEFAULT 0 AFTER allocated,
  ADD COLUMN IF NOT EXISTS refunded DECIMAL(18,6) NOT NULL DEFAULT 0 AFTER refunding,
  ADD CONSTRAINT IF NOT EXISTS payment_used CHECK (refunding >= 0 AND refunded >= 0
    AND allocated + refunding + refunded <= amount),
  ADD CONSTRAINT IF NOT EXISTS payment_set_aside CHECK (refunding = 0 OR state = 'received');

CREATE TABLE IF NOT EXISTS refund (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  number VARCHAR(30) NOT NULL,
  state VARCHAR(30) NOT NULL DEFAULT 'requested',
  payment_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  currency CHAR(3) NOT NULL,
  exchange_rate DECIMAL(18,6) NOT NULL DEFAULT 1,
  amount DECIMAL(18,6) NOT NULL,
  method VARCHAR(30) NOT NULL,
  reason VARCHAR(500) NOT NULL,
  author_id BIGINT NOT NULL,
  approver_id BIGINT NULL,
  approved_at DATETIME(6) NULL,
  paid_date DATE NULL,
  reference VARCHAR(60) NULL,
  UNIQUE KEY refund_number (number),
  KEY refund_state (state, id),
  KEY refund_payment (payment_id),
  KEY refund_customer (customer_id, id),
  KEY refund_paid (paid_date),
  KEY refund_reference (reference),
  CONSTRAINT refund_payment_fk FOREIGN KEY (payment_id) REFERENCES payment (id),
  CONSTRAINT refund_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT refund_state_key CHECK (state IN ('requested', 'approved', 'paid_out', 'rejected', 'cancelled')),
  CONSTRAINT refund_amount CHECK (amount > 0),
  CONSTRAINT refund_two_persons CHECK (approver_id <> author_id),
  CONSTRAINT refund_approved CHECK (state NOT IN ('approved', 'paid_out') OR (approver_id IS NOT NULL
    AND approved_at IS NOT NULL)),
  CONSTRAINT refund_paid_out CHECK ((state = 'paid_out') = (paid_date IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is finished stays as it is, and whoever has approved a refund has.
CREATE OR REPLACE TRIGGER refund_changed BEFORE UPDATE ON refund FOR EACH ROW
BEGIN
  IF OLD.state IN ('paid_out', 'rejected', 'cancelled') OR NOT (OLD.approver_id IS NULL
     OR (NEW.approver_id <=> OLD.approver_id AND NEW.approved_at <=> OLD.approved_at)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a finished refund does not change, nor does who has approved it';
  END IF;
END;
