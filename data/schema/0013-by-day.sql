-- SPDX-License-Identifier: GPL-3.0-or-later
-- What lists and reports of millions of rows are found by: orders by their date without looking whether each one is
-- still there, invoices by number and id (drafts have none, so the unique index does not order them), what was
-- allocated after a day, and an invoice's currency without the rest of it, of which a page of the table holds thirty.

ALTER TABLE sales_order
  ADD KEY IF NOT EXISTS sales_order_date_live (deleted_at, order_date),
  DROP KEY IF EXISTS sales_order_date;

ALTER TABLE invoice
  ADD KEY IF NOT EXISTS invoice_number_order (number, id),
  ADD KEY IF NOT EXISTS invoice_currency (id, currency);

ALTER TABLE payment_allocation ADD KEY IF NOT EXISTS payment_allocation_time (allocated_at, invoice_id);
