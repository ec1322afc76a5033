-- SPDX-License-Identifier: GPL-3.0-or-later
-- A release to come, for the test of upgrades: steps on tables that have data. An INSERT or an UPDATE
-- that ran twice shows. No AUTO_INCREMENT: what was rolled back leaves gaps in it.
-- append-only: kept_fact

CREATE TABLE kept_step (
  step INT NOT NULL PRIMARY KEY
) ENGINE=InnoDB;

INSERT INTO kept_step (step) VALUES (1);

CREATE TABLE kept_fact (
  id BIGINT NOT NULL PRIMARY KEY,
  seq INT NOT NULL,
  word VARCHAR(60) NULL
) ENGINE=InnoDB;

INSERT INTO kept_fact (id, seq) SELECT seq, seq FROM seq_1_to_5000;

INSERT INTO kept_step (step) VALUES (2);

ALTER TABLE sales_order ADD COLUMN kept_note VARCHAR(80) NULL;

UPDATE sales_order SET kept_note = CONCAT('of ', number);

ALTER TABLE sales_order ADD KEY sales_order_kept_note (kept_note);

INSERT INTO kept_step (step) VALUES (3);

ALTER TABLE change_log ADD COLUMN kept_word VARCHAR(20) NOT NULL DEFAULT 'none';

CREATE OR REPLACE TRIGGER kept_fact_word BEFORE INSERT ON kept_fact FOR EACH ROW
BEGIN
  IF NEW.word IS NULL THEN
    SET NEW.word = CONCAT('word ', NEW.seq);
  END IF;
END;

INSERT INTO kept_fact (id, seq) SELECT seq, seq FROM seq_5001_to_10000;

UPDATE kept_fact SET seq = seq + 1;

ALTER TABLE kept_fact MODIFY COLUMN seq BIGINT NOT NULL;

INSERT INTO kept_step (step) VALUES (4);
