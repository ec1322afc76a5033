-- SPDX-License-Identifier: GPL-3.0-or-later
-- A number that rises with every transaction in which what rows of lists show of other tables may change: names and
-- codes of customers, users and other master data (server/db/list-kept.h).

INSERT IGNORE INTO list_edition (list, value) VALUES ('shown', 1);
