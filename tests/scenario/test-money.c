/* test-money.c: partial and collective invoices, payments that are too small, too large or bounce, credit notes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fixture/company.h"

static TwTestServer *server;

static char *
get_value (const char *kind, gint64 id, const char *path)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "auditor", "/%s/%" G_GINT64_FORMAT, kind, id);

  tw_test_assert_status (reply, 200);
  return tw_company_value (reply, path);
}

/* Delivered and invoiced: 3 × 10.00 + 13 % = 33.90. */
static gint64
make_invoice (gint64 *order)
{
  gint64 id = tw_company_release (server, "P-1:3");

  tw_company_fulfil (server, id);
  if (order != NULL)
    *order = id;
  return tw_company_invoice (server, id);
}

static void
allocate (gint64 payment, gint64 invoice, const char *amount, guint status, const char *pointer)
{
  g_autofree char *number = get_value ("invoices", invoice, "number");
  g_autofree char *body = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"%s\"}]}", number, amount);
  g_autoptr (TwTestReply) reply = tw_company_act (server, "finance", "payments", payment, "allocate", body);

  if (pointer != NULL)
    tw_test_assert_problem (reply, status, pointer);
  else
    tw_test_assert_status (reply, status);
}

/* ---- Invoices ---- */

/* What is delivered in parts is invoiced in parts, and the parts add up to the whole to the last cent. */
static void
test_partial (void)
{
  gint64 id, first, second, shipment;

  tw_company_add_product (server, "M-1", "0.10");
  tw_company_receive (server, "M-1", "1");
  id = tw_company_release (server, "M-1:3%0.05");
  tw_company_assert (server, "orders", id, "net_total", "0.29", "tax_total", "0.04", "total", "0.33",
                     "lines.0.reserved", "1", "lines.0.backordered", "2");
  tw_company_fulfil (server, id);
  first = tw_company_invoice (server, id);
  tw_company_assert (server, "invoices", first, "lines.0.quantity", "1", "net_total", "0.10", "tax_total", "0.01",
                     "total", "0.11");
  tw_company_assert (server, "orders", id, "state", "in_fulfilment", "invoice_status", "partial");
  tw_company_receive (server, "M-1", "5");
  tw_company_assert (server, "orders", id, "lines.0.reserved", "2", "lines.0.backordered", "0");
  shipment = tw_company_fulfil (server, id);
  tw_company_assert (server, "shipments", shipment, "lines.0.delivered", "2");
  second = tw_company_invoice (server, id);
  tw_company_assert (server, "invoices", second, "net_total", "0.19", "tax_total", "0.03", "total", "0.22");
  tw_company_assert (server, "orders", id, "state", "fulfilled", "invoice_status", "full", "lines.0.invoiced", "3");
}

static void
test_nothing_to_invoice (void)
{
  gint64 id = tw_company_release (server, "P-1:1");
  g_autofree char *number = get_value ("orders", id, "number");
  g_autofree char *body = g_strdup_printf ("{\"order\":\"%s\"}", number);
  g_autoptr (TwTestReply) early = tw_company_post (server, "finance", "/invoices", body);
  g_autoptr (TwTestReply) twice = NULL, unknown = NULL;

  tw_test_assert_problem (early, 422, "/order");
  tw_company_fulfil (server, id);
  tw_company_draft_invoice (server, id);
  twice = tw_company_post (server, "finance", "/invoices", body);
  tw_test_assert_problem (twice, 422, "/order");
  unknown = tw_company_post (server, "finance", "/invoices", "{\"order\":\"SO-1999-1\"}");
  tw_test_assert_problem (unknown, 422, "/order");
}

/* Posted is posted. */
static void
test_posted_is_immutable (void)
{
  gint64 id = make_invoice (NULL);
  g_autofree char *version = get_value ("invoices", id, "version");
  g_autoptr (TwTestReply) reply = tw_company_patch (server, "finance", "invoices", id,
                                                    g_ascii_strtoll (version, NULL, 10),
                                                    "{\"invoice_date\":\"2026-01-01\"}");

  tw_test_assert_problem (reply, 409, NULL);
  tw_company_refuse (server, "finance", "invoices", id, "post", NULL, 409, "Posted");
  tw_company_refuse (server, "finance", "invoices", id, "cancel", "{\"reason\":\"x\"}", 409, "Posted");
}

