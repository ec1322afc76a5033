/* test-statement.c: statements of account, ageing, and that the checks find what is wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/verify.h"
#include "server/finance/receivable.h"
#include "server/finance/statement.h"
#include "tests/server/finance/desk.h"

static TwYard *yard;

typedef struct
{
  TwDate from;
  TwDate to;
  TwStatementOfAccount *statement;
} Asked;

static gboolean
statement_cb (TwContext *ctx, gpointer data, GError **error)
{
  Asked *asked = data;

  g_clear_object (&asked->statement);
  asked->statement = tw_statement_get (ctx, 1, NULL, asked->from, asked->to, error);
  return asked->statement != NULL;
}

/* Both days counted from today. */
static TwStatementOfAccount *
read_statement (int from, int to)
{
  Asked asked = { tw_date_add_days (tw_date_today (), from), tw_date_add_days (tw_date_today (), to), NULL };
  g_autoptr (GError) error = NULL;

  tw_yard_run (yard, yard->db, "finance", statement_cb, &asked, &error);
  g_assert_no_error (error);
  return asked.statement;
}

static void
assert_adds_up (TwStatementOfAccount *s)
{
  TwDecimal open = tw_decimal_add (tw_decimal_add (s->not_due, s->days_30),
                                   tw_decimal_add (s->days_60, tw_decimal_add (s->days_90, s->older)));
  g_autofree char *expected = tw_decimal_format (tw_decimal_sub (open, s->on_account), 2);

  tw_desk_assert_decimal (s->closing, expected);
}

/* 300.00 + 13 % in three instalments due after 10, 20 and 40 days; 39.00 paid, 113.00 credited, 50.00 on account. */
static void
test_ageing (void)
{
  static const TwDeskLine lines[] = { { "P-1", "3", "100", "0" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "0", 2), id, payment;
  g_autofree char *body = NULL, *pay = NULL;
  g_autoptr (TwInvoice) invoice = NULL;
  g_autoptr (TwStatementOfAccount) now = NULL, later = NULL, late = NULL, old = NULL;

  tw_desk_deliver_all (yard, order);
  id = tw_desk_invoice (yard, order);
  invoice = tw_desk_read_invoice (yard, id);
  payment = tw_desk_receive (yard, "89");
  pay = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"39\"}]}", invoice->number);
  tw_yard_act (yard, "finance", &tw_payment_resource, payment, "allocate", pay);
  body = g_strdup_printf ("{\"reason\":\"x\",\"lines\":[{\"id\":%" G_GINT64_FORMAT ",\"quantity\":\"1\"}]}",
                          ((TwRecord *) tw_record_nth (invoice->lines, 0))->id);
  tw_yard_act (yard, "finance", &tw_invoice_resource, id, "credit", body);

  now = read_statement (0, 0);
  g_assert_cmpuint (tw_record_count (now->lines), ==, 3);
  tw_desk_assert_decimal (now->opening, "0.00");
  tw_desk_assert_decimal (now->closing, "137.00");
  tw_desk_assert_decimal (now->not_due, "187.00");
  tw_desk_assert_decimal (now->on_account, "50.00");
  assert_adds_up (now);
  later = read_statement (1, 15);
  g_assert_cmpuint (tw_record_count (later->lines), ==, 0);
  tw_desk_assert_decimal (later->opening, "137.00");
  tw_desk_assert_decimal (later->days_30, "74.00");
  tw_desk_assert_decimal (later->not_due, "113.00");
  assert_adds_up (later);
  /* 74.00 due after 10 days is 60 days late, 113.00 due after 20 is 50. */
  late = read_statement (1, 70);
  tw_desk_assert_decimal (late->days_60, "187.00");
  tw_desk_assert_decimal (late->not_due, "0.00");
  old = read_statement (-9, -1);
  tw_desk_assert_decimal (old->closing, "0.00");
  assert_adds_up (old);
}

static gboolean
facts_cb (TwContext *ctx, gpointer data, GError **error)
{
  TwDecimal *amounts = data;

  return tw_receivable_get_order_facts (ctx, amounts[0].millionths / 1000000, &amounts[1], &amounts[2], error);
}

static void
assert_facts (gint64 order, const char *invoiced, const char *settled)
{
  TwDecimal facts[] = { tw_decimal_from_int (order), TW_DECIMAL_ZERO, TW_DECIMAL_ZERO };
  g_autoptr (GError) error = NULL;

  tw_yard_run (yard, yard->db, "finance", facts_cb, facts, &error);
  g_assert_no_error (error);
  tw_desk_assert_decimal (facts[1], invoiced);
  tw_desk_assert_decimal (facts[2], settled);
}

/* Two orders on one invoice: each has paid its share, and a credit note for one is not that of the other. */
static void
test_shares (void)
{
  gint64 a = tw_desk_add_delivered (yard, "1", "100"), b = tw_desk_add_delivered (yard, "1", "100"), id, payment;
  g_autofree char *join = g_strdup_printf (
    "INSERT INTO shipment (created_at, updated_at, number, state, order_id, customer_id, warehouse_id, delivered_at)"
    " VALUES (NOW(6), NOW(6), 'SH-A', 'delivered', %" G_GINT64_FORMAT ", 1, 1, NOW(6)),"
    " (NOW(6), NOW(6), 'SH-B', 'delivered', %" G_GINT64_FORMAT ", 1, 1, NOW(6));",
    a, b);
  g_autoptr (GError) error = NULL;
  g_autoptr (TwInvoice) invoice = NULL;
  g_autofree char *credit = NULL, *pay = NULL;

  tw_test_database_script (yard->database, join);
  id = tw_desk_collect (yard, &error);
  g_assert_no_error (error);
  tw_yard_act (yard, "finance", &tw_invoice_resource, id, "post", NULL);
  invoice = tw_desk_read_invoice (yard, id);
  g_assert_cmpuint (tw_record_count (invoice->lines), ==, 2);
  credit = g_strdup_printf ("{\"reason\":\"a\",\"lines\":[{\"id\":%" G_GINT64_FORMAT ",\"quantity\":\"1\"}]}",
                            ((TwRecord *) tw_record_nth (invoice->lines, 0))->id);
  tw_yard_act (yard, "finance", &tw_invoice_resource, id, "credit", credit);
  payment = tw_desk_receive (yard, "50");
  pay = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"50\"}]}", invoice->number);
  tw_yard_act (yard, "finance", &tw_payment_resource, payment, "allocate", pay);
  assert_facts (b, "113.00", "50.00");
  assert_facts (a, "0.00", "0.00");
  tw_desk_assert_sound (yard);
}

