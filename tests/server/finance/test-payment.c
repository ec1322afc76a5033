/* test-payment.c: money that comes, pays and goes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/finance/desk.h"

static TwYard *yard;

#define PAYMENT &tw_payment_resource

static void
assert_invoice (gint64 id, const char *state, const char *open)
{
  g_autoptr (TwInvoice) invoice = tw_desk_read_invoice (yard, id);

  g_assert_cmpstr (invoice->state, ==, state);
  tw_desk_assert_decimal (invoice->open_amount, open);
}

static void
assert_payment (gint64 id, const char *state, const char *unallocated)
{
  g_autoptr (TwPayment) payment = tw_desk_read_payment (yard, id);

  g_assert_cmpstr (payment->state, ==, state);
  tw_desk_assert_decimal (payment->unallocated, unallocated);
}

static void
assert_order (gint64 id, const char *state, const char *payment_status)
{
  g_autofree char *sql = g_strdup_printf ("SELECT CONCAT(state, ' ', payment_status) FROM sales_order WHERE id = %"
                                          G_GINT64_FORMAT, id);
  g_autofree char *expected = g_strconcat (state, " ", payment_status, NULL);

  tw_desk_assert_value (yard, sql, expected);
}

/* Two parts of an order, a payment that is too small, one that is too large. */
static void
test_partial_and_over (void)
{
  static const TwDeskLine lines[] = { { "P-1", "10", "10", "0" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "0", 1), first, second, small, large;

  tw_desk_deliver (yard, order, 1, "4");
  first = tw_desk_invoice (yard, order);
  tw_desk_deliver (yard, order, 1, "6");
  second = tw_desk_invoice (yard, order);
  assert_order (order, "fulfilled", "none");
  small = tw_desk_receive (yard, "20");
  tw_yard_act (yard, "finance", PAYMENT, small, "allocate", NULL);
  assert_payment (small, "allocated", "0.00");
  assert_invoice (first, "partly_paid", "25.20");
  assert_order (order, "fulfilled", "partial");
  large = tw_desk_receive (yard, "200");
  tw_yard_act (yard, "finance", PAYMENT, large, "allocate", "{}");
  assert_payment (large, "received", "107.00");
  assert_invoice (first, "paid", "0.00");
  assert_invoice (second, "paid", "0.00");
  assert_order (order, "completed", "full");
  tw_desk_assert_sound (yard);
  /* The rest is there for the next invoice. */
  first = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "10", "10"));
  tw_yard_act (yard, "finance", PAYMENT, large, "allocate", NULL);
  assert_payment (large, "allocated", "0.00");
  assert_invoice (first, "partly_paid", "6.00");
  tw_yard_act (yard, "finance", PAYMENT, large, "reconcile", NULL);
  tw_yard_act (yard, "finance", PAYMENT, tw_desk_receive (yard, "6"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

/* The payment at @at of the invoice's own list; "" past the end. */
static char *
describe_payment (gint64 invoice_id, guint at)
{
  g_autoptr (TwInvoice) invoice = tw_desk_read_invoice (yard, invoice_id);
  TwInvoicePayment *paid = at < tw_record_count (invoice->payments) ? tw_record_nth (invoice->payments, at) : NULL;
  g_autofree char *amount = paid != NULL ? tw_decimal_format (paid->amount, 2) : NULL;

  return paid != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", paid->payment_id, amount) : g_strdup ("");
}

static void
assert_paid_by (gint64 invoice_id, guint at, gint64 payment_id, const char *amount)
{
  g_autofree char *shown = describe_payment (invoice_id, at);
  g_autofree char *expected
    = payment_id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", payment_id, amount) : g_strdup ("");

  g_assert_cmpstr (shown, ==, expected);
}

/* An invoice says which payments paid it; what bounced has paid nothing. */
static void
test_on_invoice (void)
{
  gint64 invoice = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "1", "100"));
  gint64 first = tw_desk_receive (yard, "40"), second = tw_desk_receive (yard, "73");

  assert_paid_by (invoice, 0, 0, NULL);
  tw_yard_act (yard, "finance", PAYMENT, first, "allocate", NULL);
  tw_yard_act (yard, "finance", PAYMENT, second, "allocate", NULL);
  assert_paid_by (invoice, 0, first, "40.00");
  assert_paid_by (invoice, 1, second, "73.00");
  assert_paid_by (invoice, 2, 0, NULL);
  tw_yard_act (yard, "finance", PAYMENT, first, "bounce", "{\"reason\":\"called back\"}");
  assert_paid_by (invoice, 0, second, "73.00");
  assert_paid_by (invoice, 1, 0, NULL);
  tw_yard_act (yard, "finance", PAYMENT, tw_desk_receive (yard, "40"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

static void
test_lines (void)
{
  gint64 old = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "1", "100"));
  gint64 new = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "1", "100"));
  gint64 payment = tw_desk_receive (yard, "150");
  g_autoptr (TwInvoice) invoice = tw_desk_read_invoice (yard, new);
  g_autofree char *some = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"50\"}]}", invoice->number);
  g_autofree char *more = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"64\"}]}", invoice->number);
  g_autofree char *cents
    = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"0.001\"}]}", invoice->number);

  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", some);
  assert_invoice (old, "posted", "113.00");
  assert_invoice (new, "partly_paid", "63.00");
  assert_payment (payment, "received", "100.00");
  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "allocate", more, TW_ERROR_INVALID);
  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "allocate", cents, TW_ERROR_INVALID);
  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "allocate",
                          "{\"lines\":[{\"invoice\":\"INV-0\",\"amount\":\"1\"}]}", TW_ERROR_INVALID);
  tw_desk_assert_refused (yard, "auditor", PAYMENT, payment, "allocate", NULL, TW_ERROR_FORBIDDEN);
  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_invoice (old, "partly_paid", "13.00");
  tw_yard_act (yard, "finance", PAYMENT, tw_desk_receive (yard, "76"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

static void
test_bounce (void)
{
  static const TwDeskLine lines[] = { { "P-1", "3", "100", "0" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "0", 2), invoice, payment;
  g_autofree char *rows = NULL;

  tw_desk_deliver_all (yard, order);
  invoice = tw_desk_invoice (yard, order);
  tw_yard_act (yard, "finance", PAYMENT, tw_desk_receive (yard, "39"), "allocate", NULL);
  payment = tw_desk_receive (yard, "300");
  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_invoice (invoice, "paid", "0.00");
  assert_order (order, "completed", "full");
  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "bounce", NULL, TW_ERROR_INVALID);
  tw_yard_act (yard, "finance", PAYMENT, payment, "bounce", "{\"reason\":\"no cover\"}");
  assert_payment (payment, "bounced", "0.00");
  assert_invoice (invoice, "partly_paid", "300.00");
  /* The first instalment keeps what the other payment paid. */
  rows = g_strdup_printf ("SELECT GROUP_CONCAT(ROUND(paid, 2) ORDER BY position) FROM receivable WHERE invoice_id = %"
                          G_GINT64_FORMAT, invoice);
  tw_desk_assert_value (yard, rows, "39.00,0.00,0.00");
  tw_desk_assert_amount (yard, "SELECT SUM(debit - credit) FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id"
                               " WHERE l.account = 'cash' AND e.memo = 'no cover'",
                         "-300");
  tw_yard_act (yard, "finance", PAYMENT, tw_desk_receive (yard, "300"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

static void
test_recorded (void)
{
  g_autoptr (GError) error = NULL, future = NULL, currency = NULL, cents = NULL;
  gint64 id = tw_yard_create (yard, "finance", PAYMENT,
                              "{\"customer\":\"ALFKI\",\"method\":\"cheque\",\"amount\":\"5\"}", &error);

  g_assert_no_error (error);
  assert_payment (id, "recorded", "0.00");
  tw_desk_assert_refused (yard, "finance", PAYMENT, id, "allocate", NULL, TW_ERROR_STATE);
  tw_yard_act (yard, "finance", PAYMENT, id, "fail", "{\"reason\":\"never came\"}");
  tw_yard_create (yard, "finance", PAYMENT,
                  "{\"customer\":\"ALFKI\",\"method\":\"cash\",\"amount\":\"5\",\"received_date\":\"2999-01-01\"}",
                  &future);
  g_assert_error (future, TW_ERROR, TW_ERROR_INVALID);
  tw_yard_create (yard, "finance", PAYMENT,
                  "{\"customer\":\"ALFKI\",\"method\":\"cash\",\"amount\":\"5\",\"currency\":\"EUR\"}", &currency);
  g_assert_error (currency, TW_ERROR, TW_ERROR_INVALID);
  tw_yard_create (yard, "finance", PAYMENT, "{\"customer\":\"ALFKI\",\"method\":\"cash\",\"amount\":\"5.005\"}",
                  &cents);
  g_assert_error (cents, TW_ERROR, TW_ERROR_INVALID);
  tw_desk_assert_sound (yard);
}

/* Money that came at another rate than the invoice's: the difference is posted, and both accounts come out even. */
static void
test_exchange (void)
{
  gint64 order = tw_desk_add_delivered (yard, "3", "33.33"), invoice, payment;
  g_autofree char *rate = g_strdup_printf ("UPDATE sales_order SET currency = 'EUR', exchange_rate = 7.813333 WHERE id"
                                           " = %" G_GINT64_FORMAT ";", order);
  g_autofree char *pay = NULL, *difference = NULL;

  tw_test_database_script (yard->database, rate);
  invoice = tw_desk_invoice (yard, order);
  payment = tw_desk_receive (yard, "112.99");
  pay = g_strdup_printf ("UPDATE payment SET currency = 'EUR', exchange_rate = 7.9 WHERE id = %" G_GINT64_FORMAT ";"
                         "UPDATE journal_line l JOIN journal_entry e ON e.id = l.entry_id SET"
                         " l.debit = IF(l.debit > 0, ROUND(112.99 * 7.9, 2), 0),"
                         " l.credit = IF(l.credit > 0, ROUND(112.99 * 7.9, 2), 0)"
                         " WHERE e.document = 'payment' AND e.document_id = %" G_GINT64_FORMAT ";",
                         payment, payment);
  tw_test_database_script (yard->database, pay);
  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_invoice (invoice, "paid", "0.00");
  difference = g_strdup_printf ("SELECT SUM(l.credit - l.debit) FROM journal_line l JOIN journal_entry e"
                                " ON e.id = l.entry_id WHERE l.account = 'exchange_difference' AND e.document_id = %"
                                G_GINT64_FORMAT, payment);
  /* 112.99 × 7.9 = 892.62; 112.99 × 7.813333 = 882.83 */
  tw_desk_assert_amount (yard, difference, "9.79");
  tw_desk_assert_sound (yard);
}

/* As earlier programs did. */
static void
leave_crooked (gint64 invoice)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE receivable SET paid = IF(position = 1, 113, 0) WHERE invoice_id = %"
                                          G_GINT64_FORMAT, invoice);

  tw_test_database_script (yard->database, sql);
}

static void
run_migration (const char *file)
{
  g_autofree char *folder = tw_test_schema_folder ();
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *script = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &script, NULL, &error);
  g_assert_no_error (error);
  tw_test_database_script (yard->database, script);
}

/* A credit note covers the last instalment, and stays there when the payment of the others is taken back. */
static void
test_bounce_beside_credit (void)
{
  static const TwDeskLine lines[] = { { "P-1", "3", "100", "0" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "0", 2), id, payment;
  g_autofree char *rows = NULL, *credit = NULL;
  g_autoptr (TwInvoice) invoice = NULL;

  tw_desk_deliver_all (yard, order);
  id = tw_desk_invoice (yard, order);
  invoice = tw_desk_read_invoice (yard, id);
  credit = g_strdup_printf ("{\"reason\":\"x\",\"lines\":[{\"id\":%" G_GINT64_FORMAT ",\"quantity\":\"1\"}]}",
                            ((TwRecord *) tw_record_nth (invoice->lines, 0))->id);
  tw_yard_act (yard, "finance", &tw_invoice_resource, id, "credit", credit);
  payment = tw_desk_receive (yard, "226");
  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_invoice (id, "paid", "0.00");
  tw_yard_act (yard, "finance", PAYMENT, payment, "bounce", "{\"reason\":\"called back again\"}");
  rows = g_strdup_printf ("SELECT GROUP_CONCAT(ROUND(paid, 2) ORDER BY position) FROM receivable WHERE invoice_id = %"
                          G_GINT64_FORMAT, id);
  tw_desk_assert_value (yard, rows, "0.00,0.00,113.00");
  leave_crooked (id);
  tw_desk_assert_value (yard, rows, "113.00,0.00,0.00");
  run_migration ("0014-instalments.sql");
  tw_desk_assert_value (yard, rows, "0.00,0.00,113.00");
  tw_yard_act (yard, "finance", PAYMENT, tw_desk_receive (yard, "226"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwYard) own = NULL;

  g_test_init (&argc, &argv, NULL);
  yard = own = tw_desk_new ();
  g_test_add_func ("/payment/partial-and-over", test_partial_and_over);
  g_test_add_func ("/payment/lines", test_lines);
  g_test_add_func ("/payment/on-invoice", test_on_invoice);
  g_test_add_func ("/payment/bounce", test_bounce);
  g_test_add_func ("/payment/bounce-beside-credit", test_bounce_beside_credit);
  g_test_add_func ("/payment/recorded", test_recorded);
  g_test_add_func ("/payment/exchange-difference", test_exchange);
  return g_test_run ();
}
