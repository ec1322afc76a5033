-- SPDX-License-Identifier: GPL-3.0-or-later
-- A second one behind it.

CREATE TABLE kept_level AS SELECT product_id, warehouse_id, on_hand FROM stock_level;

ALTER TABLE kept_level ADD PRIMARY KEY (product_id, warehouse_id);

UPDATE kept_level SET on_hand = on_hand + 1;

INSERT INTO kept_step (step) VALUES (5);

ALTER TABLE kept_step ADD COLUMN word VARCHAR(20) NULL, ADD KEY kept_step_word (word);

UPDATE kept_step SET word = CONCAT('step ', step);

ALTER TABLE sales_order DROP KEY sales_order_kept_note;

INSERT INTO kept_step (step) VALUES (6);

ALTER TABLE kept_fact ADD CONSTRAINT kept_fact_seq CHECK (seq > 0);

UPDATE kept_fact SET seq = seq * 2;

INSERT INTO kept_step (step, word) SELECT 7, COUNT(*) FROM kept_fact;

DROP TABLE kept_level;

CREATE TABLE kept_end (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB;

INSERT INTO kept_end (id) VALUES (1);
