/* test-last-line.c: what the database itself refuses to the server's own account, and what `verify` sees when somebody
 * with more power has been there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/private-mariadb.h"
#include "tests/fixture/company.h"

static TwTestServer *server;

/* ---- The server's account ---- */

static TwDb *
open_working (void)
{
  g_autofree char *folder = g_build_filename (tw_test_server_get_data_dir (server), "database", NULL);
  g_autofree char *accounts = g_build_filename (folder, "accounts.ini", NULL);
  g_autofree char *socket = g_build_filename (folder, "mariadb.sock", NULL);
  g_autofree char *password = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  TwDbAddress address
    = { .socket = socket, .user = (char *) TW_PRIVATE_USER, .database = (char *) "tradewind" };
  TwDb *db;

  g_key_file_load_from_file (file, accounts, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  password = g_key_file_get_string (file, "passwords", address.user, &error);
  g_assert_no_error (error);
  address.password = password;
  db = tw_db_open (&address, &error);
  g_assert_no_error (error);
  return db;
}

static void
assert_impossible (TwDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (tw_db_execute_script (db, sql, &error))
    g_error ("the server's account can: %s", sql);
}

/* Ledgers, log, signatures and what is posted are written once. */
static void
test_append_only (void)
{
  static const char *const tables[] = {
    "change_log", "change_seal", "approval_signature", "order_check", "stock_move", "receipt", "receipt_line",
    "invoice_line", "invoice_tax", "journal_entry", "journal_line", "payment_allocation", "invoice", "receivable",
    "payment", "refund",
  };
  g_autoptr (TwDb) db = open_working ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *erase = g_strdup_printf ("DELETE FROM %s;", tables[i]);
      g_autofree char *empty = g_strdup_printf ("TRUNCATE TABLE %s;", tables[i]);
      g_autofree char *drop = g_strdup_printf ("DROP TABLE %s;", tables[i]);

      assert_impossible (db, erase);
      assert_impossible (db, empty);
      assert_impossible (db, drop);
    }
}

static void
test_frozen_columns (void)
{
  static const char *const statements[] = {
    "UPDATE change_log SET reason = 'x';",
    "UPDATE change_seal SET hash = hash;",
    "UPDATE approval_signature SET decision = 'approve';",
    "UPDATE stock_move SET quantity = 1;",
    "UPDATE journal_line SET debit = 0;",
    "UPDATE invoice SET total = 0;",
    "UPDATE invoice SET number = 'X' WHERE state <> 'draft';",
    "UPDATE invoice SET state = 'draft' WHERE state <> 'draft';",
    "UPDATE invoice_line SET net = 0;",
    "UPDATE payment SET amount = 0;",
    "UPDATE refund SET amount = 0;",
    "UPDATE refund SET author_id = 1;",
    "UPDATE refund SET payment_id = payment_id;",
    "UPDATE refund SET approver_id = author_id;",
    "UPDATE refund SET state = 'approved' WHERE state = 'requested';",
    "UPDATE refund SET state = 'approved', paid_date = NULL WHERE state = 'paid_out';",
    "UPDATE refund SET approver_id = (SELECT MIN(id) FROM app_user) WHERE state = 'paid_out';",
    "UPDATE payment SET state = 'allocated' WHERE refunding > 0;",
    "UPDATE payment_allocation SET amount = 0;",
    "UPDATE receivable SET amount = 0;",
    "DROP TRIGGER sales_order_changed;",
    "CREATE TABLE mine (id INT);",
    "GRANT ALL ON tradewind.* TO CURRENT_USER;",
    "SELECT 1 INTO OUTFILE '/tmp/tradewind-leak';",
  };
  g_autoptr (TwDb) db = open_working ();

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    assert_impossible (db, statements[i]);
}

/* Goods that are not there, and quantities that do not add up. */
static void
test_quantities (void)
{
  static const char *const statements[] = {
    "UPDATE stock_level SET reserved = on_hand + 1;",
    "UPDATE stock_level SET reserved = -1;",
    "UPDATE stock_level SET on_hand = -1;",
    "UPDATE order_line SET delivered = delivered + 1;",
    "UPDATE order_line SET returned = delivered + 1;",
    "UPDATE order_line SET invoiced = quantity + 1;",
  };
  g_autoptr (TwDb) db = open_working ();

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    assert_impossible (db, statements[i]);
}

/* No order is confirmed past its chain. */
static void
test_chain (void)
{
  static const char *const states[] = { "confirmed", "released", "in_fulfilment", "fulfilled", "completed" };
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-2:1@9000");
  g_autoptr (TwDb) db = open_working ();

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_do (server, "manager", "orders", id, "approve", NULL); /* and the director does not */
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE sales_order SET state = '%s' WHERE id = %" G_GINT64_FORMAT ";",
                                              states[i], id);
      g_autofree char *forged = g_strdup_printf (
        "START TRANSACTION; UPDATE approval SET state = 'complete' WHERE order_id = %" G_GINT64_FORMAT "; %s ROLLBACK;",
        id, sql);

      assert_impossible (db, sql);
      assert_impossible (db, forged);
      tw_db_execute_script (db, "ROLLBACK;", NULL);
    }
  tw_company_assert (server, "orders", id, "state", "pending_approval");
}

