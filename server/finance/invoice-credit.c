/* invoice-credit.c: the credit note: an invoice taken back, whole or in part
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each amount is the share of the line's amount that was taken back so far, after this note less before it, so that
 * notes over the whole invoice add up to it. With the last of an order's goods their freight and cost go back, and the
 * order can be invoiced again; until then a note is a reduction in price.
 */
#include "server/finance/invoice-build.h"
#include "server/finance/invoice-private.h"
#include "server/finance/invoice-store.h"
#include "server/finance/payment.h"
#include "server/finance/settlement.h"
#include "server/masterdata/currency.h"
#include "server/masterdata/masterdata.h"

typedef struct
{
  TwInvoice *invoice;
  TwInvoice *note;
  GArray *taken; /* TwInvoicedLine: what former notes took of each line */
  guint places;
} Reversal;

char *
tw_invoice_explain_credit (TwContext *ctx, TwRecord *document)
{
  TwInvoice *invoice = (TwInvoice *) document;

  if (g_strcmp0 (invoice->kind, "credit_note") == 0)
    return g_strdup (_ ("A credit note cannot be credited. Make a new invoice instead."));
  if (tw_decimal_sign (invoice->credited) > 0 && tw_decimal_compare (invoice->credited, invoice->total) >= 0)
    return g_strdup (_ ("The whole invoice has been credited already."));
  return NULL;
}

/* ---- Lines ---- */

static const TwInvoicedLine *
find_taken (Reversal *reversal, gint64 line_id)
{
  static const TwInvoicedLine nothing;

  for (guint i = 0; i < reversal->taken->len; i++)
    if (g_array_index (reversal->taken, TwInvoicedLine, i).order_line_id == line_id)
      return &g_array_index (reversal->taken, TwInvoicedLine, i);
  return &nothing;
}

static TwDecimal
get_part (TwDecimal whole, TwDecimal before, TwDecimal after, TwDecimal quantity, guint places)
{
  TwDecimal share = whole;

  if (tw_decimal_compare (after, quantity) != 0)
    share = tw_decimal_div (tw_decimal_mul (whole, after, TW_DECIMAL_PLACES), quantity, places);
  return tw_decimal_max (tw_decimal_sub (share, before), TW_DECIMAL_ZERO);
}

static TwInvoiceLine *
new_reversal_line (Reversal *reversal, TwInvoiceLine *source, TwDecimal quantity)
{
  const TwInvoicedLine *was = find_taken (reversal, source->parent.id);
  TwInvoiceLine *line = (TwInvoiceLine *) tw_record_copy (TW_RECORD (source));
  TwDecimal after = tw_decimal_add (was->quantity, quantity);

  line->parent.id = 0;
  line->source_line_id = source->parent.id;
  line->quantity = quantity;
  line->net = get_part (source->net, was->net, after, source->quantity, reversal->places);
  line->tax = get_part (source->tax, was->tax, after, source->quantity, reversal->places);
  line->cost = line->freight = TW_DECIMAL_ZERO;
  return line;
}

static void
add_line (Reversal *reversal, TwInvoiceLine *source, TwDecimal quantity)
{
  g_autoptr (TwInvoiceLine) line = new_reversal_line (reversal, source, quantity);

  g_list_store_append (reversal->note->lines, line);
}

static TwDecimal
get_rest (Reversal *reversal, TwInvoiceLine *source)
{
  return tw_decimal_sub (source->quantity, find_taken (reversal, source->parent.id)->quantity);
}

static void
add_all_lines (Reversal *reversal)
{
  for (guint i = 0; i < tw_record_count (reversal->invoice->lines); i++)
    {
      TwInvoiceLine *source = tw_record_nth (reversal->invoice->lines, i);
      TwDecimal rest = get_rest (reversal, source);

      if (tw_decimal_sign (rest) > 0)
        add_line (reversal, source, rest);
    }
}

static TwInvoiceLine *
find_line (GListStore *lines, gint64 id, gboolean by_source)
{
  for (guint i = 0; i < tw_record_count (lines); i++)
    {
      TwInvoiceLine *line = tw_record_nth (lines, i);

      if ((by_source ? line->source_line_id : line->parent.id) == id)
        return line;
    }
  return NULL;
}

static gboolean
add_named_line (Reversal *reversal, TwCreditLine *asked, guint index, GError **error)
{
  TwInvoiceLine *source = find_line (reversal->invoice->lines, asked->parent.id, FALSE);
  g_autofree char *pointer = g_strdup_printf ("/lines/%u/%s", index, source == NULL ? "id" : "quantity");
  g_autofree char *rest = NULL;

  if (source == NULL)
    return tw_error_fault (error, pointer, "unknown_value", _ ("The invoice has no such line."));
  if (find_line (reversal->note->lines, asked->parent.id, TRUE) != NULL)
    return tw_error_fault (error, pointer, "duplicate", _ ("This line is named twice."));
  if (tw_decimal_compare (asked->quantity, get_rest (reversal, source)) > 0)
    {
      rest = tw_decimal_format (get_rest (reversal, source), 0);
      return tw_error_fault (error, pointer, "out_of_range", _ ("Of this line only %s can still be credited."), rest);
    }
  add_line (reversal, source, asked->quantity);
  return TRUE;
}

/* Whether nothing is left of the order's goods on the invoice after this note. */
static gboolean
takes_back (Reversal *reversal, gint64 order_id)
{
  for (guint i = 0; i < tw_record_count (reversal->invoice->lines); i++)
    {
      TwInvoiceLine *source = tw_record_nth (reversal->invoice->lines, i);
      TwInvoiceLine *line = find_line (reversal->note->lines, source->parent.id, TRUE);
      TwDecimal now = line != NULL ? line->quantity : TW_DECIMAL_ZERO;

      if (source->order_id == order_id && tw_decimal_compare (now, get_rest (reversal, source)) < 0)
        return FALSE;
    }
  return TRUE;
}

