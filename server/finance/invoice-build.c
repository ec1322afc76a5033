/* invoice-build.c: see invoice-build.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each amount is what it should be after this invoice less what it was before: the rounding of one partial invoice is
 * made good by the next. An amount is never negative; what a former rounding took too much stays for the next.
 */
#include "server/finance/invoice-build.h"

#include "server/finance/company.h"
#include "server/finance/invoice-store.h"
#include "server/masterdata/currency.h"

/* ---- What was invoiced before ---- */

static const TwInvoicedLine *
find_line (GArray *sums, gint64 order_line_id)
{
  static const TwInvoicedLine nothing;

  for (guint i = 0; i < sums->len; i++)
    if (g_array_index (sums, TwInvoicedLine, i).order_line_id == order_line_id)
      return &g_array_index (sums, TwInvoicedLine, i);
  return &nothing;
}

static TwDecimal
get_rest (TwDecimal after, TwDecimal before)
{
  return tw_decimal_max (tw_decimal_sub (after, before), TW_DECIMAL_ZERO);
}

/* ---- Lines ---- */

/* How much of a line can be invoiced: at most what was delivered in time. A line that was never shipped is a service:
 * no time bounds it. */
static TwDecimal
get_quantity (TwOrderLine *line, const TwInvoicedLine *before, GArray *delivered)
{
  TwDecimal kept = tw_decimal_sub (line->delivered, line->returned);
  TwDecimal rest = get_rest (kept, before->quantity);
  const TwInvoicedLine *then = delivered != NULL ? find_line (delivered, line->parent.id) : NULL;

  if (then == NULL || then->order_line_id == 0)
    return rest;
  return tw_decimal_min (rest, get_rest (then->quantity, before->quantity));
}

static TwInvoiceLine *
new_line (TwOrder *order, TwOrderLine *from)
{
  TwInvoiceLine *line = tw_invoice_line_new ();
  const char *description = from->description != NULL ? from->description : from->product_name;

  line->order_line_id = from->parent.id;
  line->order_id = order->parent.id;
  tw_record_set_string (&line->order, order->number);
  tw_record_set_string (&line->product, from->product);
  line->product_id = from->product_id;
  tw_record_set_string (&line->product_name, from->product_name);
  tw_record_set_string (&line->description, description);
  tw_record_set_string (&line->unit, from->unit);
  line->price = from->price;
  line->discount = from->discount;
  tw_record_set_string (&line->tax_class, from->tax_class);
  line->tax_class_id = from->tax_class_id;
  line->tax_rate = from->tax_rate;
  return line;
}

static void
append_lines (TwInvoice *invoice, TwOrder *order, GArray *before, GArray *delivered, guint places,
              guint company_places)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *from = tw_record_nth (order->lines, i);
      const TwInvoicedLine *was = find_line (before, from->parent.id);
      TwDecimal quantity = get_quantity (from, was, delivered);
      TwDecimal after = tw_decimal_add (was->quantity, quantity);
      g_autoptr (TwInvoiceLine) line = NULL;

      if (tw_decimal_sign (quantity) <= 0)
        continue;
      line = new_line (order, from);
      line->quantity = quantity;
      line->net = get_rest (tw_decimal_line_net (after, from->price, from->discount, places), was->net);
      line->cost = get_rest (tw_decimal_mul (after, from->cost, company_places), was->cost);
      g_list_store_append (invoice->lines, line);
    }
}

/* ---- Tax ---- */

static gboolean
has_tax_of (TwInvoiceLine *line, TwInvoiceLine *of)
{
  return line->tax_class_id == of->tax_class_id && tw_decimal_compare (line->tax_rate, of->tax_rate) == 0;
}

/* Net and tax invoiced before of the order's lines in the category of @of. */
static void
sum_category (TwOrder *order, GArray *before, TwInvoiceLine *of, TwDecimal *net, TwDecimal *tax)
{
  *net = *tax = TW_DECIMAL_ZERO;
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      const TwInvoicedLine *was = find_line (before, line->parent.id);

      if (line->tax_class_id != of->tax_class_id || tw_decimal_compare (line->tax_rate, of->tax_rate) != 0)
        continue;
      *net = tw_decimal_add (*net, was->net);
      *tax = tw_decimal_add (*tax, was->tax);
    }
}

/* Splits the tax that the category of line @first of the invoice now bears over its lines from there on. */
static void
spread_tax (TwInvoice *invoice, guint first, TwOrder *order, GArray *before, guint places)
{
  guint n = tw_record_count (invoice->lines);
  TwInvoiceLine *of = tw_record_nth (invoice->lines, first);
  g_autofree TwDecimal *nets = g_new0 (TwDecimal, n);
  g_autofree TwDecimal *shares = g_new0 (TwDecimal, n);
  TwDecimal net, tax;

  sum_category (order, before, of, &net, &tax);
  for (guint i = first; i < n; i++)
    {
      TwInvoiceLine *line = tw_record_nth (invoice->lines, i);

      nets[i] = has_tax_of (line, of) ? line->net : TW_DECIMAL_ZERO;
      net = tw_decimal_add (net, nets[i]);
    }
  tax = get_rest (tw_decimal_mul (net, of->tax_rate, places), tax);
  tw_decimal_split (tax, nets + first, n - first, places, shares + first);
  for (guint i = first; i < n; i++)
    {
      TwInvoiceLine *line = tw_record_nth (invoice->lines, i);

      if (has_tax_of (line, of))
        line->tax = shares[i];
    }
}

