-- SPDX-License-Identifier: GPL-3.0-or-later
-- A payment that bounced beside a credit note was taken off the last instalments, which the credit note had settled:
-- payments settle the first instalments of an invoice, credit notes the last.

UPDATE receivable r
JOIN (
  SELECT s.id, s.amount - GREATEST(LEAST(SUM(s.amount) OVER due, i.total - i.credited)
    - GREATEST(SUM(s.amount) OVER due - s.amount, i.paid), 0) AS paid
  FROM invoice i JOIN receivable s ON s.invoice_id = i.id
  WHERE i.credited > 0
    AND EXISTS (SELECT 1 FROM payment_allocation a WHERE a.invoice_id = i.id AND a.amount < 0)
  WINDOW due AS (PARTITION BY s.invoice_id ORDER BY s.due_date, s.position)
) x ON x.id = r.id
SET r.paid = x.paid
WHERE r.paid <> x.paid;