static TwDecimal
get_freight (Reversal *reversal, gint64 order_id)
{
  TwDecimal freight = TW_DECIMAL_ZERO;

  for (guint i = 0; i < tw_record_count (reversal->invoice->lines); i++)
    {
      TwInvoiceLine *source = tw_record_nth (reversal->invoice->lines, i);

      if (source->order_id == order_id)
        freight = tw_decimal_add (freight, source->freight);
    }
  return freight;
}

/* Cost on each line, freight on the note's first line of each order. */
static void
add_freight_and_cost (Reversal *reversal)
{
  for (guint i = 0; i < tw_record_count (reversal->note->lines); i++)
    {
      TwInvoiceLine *line = tw_record_nth (reversal->note->lines, i);
      gboolean first = TRUE;

      if (!takes_back (reversal, line->order_id))
        continue;
      line->cost = find_line (reversal->invoice->lines, line->source_line_id, FALSE)->cost;
      for (guint j = 0; j < i && first; j++)
        first = ((TwInvoiceLine *) tw_record_nth (reversal->note->lines, j))->order_id != line->order_id;
      if (first)
        line->freight = get_freight (reversal, line->order_id);
    }
}

static gboolean
add_lines (Reversal *reversal, GListStore *asked, GError **error)
{
  guint n = tw_record_count (asked);

  if (n == 0)
    add_all_lines (reversal);
  for (guint i = 0; i < n; i++)
    if (!add_named_line (reversal, tw_record_nth (asked, i), i, error))
      return FALSE;
  if (tw_record_count (reversal->note->lines) == 0)
    return tw_error_set (error, TW_ERROR_STATE, _ ("The whole invoice has been credited already."));
  add_freight_and_cost (reversal);
  return TRUE;
}

/* ---- The note ---- */

static TwInvoice *
new_note (TwContext *ctx, TwInvoice *invoice, const char *reason)
{
  TwInvoice *note = tw_invoice_new ();

  note->kind = tw_key_find (tw_invoice_kind_keys, "credit_note");
  note->customer_id = invoice->customer_id;
  tw_record_set_string (&note->customer, invoice->customer);
  tw_record_set_string (&note->customer_name, invoice->customer_name);
  note->order_id = invoice->order_id;
  tw_record_set_string (&note->order, invoice->order);
  note->reverses_id = invoice->parent.id;
  tw_record_set_string (&note->reverses, invoice->number);
  tw_record_set_string (&note->reason, reason);
  note->invoice_date = ctx->today;
  tw_record_set_string (&note->currency, invoice->currency);
  note->exchange_rate = invoice->exchange_rate;
  tw_record_set_string (&note->payment_term, invoice->payment_term);
  note->payment_term_id = invoice->payment_term_id;
  tw_record_set_string (&note->tax_id, invoice->tax_id);
  tw_record_set_string (&note->bill_name, invoice->bill_name);
  tw_record_set_string (&note->bill_address, invoice->bill_address);
  return note;
}

/* Above the company's limit a finance manager signs, by making the note. */
static gboolean
check_limit (TwContext *ctx, TwInvoice *note, GError **error)
{
  g_autofree char *setting = tw_setting_get (ctx, TW_SETTING_LARGE_CREDIT, error);
  g_autofree char *currency = setting != NULL ? tw_setting_get (ctx, TW_SETTING_CURRENCY, error) : NULL;
  TwDecimal limit;

  if (currency == NULL || !tw_decimal_parse (setting, &limit, error))
    return FALSE;
  if (tw_decimal_compare (note->total_company, limit) <= 0 || tw_context_may (ctx, "invoice.credit_large"))
    return TRUE;
  return tw_error_set (error, TW_ERROR_FORBIDDEN,
                       /* Translators: an amount, then its currency */
                       _ ("A credit note of more than %s %s can only be made by a finance manager."), setting,
                       currency);
}

/* What was paid and is now credited goes back to the payments, on account of the customer. */
static gboolean
free_payments (TwContext *ctx, TwInvoice *invoice, TwInvoice *note, GError **error)
{
  TwDecimal open = tw_decimal_sub (invoice->total, tw_settlement_get_settled (invoice));
  TwDecimal too_much = tw_decimal_sub (note->total, open);

  return tw_decimal_sign (too_much) <= 0 || tw_payment_free (ctx, invoice, too_much, error);
}

static gboolean
post_note (TwContext *ctx, TwInvoice *note, GError **error)
{
  g_autoptr (TwInvoice) draft = NULL;

  if (!tw_invoice_insert (ctx, note, error))
    return FALSE;
  draft = tw_invoice_get (ctx, note->parent.id, TRUE, error);
  return draft != NULL && tw_gate_run (ctx, &tw_invoice_resource, TW_RECORD (draft), "post", NULL, error);
}

gboolean
tw_invoice_apply_credit (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwInvoice *invoice = (TwInvoice *) document;
  TwCreditArguments *asked = (TwCreditArguments *) arguments;
  g_autoptr (TwInvoice) note = new_note (ctx, invoice, asked->reason);
  g_autoptr (GArray) taken = tw_invoice_store_read_credited (ctx->db, document->id, error);
  Reversal reversal = { invoice, note, taken, tw_currency_get_places (invoice->currency) };

  if (taken == NULL || !add_lines (&reversal, asked->lines, error) || !tw_invoice_build_total (ctx, note, error)
      || !check_limit (ctx, note, error) || !free_payments (ctx, invoice, note, error))
    return FALSE;
  return post_note (ctx, note, error) && tw_settlement_add (ctx, invoice, TW_DECIMAL_ZERO, note->total, error);
}