/* ---- Payments ---- */

static void
test_partial_payment (void)
{
  gint64 order, invoice = make_invoice (&order);
  gint64 first = tw_company_take_money (server, "ALFKI", "10.00");
  gint64 second = tw_company_take_money (server, "ALFKI", "23.90");

  allocate (first, invoice, "10.01", 422, "/lines/0/amount");
  allocate (first, invoice, "10.00", 200, NULL);
  tw_company_assert (server, "invoices", invoice, "state", "partly_paid", "paid", "10.00", "open_amount", "23.90");
  tw_company_assert (server, "orders", order, "state", "fulfilled", "payment_status", "partial");
  allocate (second, invoice, "23.90", 200, NULL);
  tw_company_assert (server, "invoices", invoice, "state", "paid", "open_amount", "0.00");
  tw_company_assert (server, "orders", order, "state", "completed", "payment_status", "full");
}

/* What is too much stays on the customer's account and pays the next invoice. */
static void
test_over_payment (void)
{
  gint64 invoice = make_invoice (NULL), next;
  gint64 payment = tw_company_take_money (server, "ALFKI", "50.00");

  allocate (payment, invoice, "50.00", 422, "/lines/0/amount");
  allocate (payment, invoice, "33.90", 200, NULL);
  tw_company_assert (server, "payments", payment, "state", "received", "allocated", "33.90", "unallocated", "16.10");
  tw_company_assert (server, "invoices", invoice, "state", "paid");
  next = make_invoice (NULL);
  allocate (payment, next, "16.10", 200, NULL);
  tw_company_assert (server, "payments", payment, "state", "allocated", "unallocated", "0.00");
  tw_company_assert (server, "invoices", next, "state", "partly_paid", "open_amount", "17.80");
  tw_company_refuse (server, "finance", "payments", payment, "allocate", NULL, 409, "Allocated");
}

static void
test_bounce (void)
{
  gint64 order, invoice = make_invoice (&order);
  gint64 payment = tw_company_take_money (server, "ALFKI", "33.90");

  allocate (payment, invoice, "33.90", 200, NULL);
  tw_company_assert (server, "orders", order, "state", "completed");
  tw_company_refuse (server, "finance", "payments", payment, "bounce", "{}", 422, "/reason");
  tw_company_do (server, "finance", "payments", payment, "bounce", "{\"reason\":\"No funds\"}");
  tw_company_assert (server, "payments", payment, "state", "bounced", "allocated", "0.00");
  tw_company_assert (server, "invoices", invoice, "state", "posted", "paid", "0.00", "open_amount", "33.90");
  tw_company_assert (server, "orders", order, "payment_status", "none");
}

/* Money that was only announced pays nothing. */
static void
test_not_received (void)
{
  gint64 payment = tw_company_record_payment (server, "ALFKI", "5.00");

  tw_company_refuse (server, "finance", "payments", payment, "allocate", NULL, 409, "Recorded");
  tw_company_do (server, "finance", "payments", payment, "fail", "{\"reason\":\"Never came\"}");
  tw_company_refuse (server, "finance", "payments", payment, "receive", NULL, 409, "Failed");
}

static void
test_foreign_invoice (void)
{
  gint64 invoice = make_invoice (NULL);
  gint64 payment = tw_company_take_money (server, "BERGS", "33.90");

  allocate (payment, invoice, "33.90", 422, "/lines/0/invoice");
}

/* ---- Credit notes ---- */

static char *
credit_body (gint64 invoice, const char *quantity)
{
  g_autofree char *line = get_value ("invoices", invoice, "lines.0.id");

  return g_strdup_printf ("{\"reason\":\"Damaged\",\"lines\":[{\"id\":%s,\"quantity\":\"%s\"}]}", line, quantity);
}

