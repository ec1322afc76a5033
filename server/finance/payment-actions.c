/* payment-actions.c: receiving, allocating and losing money
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Money received is the customer's credit until it is allocated to invoices; what is not allocated stays on account.
 */
#include "server/core/change.h"
#include "server/finance/company.h"
#include "server/finance/invoice-store.h"
#include "server/finance/invoice.h"
#include "server/finance/journal.h"
#include "server/finance/payment-private.h"
#include "server/finance/payment-store.h"
#include "server/finance/settlement.h"
#include "server/masterdata/currency.h"

static TwDecimal
get_on_account (TwPayment *payment)
{
  return tw_decimal_sub (payment->amount, tw_payment_get_used (payment));
}

TwDecimal
tw_payment_get_rest (TwPayment *payment)
{
  return tw_decimal_sub (get_on_account (payment), payment->refunding);
}

gboolean
tw_payment_check_rest (TwPayment *payment, TwDecimal amount, const char *pointer, GError **error)
{
  TwDecimal left = tw_payment_get_rest (payment);
  g_autofree char *rest = tw_decimal_format (left, tw_currency_get_places (payment->currency));

  return tw_decimal_compare (amount, left) <= 0
         || tw_error_fault (error, pointer, "out_of_range", _ ("Of the payment only %s is left."), rest);
}

/* What follows from what is used of it, as long as it has arrived. */
static void
count_rest (TwPayment *payment)
{
  payment->unallocated = get_on_account (payment);
  payment->rest = tw_payment_get_rest (payment);
}

/* ---- Journal ---- */

static TwJournalEntry
begin_entry (TwPayment *payment, TwDate date, const char *memo)
{
  return (TwJournalEntry){ .date = date, .document = "payment", .document_id = payment->parent.id,
                           .document_number = payment->number, .memo = memo, .customer_id = payment->customer_id };
}

/* The money itself: in, or out again. */
static gboolean
post_money (TwContext *ctx, TwPayment *payment, gboolean in, TwDate date, const char *memo, GError **error)
{
  TwJournalEntry entry = begin_entry (payment, date, memo);
  TwDecimal amount;
  guint places;

  if (!tw_company_get_places (ctx, &places, error))
    return FALSE;
  amount = tw_decimal_mul (payment->amount, payment->exchange_rate, places);
  if (!in)
    amount = tw_decimal_neg (amount);
  tw_journal_debit (&entry, TW_ACCOUNT_CASH, amount);
  tw_journal_credit (&entry, TW_ACCOUNT_CUSTOMER_CREDIT, amount);
  return tw_journal_post (ctx, &entry, error);
}

gboolean
tw_payment_post_use (TwContext *ctx, TwPayment *payment, TwDecimal amount, TwJournalEntry *entry, TwDecimal rate,
                     guint places, GError **error)
{
  TwDecimal used = tw_payment_get_used (payment);
  gboolean same_rate = tw_decimal_compare (payment->exchange_rate, rate) == 0;

  tw_journal_debit (entry, TW_ACCOUNT_CUSTOMER_CREDIT,
                    tw_company_move (used, tw_decimal_add (used, amount), payment->exchange_rate, places));
  tw_journal_balance (entry, same_rate ? TW_ACCOUNT_ROUNDING : TW_ACCOUNT_EXCHANGE_DIFFERENCE);
  return tw_journal_post (ctx, entry, error);
}

/* Customer credit becomes payment of the receivable, each at its own rate. */
static gboolean
post_allocation (TwContext *ctx, TwPayment *payment, TwInvoice *invoice, TwDecimal amount, const char *memo,
                 GError **error)
{
  TwJournalEntry entry = begin_entry (payment, ctx->today, memo);
  TwDecimal settled = tw_settlement_get_settled (invoice);
  guint places;

  if (!tw_company_get_places (ctx, &places, error))
    return FALSE;
  tw_journal_credit (&entry, TW_ACCOUNT_RECEIVABLE,
                     tw_company_move (settled, tw_decimal_add (settled, amount), invoice->exchange_rate, places));
  return tw_payment_post_use (ctx, payment, amount, &entry, invoice->exchange_rate, places, error);
}

static gboolean
add_allocation (TwContext *ctx, TwPayment *payment, TwInvoice *invoice, TwDecimal amount, GError **error)
{
  g_autoptr (TwAllocation) allocation = tw_allocation_new ();

  tw_record_set_string (&allocation->invoice, invoice->number);
  allocation->invoice_id = invoice->parent.id;
  allocation->amount = amount;
  allocation->allocated_at = ctx->now;
  tw_record_set_string (&allocation->user, ctx->who->user);
  g_list_store_append (payment->allocations, allocation);
  return tw_payment_store_insert_allocation (ctx, payment->parent.id, allocation, error);
}

