/* test-straight.c: one order from the phone call to the money in the bank, with what each step leaves in the books
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "shared/base/decimal.h"
#include "tests/fixture/company.h"

static TwTestServer *server;

/* 7 × 10.00 less 10 % = 63.00 and 3 × 25.50 = 76.50 at 13 %, 1 × 1000.00 less 5 % = 950.00 at 9 %, an hour of tasting
 * at 6 %. */
#define LINES "P-1:7%0.1 P-2:3 P-3:1%0.05 S-1:1"

typedef struct
{
  gint64 order;
  gint64 shipment;
  gint64 invoice;
} Flow;

static Flow flow;

static void
test_entry (void)
{
  g_autofree char *body = tw_company_order_body (
    "ALFKI", LINES, "\"channel\":\"phone\",\"po_reference\":\"10248\",\"freight\":\"12.34\",\"notes\":\"Ring twice\"");

  flow.order = tw_company_create (server, "sales", "/orders", body);
  tw_company_assert (server, "orders", flow.order, "state", "draft", "channel", "phone", "customer", "ALFKI",
                     "author", "sales", "sales_rep", "sales", "ship_city", "Berlin", "warehouse", "MAIN",
                     "lines.0.list_price", "10.00", "lines.0.price", "10.00", "lines.0.net", "63.00", "lines.1.net",
                     "76.50", "lines.2.net", "950.00", "lines.3.net", "100.00", "net_total", "1189.50");
  /* (63.00 + 76.50) × 0.13 = 18.135, 950.00 × 0.09 = 85.50, 100.00 × 0.06 = 6.00 */
  tw_company_assert (server, "orders", flow.order, "taxes.0.base", "139.50", "taxes.0.tax", "18.14", "tax_total",
                     "109.64", "total", "1311.48", "total_company", "1311.48");
}

/* A preview says what the order itself will say. */
static void
test_preview (void)
{
  g_autofree char *body = tw_company_order_body ("ALFKI", LINES, "\"freight\":\"12.34\"");
  g_autoptr (TwTestReply) reply = tw_company_post (server, "sales", "/orders/check", body);
  g_autofree char *total = tw_company_value (reply, "total");

  tw_test_assert_status (reply, 200);
  g_assert_cmpstr (total, ==, "1311.48");
  g_assert_cmpint (tw_company_count (reply, "approvals"), ==, 0);
  g_assert_cmpint (tw_company_count (reply, "checks"), >, 5);
}

/* The rep asks for a signature: one step, of the sales managers. */
static void
test_submit (void)
{
  tw_company_change (server, "sales", "orders", flow.order, "{\"special\":true,\"special_reason\":\"Fair\"}");
  tw_company_do (server, "sales", "orders", flow.order, "submit", NULL);
  tw_company_assert (server, "orders", flow.order, "state", "pending_approval", "approval_status", "pending",
                     "total", "1311.48", "approvals.0.state", "open", "approvals.0.role", "sales_manager",
                     "approvals.1.state", "");
  tw_company_assert_stock (server, "P-2", "reserved", "0");
}

/* The last signature confirms, and what is confirmed is released and reserved by itself. */
static void
test_approve (void)
{
  tw_company_do (server, "manager", "orders", flow.order, "approve", "{\"comment\":\"Good customer\"}");
  tw_company_assert (server, "orders", flow.order, "state", "released", "approval_status", "approved",
                     "approvals.0.signatures.0.user", "manager", "approvals.0.signatures.0.comment", "Good customer",
                     "lines.1.reserved", "3", "lines.1.open_quantity", "0", "total",
                     "1311.48");
  tw_company_assert_stock (server, "P-2", "reserved", "3");
  tw_company_assert_stock (server, "P-2", "on_hand", "100000");
}

