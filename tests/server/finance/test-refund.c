/* test-refund.c: money on account goes back: asked for by one, approved by another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/refund.h"
#include "server/finance/statement.h"
#include "server/masterdata/masterdata.h"
#include "tests/server/finance/desk.h"

static TwYard *yard;

#define PAYMENT &tw_payment_resource
#define REFUND &tw_refund_resource
#define WHY "{\"reason\":\"Not wanted any more\"}"

/* ---- Steps ---- */

static char *
describe_request (const char *amount)
{
  return g_strdup_printf ("{\"amount\":\"%s\",\"reason\":\"Paid twice\"}", amount);
}

/* The refund's id. */
static gint64
ask_as (const char *role, gint64 payment, const char *amount)
{
  g_autofree char *body = describe_request (amount), *id = NULL;

  tw_yard_act (yard, role, PAYMENT, payment, "refund", body);
  id = tw_test_database_value (yard->database->owner, "SELECT MAX(id) FROM refund");
  return g_ascii_strtoll (id, NULL, 10);
}

static gint64
ask (gint64 payment, const char *amount)
{
  return ask_as ("finance", payment, amount);
}

static gint64
pay_back (gint64 payment, const char *amount)
{
  gint64 id = ask (payment, amount);

  tw_yard_act (yard, "finance_manager", REFUND, id, "approve", NULL);
  tw_yard_act (yard, "finance", REFUND, id, "pay_out", NULL);
  return id;
}

static void
assert_cannot_ask (gint64 payment, const char *amount, TwErrorCode code)
{
  g_autofree char *body = describe_request (amount);

  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "refund", body, code);
}

/* ---- What must be seen ---- */

static void
assert_payment (gint64 id, const char *state, const char *unallocated, const char *refunding, const char *refunded)
{
  g_autoptr (TwPayment) payment = tw_desk_read_payment (yard, id);

  g_assert_cmpstr (payment->state, ==, state);
  tw_desk_assert_decimal (payment->unallocated, unallocated);
  tw_desk_assert_decimal (payment->refunding, refunding);
  tw_desk_assert_decimal (payment->refunded, refunded);
}

static TwRefund *
read_refund (gint64 id)
{
  g_autoptr (GError) error = NULL;
  TwRefund *refund = tw_yard_read (yard, "finance", REFUND, id, &error);

  g_assert_no_error (error);
  return refund;
}

static void
assert_state (gint64 id, const char *state)
{
  g_autoptr (TwRefund) refund = read_refund (id);

  g_assert_cmpstr (refund->state, ==, state);
}

static void
assert_account (const char *account, gint64 refund, const char *expected)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT COALESCE(SUM(l.debit - l.credit), 0) FROM journal_line l JOIN journal_entry e"
                       " ON e.id = l.entry_id WHERE l.account = '%s' AND e.document = 'refund' AND e.document_id = %"
                       G_GINT64_FORMAT, account, refund);

  tw_desk_assert_amount (yard, sql, expected);
}

/* ---- Tests ---- */

static void
test_way (void)
{
  gint64 payment = tw_desk_receive (yard, "100"), id = ask (payment, "30");
  g_autoptr (TwRefund) refund = NULL;
  g_autoptr (TwPayment) read = NULL;

  assert_payment (payment, "received", "100.00", "30.00", "0.00");
  assert_account ("cash", id, "0");
  tw_desk_assert_refused (yard, "finance", REFUND, id, "pay_out", NULL, TW_ERROR_STATE);
  tw_desk_assert_sound (yard);
  tw_yard_act (yard, "finance_manager", REFUND, id, "approve", NULL);
  assert_payment (payment, "received", "100.00", "30.00", "0.00");
  tw_yard_act (yard, "finance", REFUND, id, "pay_out", "{\"reference\":\"B-17\"}");
  assert_payment (payment, "received", "70.00", "0.00", "30.00");
  assert_account ("cash", id, "-30");
  assert_account ("customer_credit", id, "30");
  refund = read_refund (id);
  g_assert_cmpstr (refund->state, ==, "paid_out");
  g_assert_cmpstr (refund->author, ==, "finance");
  g_assert_cmpstr (refund->approver, ==, "finance_manager");
  g_assert_cmpstr (refund->reference, ==, "B-17");
  g_assert_cmpstr (refund->method, ==, "bank");
  g_assert_cmpint (tw_date_compare (refund->paid_date, tw_date_today ()), ==, 0);
  read = tw_desk_read_payment (yard, payment);
  g_assert_cmpuint (tw_record_count (read->refunds), ==, 1);
  g_assert_cmpstr (((TwPaymentRefund *) tw_record_nth (read->refunds, 0))->refund, ==, refund->number);
  tw_desk_assert_sound (yard);
}

