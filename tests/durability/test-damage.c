/* test-damage.c: what is done to the files and rows of a database behind the server's back, verify tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test-verify has what breaks the rules of one document; here are the amounts, rows and tails that fit each other all
 * the same, and the log that the disk lost.
 */
#include <signal.h>
#include <string.h>

#include "tests/fixture/company.h"

typedef struct
{
  const char *name;
  const char *damage; /* SQL of the owner's account; @ stands for the order's id */
  const char *repair;
  const char *words; /* lines that verify prints; # stands for the order's number */
} Damage;

static TwTestServer *server;
static gint64 order; /* signed, delivered, invoiced, paid, and 4 too much paid back */

#define ALLOCATION "id, payment_id, invoice_id, amount, user_id, allocated_at"
#define MOVE                                                                                                           \
  "id, created_at, product_id, quantity, from_location, from_warehouse_id, to_location, to_warehouse_id, document,"    \
  " document_id, document_number, order_line_id, user_id, reason"
#define LAST_INVOICE "(SELECT MAX(id) FROM invoice)"
#define UNGUARDED "DROP TRIGGER IF EXISTS refund_changed;"
#define OF_LAST_ENTRY "entry_id = (SELECT MAX(id) FROM journal_entry)"

static const Damage damages[] = {
  { "order-line-quantity", "UPDATE order_line SET quantity = quantity + 1 WHERE order_id = @;",
    "UPDATE order_line SET quantity = quantity - 1 WHERE order_id = @;",
    "FAILED: an order line's quantities add up\norder # line 1: quantities do not add up to 6.000000" },
  /* Line, sum, tax and total fit each other: what was signed does not. */
  { "order-line-price",
    "UPDATE order_line SET price = 2000, net = 10000 WHERE order_id = @; UPDATE sales_order SET net_total = 10000,"
    " tax_total = 900, total = 10900, total_company = 10900 WHERE id = @;",
    "UPDATE order_line SET price = 1000, net = 5000 WHERE order_id = @; UPDATE sales_order SET net_total = 5000,"
    " tax_total = 450, total = 5450, total_company = 5450 WHERE id = @;",
    "order #: its content is not what was submitted and signed" },
  { "invoice-line", "UPDATE invoice_line SET net = net + 1 WHERE invoice_id = " LAST_INVOICE ";",
    "UPDATE invoice_line SET net = net - 1 WHERE invoice_id = " LAST_INVOICE ";",
    "FAILED: invoice total is its lines, taxes and freight\n(INV-2026-000002) has the total 5450.000000" },
  { "allocation-deleted",
    "CREATE TABLE kept AS SELECT " ALLOCATION " FROM payment_allocation WHERE invoice_id = " LAST_INVOICE ";"
    "DELETE FROM payment_allocation WHERE invoice_id = " LAST_INVOICE ";",
    "INSERT INTO payment_allocation (" ALLOCATION ") SELECT " ALLOCATION " FROM kept; DROP TABLE kept;",
    "FAILED: paid on an invoice is what payments were allocated\n"
    "invoice INV-2026-000002 has 5450.000000 paid, its allocations are 0.000000\n"
    "FAILED: allocated of a payment is the sum of its allocations\npayment RC-2026-000002" },
  { "journal-line", "UPDATE journal_line SET debit = debit + 1 WHERE debit > 0 AND " OF_LAST_ENTRY ";",
    "UPDATE journal_line SET debit = debit - 1 WHERE debit > 0 AND " OF_LAST_ENTRY ";",
    "FAILED: every journal entry balances\njournal entry JE-2026-" },
  /* Nothing is computed from these; only the log knows what they were. */
  { "credit-limit", "UPDATE customer SET credit_limit = 2000000 WHERE code = 'ALFKI';",
    "UPDATE customer SET credit_limit = 1000000 WHERE code = 'ALFKI';",
    "FAILED: credit_limit of every customer is what the audit log says\n"
    "customer ALFKI has credit_limit 2000000.000000, but the audit log says 1000000" },
  { "product-price", "UPDATE product SET price = 11 WHERE sku = 'P-1';", "UPDATE product SET price = 10 WHERE sku = 'P-1';",
    "FAILED: price of every product is what the audit log says\nproduct P-1 has price 11.000000" },
  /* Lines, taxes, order and journal may be made to fit as well. */
  { "invoice-total",
    "UPDATE invoice SET net_total = net_total + 1, total = total + 1 WHERE id = " LAST_INVOICE ";",
    "UPDATE invoice SET net_total = net_total - 1, total = total - 1 WHERE id = " LAST_INVOICE ";",
    "FAILED: total of every invoice is what the audit log says\ninvoice INV-2026-000002 has total 5451.000000" },
  { "payment-amount", "UPDATE payment SET amount = amount + 1 ORDER BY id DESC LIMIT 1;",
    "UPDATE payment SET amount = amount - 1 ORDER BY id DESC LIMIT 1;",
    "FAILED: credit of a customer in the journal is what is on account\ncustomer ALFKI has 1.00 on account\n"
    "FAILED: amount of every payment is what the audit log says\npayment RC-2026-000002 has amount 5455.000000" },
  { "refund-approver", UNGUARDED "UPDATE refund SET approver_id = author_id;",
    "UPDATE refund SET approver_id = (SELECT id FROM app_user WHERE user = 'finance_manager');",
    "FAILED: every refund was approved by another person\nrefund RF-2026-000001 is paid_out, approved by who asked" },
  { "refund-other-approver", UNGUARDED "UPDATE refund SET approver_id = (SELECT id FROM app_user WHERE user = 'director');",
    "UPDATE refund SET approver_id = (SELECT id FROM app_user WHERE user = 'finance_manager');",
    "FAILED: who asked for a refund and who approved it is in the audit log\n"
    "refund RF-2026-000001 was asked for by finance and approved by director, but" },
  { "refund-cash",
    "UPDATE journal_line SET credit = 3 WHERE account = 'cash' AND " OF_LAST_ENTRY "; INSERT INTO journal_line (entry_id,"
    " position, account, debit, credit) SELECT MAX(id), 9, 'rounding', 0, 1 FROM journal_entry;",
    "DELETE FROM journal_line WHERE position = 9; UPDATE journal_line SET credit = 4 WHERE account = 'cash' AND "
    OF_LAST_ENTRY ";",
    "FAILED: every refund paid out is in the journal, and no other\nrefund RF-2026-000001 of 4.000000 is paid_out" },
  { "refund-amount", UNGUARDED "UPDATE refund SET amount = amount + 1;", "UPDATE refund SET amount = amount - 1;",
    "FAILED: paid back of a payment is the sum of its refunds\n"
    "payment RC-2026-000002 (allocated) has 0.000000 set aside and 4.000000 paid back, its refunds are 0.000000 and 5\n"
    "FAILED: amount of every refund is what the audit log says\nrefund RF-2026-000001 has amount 5.000000" },
  { "refund-customer", UNGUARDED "UPDATE refund SET customer_id = (SELECT id FROM customer WHERE code = 'BERGS');",
    "UPDATE refund SET customer_id = (SELECT id FROM customer WHERE code = 'ALFKI');",
    "FAILED: every refund is of its payment's customer and currency\nrefund RF-2026-000001 is not of the customer" },
  { "refund-journal", "UPDATE journal_entry SET document = 'payment' WHERE document = 'refund';",
    "UPDATE journal_entry SET document = 'refund' WHERE document_number LIKE 'RF-%';",
    "FAILED: every refund paid out is in the journal, and no other\nrefund RF-2026-000001 of 4.000000 is paid_out" },
  { "refund-state", UNGUARDED "UPDATE refund SET state = 'approved', paid_date = NULL;",
    "UPDATE refund SET state = 'paid_out', paid_date = UTC_DATE();",
    "FAILED: each change of state of every refund is in the audit log\n"
    "FAILED: paid back of a payment is the sum of its refunds" },
  { "stock-move-deleted",
    "CREATE TABLE kept AS SELECT " MOVE " FROM stock_move ORDER BY id LIMIT 1; DELETE FROM stock_move ORDER BY id LIMIT 1;",
    "INSERT INTO stock_move (" MOVE ") SELECT " MOVE " FROM kept; DROP TABLE kept;",
    "FAILED: stock balance equals moves\nP-1 in MAIN" },
  { "delivered-quantity", "UPDATE shipment_line SET delivered = delivered - 1 ORDER BY id DESC LIMIT 1;",
    "UPDATE shipment_line SET delivered = delivered + 1 ORDER BY id DESC LIMIT 1;",
    "FAILED: order lines equal their shipments\n# line 1: 5.000000 delivered, but shipments of 4.000000" },
};