static void
test_pick_and_pack (void)
{
  flow.shipment = tw_company_find_shipment (server, flow.order);
  tw_company_do (server, "warehouse", "shipments", flow.shipment, "start_picking", NULL);
  tw_company_assert (server, "orders", flow.order, "state", "in_fulfilment", "lines.1.picking", "3", "lines.1.reserved",
                     "0");
  tw_company_do (server, "warehouse", "shipments", flow.shipment, "pick", NULL);
  tw_company_assert (server, "orders", flow.order, "lines.1.picked", "3");
  tw_company_do (server, "warehouse", "shipments", flow.shipment, "pack", NULL);
  tw_company_assert (server, "orders", flow.order, "lines.1.packed", "3");
  tw_company_do (server, "warehouse", "shipments", flow.shipment, "ready", NULL);
  tw_company_assert (server, "shipments", flow.shipment, "state", "ready", "parcels.0.position", "1");
  tw_company_assert_stock (server, "P-2", "on_hand", "99997");
  tw_company_assert_stock (server, "P-2", "reserved", "0");
}

static void
test_deliver (void)
{
  gint64 trip = tw_company_add_trip (server, "driver", flow.shipment);

  tw_company_do (server, "driver", "trips", trip, "load", NULL);
  tw_company_do (server, "driver", "trips", trip, "depart", NULL);
  tw_company_assert (server, "shipments", flow.shipment, "state", "in_transit");
  tw_company_assert (server, "orders", flow.order, "lines.1.shipped", "3", "delivery_status", "none");
  tw_company_do (server, "driver", "shipments", flow.shipment, "deliver", "{\"receiver\":\"Maria Anders\"}");
  tw_company_do (server, "driver", "trips", trip, "complete", NULL);
  tw_company_assert (server, "shipments", flow.shipment, "state", "delivered", "receiver", "Maria Anders");
  tw_company_assert (server, "orders", flow.order, "state", "fulfilled", "delivery_status", "full", "lines.1.delivered",
                     "3", "lines.3.delivered", "1", "invoice_status", "none");
}

/* The entry of a document: as much debit as credit, and on @account @debit. */
static void
assert_journal (gint64 invoice, const char *account, const char *debit)
{
  g_autoptr (TwTestReply) reply
    = tw_company_get (server, "finance", "/journal?document=invoice&document_id=%" G_GINT64_FORMAT, invoice);
  TwDecimal sum = TW_DECIMAL_ZERO;
  gint64 n = tw_company_count (reply, "items");
  gboolean found = FALSE;

  g_assert_cmpint (n, >, 2);
  for (gint64 i = 0; i < n; i++)
    {
      JsonObject *line = json_array_get_object_element (
        json_object_get_array_member (tw_test_reply_object (reply), "items"), (guint) i);
      TwDecimal in, out;

      g_assert_true (tw_decimal_parse (json_object_get_string_member (line, "debit"), &in, NULL));
      g_assert_true (tw_decimal_parse (json_object_get_string_member (line, "credit"), &out, NULL));
      sum = tw_decimal_add (sum, tw_decimal_sub (in, out));
      if (g_str_equal (json_object_get_string_member (line, "account"), account))
        found = g_str_equal (json_object_get_string_member (line, "debit"), debit);
    }
  g_assert_true (tw_decimal_is_zero (sum));
  g_assert_true (found);
}

static void
test_invoice (void)
{
  flow.invoice = tw_company_draft_invoice (server, flow.order);
  tw_company_assert (server, "invoices", flow.invoice, "state", "draft", "number", "", "net_total", "1189.50",
                     "freight", "12.34", "tax_total", "109.64", "total", "1311.48");
  tw_company_do (server, "finance", "invoices", flow.invoice, "post", NULL);
  tw_company_assert (server, "invoices", flow.invoice, "state", "posted", "total", "1311.48", "open_amount", "1311.48",
                     "receivables.0.amount", "1311.48");
  tw_company_assert (server, "orders", flow.order, "state", "fulfilled", "invoice_status", "full", "payment_status",
                     "none", "lines.0.invoiced", "7");
  assert_journal (flow.invoice, "receivable", "1311.48");
}

