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

/* What posting counts: an invoice its own lines; a credit note, for the orders whose part of the invoice it takes
 * back to the last piece, the lines of that invoice, and else nothing. */
typedef struct
{
  TwInvoice *reversed; /* nullable: what the credit note is on */
  TwInvoice *counted;
  GArray *orders; /* ids */
  TwDecimal cost;
} Effect;

static void
effect_clear (Effect *effect)
{
  g_clear_object (&effect->reversed);
  g_clear_pointer (&effect->orders, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Effect, effect_clear)

static gboolean
keep_taken_back (TwContext *ctx, Effect *effect, GError **error)
{
  for (guint i = effect->orders->len; i > 0; i--)
    {
      gboolean taken_back;

      if (!tw_invoice_store_is_taken_back (ctx->db, effect->reversed->parent.id,
                                           g_array_index (effect->orders, gint64, i - 1), &taken_back, error))
        return FALSE;
      if (!taken_back)
        g_array_remove_index (effect->orders, i - 1);
    }
  return TRUE;
}

static gboolean
find_effect (TwContext *ctx, TwInvoice *invoice, Effect *effect, GError **error)
{
  effect->counted = invoice;
  effect->orders = tw_invoice_list_orders (invoice);
  if (!is_credit_note (invoice))
    return TRUE;
  effect->reversed = effect->counted = tw_invoice_get (ctx, invoice->reverses_id, FALSE, error);
  return effect->reversed != NULL && keep_taken_back (ctx, effect, error);
}

static gboolean
count_lines (TwContext *ctx, const Effect *effect, TwOrder *order, GError **error)
{
  for (guint i = 0; i < tw_record_count (effect->counted->lines); i++)
    {
      TwInvoiceLine *line = tw_record_nth (effect->counted->lines, i);
      TwDecimal quantity = effect->reversed != NULL ? tw_decimal_neg (line->quantity) : line->quantity;

      if (line->order_id != order->parent.id)
        continue;
      if (effect->reversed == NULL && !check_line (order, line, error))
        return FALSE;
      if (!tw_order_add_invoiced (ctx, line->order_line_id, quantity, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_orders (TwContext *ctx, const Effect *effect, GError **error)
{
  for (guint i = 0; i < effect->orders->len; i++)
    {
      g_autoptr (TwOrder) order = tw_order_get_progress (ctx, g_array_index (effect->orders, gint64, i), error);

      if (order == NULL || !count_lines (ctx, effect, order, error))
        return FALSE;
    }
  return TRUE;
}

/* The cost of the goods that are counted. */
static gboolean
sum_cost (TwContext *ctx, Effect *effect, GError **error)
{
  effect->cost = TW_DECIMAL_ZERO;
  for (guint i = 0; i < effect->orders->len; i++)
    {
      TwDecimal part;

      if (!tw_invoice_store_sum_cost (ctx->db, effect->counted->parent.id, g_array_index (effect->orders, gint64, i),
                                      &part, error))
        return FALSE;
      effect->cost = tw_decimal_add (effect->cost, part);
    }
  return TRUE;
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
    = tw_payment_term_get (ctx, invoice->payment_term_id, error);
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

static int
compare_due (gconstpointer a, gconstpointer b, gpointer data)
{
  const TwReceivable *x = a, *y = b;
  int order = tw_date_compare (x->due_date, y->due_date);

  return order != 0 ? order : (x->parent.id > y->parent.id) - (x->parent.id < y->parent.id);
}

/* What the reader of a posted invoice sees of its instalments besides. */
static void
describe_receivables (TwContext *ctx, TwInvoice *invoice)
{
  for (guint i = 0; i < tw_record_count (invoice->receivables); i++)
    {
      TwReceivable *receivable = tw_record_nth (invoice->receivables, i);

      tw_record_set_string (&receivable->invoice, invoice->number);
      tw_record_set_string (&receivable->customer, invoice->customer);
      tw_record_set_string (&receivable->customer_name, invoice->customer_name);
      tw_record_set_string (&receivable->currency, invoice->currency);
      receivable->invoice_date = invoice->invoice_date;
      if (tw_decimal_sign (receivable->open_amount) > 0)
        receivable->days_overdue = MAX (tw_date_days_between (receivable->due_date, ctx->today), 0);
      invoice->overdue |= receivable->days_overdue > 0;
    }
  g_list_store_sort (invoice->receivables, compare_due, NULL);
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
post_to_journal (TwContext *ctx, TwInvoice *invoice, const Effect *effect, GError **error)
{
  TwJournalEntry entry = { .date = invoice->invoice_date, .document = "invoice", .document_id = invoice->parent.id,
                           .document_number = invoice->number, .memo = invoice->reason,
                           .customer_id = invoice->customer_id };
  TwDecimal sign = is_credit_note (invoice) ? tw_decimal_neg (TW_DECIMAL_ONE) : TW_DECIMAL_ONE;
  TwDecimal rate = tw_decimal_mul (invoice->exchange_rate, sign, TW_DECIMAL_PLACES);
  guint places;

  if (!tw_company_get_places (ctx, &places, error))
    return FALSE;
  tw_journal_debit (&entry, TW_ACCOUNT_RECEIVABLE, get_receivable_move (invoice, effect->reversed, places));
  tw_journal_credit (&entry, TW_ACCOUNT_REVENUE, tw_decimal_mul (invoice->net_total, rate, places));
  tw_journal_credit (&entry, TW_ACCOUNT_FREIGHT, tw_decimal_mul (invoice->freight, rate, places));
  tw_journal_credit (&entry, TW_ACCOUNT_TAX, tw_decimal_mul (invoice->tax_total, rate, places));
  tw_journal_balance (&entry, TW_ACCOUNT_ROUNDING);
  tw_journal_debit (&entry, TW_ACCOUNT_COST_OF_GOODS, tw_decimal_mul (effect->cost, sign, places));
  tw_journal_credit (&entry, TW_ACCOUNT_INVENTORY, tw_decimal_mul (effect->cost, sign, places));
  return tw_journal_post (ctx, &entry, error);
}

/* ---- Posting ---- */

/* The legal number comes as late as can be: whoever posts next waits for it. */
static gboolean
apply_post (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwInvoice *invoice = (TwInvoice *) document;
  const char *series = is_credit_note (invoice) ? "CN" : "INV";
  g_auto (Effect) effect = { 0 };

  if (!find_effect (ctx, invoice, &effect, error) || !count_orders (ctx, &effect, error)
      || !sum_cost (ctx, &effect, error))
    return FALSE;
  invoice->posted_at = ctx->now;
  if (!is_credit_note (invoice) && !add_receivables (ctx, invoice, error))
    return FALSE;
  tw_record_take_text (&invoice->number, tw_number_document (ctx->db, series, invoice->invoice_date, error));
  describe_receivables (ctx, invoice);
  return invoice->number != NULL && post_to_journal (ctx, invoice, &effect, error);
}

/* A credit note has changed the invoice that it is on. */
static gboolean
is_whole_when_posted (TwRecord *document)
{
  return !is_credit_note ((TwInvoice *) document);
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
  { .action = "post", .apply = apply_post, .after = follow_post, .is_whole = is_whole_when_posted },
  { .action = "settle", .guard = explain_settlement, .apply = apply_settlement },
  { .action = "unsettle", .guard = explain_settlement, .apply = apply_settlement },
  { .action = "credit",
    .arguments = tw_credit_arguments_get_type,
    .guard = tw_invoice_explain_credit,
    .apply = tw_invoice_apply_credit,
    .after = follow_credit },
  { NULL },
};