/* With the last of it the payment has nothing left to allocate, and can be reconciled. */
static void
test_all_of_it (void)
{
  gint64 payment = tw_desk_receive (yard, "100");

  pay_back (payment, "60");
  assert_payment (payment, "received", "40.00", "0.00", "60.00");
  pay_back (payment, "40");
  assert_payment (payment, "allocated", "0.00", "0.00", "100.00");
  assert_cannot_ask (payment, "1", TW_ERROR_STATE);
  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "allocate", NULL, TW_ERROR_STATE);
  tw_yard_act (yard, "finance", PAYMENT, payment, "reconcile", NULL);
  tw_desk_assert_sound (yard);
}

/* What is set aside neither pays an invoice nor is given back twice. */
static void
test_set_aside (void)
{
  gint64 invoice = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "1", "100"));
  gint64 payment = tw_desk_receive (yard, "113"), id = ask (payment, "100");
  g_autoptr (TwInvoice) paid = NULL;

  assert_cannot_ask (payment, "13.01", TW_ERROR_INVALID);
  assert_cannot_ask (payment, "0.001", TW_ERROR_INVALID);
  assert_cannot_ask (payment, "-1", TW_ERROR_INVALID);
  assert_cannot_ask (payment, "0", TW_ERROR_INVALID);
  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "refund", "{\"amount\":\"1\"}", TW_ERROR_INVALID);
  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_payment (payment, "received", "100.00", "100.00", "0.00");
  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "allocate", NULL, TW_ERROR_STATE);
  tw_yard_act (yard, "finance_manager", REFUND, id, "reject", WHY);
  assert_payment (payment, "received", "100.00", "0.00", "0.00");
  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_payment (payment, "allocated", "0.00", "0.00", "0.00");
  paid = tw_desk_read_invoice (yard, invoice);
  g_assert_cmpstr (paid->state, ==, "paid");
  tw_desk_assert_sound (yard);
}

/* By the rule, not only by the database behind it. */
static void
assert_not_own (gint64 id, const char *action)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_yard_try (yard, "finance_manager", REFUND, id, action, WHY, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, "cannot sign it"));
}

/* Nobody approves what they asked for; a clerk approves nothing. */
static void
test_two_persons (void)
{
  gint64 payment = tw_desk_receive (yard, "100"), own = ask_as ("finance_manager", payment, "10"), id;
  g_autofree char *body = describe_request ("10");

  assert_not_own (own, "approve");
  assert_not_own (own, "reject");
  tw_desk_assert_refused (yard, "finance", REFUND, own, "approve", NULL, TW_ERROR_FORBIDDEN);
  tw_desk_assert_refused (yard, "finance", REFUND, own, "withdraw", NULL, TW_ERROR_STATE);
  tw_yard_act (yard, "finance_manager", REFUND, own, "withdraw", NULL);
  assert_state (own, "cancelled");
  id = ask (payment, "10");
  tw_desk_assert_refused (yard, "auditor", PAYMENT, payment, "refund", body, TW_ERROR_FORBIDDEN);
  tw_desk_assert_refused (yard, "sales_manager", REFUND, id, "approve", NULL, TW_ERROR_FORBIDDEN);
  tw_yard_act (yard, "finance_manager", REFUND, id, "approve", NULL);
  tw_desk_assert_refused (yard, "finance", REFUND, id, "cancel", NULL, TW_ERROR_INVALID);
  tw_yard_act (yard, "finance", REFUND, id, "cancel", WHY);
  assert_state (id, "cancelled");
  tw_desk_assert_refused (yard, "finance", REFUND, id, "pay_out", NULL, TW_ERROR_STATE);
  assert_payment (payment, "received", "100.00", "0.00", "0.00");
  tw_desk_assert_sound (yard);
}