gboolean
tw_payment_allocate (TwContext *ctx, TwPayment *payment, TwInvoice *invoice, TwDecimal amount, const char *note,
                     GError **error)
{
  if (!post_allocation (ctx, payment, invoice, amount, note, error)
      || !add_allocation (ctx, payment, invoice, amount, error)
      || !tw_settlement_add (ctx, invoice, amount, TW_DECIMAL_ZERO, error))
    return FALSE;
  payment->allocated = tw_decimal_add (payment->allocated, amount);
  count_rest (payment);
  payment->parent.updated_at = ctx->now;
  return tw_payment_store_update_used (ctx->db, payment, error);
}

/* ---- Receiving ---- */

static gboolean
apply_receive (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwPayment *payment = (TwPayment *) document;

  count_rest (payment);
  return post_money (ctx, payment, TRUE, payment->received_date, NULL, error);
}

/* ---- Allocating ---- */

char *
tw_payment_explain_use (TwContext *ctx, TwRecord *document)
{
  TwPayment *payment = (TwPayment *) document;

  if (tw_decimal_sign (tw_payment_get_rest (payment)) > 0)
    return NULL;
  return g_strdup (tw_decimal_sign (payment->refunding) > 0
                     ? _ ("What is left of this payment is set aside for a refund.")
                     : _ ("Nothing is left of this payment."));
}

static gboolean
allocate_and_align (TwContext *ctx, TwPayment *payment, TwInvoice *invoice, TwDecimal amount, GError **error)
{
  return tw_payment_allocate (ctx, payment, invoice, amount, NULL, error) && tw_settlement_align (ctx, invoice, error);
}

/* The oldest due first, until the money or the debt is used up. */
static gboolean
allocate_oldest (TwContext *ctx, TwPayment *payment, GError **error)
{
  g_autoptr (GArray) ids
    = tw_payment_store_list_open_invoices (ctx->db, payment->customer_id, payment->currency, error);

  if (ids == NULL)
    return FALSE;
  if (ids->len == 0)
    return tw_error_set (error, TW_ERROR_STATE, _ ("The customer has no open invoice in %s."), payment->currency);
  for (guint i = 0; i < ids->len && tw_decimal_sign (tw_payment_get_rest (payment)) > 0; i++)
    {
      g_autoptr (TwInvoice) invoice = tw_invoice_get (ctx, g_array_index (ids, gint64, i), TRUE, error);
      TwDecimal amount;

      if (invoice == NULL)
        return FALSE;
      amount = tw_decimal_min (tw_payment_get_rest (payment), invoice->open_amount);
      if (tw_decimal_sign (amount) > 0 && !allocate_and_align (ctx, payment, invoice, amount, error))
        return FALSE;
    }
  return TRUE;
}

/* The invoice that line @index names, locked, when this payment can pay it. */
static TwInvoice *
find_payable (TwContext *ctx, TwPayment *payment, TwAllocateLine *line, guint index, GError **error)
{
  g_autofree char *pointer = g_strdup_printf ("/lines/%u/invoice", index);
  g_autoptr (TwInvoice) invoice = NULL;
  gint64 id;

  if (!tw_invoice_store_find (ctx->db, line->invoice, &id, error))
    return NULL;
  if (id != 0)
    {
      invoice = tw_invoice_get (ctx, id, TRUE, error);
      if (invoice == NULL)
        return NULL;
    }
  if (invoice == NULL || invoice->customer_id != payment->customer_id || g_strcmp0 (invoice->kind, "invoice") != 0)
    tw_error_fault (error, pointer, "unknown_value", _ ("The customer has no invoice %s."), line->invoice);
  else if (g_strcmp0 (invoice->currency, payment->currency) != 0)
    tw_error_fault (error, pointer, "unknown_value", _ ("Invoice %s is in %s, the payment in %s."), line->invoice,
                    invoice->currency, payment->currency);
  else
    return g_steal_pointer (&invoice);
  return NULL;
}

static gboolean
check_line (TwPayment *payment, TwInvoice *invoice, TwAllocateLine *line, guint index, GError **error)
{
  g_autofree char *pointer = g_strdup_printf ("/lines/%u/amount", index);
  g_autofree char *open = tw_decimal_format (invoice->open_amount, tw_currency_get_places (payment->currency));

  if (!tw_payment_check_decimals (payment, line->amount, pointer, error))
    return FALSE;
  if (tw_decimal_compare (line->amount, invoice->open_amount) > 0)
    return tw_error_fault (error, pointer, "out_of_range", _ ("Of invoice %s only %s is still open."),
                           invoice->number, open);
  return tw_payment_check_rest (payment, line->amount, pointer, error);
}