/* ---- The checks ---- */

static void
collect_cb (const char *line, gpointer data)
{
  if (g_str_has_prefix (line, "FAILED: "))
    g_string_append_printf (data, "%s\n", line + strlen ("FAILED: "));
}

static void
assert_found (const char *damage, const char *repair, const char *check)
{
  g_autoptr (GString) failed = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean clean;

  tw_test_database_script (yard->database, damage);
  tw_verify_run (&yard->database->owner, 1, NULL, collect_cb, failed, &clean, &error);
  tw_test_database_script (yard->database, repair);
  g_assert_no_error (error);
  if (strstr (failed->str, check) == NULL)
    g_error ("%s did not fail “%s”, but: %s", damage, check, failed->str);
  tw_desk_assert_sound (yard);
}

/* What the owner of the database could do by hand. */
static void
test_checks (void)
{
  assert_found ("UPDATE invoice_line SET net = net + 1;", "UPDATE invoice_line SET net = net - 1;",
                "invoice total is its lines, taxes and freight");
  assert_found ("UPDATE invoice_tax SET tax = tax + 1;", "UPDATE invoice_tax SET tax = tax - 1;",
                "invoice taxes are those of its lines");
  assert_found ("UPDATE payment_allocation SET amount = amount + 1;",
                "UPDATE payment_allocation SET amount = amount - 1;", "paid on an invoice");
  assert_found ("UPDATE payment_allocation SET amount = amount + 1;",
                "UPDATE payment_allocation SET amount = amount - 1;", "allocated of a payment");
  assert_found ("UPDATE invoice SET state = 'paid' WHERE state = 'partly_paid';",
                "UPDATE invoice SET state = 'partly_paid' WHERE state = 'paid' AND paid + credited < total;",
                "invoice state agrees");
  assert_found ("UPDATE invoice SET reverses_id = NULL WHERE kind = 'credit_note';",
                "UPDATE invoice n SET n.reverses_id = (SELECT s.invoice_id FROM invoice_line l JOIN invoice_line s"
                " ON s.id = l.source_line_id WHERE l.invoice_id = n.id LIMIT 1) WHERE n.kind = 'credit_note';",
                "credited on an invoice");
  assert_found ("UPDATE receivable SET amount = amount + 1;", "UPDATE receivable SET amount = amount - 1;",
                "instalments add up");
  assert_found ("UPDATE receivable SET paid = paid - 1 WHERE position = 1 AND paid >= 1;"
                "UPDATE receivable SET paid = paid + 1 WHERE position = 2 AND invoice_id IN"
                " (SELECT invoice_id FROM (SELECT invoice_id FROM receivable WHERE position = 3) m);",
                "UPDATE receivable SET paid = paid + 1 WHERE position = 1 AND paid >= 1;"
                "UPDATE receivable SET paid = paid - 1 WHERE position = 2 AND invoice_id IN"
                " (SELECT invoice_id FROM (SELECT invoice_id FROM receivable WHERE position = 3) m);",
                "payments settle the first instalments");
  assert_found ("UPDATE journal_line SET debit = debit + 1 WHERE debit > 0;",
                "UPDATE journal_line SET debit = debit - 1 WHERE debit > 1;", "every journal entry balances");
  assert_found ("UPDATE counter SET value = value + 1 WHERE name LIKE 'INV/%';",
                "UPDATE counter SET value = value - 1 WHERE name LIKE 'INV/%';", "legal numbers");
  assert_found ("UPDATE journal_entry SET document_id = document_id + 1000;",
                "UPDATE journal_entry SET document_id = document_id - 1000;", "is in the journal");
  assert_found ("UPDATE order_line SET invoiced = invoiced - 0.1 WHERE invoiced > 0.1;",
                "UPDATE order_line SET invoiced = invoiced + 0.1 WHERE invoiced > 0.1;",
                "invoiced of an order line is what invoices say");
  assert_found ("UPDATE sales_order SET total = total + 1;", "UPDATE sales_order SET total = total - 1;",
                "add up to it");
  assert_found ("UPDATE journal_line SET customer_id = NULL WHERE account = 'receivable';",
                "UPDATE journal_line SET customer_id = 1 WHERE account = 'receivable';", "receivable of a customer");
  assert_found ("UPDATE journal_line SET customer_id = NULL WHERE account = 'customer_credit';",
                "UPDATE journal_line SET customer_id = 1 WHERE account = 'customer_credit';", "credit of a customer");
}

int
main (int argc, char **argv)
{
  g_autoptr (TwYard) own = NULL;

  g_test_init (&argc, &argv, NULL);
  yard = own = tw_desk_new ();
  g_test_add_func ("/statement/ageing", test_ageing);
  g_test_add_func ("/statement/shares", test_shares);
  g_test_add_func ("/statement/checks", test_checks);
  return g_test_run ();
}