/* The database keeps the two persons apart as well. */
static void
test_last_line (void)
{
  gint64 id = ask (tw_desk_receive (yard, "10"), "10");
  g_autofree char *own = g_strdup_printf ("UPDATE refund SET state = 'approved', approver_id = author_id, approved_at ="
                                          " NOW(6) WHERE id = %" G_GINT64_FORMAT, id);
  g_autofree char *nobody
    = g_strdup_printf ("UPDATE refund SET state = 'approved' WHERE id = %" G_GINT64_FORMAT, id);
  g_autofree char *unpaid
    = g_strdup_printf ("UPDATE refund SET state = 'paid_out', approver_id = 1, approved_at = NOW(6) WHERE id = %"
                       G_GINT64_FORMAT, id);
  const char *const scripts[] = { own, nobody, unpaid };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (TwStatement) update = tw_db_prepare (yard->database->owner, scripts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (tw_statement_run (update, NULL, &error));
      g_assert_nonnull (strstr (error->message, "CONSTRAINT"));
    }
  tw_desk_assert_sound (yard);
}

static void
test_days (void)
{
  gint64 id = ask (tw_desk_receive (yard, "10"), "10");

  tw_yard_act (yard, "finance_manager", REFUND, id, "approve", NULL);
  tw_desk_assert_refused (yard, "finance", REFUND, id, "pay_out", "{\"paid_date\":\"2999-01-01\"}", TW_ERROR_INVALID);
  tw_desk_assert_refused (yard, "finance", REFUND, id, "pay_out", "{\"paid_date\":\"2020-01-01\"}", TW_ERROR_INVALID);
  tw_yard_act (yard, "finance", REFUND, id, "pay_out", NULL);
  tw_desk_assert_sound (yard);
}

/* Of a customer who has nothing else. */
static gint64
receive_cheque (const char *amount)
{
  g_autofree char *body
    = g_strdup_printf ("{\"customer\":\"BERGS\",\"method\":\"cheque\",\"amount\":\"%s\"}", amount);
  g_autoptr (GError) error = NULL;
  gint64 id = tw_yard_create (yard, "finance", PAYMENT, body, &error);

  g_assert_no_error (error);
  tw_yard_act (yard, "finance", PAYMENT, id, "receive", NULL);
  return id;
}

static void
assert_owed (const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwCustomer) customer = tw_yard_read (yard, "finance", &tw_customer_resource, 2, &error);

  g_assert_no_error (error);
  tw_desk_assert_decimal (customer->open_invoices, expected);
}

/* A cheque that bounces after its rest was given back: the customer owes that. */
static void
test_bounce (void)
{
  gint64 payment = receive_cheque ("100"), id = ask (payment, "25"), next;

  tw_desk_assert_refused (yard, "finance", PAYMENT, payment, "bounce", WHY, TW_ERROR_STATE);
  tw_yard_act (yard, "finance_manager", REFUND, id, "approve", NULL);
  tw_yard_act (yard, "finance", REFUND, id, "pay_out", NULL);
  tw_yard_act (yard, "finance", PAYMENT, payment, "bounce", WHY);
  assert_payment (payment, "bounced", "-25.00", "0.00", "25.00");
  tw_desk_assert_sound (yard);
  assert_owed ("25.00");
  /* The next payment makes up for it; only what it has beyond that can be given back. */
  next = receive_cheque ("30");
  assert_owed ("0.00");
  assert_cannot_ask (next, "5.01", TW_ERROR_INVALID);
  pay_back (next, "5");
  assert_owed ("0.00");
  assert_cannot_ask (next, "0.01", TW_ERROR_INVALID);
  tw_desk_assert_sound (yard);
}

