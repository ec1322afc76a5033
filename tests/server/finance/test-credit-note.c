/* test-credit-note.c: invoices taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/finance/desk.h"

static TwYard *yard;

#define INVOICE &tw_invoice_resource

static TwInvoice *
read_note (gint64 invoice)
{
  g_autofree char *sql = g_strdup_printf ("SELECT MAX(id) FROM invoice WHERE reverses_id = %" G_GINT64_FORMAT, invoice);
  g_autofree char *id = tw_test_database_value (yard->database->owner, sql);

  g_assert_nonnull (id);
  return tw_desk_read_invoice (yard, g_ascii_strtoll (id, NULL, 10));
}

static gint64
get_line (gint64 invoice, guint index)
{
  g_autoptr (TwInvoice) document = tw_desk_read_invoice (yard, invoice);

  return ((TwRecord *) tw_record_nth (document->lines, index))->id;
}

static char *
credit_body (gint64 invoice, guint line, const char *quantity)
{
  return g_strdup_printf ("{\"reason\":\"damaged\",\"lines\":[{\"id\":%" G_GINT64_FORMAT ",\"quantity\":\"%s\"}]}",
                          get_line (invoice, line), quantity);
}

/* Nothing was paid: the note settles the invoice, and what the customer keeps can be invoiced again. */
static void
test_whole (void)
{
  static const TwDeskLine lines[] = { { "P-1", "3", "3.33", "0" }, { "P-3", "1", "9.99", "0.05" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "4.50", 2), id, again;
  g_autoptr (TwInvoice) invoice = NULL, note = NULL, second = NULL;

  tw_desk_deliver_all (yard, order);
  id = tw_desk_invoice (yard, order);
  tw_desk_assert_refused (yard, "finance", INVOICE, id, "credit", "{}", TW_ERROR_INVALID);
  tw_yard_act (yard, "finance", INVOICE, id, "credit", "{\"reason\":\"wrong address\"}");
  invoice = tw_desk_read_invoice (yard, id);
  note = read_note (id);
  g_assert_cmpint (tw_decimal_compare (note->total, invoice->total), ==, 0);
  g_assert_cmpstr (note->kind, ==, "credit_note");
  g_assert_true (g_str_has_prefix (note->number, "CN-"));
  g_assert_cmpstr (invoice->state, ==, "paid");
  tw_desk_assert_decimal (invoice->open_amount, "0.00");
  tw_yard_assert_bucket (yard, order, 1, "invoiced", "0");
  tw_desk_assert_refused (yard, "finance", INVOICE, id, "credit", "{\"reason\":\"twice\"}", TW_ERROR_STATE);
  tw_desk_assert_refused (yard, "finance", INVOICE, note->parent.id, "credit", "{\"reason\":\"x\"}", TW_ERROR_STATE);
  again = tw_desk_invoice (yard, order);
  second = tw_desk_read_invoice (yard, again);
  g_assert_cmpint (tw_decimal_compare (second->total, invoice->total), ==, 0);
  tw_desk_assert_sound (yard);
  tw_yard_act (yard, "finance", &tw_payment_resource, tw_desk_receive (yard, "1000"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

/* Thirds of a cent: three notes of a piece each add up to the line; the freight goes with the last. */
static void
test_parts (void)
{
  static const TwDeskLine lines[] = { { "P-1", "3", "3.335", "0" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "2", 1), id;
  g_autofree char *body = NULL, *more = NULL;
  g_autoptr (TwInvoice) invoice = NULL, last = NULL;

  tw_desk_deliver_all (yard, order);
  id = tw_desk_invoice (yard, order);
  body = credit_body (id, 0, "1");
  more = credit_body (id, 0, "2.5");
  tw_yard_act (yard, "finance", INVOICE, id, "credit", body);
  tw_desk_assert_refused (yard, "finance", INVOICE, id, "credit", more, TW_ERROR_INVALID);
  tw_yard_assert_bucket (yard, order, 1, "invoiced", "3");
  tw_desk_assert_sound (yard);
  tw_yard_act (yard, "finance", INVOICE, id, "credit", body);
  tw_yard_act (yard, "finance", INVOICE, id, "credit", body);
  tw_yard_assert_bucket (yard, order, 1, "invoiced", "0");
  invoice = tw_desk_read_invoice (yard, id);
  last = read_note (id);
  tw_desk_assert_decimal (last->freight, "2.00");
  g_assert_cmpint (tw_decimal_compare (invoice->credited, invoice->total), ==, 0);
  tw_desk_assert_sound (yard);
}

/* What an invoice and its notes together cost, in the journal. */
static void
assert_cost_of_goods (gint64 invoice, const char *expected)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT SUM(l.debit - l.credit) FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id"
                       " JOIN invoice i ON i.id = e.document_id WHERE l.account = 'cost_of_goods'"
                       " AND e.document = 'invoice' AND COALESCE(i.reverses_id, i.id) = %" G_GINT64_FORMAT, invoice);

  tw_desk_assert_amount (yard, sql, expected);
}

/* Less than the whole is a reduction in price: what was delivered stays invoiced and sold, and nobody is asked to pay
 * it again. Only the note that takes the last piece takes the cost back, that of all of them. */
static void
test_reduction (void)
{
  gint64 order = tw_desk_add_delivered (yard, "4", "25"), id = tw_desk_invoice (yard, order);
  g_autofree char *body = credit_body (id, 0, "3");
  g_autoptr (GError) error = NULL;

  tw_yard_act (yard, "finance", INVOICE, id, "credit", body);
  assert_cost_of_goods (id, "16");
  tw_yard_assert_bucket (yard, order, 1, "invoiced", "4");
  g_assert_cmpint (tw_desk_draft (yard, yard->db, order, &error), ==, 0);
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  tw_desk_assert_sound (yard);
  tw_yard_act (yard, "finance", INVOICE, id, "credit", "{\"reason\":\"all\"}");
  assert_cost_of_goods (id, "0");
  tw_yard_assert_bucket (yard, order, 1, "invoiced", "0");
  tw_desk_invoice (yard, order);
  tw_yard_act (yard, "finance", &tw_payment_resource, tw_desk_receive (yard, "113"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

/* The debt shrinks from its end. */
static void
test_latest_due_first (void)
{
  static const TwDeskLine lines[] = { { "P-1", "3", "100", "0" }, { NULL } };
  gint64 order = tw_desk_add_order (yard, lines, "0", 2), id;
  g_autofree char *body = NULL, *rows = NULL;

  tw_desk_deliver_all (yard, order);
  id = tw_desk_invoice (yard, order);
  body = credit_body (id, 0, "1");
  tw_yard_act (yard, "finance", INVOICE, id, "credit", body);
  rows = g_strdup_printf ("SELECT GROUP_CONCAT(ROUND(paid, 2) ORDER BY position) FROM receivable WHERE invoice_id = %"
                          G_GINT64_FORMAT, id);
  tw_desk_assert_value (yard, rows, "0.00,0.00,113.00");
  tw_yard_act (yard, "finance", &tw_payment_resource, tw_desk_receive (yard, "226"), "allocate", NULL);
  tw_desk_assert_sound (yard);
}

/* What was paid goes back on account. */
static void
test_paid (void)
{
  gint64 order = tw_desk_add_delivered (yard, "4", "25"), id = tw_desk_invoice (yard, order);
  gint64 payment = tw_desk_receive (yard, "113");
  g_autofree char *body = credit_body (id, 0, "1");
  g_autoptr (TwInvoice) invoice = NULL;
  g_autoptr (TwPayment) freed = NULL;

  tw_yard_act (yard, "finance", &tw_payment_resource, payment, "allocate", NULL);
  tw_yard_act (yard, "finance", &tw_payment_resource, payment, "reconcile", NULL);
  tw_yard_act (yard, "finance", INVOICE, id, "credit", body);
  invoice = tw_desk_read_invoice (yard, id);
  freed = tw_desk_read_payment (yard, payment);
  g_assert_cmpstr (invoice->state, ==, "paid");
  tw_desk_assert_decimal (invoice->paid, "84.75");
  tw_desk_assert_decimal (invoice->credited, "28.25");
  g_assert_cmpstr (freed->state, ==, "received");
  tw_desk_assert_decimal (freed->unallocated, "28.25");
  tw_desk_assert_sound (yard);
}

static void
test_large (void)
{
  gint64 id = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "10", "1000"));
  g_autofree char *small = credit_body (id, 0, "1");
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_yard_try (yard, "finance", INVOICE, id, "credit", "{\"reason\":\"all\"}", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, "finance manager"));
  tw_yard_act (yard, "finance", INVOICE, id, "credit", small);
  tw_yard_act (yard, "finance_manager", INVOICE, id, "credit", "{\"reason\":\"all\"}");
  tw_desk_assert_sound (yard);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwYard) own = NULL;

  g_test_init (&argc, &argv, NULL);
  yard = own = tw_desk_new ();
  g_test_add_func ("/credit-note/whole", test_whole);
  g_test_add_func ("/credit-note/parts", test_parts);
  g_test_add_func ("/credit-note/reduction", test_reduction);
  g_test_add_func ("/credit-note/latest-due-first", test_latest_due_first);
  g_test_add_func ("/credit-note/paid", test_paid);
  g_test_add_func ("/credit-note/large", test_large);
  return g_test_run ();
}
