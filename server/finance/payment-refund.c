/* payment-refund.c: money on account goes back to the customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A refund sets its amount aside when it is asked for, so that two of them, or a refund and an allocation, never use
 * the same money. The journal hears of it when it is paid out.
 */
#include "server/core/change.h"
#include "server/finance/company.h"
#include "server/finance/journal.h"
#include "server/finance/payment-private.h"
#include "server/finance/payment-store.h"
#include "server/finance/refund.h"
#include "server/masterdata/currency.h"
#include "server/masterdata/masterdata.h"

/* ---- Asking ---- */

/* What is left on the customer's account, less what was paid back of payments that bounced afterwards. Where there is
 * such a thing the customer is locked, so that two refunds do not both find the account covered. */
static gboolean
sum_account (TwContext *ctx, TwPayment *payment, TwDecimal *account, GError **error)
{
  TwDecimal left, returned;

  if (!tw_payment_store_sum_account (ctx->db, payment->customer_id, payment->currency, &left, &returned, error))
    return FALSE;
  if (!tw_decimal_is_zero (returned)
      && (!tw_customer_lock (ctx, payment->customer_id, error)
          || !tw_payment_store_sum_account (ctx->db, payment->customer_id, payment->currency, &left, &returned, error)))
    return FALSE;
  *account = tw_decimal_sub (left, returned);
  return TRUE;
}

/* What was paid back of a payment that bounced is not paid back once more out of the next one. */
static gboolean
check_account (TwContext *ctx, TwPayment *payment, TwDecimal amount, GError **error)
{
  g_autofree char *rest = NULL;
  TwDecimal account;

  if (!sum_account (ctx, payment, &account, error))
    return FALSE;
  if (tw_decimal_compare (amount, account) <= 0)
    return TRUE;
  rest = tw_decimal_format (tw_decimal_max (account, TW_DECIMAL_ZERO), tw_currency_get_places (payment->currency));
  return tw_error_fault (error, "/amount", "out_of_range",
                         _ ("Of the customer's account only %s is left, for a payment bounced after it was refunded."),
                         rest);
}

/* Another payment may have bounced, or what covered it was allocated, since the refund was asked for. */
gboolean
tw_payment_check_refund (TwContext *ctx, TwPayment *payment, GError **error)
{
  g_autofree char *owed = NULL;
  TwDecimal account;

  if (!sum_account (ctx, payment, &account, error))
    return FALSE;
  if (tw_decimal_sign (account) >= 0)
    return TRUE;
  owed = tw_decimal_format (tw_decimal_neg (account), tw_currency_get_places (payment->currency));
  return tw_error_set (error, TW_ERROR_STATE,
                       _ ("The customer owes %s %s, for a payment bounced after it was refunded. Reject or cancel this"
                          " refund."), owed, payment->currency);
}

gboolean
tw_payment_apply_refund (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwPayment *payment = (TwPayment *) document;
  TwRefundArguments *asked = (TwRefundArguments *) arguments;

  return tw_payment_check_decimals (payment, asked->amount, "/amount", error)
         && tw_payment_check_rest (payment, asked->amount, "/amount", error)
         && check_account (ctx, payment, asked->amount, error)
         && tw_refund_request (ctx, payment, asked, error)
         && tw_payment_set_aside (ctx, payment, asked->amount, error);
}

/* ---- What it does to the payment ---- */

/* The change log needs the amounts only. */
static TwPayment *
copy_amounts (TwPayment *payment)
{
  TwPayment *copy = tw_payment_new ();

  copy->parent.id = payment->parent.id;
  copy->parent.version = payment->parent.version;
  copy->refunding = payment->refunding;
  copy->refunded = payment->refunded;
  return copy;
}

static gboolean
move (TwContext *ctx, TwPayment *payment, TwDecimal refunding, TwDecimal refunded, const char *action, GError **error)
{
  g_autoptr (TwPayment) before = copy_amounts (payment), after = NULL;

  payment->refunding = tw_decimal_add (payment->refunding, refunding);
  payment->refunded = tw_decimal_add (payment->refunded, refunded);
  if (tw_decimal_sign (payment->refunding) < 0 || tw_decimal_sign (tw_payment_get_rest (payment)) < 0)
    return tw_error_set (error, TW_ERROR_INTERNAL, "payment %s cannot be given back like that", payment->number);
  payment->parent.updated_at = ctx->now;
  if (!tw_payment_store_update_used (ctx->db, payment, error))
    return FALSE;
  after = copy_amounts (payment);
  return tw_change_record (ctx, action, TW_RECORD (before), TW_RECORD (after), NULL, error);
}

gboolean
tw_payment_set_aside (TwContext *ctx, TwPayment *payment, TwDecimal amount, GError **error)
{
  return move (ctx, payment, amount, TW_DECIMAL_ZERO, "set_aside", error);
}

gboolean
tw_payment_put_back (TwContext *ctx, TwPayment *payment, TwDecimal amount, GError **error)
{
  return move (ctx, payment, tw_decimal_neg (amount), TW_DECIMAL_ZERO, "put_back", error);
}

/* Customer credit at the payment's rate, cash at the day's. */
static gboolean
post_refund (TwContext *ctx, TwPayment *payment, TwRefund *refund, GError **error)
{
  TwJournalEntry entry = { .date = refund->paid_date, .document = "refund", .document_id = refund->parent.id,
                           .document_number = refund->number, .customer_id = payment->customer_id };
  guint places;

  if (!tw_company_get_places (ctx, &places, error))
    return FALSE;
  tw_journal_credit (&entry, TW_ACCOUNT_CASH, tw_decimal_mul (refund->amount, refund->exchange_rate, places));
  return tw_payment_post_use (ctx, payment, refund->amount, &entry, refund->exchange_rate, places, error);
}

/* With the last of it the payment is no longer one to allocate. */
gboolean
tw_payment_pay_out (TwContext *ctx, TwPayment *payment, TwRefund *refund, GError **error)
{
  TwContext system = tw_context_as_system (ctx);

  if (!tw_payment_check_refund (ctx, payment, error) || !post_refund (ctx, payment, refund, error)
      || !move (ctx, payment, tw_decimal_neg (refund->amount), refund->amount, "pay_back", error))
    return FALSE;
  return tw_decimal_compare (tw_payment_get_used (payment), payment->amount) < 0
         || tw_gate_run (&system, &tw_payment_resource, TW_RECORD (payment), "use_up", NULL, error);
}
