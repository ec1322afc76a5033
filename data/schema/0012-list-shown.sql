-- SPDX-License-Identifier: GPL-3.0-or-later
-- A number that rises with every transaction in which what rows of lists show of other tables may change: names and
-- codes of customers, users and other master data (server/db/list-kept.h). And one that rises when a customer gets
-- another sales rep, on whom it depends who sees the customer's shipments and invoices (server/db/list-tally.h).

INSERT IGNORE INTO list_edition (list, value) VALUES ('shown', 1), ('customer', 1);
