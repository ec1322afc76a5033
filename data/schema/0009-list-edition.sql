-- SPDX-License-Identifier: GPL-3.0-or-later
-- A number for each list that rises with every transaction in which a row changes hands, so that what a server has
-- counted of those that a person may see holds as long as it stands (server/db/list-tally.h).

CREATE TABLE IF NOT EXISTS list_edition (
  list VARCHAR(40) NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO list_edition (list, value) VALUES ('sales_order', 1);