/* In two parts, which add up to the invoice; more than was invoiced is refused. */
static void
test_credit_note (void)
{
  gint64 invoice = make_invoice (NULL);
  g_autofree char *one = credit_body (invoice, "1");
  g_autofree char *three = credit_body (invoice, "3");
  g_autofree char *sum = NULL, *sql = NULL;

  tw_company_do (server, "finance", "invoices", invoice, "credit", one);
  tw_company_assert (server, "invoices", invoice, "credited", "11.30", "open_amount", "22.60");
  tw_company_refuse (server, "finance", "invoices", invoice, "credit", three, 422, "/lines/0/quantity");
  tw_company_refuse (server, "finance", "invoices", invoice, "credit", "{\"lines\":[]}", 422, "/reason");
  tw_company_do (server, "finance", "invoices", invoice, "credit", "{\"reason\":\"All of it\"}");
  tw_company_assert (server, "invoices", invoice, "credited", "33.90", "open_amount", "0.00", "state", "paid");
  tw_company_refuse (server, "finance", "invoices", invoice, "credit", "{\"reason\":\"More\"}", 409, "whole");
  sql = g_strdup_printf ("SELECT SUM(total) FROM invoice WHERE reverses_id = %" G_GINT64_FORMAT, invoice);
  sum = tw_company_query (server, sql);
  g_assert_true (g_str_has_prefix (sum, "33.90"));
}

/* After a reduction in price and the money for the rest the order is done. */
static void
test_reduction (void)
{
  gint64 order, invoice = make_invoice (&order), payment = tw_company_take_money (server, "ALFKI", "22.60");
  g_autofree char *one = credit_body (invoice, "1");

  tw_company_do (server, "finance", "invoices", invoice, "credit", one);
  tw_company_assert (server, "orders", order, "state", "fulfilled", "invoice_status", "full", "payment_status", "none");
  allocate (payment, invoice, "22.60", 200, NULL);
  tw_company_assert (server, "orders", order, "state", "completed", "invoice_status", "full", "payment_status", "full");
}

/* What was paid and is credited is the customer's money again. */
static void
test_credit_of_paid (void)
{
  gint64 invoice = make_invoice (NULL);
  gint64 payment = tw_company_take_money (server, "ALFKI", "33.90");
  g_autofree char *one = credit_body (invoice, "1");

  allocate (payment, invoice, "33.90", 200, NULL);
  tw_company_do (server, "finance", "invoices", invoice, "credit", one);
  tw_company_assert (server, "invoices", invoice, "state", "paid", "paid", "22.60", "credited", "11.30", "open_amount",
                     "0.00");
  tw_company_assert (server, "payments", payment, "state", "received", "unallocated", "11.30");
}

/* Above the limit of 5,000 the finance manager makes it. */
static void
test_large_credit_note (void)
{
  gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-3:5"), invoice;

  tw_company_do (server, "sales", "orders", id, "submit", NULL);
  tw_company_do (server, "manager", "orders", id, "approve", NULL);
  tw_company_fulfil (server, id);
  invoice = tw_company_invoice (server, id);
  tw_company_refuse (server, "finance", "invoices", invoice, "credit", "{\"reason\":\"Rotten\"}", 403,
                     "finance manager");
  tw_company_do (server, "finance_manager", "invoices", invoice, "credit", "{\"reason\":\"Rotten\"}");
  tw_company_assert (server, "invoices", invoice, "credited", "5450.00");
}

/* Legal numbers are 1..n of each series. */
static void
test_numbers (void)
{
  g_autofree char *gaps = tw_company_query (
    server, "SELECT COUNT(*) FROM (SELECT kind, COUNT(*) - MAX(CAST(SUBSTRING_INDEX(number, '-', -1) AS INT)) AS gap"
            " FROM invoice WHERE number IS NOT NULL GROUP BY kind HAVING gap <> 0) t");

  g_assert_cmpstr (gaps, ==, "0");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/money/partial-invoice", test_partial);
  g_test_add_func ("/money/nothing-to-invoice", test_nothing_to_invoice);
  g_test_add_func ("/money/posted-is-immutable", test_posted_is_immutable);
  g_test_add_func ("/money/partial-payment", test_partial_payment);
  g_test_add_func ("/money/over-payment", test_over_payment);
  g_test_add_func ("/money/bounce", test_bounce);
  g_test_add_func ("/money/not-received", test_not_received);
  g_test_add_func ("/money/foreign-invoice", test_foreign_invoice);
  g_test_add_func ("/money/credit-note", test_credit_note);
  g_test_add_func ("/money/reduction", test_reduction);
  g_test_add_func ("/money/credit-of-what-was-paid", test_credit_of_paid);
  g_test_add_func ("/money/large-credit-note", test_large_credit_note);
  g_test_add_func ("/money/numbers-without-gap", test_numbers);
  g_test_add_data_func ("/money/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