static void
assert_failed (const char *words)
{
  static const char *const verify[] = { "verify", NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  int status = tw_test_server_command (server, verify, NULL, &output);

  for (guint i = 0; lines[i] != NULL; i++)
    if (status != 1 || strstr (output, lines[i]) == NULL)
      g_error ("verify ended with %d and does not say “%s”:\n%s", status, lines[i], output);
}

/* As somebody who knows how to get round the constraints. */
static void
run_script (const char *sql)
{
  g_autofree char *script = g_strconcat ("SET check_constraint_checks = 0;", sql, NULL);

  tw_test_server_script (server, script);
}

/* @text with the order's id for every @ and its number for every #. */
static char *
on_order (const char *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT number FROM sales_order WHERE id = %" G_GINT64_FORMAT, order);
  g_autofree char *number = tw_company_query (server, sql);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, order);
  GString *out = g_string_new (text);

  g_string_replace (out, "@", id, 0);
  g_string_replace (out, "#", number, 0);
  return g_string_free (out, FALSE);
}

static void
test_rows (gconstpointer data)
{
  const Damage *d = data;
  g_autofree char *damage = on_order (d->damage), *repair = on_order (d->repair), *words = on_order (d->words);

  run_script (damage);
  assert_failed (words);
  run_script (repair);
}