static gboolean
allocate_lines (TwContext *ctx, TwPayment *payment, GListStore *lines, GError **error)
{
  for (guint i = 0; i < tw_record_count (lines); i++)
    {
      TwAllocateLine *line = tw_record_nth (lines, i);
      g_autoptr (TwInvoice) invoice = find_payable (ctx, payment, line, i, error);

      if (invoice == NULL || !check_line (payment, invoice, line, i, error)
          || !allocate_and_align (ctx, payment, invoice, line->amount, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_allocate (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwPayment *payment = (TwPayment *) document;
  TwAllocateArguments *asked = (TwAllocateArguments *) arguments;
  gboolean done = asked != NULL && tw_record_count (asked->lines) > 0
                    ? allocate_lines (ctx, payment, asked->lines, error)
                    : allocate_oldest (ctx, payment, error);

  *to = tw_decimal_sign (get_on_account (payment)) > 0 ? "received" : "allocated";
  return done;
}

/* ---- Taking back ---- */

static gboolean
take_back (TwContext *ctx, TwPayment *payment, gint64 invoice_id, TwDecimal amount, const char *memo, GError **error)
{
  g_autoptr (TwInvoice) invoice = tw_invoice_get (ctx, invoice_id, TRUE, error);

  return invoice != NULL && tw_payment_allocate (ctx, payment, invoice, tw_decimal_neg (amount), memo, error)
         && tw_settlement_align (ctx, invoice, error);
}

/* What is being given back has to be given up first; what was given back the customer owes. */
static char *
explain_bounce (TwContext *ctx, TwRecord *document)
{
  return tw_decimal_sign (((TwPayment *) document)->refunding) > 0
           ? g_strdup (
             _ ("A refund of this payment is not finished. It has to be withdrawn, rejected or cancelled first."))
           : NULL;
}

/* Whatever it paid is open again, and the money is gone. */
static gboolean
apply_bounce (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwPayment *payment = (TwPayment *) document;
  const TwField *field = arguments != NULL ? tw_record_find (arguments, "reason") : NULL;
  g_autofree char *reason = field != NULL ? tw_record_get_text (arguments, field) : NULL;
  g_autofree char *memo = g_utf8_substring (reason != NULL ? reason : "", 0,
                                            MIN (g_utf8_strlen (reason != NULL ? reason : "", -1), 200));
  g_autoptr (GArray) paid = tw_payment_store_list_paid_by (ctx->db, document->id, error);

  for (guint i = 0; paid != NULL && i < paid->len; i++)
    {
      const TwPaid *part = &g_array_index (paid, TwPaid, i);

      if (!take_back (ctx, payment, part->invoice_id, part->amount, memo, error))
        return FALSE;
    }
  return paid != NULL && post_money (ctx, payment, FALSE, ctx->today, memo, error);
}

static gboolean
free_part (TwContext *ctx, TwInvoice *invoice, const TwPaid *paid, TwDecimal amount, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  g_autoptr (TwPayment) payment = tw_payment_get (ctx, paid->payment_id, TRUE, error);

  if (payment == NULL || !tw_payment_allocate (ctx, payment, invoice, tw_decimal_neg (amount), NULL, error))
    return FALSE;
  return g_strcmp0 (payment->state, "received") == 0
         || tw_gate_run (&system, &tw_payment_resource, TW_RECORD (payment), "free", NULL, error);
}

gboolean
tw_payment_free (TwContext *ctx, TwInvoice *invoice, TwDecimal amount, GError **error)
{
  g_autoptr (GArray) paid = tw_payment_store_list_paid_on (ctx->db, invoice->parent.id, error);

  for (guint i = 0; paid != NULL && i < paid->len && tw_decimal_sign (amount) > 0; i++)
    {
      const TwPaid *part = &g_array_index (paid, TwPaid, i);
      TwDecimal now = tw_decimal_min (amount, part->amount);

      if (!free_part (ctx, invoice, part, now, error))
        return FALSE;
      amount = tw_decimal_sub (amount, now);
    }
  if (paid == NULL)
    return FALSE;
  return tw_decimal_is_zero (amount)
         || tw_error_set (error, TW_ERROR_INTERNAL, "invoice %s was paid by nothing", invoice->number);
}

/* All that money does when it comes and when it pays is done to the payment in memory as well. */
const TwAction tw_payment_actions[] = {
  { .action = "receive", .apply = apply_receive, .is_whole = tw_action_is_whole },
  { .action = "allocate",
    .arguments = tw_allocate_arguments_get_type,
    .guard = tw_payment_explain_use,
    .apply = apply_allocate,
    .is_whole = tw_action_is_whole },
  { .action = "refund",
    .arguments = tw_refund_arguments_get_type,
    .guard = tw_payment_explain_use,
    .apply = tw_payment_apply_refund },
  { .action = "bounce", .guard = explain_bounce, .apply = apply_bounce },
  { .action = "free", .guard = tw_payment_explain_use },
  { NULL },
};
