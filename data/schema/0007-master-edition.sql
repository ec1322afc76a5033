-- SPDX-License-Identifier: GPL-3.0-or-later
-- A number that rises with each transaction that writes master data other than customers, so that a server can tell
-- with one look whether what it has read of them still holds (server/masterdata/edition.h).

CREATE TABLE IF NOT EXISTS master_edition (
  id TINYINT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL,
  CONSTRAINT master_edition_one CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO master_edition (id, value) VALUES (1, 1);