/* ---- The log ---- */

static gboolean
is_witnessed (void)
{
  g_autofree char *head_file = g_build_filename (tw_test_server_get_data_dir (server), "audit-head", NULL);
  g_autofree char *line = NULL;
  g_autofree char *seq = tw_company_query (
    server, "SELECT MAX(seq) FROM change_seal HAVING MAX(change_id) = (SELECT MAX(id) FROM change_log)");

  return seq != NULL && g_file_get_contents (head_file, &line, NULL, NULL)
         && g_ascii_strtoll (line, NULL, 10) == g_ascii_strtoll (seq, NULL, 10);
}

static gboolean
is_sealed (void)
{
  g_autofree char *open = tw_company_query (server, "SELECT COUNT(*) FROM change_log c LEFT JOIN change_seal s"
                                                    " ON s.change_id = c.id WHERE s.seq IS NULL");

  return g_str_equal (open, "0");
}

/* A change that is gone leaves its link; the foreign key does not hold the owner. */
static void
test_last_change (void)
{
  g_autofree char *last = tw_company_query (server, "SELECT CONCAT(change_id, ' of link ', seq) FROM change_seal"
                                                    " ORDER BY seq DESC LIMIT 1");
  g_autofree char *words = g_strconcat ("FAILED: audit chain is whole\nthe change ", last, " is gone", NULL);

  tw_test_server_script (server, "CREATE TABLE kept AS SELECT id, at, user_id, on_behalf_of, source, document,"
                                 " document_id, version, action, reason, before_values, after_values FROM change_log"
                                 " ORDER BY id DESC LIMIT 1; SET FOREIGN_KEY_CHECKS = 0;"
                                 "DELETE FROM change_log ORDER BY id DESC LIMIT 1;");
  assert_failed (words);
  tw_test_server_script (server, "INSERT INTO change_log (id, at, user_id, on_behalf_of, source, document, document_id,"
                                 " version, action, reason, before_values, after_values) SELECT id, at, user_id,"
                                 " on_behalf_of, source, document, document_id, version, action, reason, before_values,"
                                 " after_values FROM kept; DROP TABLE kept;");
}

