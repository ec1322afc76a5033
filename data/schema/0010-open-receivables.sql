-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is still owed is found by an index: of all instalments ever, few are open.

ALTER TABLE receivable
  ADD COLUMN IF NOT EXISTS is_open BOOLEAN AS (paid < amount) PERSISTENT,
  ADD KEY IF NOT EXISTS receivable_open (is_open, due_date, id),
  ADD KEY IF NOT EXISTS receivable_open_of (customer_id, is_open, due_date);