static void
assert_not_due (gint64 refund, const char *action)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tw_yard_try (yard, "finance_manager", REFUND, refund, action, NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, "25.00"));
}

/* It bounces between the request and the payment, and so does what covered it: neither is approved nor paid out. */
static void
test_bounce_meanwhile (void)
{
  gint64 cheque = receive_cheque ("100"), next, cover, id;

  pay_back (cheque, "25");
  next = receive_cheque ("30");
  id = ask (next, "30");
  tw_yard_act (yard, "finance", PAYMENT, cheque, "bounce", WHY);
  assert_owed ("25.00"); /* what is set aside covers nothing */
  assert_not_due (id, "approve");
  cover = receive_cheque ("25");
  assert_owed ("0.00");
  tw_yard_act (yard, "finance_manager", REFUND, id, "approve", NULL);
  tw_yard_act (yard, "finance", PAYMENT, cover, "bounce", WHY);
  assert_not_due (id, "pay_out");
  assert_payment (next, "received", "30.00", "30.00", "0.00");
  tw_yard_act (yard, "finance", REFUND, id, "cancel", WHY);
  assert_owed ("0.00"); /* the thirty do now */
  tw_desk_assert_sound (yard);
}

/* All that can happen to one payment, at a rate at which each step rounds: 7.813333. */
static void
test_mixture (void)
{
  gint64 invoice = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "1", "53.09")), id; /* 59.99 with tax */
  gint64 payment = tw_desk_receive (yard, "100.01");
  g_autofree char *rates = g_strdup_printf (
    "UPDATE payment SET exchange_rate = 7.813333 WHERE id = %" G_GINT64_FORMAT ";"
    "UPDATE journal_line l JOIN journal_entry e ON e.id = l.entry_id SET l.debit = IF(l.debit > 0,"
    " ROUND(100.01 * 7.813333, 2), 0), l.credit = IF(l.credit > 0, ROUND(100.01 * 7.813333, 2), 0)"
    " WHERE e.document = 'payment' AND e.document_id = %" G_GINT64_FORMAT ";", payment, payment);

  tw_test_database_script (yard->database, rates);
  pay_back (payment, "13.37");
  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_payment (payment, "received", "26.65", "0.00", "13.37");
  pay_back (payment, "26.65");
  assert_payment (payment, "allocated", "0.00", "0.00", "40.02");
  tw_desk_assert_sound (yard);
  tw_yard_act (yard, "finance", PAYMENT, payment, "reconcile", NULL);
  tw_yard_act (yard, "finance", &tw_invoice_resource, invoice, "credit", "{\"reason\":\"Sent back\"}");
  assert_payment (payment, "received", "59.99", "0.00", "40.02");
  tw_desk_assert_sound (yard);
  id = ask (payment, "9.99");
  tw_yard_act (yard, "finance", REFUND, id, "withdraw", NULL);
  pay_back (payment, "50");
  assert_payment (payment, "received", "9.99", "0.00", "90.02");
  tw_desk_assert_sound (yard);
}

/* A credit note on a paid invoice frees money, and that is given back. */
static void
test_after_credit (void)
{
  gint64 invoice = tw_desk_invoice (yard, tw_desk_add_delivered (yard, "1", "200"));
  gint64 payment = tw_desk_receive (yard, "226");

  tw_yard_act (yard, "finance", PAYMENT, payment, "allocate", NULL);
  assert_cannot_ask (payment, "226", TW_ERROR_STATE);
  tw_yard_act (yard, "finance", &tw_invoice_resource, invoice, "credit", "{\"reason\":\"Sent back\"}");
  assert_payment (payment, "received", "226.00", "0.00", "0.00");
  pay_back (payment, "226");
  assert_payment (payment, "allocated", "0.00", "0.00", "226.00");
  tw_desk_assert_sound (yard);
}