/* A link without which nothing is lost: the witness outside misses it, and the server makes it again, the same. */
static void
test_last_link (void)
{
  tw_test_wait_for (is_witnessed (), 30);
  tw_test_server_kill (server); /* its database goes on */
  tw_test_server_script (server, "DELETE FROM change_seal ORDER BY seq DESC LIMIT 1;");
  assert_failed ("FAILED: audit chain is whole\nwas witnessed in");
  tw_test_server_start (server);
  tw_test_wait_for (is_witnessed (), 30);
}

/* The disk loses the end of the redo log: MariaDB starts without a word, and acknowledged orders are not there. Only
 * the file outside knows, and neither the server nor a new order covers it up. */
static void
test_redo_tail (void)
{
  g_autofree char *file
    = g_build_filename (tw_test_server_get_data_dir (server), "database", "data", "ib_logfile0", NULL);
  g_autofree char *before = NULL, *there = NULL, *log = NULL;
  int pid = tw_test_server_get_mariadb_pid (server);
  gsize length;

  tw_test_wait_for (is_witnessed (), 30);
  g_assert_true (g_file_get_contents (file, &before, &length, NULL));
  for (guint i = 0; i < 3; i++)
    tw_company_create (server, "sales", "/orders",
                       "{\"customer\":\"ALFKI\",\"po_reference\":\"LOST\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"1\"}]}");
  tw_test_wait_for (is_witnessed (), 30);
  tw_test_server_kill (server);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  tw_test_wait_for (kill (pid, 0) != 0, 30);
  g_assert_true (g_file_set_contents (file, before, (gssize) length, NULL)); /* without what came since */
  tw_test_server_start (server);
  there = tw_company_query (server, "SELECT COUNT(*) FROM sales_order WHERE po_reference = 'LOST'");
  g_assert_cmpstr (there, ==, "0");
  assert_failed ("FAILED: audit chain is whole\nwas witnessed in");
  for (guint i = 0; i < 5; i++)
    tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  tw_test_wait_for (is_sealed (), 30); /* past the number of the link that is lost */
  assert_failed ("FAILED: audit chain is whole\nis not the one that was witnessed in");
  log = tw_test_server_read_log (server);
  g_assert_nonnull (strstr (log, "the audit chain has lost or changed what"));
}

static void
make_order (void)
{
  gint64 payment;

  order = tw_company_enter (server, "sales", "ALFKI", "P-3:5");
  tw_company_do (server, "sales", "orders", order, "submit", NULL);
  tw_company_do (server, "manager", "orders", order, "approve", NULL);
  tw_company_fulfil (server, order);
  tw_company_invoice (server, order);
  payment = tw_company_take_money (server, "ALFKI", "5454");
  tw_company_do (server, "finance", "payments", payment, "allocate", NULL);
  tw_company_refund (server, payment, "4");
  tw_company_assert (server, "orders", order, "state", "completed");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  make_order ();
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/durability/damage/", damages[i].name, NULL);

      g_test_add_data_func (path, &damages[i], test_rows);
    }
  g_test_add_func ("/durability/damage/last-change", test_last_change);
  g_test_add_func ("/durability/damage/last-link", test_last_link);
  g_test_add_data_func ("/durability/damage/repaired", server, tw_company_test_verify);
  g_test_add_func ("/durability/damage/redo-tail", test_redo_tail);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