/* The second of the year: the company's first order took the first. */
static void
test_legal_number (void)
{
  g_autofree char *number = tw_company_query (server, "SELECT number FROM invoice ORDER BY id DESC LIMIT 1");
  g_autofree char *gaps = tw_company_query (
    server, "SELECT COUNT(*) - MAX(CAST(SUBSTRING_INDEX(number, '-', -1) AS INT)) FROM invoice");

  g_assert_true (g_str_has_suffix (number, "2"));
  g_assert_cmpstr (gaps, ==, "0");
}

/* In both languages, and each of them is one. */
static void
test_pdf (void)
{
  static const char *const languages[] = { "en", "zh_CN" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (TwTestReply) reply = tw_company_get (server, "finance", "/invoices/%" G_GINT64_FORMAT
                                                      "/pdf?language=%s", flow.invoice, languages[i]);

      tw_test_assert_status (reply, 200);
      g_assert_cmpstr (tw_test_reply_header (reply, "Content-Type"), ==, "application/pdf");
      g_assert_true (g_str_has_prefix (reply->text, "%PDF-"));
      g_assert_cmpuint (reply->length, >, 2000);
    }
}

static void
test_pay (void)
{
  gint64 payment = tw_company_take_money (server, "ALFKI", "1311.48");

  tw_company_assert (server, "payments", payment, "state", "received", "unallocated", "1311.48");
  tw_company_assert (server, "orders", flow.order, "state", "fulfilled");
  tw_company_do (server, "finance", "payments", payment, "allocate", NULL);
  tw_company_assert (server, "payments", payment, "state", "allocated", "unallocated", "0.00");
  tw_company_assert (server, "invoices", flow.invoice, "state", "paid", "open_amount", "0.00", "paid", "1311.48");
  tw_company_assert (server, "orders", flow.order, "state", "completed", "payment_status", "full", "total", "1311.48");
  tw_company_do (server, "finance", "payments", payment, "reconcile", NULL);
}

/* Every step is in the history, with who took it, and linked documents are found from the order. */
static void
test_history (void)
{
  static const char *const steps[] = { "create",  "submit",           "approve", "release",
                                       "start_fulfilment", "fulfil",  "complete" };
  g_autoptr (TwTestReply) history
    = tw_company_get (server, "auditor", "/orders/%" G_GINT64_FORMAT "/history", flow.order);
  g_autoptr (TwTestReply) documents
    = tw_company_get (server, "sales", "/orders/%" G_GINT64_FORMAT "/documents", flow.order);

  tw_test_assert_status (history, 200);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *wanted = g_strdup_printf ("\"action\":\"%s\"", steps[i]);

      if (strstr (history->text, wanted) == NULL)
        g_error ("no %s in %s", wanted, history->text);
    }
  tw_test_assert_status (documents, 200);
  g_assert_nonnull (strstr (documents->text, "shipment"));
  g_assert_nonnull (strstr (documents->text, "invoice"));
}

/* Two people of different roles reopen what is completed; one alone does not. */
static void
test_reopen (void)
{
  tw_company_do (server, "sales_manager", "orders", flow.order, "reopen", "{\"reason\":\"wrong goods\"}");
  tw_company_assert (server, "orders", flow.order, "state", "completed");
  tw_company_refuse (server, "sales_manager", "orders", flow.order, "reopen", "{\"reason\":\"again\"}", 409, "else");
  tw_company_do (server, "finance_manager", "orders", flow.order, "reopen", "{\"reason\":\"agreed\"}");
  tw_company_assert (server, "orders", flow.order, "state", "fulfilled");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/straight/entry", test_entry);
  g_test_add_func ("/straight/preview", test_preview);
  g_test_add_func ("/straight/submit", test_submit);
  g_test_add_func ("/straight/approve", test_approve);
  g_test_add_func ("/straight/pick-and-pack", test_pick_and_pack);
  g_test_add_func ("/straight/deliver", test_deliver);
  g_test_add_func ("/straight/invoice", test_invoice);
  g_test_add_func ("/straight/legal-number", test_legal_number);
  g_test_add_func ("/straight/pdf", test_pdf);
  g_test_add_func ("/straight/pay", test_pay);
  g_test_add_func ("/straight/history", test_history);
  g_test_add_func ("/straight/reopen", test_reopen);
  g_test_add_data_func ("/straight/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