static gboolean
is_first_of_category (TwInvoice *invoice, guint first, guint index)
{
  TwInvoiceLine *line = tw_record_nth (invoice->lines, index);

  for (guint i = first; i < index; i++)
    if (has_tax_of (tw_record_nth (invoice->lines, i), line))
      return FALSE;
  return TRUE;
}

/* Freight goes with the first invoice of the order, on its first line. */
static void
add_freight (TwInvoice *invoice, guint first, TwOrder *order, GArray *before)
{
  TwInvoiceLine *line = tw_record_nth (invoice->lines, first);
  TwDecimal was = TW_DECIMAL_ZERO;

  for (guint i = 0; i < before->len; i++)
    was = tw_decimal_add (was, g_array_index (before, TwInvoicedLine, i).freight);
  line->freight = get_rest (order->freight, was);
}

gboolean
tw_invoice_build_add_order (TwContext *ctx, TwInvoice *invoice, TwOrder *order, TwTime until,
                            gint64 *draft_id, GError **error)
{
  g_autoptr (GArray) before = tw_invoice_store_read_invoiced (ctx->db, order->parent.id, error);
  g_autoptr (GArray) delivered = NULL;
  guint places = tw_currency_get_places (order->currency), company_places;
  guint first = tw_record_count (invoice->lines);

  if (before == NULL || !tw_company_get_places (ctx, &company_places, error))
    return FALSE;
  if (tw_time_is_set (until))
    {
      delivered = tw_invoice_store_read_delivered (ctx->db, order->parent.id, until, error);
      if (delivered == NULL)
        return FALSE;
    }
  for (guint i = 0; i < before->len; i++)
    if (*draft_id == 0)
      *draft_id = g_array_index (before, TwInvoicedLine, i).draft_id;
  append_lines (invoice, order, before, delivered, places, company_places);
  if (tw_record_count (invoice->lines) == first)
    return TRUE;
  add_freight (invoice, first, order, before);
  for (guint i = first; i < tw_record_count (invoice->lines); i++)
    if (is_first_of_category (invoice, first, i))
      spread_tax (invoice, i, order, before, places);
  return TRUE;
}

/* ---- Totals ---- */

static TwTaxLine *
find_tax (TwInvoice *invoice, TwInvoiceLine *line)
{
  g_autoptr (TwTaxLine) tax = NULL;

  for (guint i = 0; i < tw_record_count (invoice->taxes); i++)
    {
      TwTaxLine *known = tw_record_nth (invoice->taxes, i);

      if (known->tax_class_id == line->tax_class_id && tw_decimal_compare (known->rate, line->tax_rate) == 0)
        return known;
    }
  tax = tw_tax_line_new ();
  tw_record_set_string (&tax->tax_class, line->tax_class);
  tax->tax_class_id = line->tax_class_id;
  tax->rate = line->tax_rate;
  g_list_store_append (invoice->taxes, tax);
  return tax;
}

/* The highest rate first. */
static int
compare_taxes (gconstpointer a, gconstpointer b, gpointer data)
{
  const TwTaxLine *x = a, *y = b;
  int order = tw_decimal_compare (y->rate, x->rate);

  return order != 0 ? order : g_strcmp0 (x->tax_class, y->tax_class);
}

gboolean
tw_invoice_build_total (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  guint company_places;

  if (!tw_company_get_places (ctx, &company_places, error))
    return FALSE;
  invoice->net_total = invoice->tax_total = invoice->freight = TW_DECIMAL_ZERO;
  g_list_store_remove_all (invoice->taxes);
  for (guint i = 0; i < tw_record_count (invoice->lines); i++)
    {
      TwInvoiceLine *line = tw_record_nth (invoice->lines, i);
      TwTaxLine *tax = find_tax (invoice, line);

      line->position = i + 1;
      tax->base = tw_decimal_add (tax->base, line->net);
      tax->tax = tw_decimal_add (tax->tax, line->tax);
      invoice->net_total = tw_decimal_add (invoice->net_total, line->net);
      invoice->tax_total = tw_decimal_add (invoice->tax_total, line->tax);
      invoice->freight = tw_decimal_add (invoice->freight, line->freight);
    }
  g_list_store_sort (invoice->taxes, compare_taxes, NULL);
  invoice->total = tw_decimal_add (tw_decimal_add (invoice->net_total, invoice->freight), invoice->tax_total);
  invoice->total_company = tw_decimal_mul (invoice->total, invoice->exchange_rate, company_places);
  if (g_strcmp0 (invoice->kind, "invoice") == 0)
    invoice->open_amount = invoice->total;
  return TRUE;
}