/* ---- Statement ---- */

typedef struct
{
  TwDate to;
  TwStatementOfAccount *statement;
} Question;

static gboolean
statement_cb (TwContext *ctx, gpointer data, GError **error)
{
  Question *question = data;

  question->statement = tw_statement_get (ctx, 1, "CNY", tw_date_today (), question->to, error);
  return question->statement != NULL;
}

static TwStatementOfAccount *
read_statement (void)
{
  Question question = { tw_date_today (), NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (tw_yard_run (yard, yard->db, "finance", statement_cb, &question, &error));
  return question.statement;
}

static void
test_statement (void)
{
  gint64 payment = tw_desk_receive (yard, "50");
  g_autoptr (TwStatementOfAccount) before = read_statement (), after = NULL;
  g_autoptr (TwRefund) refund = NULL;
  TwStatementLine *line;

  refund = read_refund (pay_back (payment, "20"));
  after = read_statement ();
  line = tw_record_nth (after->lines, tw_record_count (after->lines) - 1);
  g_assert_cmpstr (line->document, ==, "refund");
  g_assert_cmpstr (line->number, ==, refund->number);
  tw_desk_assert_decimal (line->debit, "20.00");
  tw_desk_assert_decimal (tw_decimal_sub (before->on_account, after->on_account), "20.00");
  tw_desk_assert_decimal (tw_decimal_sub (after->closing, before->closing), "20.00");
}

/* Paid back at another rate than it came at. */
static void
test_exchange (void)
{
  gint64 payment = tw_desk_receive (yard, "100"), id = ask (payment, "33.33");
  g_autofree char *rates = g_strdup_printf (
    "UPDATE payment SET exchange_rate = 7.9 WHERE id = %" G_GINT64_FORMAT ";"
    "UPDATE journal_line l JOIN journal_entry e ON e.id = l.entry_id SET l.debit = IF(l.debit > 0, 790, 0),"
    " l.credit = IF(l.credit > 0, 790, 0) WHERE e.document = 'payment' AND e.document_id = %" G_GINT64_FORMAT ";",
    payment, payment);

  tw_test_database_script (yard->database, rates);
  tw_yard_act (yard, "finance_manager", REFUND, id, "approve", NULL);
  tw_yard_act (yard, "finance", REFUND, id, "pay_out", NULL);
  /* 33.33 × 7.9 = 263.31, paid at the company's own currency */
  assert_account ("customer_credit", id, "263.31");
  assert_account ("cash", id, "-33.33");
  assert_account ("exchange_difference", id, "-229.98");
  tw_desk_assert_sound (yard);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwYard) own = NULL;

  g_test_init (&argc, &argv, NULL);
  yard = own = tw_desk_new ();
  tw_test_database_script (yard->database,
                           "INSERT INTO customer (id, created_at, updated_at, code, name, price_list_id,"
                           " payment_term_id, currency) VALUES (2, NOW(6), NOW(6), 'BERGS', 'Berglunds', 1, 1, 'CNY');");
  g_test_add_func ("/refund/way", test_way);
  g_test_add_func ("/refund/all-of-it", test_all_of_it);
  g_test_add_func ("/refund/set-aside", test_set_aside);
  g_test_add_func ("/refund/two-persons", test_two_persons);
  g_test_add_func ("/refund/last-line", test_last_line);
  g_test_add_func ("/refund/days", test_days);
  g_test_add_func ("/refund/bounce", test_bounce);
  g_test_add_func ("/refund/after-credit", test_after_credit);
  g_test_add_func ("/refund/bounce-meanwhile", test_bounce_meanwhile);
  g_test_add_func ("/refund/mixture", test_mixture);
  g_test_add_func ("/refund/statement", test_statement);
  g_test_add_func ("/refund/exchange-difference", test_exchange);
  return g_test_run ();
}
