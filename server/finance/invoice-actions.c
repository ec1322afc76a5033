/* invoice-actions.c: posting an invoice, and what its settlement does to its state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/number.h"
#include "server/finance/company.h"
#include "server/finance/invoice-private.h"
#include "server/finance/invoice-store.h"
#include "server/finance/journal.h"
#include "server/finance/settlement.h"
#include "server/masterdata/currency.h"
#include "server/masterdata/masterdata.h"
#include "server/sales/order.h"

static gboolean
is_credit_note (TwInvoice *invoice)
{
  return g_strcmp0 (invoice->kind, "credit_note") == 0;
}

/* ---- What posting does to the orders ---- */

static TwOrderLine *
find_order_line (TwOrder *order, gint64 id)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      if (line->parent.id == id)
        return line;
    }
  return NULL;
}

/* Something may have come back since the draft was made. */
static gboolean
check_line (TwOrder *order, TwInvoiceLine *line, GError **error)
{
  TwOrderLine *ordered = find_order_line (order, line->order_line_id);
  TwDecimal rest;
  g_autofree char *text = NULL;

  if (ordered == NULL)
    return tw_error_set (error, TW_ERROR_INTERNAL, "invoice line %" G_GINT64_FORMAT " has no order line",
                         line->parent.id);
  rest = tw_decimal_sub (tw_decimal_sub (ordered->delivered, ordered->returned), ordered->invoiced);
  if (tw_decimal_compare (line->quantity, rest) <= 0)
    return TRUE;
  text = tw_decimal_format (tw_decimal_max (rest, TW_DECIMAL_ZERO), 0);
  return tw_error_set (error, TW_ERROR_STATE,
                       /* Translators: first a product's name, then the number of an order, then a quantity */
                       _ ("Of %s in order %s only %s can be invoiced now. Discard this draft and make it anew."),
                       line->product_name, order->number, text);
}

/* A credit note gives its quantity back: it is a reversal, after which what the customer keeps is to be invoiced
 * again, and what came back is not, since returns are taken off too. */