/* ---- Somebody with more power ---- */

typedef struct
{
  const char *name;
  const char *act;
  const char *undo;
} Tampering;

static const Tampering tamperings[] = {
  { "stock-balance", "UPDATE stock_level SET on_hand = on_hand + 1 WHERE id = 1;",
    "UPDATE stock_level SET on_hand = on_hand - 1 WHERE id = 1;" },
  { "reservation", "UPDATE reservation SET quantity = quantity + 1 ORDER BY id LIMIT 1;",
    "UPDATE reservation SET quantity = quantity - 1 ORDER BY id LIMIT 1;" },
  { "stock-move", "UPDATE stock_move SET quantity = quantity + 1 WHERE id = 1;",
    "UPDATE stock_move SET quantity = quantity - 1 WHERE id = 1;" },
  { "order-total", "UPDATE sales_order SET total = total + 1 WHERE id = 1;",
    "UPDATE sales_order SET total = total - 1 WHERE id = 1;" },
  { "derived-status", "UPDATE sales_order SET delivery_status = 'none' WHERE id = 1;",
    "UPDATE sales_order SET delivery_status = 'full' WHERE id = 1;" },
  { "invoice-line", "UPDATE invoice_line SET net = net + 1 WHERE id = 1;",
    "UPDATE invoice_line SET net = net - 1 WHERE id = 1;" },
  { "invoice-paid", "UPDATE invoice SET paid = paid - 1 WHERE id = 1;",
    "UPDATE invoice SET paid = paid + 1 WHERE id = 1;" },
  { "allocation", "UPDATE payment_allocation SET amount = amount - 1 WHERE id = 1;",
    "UPDATE payment_allocation SET amount = amount + 1 WHERE id = 1;" },
  { "journal", "UPDATE journal_line SET debit = debit + 1 WHERE debit > 0 ORDER BY id LIMIT 1;",
    "UPDATE journal_line SET debit = debit - 1 WHERE debit > 0 ORDER BY id LIMIT 1;" },
  { "signature", "UPDATE approval_signature SET signer_id = (SELECT id FROM app_user WHERE user = 'sales')"
                 " WHERE signer_id = (SELECT id FROM app_user WHERE user = 'gm');",
    "UPDATE approval_signature SET signer_id = (SELECT id FROM app_user WHERE user = 'gm')"
    " WHERE signer_id = (SELECT id FROM app_user WHERE user = 'sales');" },
  { "signed-content", "UPDATE order_line SET description = 'Other goods' WHERE order_id = 2;",
    "UPDATE order_line SET description = NULL WHERE order_id = 2;" },
  { "log-reason", "UPDATE change_log SET reason = 'Nobody' WHERE id = 5;",
    "UPDATE change_log SET reason = NULL WHERE id = 5;" },
  { "log-time", "UPDATE change_log SET at = at + INTERVAL 1 SECOND WHERE id = 9;",
    "UPDATE change_log SET at = at - INTERVAL 1 SECOND WHERE id = 9;" },
};

static void
test_tampering (gconstpointer data)
{
  static const char *const verify[] = { "verify", NULL };
  const Tampering *tampering = data;
  g_autofree char *output = NULL;
  int found;

  tw_test_server_script (server, tampering->act);
  found = tw_test_server_command (server, verify, NULL, &output);
  tw_test_server_script (server, tampering->undo);
  if (found == 0)
    g_error ("verify sees nothing of: %s", tampering->act);
  tw_company_test_verify (server);
}

/* One paid out, one asked for. */
static void
refund (void)
{
  gint64 payment = tw_company_take_money (server, "ALFKI", "20");

  tw_company_refund (server, payment, "7");
  tw_company_ask_refund (server, "finance", payment, "3");
}

/* An order that three have signed, the second of the company. */
static void
sign_order (void)
{
  static const char *const signers[] = { "manager", "director", "gm" };
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-2:1@44250");

  g_assert_cmpint (id, ==, 2);
  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (signers); i++)
    tw_company_do (server, signers[i], "orders", id, "approve", NULL);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  sign_order ();
  refund ();
  g_test_add_func ("/last-line/append-only", test_append_only);
  g_test_add_func ("/last-line/frozen-columns", test_frozen_columns);
  g_test_add_func ("/last-line/quantities", test_quantities);
  g_test_add_func ("/last-line/chain", test_chain);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *path = g_strconcat ("/last-line/verify-sees-", tamperings[i].name, NULL);

      g_test_add_data_func (path, &tamperings[i], test_tampering);
    }
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
