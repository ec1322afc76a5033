/* test-verify.c: what somebody with the database's own account could do to it, and what verify says of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/fixture/company.h"

#define JOURNAL_COLUMNS "id, entry_id, position, account, customer_id, debit, credit"

static TwTestServer *server;
static gint64 order; /* signed, delivered, invoiced and paid */

static char *
run_verify (int status)
{
  static const char *const verify[] = { "verify", NULL };
  char *output = NULL;

  if (tw_test_server_command (server, verify, NULL, &output) != status)
    g_error ("verify did not end with %d:\n%s", status, output);
  return output;
}

/* Every line of @words (ended by a newline each) is in what verify prints. */
static void
assert_named (const char *damage, const char *words)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);

  tw_test_server_script (server, damage);
  output = run_verify (1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (output, lines[i]) == NULL)
      g_error ("%s was not named as “%s”:\n%s", damage, lines[i], output);
}

static void
assert_found (const char *damage, const char *repair, const char *words)
{
  g_autofree char *output = NULL;

  assert_named (damage, words);
  tw_test_server_script (server, repair);
  output = run_verify (0);
}

/* A statement over the order, its id put in for every @. */
static char *
on_order (const char *sql)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, order);
  g_auto (GStrv) parts = g_strsplit (sql, "@", -1);

  return g_strjoinv (id, parts);
}

static void
assert_order (const char *damage, const char *repair, const char *words)
{
  g_autofree char *number = tw_company_query (server, "SELECT MAX(number) FROM sales_order");
  g_autofree char *bad = on_order (damage), *good = on_order (repair);
  g_autofree char *all = g_strconcat (words, "\norder ", number, NULL);

  assert_found (bad, good, all);
}

static void
test_order (void)
{
  assert_order ("UPDATE sales_order SET total = total + 1 WHERE id = @;",
                "UPDATE sales_order SET total = total - 1 WHERE id = @;", "FAILED: an order's total is its lines");
  assert_order ("UPDATE sales_order SET invoice_status = 'none' WHERE id = @;",
                "UPDATE sales_order SET invoice_status = 'full' WHERE id = @;",
                "invoice_status is stored as none and computed as full");
  assert_order ("UPDATE sales_order SET ship_street = 'Elsewhere 1' WHERE id = @;",
                "UPDATE sales_order SET ship_street = 'Obere Str. 57' WHERE id = @;",
                "its content is not what was submitted and signed");
  assert_order ("UPDATE sales_order SET state = 'fulfilled' WHERE id = @;",
                "UPDATE sales_order SET state = 'completed' WHERE id = @;",
                "FAILED: each change of state of every order\nis fulfilled, but the audit log says completed");
  assert_order ("UPDATE sales_order SET state = 'confirmed' WHERE id = @;",
                "UPDATE sales_order SET state = 'completed' WHERE id = @;",
                "its quantities do not fit the state confirmed");
}

static void
test_signatures (void)
{
  assert_order ("UPDATE approval_signature SET decision = 'return';",
                "UPDATE approval_signature SET decision = 'approve';", "too few signatures");
  assert_order ("UPDATE sales_order SET author_id = (SELECT id FROM app_user WHERE user = 'manager') WHERE id = @;",
                "UPDATE sales_order SET author_id = (SELECT id FROM app_user WHERE user = 'sales') WHERE id = @;",
                "too few signatures");
  assert_order ("UPDATE approval SET state = 'void' WHERE order_id = @;",
                "UPDATE approval SET state = 'complete' WHERE order_id = @;", "no complete round");
}

static void
test_money (void)
{
  assert_found ("CREATE TABLE kept AS SELECT " JOURNAL_COLUMNS " FROM journal_line WHERE id = 1;"
                "DELETE FROM journal_line WHERE id = 1;",
                "INSERT INTO journal_line (" JOURNAL_COLUMNS ") SELECT " JOURNAL_COLUMNS " FROM kept; DROP TABLE kept;",
                "FAILED: every journal entry balances\njournal entry JE-");
  assert_found ("UPDATE invoice SET state = 'posted'; UPDATE invoice SET paid = 0;",
                "UPDATE invoice SET paid = total; UPDATE invoice SET state = 'paid';",
                "FAILED: each change of state of every invoice\nFAILED: paid on an invoice\ninvoice INV-");
}

static void
test_log (void)
{
  assert_found ("UPDATE change_log SET reason = 'Nothing' WHERE id = 7;",
                "UPDATE change_log SET reason = NULL WHERE id = 7;", "does not fit its change 7");
  assert_found ("UPDATE change_log SET after_values = REPLACE(after_values, 'pending_approval', 'released')"
                " WHERE document = 'order' AND action = 'submit';",
                "UPDATE change_log SET after_values = REPLACE(after_values, 'released', 'pending_approval')"
                " WHERE document = 'order' AND action = 'submit';",
                "order.submit led from draft to released\n"
                "begins at pending_approval, the one before ended at released");
  assert_found ("UPDATE change_seal SET hash = REVERSE(hash) WHERE seq = 5;",
                "UPDATE change_seal SET hash = REVERSE(hash) WHERE seq = 5;", "link 5 does not fit");
}

static gboolean
is_sealed (void)
{
  g_autofree char *left = tw_company_query (server, "SELECT (SELECT MAX(id) FROM change_log) - MAX(change_id)"
                                                    " FROM change_seal");

  return g_str_equal (left, "0");
}

/* Only the witness outside knows; and the server, which writes on, does not cover it up. */
static void
test_tail (void)
{
  tw_test_server_kill (server);
  assert_named ("DELETE FROM change_seal ORDER BY seq DESC LIMIT 1; DELETE FROM change_log ORDER BY id DESC LIMIT 1;",
                "FAILED: audit chain is whole\nwas witnessed in");
  tw_test_server_start (server);
  tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  tw_company_enter (server, "sales", "ALFKI", "P-1:1");
  tw_test_wait_for (is_sealed (), 30);
  assert_named ("DO 1;", "FAILED: audit chain is whole\nis not the one that was witnessed in");
}

static void
make_order (void)
{
  g_autofree char *number = NULL, *body = NULL;
  gint64 invoice, payment;

  order = tw_company_enter (server, "sales", "ALFKI", "P-3:5");
  tw_company_do (server, "sales", "orders", order, "submit", NULL);
  tw_company_do (server, "manager", "orders", order, "approve", NULL);
  tw_company_fulfil (server, order);
  invoice = tw_company_invoice (server, order);
  number = tw_company_query (server, "SELECT MAX(total) FROM invoice");
  payment = tw_company_take_money (server, "ALFKI", number);
  tw_company_do (server, "finance", "payments", payment, "allocate", NULL);
  tw_company_assert (server, "invoices", invoice, "state", "paid");
  tw_company_assert (server, "orders", order, "state", "completed");
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) own = NULL;

  g_test_init (&argc, &argv, NULL);
  server = own = tw_company_new ();
  make_order ();
  g_test_add_data_func ("/verify/whole", server, tw_company_test_verify);
  g_test_add_func ("/verify/order", test_order);
  g_test_add_func ("/verify/signatures", test_signatures);
  g_test_add_func ("/verify/money", test_money);
  g_test_add_func ("/verify/log", test_log);
  g_test_add_func ("/verify/tail", test_tail);
  return g_test_run ();
}