static gboolean
count_lines (TwContext *ctx, TwInvoice *invoice, TwOrder *order, GError **error)
{
  for (guint i = 0; i < tw_record_count (invoice->lines); i++)
    {
      TwInvoiceLine *line = tw_record_nth (invoice->lines, i);
      TwDecimal quantity = is_credit_note (invoice) ? tw_decimal_neg (line->quantity) : line->quantity;

      if (line->order_id != order->parent.id)
        continue;
      if (!is_credit_note (invoice) && !check_line (order, line, error))
        return FALSE;
      if (!tw_order_add_invoiced (ctx, line->order_line_id, quantity, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_orders (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  g_autoptr (GArray) ids = tw_invoice_store_list_orders (ctx->db, invoice->parent.id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (TwOrder) order = tw_order_get (ctx, g_array_index (ids, gint64, i), TRUE, error);

      if (order == NULL || !count_lines (ctx, invoice, order, error))
        return FALSE;
    }
  return ids != NULL;
}

/* ---- Instalments ---- */

static gboolean
add_receivable (TwContext *ctx, TwInvoice *invoice, TwInstalment *instalment, TwDecimal amount, GError **error)
{
  g_autoptr (TwReceivable) receivable = tw_receivable_new ();

  receivable->parent.created_at = ctx->now;
  receivable->invoice_id = invoice->parent.id;
  receivable->customer_id = invoice->customer_id;
  receivable->due_date = tw_date_add_days (invoice->invoice_date, instalment->days);
  receivable->amount = receivable->open_amount = amount;
  if (tw_date_compare (receivable->due_date, invoice->due_date) > 0)
    invoice->due_date = receivable->due_date;
  g_list_store_append (invoice->receivables, receivable);
  return tw_invoice_store_insert_receivable (ctx->db, receivable, tw_record_count (invoice->receivables), error);
}

static gboolean
add_receivables (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  g_autoptr (TwPaymentTerm) term
    = (TwPaymentTerm *) tw_payment_term_resource.load (ctx, invoice->payment_term_id, FALSE, error);
  guint n = term != NULL ? tw_record_count (term->instalments) : 0;
  g_autofree TwDecimal *weights = g_new0 (TwDecimal, n + 1);
  g_autofree TwDecimal *shares = g_new0 (TwDecimal, n + 1);

  if (term == NULL)
    return FALSE;
  if (n == 0)
    return tw_error_set (error, TW_ERROR_STATE, _ ("The payment term %s has no instalments."), term->code);
  for (guint i = 0; i < n; i++)
    weights[i] = ((TwInstalment *) tw_record_nth (term->instalments, i))->share;
  tw_decimal_split (invoice->total, weights, n, tw_currency_get_places (invoice->currency), shares);
  for (guint i = 0; i < n; i++)
    if (!add_receivable (ctx, invoice, tw_record_nth (term->instalments, i), shares[i], error))
      return FALSE;
  return TRUE;
}

/* ---- Journal ---- */

/* What the receivable gains or, by a credit note on @reversed, loses. */
static TwDecimal
get_receivable_move (TwInvoice *invoice, TwInvoice *reversed, guint places)
{
  TwDecimal settled;

  if (reversed == NULL)
    return invoice->total_company;
  settled = tw_settlement_get_settled (reversed);
  return tw_company_move (tw_decimal_add (settled, invoice->total), settled, reversed->exchange_rate, places);
}

static gboolean
post_to_journal (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  g_autoptr (TwInvoice) reversed = NULL;
  TwJournalEntry entry = { .date = invoice->invoice_date, .document = "invoice", .document_id = invoice->parent.id,
                           .document_number = invoice->number, .memo = invoice->reason,
                           .customer_id = invoice->customer_id };
  TwDecimal sign = is_credit_note (invoice) ? tw_decimal_neg (TW_DECIMAL_ONE) : TW_DECIMAL_ONE;
  TwDecimal rate = tw_decimal_mul (invoice->exchange_rate, sign, TW_DECIMAL_PLACES);
  TwDecimal cost;
  guint places;

  if (is_credit_note (invoice))
    {
      reversed = tw_invoice_get (ctx, invoice->reverses_id, FALSE, error);
      if (reversed == NULL)
        return FALSE;
    }
  if (!tw_company_get_places (ctx, &places, error)
      || !tw_invoice_store_sum_cost (ctx->db, invoice->parent.id, &cost, error))
    return FALSE;
  tw_journal_debit (&entry, TW_ACCOUNT_RECEIVABLE, get_receivable_move (invoice, reversed, places));
  tw_journal_credit (&entry, TW_ACCOUNT_REVENUE, tw_decimal_mul (invoice->net_total, rate, places));
  tw_journal_credit (&entry, TW_ACCOUNT_FREIGHT, tw_decimal_mul (invoice->freight, rate, places));
  tw_journal_credit (&entry, TW_ACCOUNT_TAX, tw_decimal_mul (invoice->tax_total, rate, places));
  tw_journal_balance (&entry, TW_ACCOUNT_ROUNDING);
  tw_journal_debit (&entry, TW_ACCOUNT_COST_OF_GOODS, tw_decimal_mul (cost, sign, places));
  tw_journal_credit (&entry, TW_ACCOUNT_INVENTORY, tw_decimal_mul (cost, sign, places));
  return tw_journal_post (ctx, &entry, error);
}

/* ---- Posting ---- */

/* The legal number comes as late as can be: whoever posts next waits for it. */
static gboolean
apply_post (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwInvoice *invoice = (TwInvoice *) document;
  const char *series = is_credit_note (invoice) ? "CN" : "INV";

  if (!count_orders (ctx, invoice, error))
    return FALSE;
  invoice->posted_at = ctx->now;
  if (!is_credit_note (invoice) && !add_receivables (ctx, invoice, error))
    return FALSE;
  tw_record_take_text (&invoice->number, tw_number_document (ctx->db, series, invoice->invoice_date, error));
  return invoice->number != NULL && post_to_journal (ctx, invoice, error);
}

/* An invoice over nothing is settled at once; the orders learn what was invoiced. After a credit note its invoice does
 * that. */
static gboolean
follow_post (TwContext *ctx, TwRecord *document, GError **error)
{
  TwInvoice *invoice = (TwInvoice *) document;

  return is_credit_note (invoice) || tw_settlement_align (ctx, invoice, error);
}

/* ---- Settlement ---- */

static char *
explain_settlement (TwContext *ctx, TwRecord *document)
{
  TwInvoice *invoice = (TwInvoice *) document;

  return g_strcmp0 (tw_settlement_get_state (invoice), invoice->state) == 0
           ? g_strdup (_ ("Nothing has changed in what was settled."))
           : NULL;
}

static gboolean
apply_settlement (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  *to = tw_settlement_get_state ((TwInvoice *) document);
  return TRUE;
}

static gboolean
follow_credit (TwContext *ctx, TwRecord *document, GError **error)
{
  return tw_settlement_align (ctx, (TwInvoice *) document, error);
}

const TwAction tw_invoice_actions[] = {
  { .action = "post", .apply = apply_post, .after = follow_post },
  { .action = "settle", .guard = explain_settlement, .apply = apply_settlement },
  { .action = "unsettle", .guard = explain_settlement, .apply = apply_settlement },
  { .action = "credit",
    .arguments = tw_credit_arguments_get_type,
    .guard = tw_invoice_explain_credit,
    .apply = tw_invoice_apply_credit,
    .after = follow_credit },
  { NULL },
};
