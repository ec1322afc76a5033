/* order-pricing.c: the amounts of an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-pricing.h"

#include "server/masterdata/currency.h"

/* A margin beyond this says nothing more; the column holds it. */
#define MARGIN_BOUND 999999

static TwDecimal
get_bound (void)
{
  TwDecimal bound = TW_DECIMAL_ONE;

  for (guint i = 0; i < TW_DECIMAL_WHOLE_DIGITS; i++)
    bound.millionths *= 10;
  return bound;
}

static gboolean
check_amount (TwDecimal amount, const char *pointer, GError **error)
{
  if (tw_decimal_compare (amount, get_bound ()) < 0)
    return TRUE;
  return tw_error_fault (error, pointer, "out_of_range",
                         _ ("The amount is too large. Please check quantity and price."));
}

/* (value − cost) / value, 0 without a value. Both in company currency. */
static TwDecimal
get_margin (TwDecimal value, TwDecimal cost)
{
  TwDecimal bound = tw_decimal_from_int (MARGIN_BOUND);
  TwDecimal margin;

  if (tw_decimal_sign (value) == 0)
    return TW_DECIMAL_ZERO;
  margin = tw_decimal_div (tw_decimal_sub (value, cost), value, TW_DECIMAL_PLACES);
  return tw_decimal_max (tw_decimal_min (margin, bound), tw_decimal_neg (bound));
}

static TwDecimal
get_line_cost (TwOrderLine *line)
{
  return tw_decimal_mul (line->quantity, line->cost, TW_DECIMAL_PLACES);
}

static gboolean
resolve_tax_class (TwContext *ctx, TwOrderLine *line, TwProduct *product, const char *pointer, GError **error)
{
  g_autofree char *at = g_strconcat (pointer, "/tax_class", NULL);
  g_autoptr (TwTaxClass) other = NULL;

  if (line->tax_class != NULL && *line->tax_class != '\0' && g_strcmp0 (line->tax_class, product->tax_class) != 0)
    {
      other = tw_tax_class_find (ctx, line->tax_class, at, error);
      if (other == NULL)
        return FALSE;
      tw_record_set_string (&line->tax_class, other->code);
      line->tax_class_id = other->parent.id;
      line->tax_rate = other->rate;
      return TRUE;
    }
  tw_record_set_string (&line->tax_class, product->tax_class);
  line->tax_class_id = product->tax_class_id;
  line->tax_rate = product->tax_rate;
  return TRUE;
}

gboolean
tw_order_pricing_line (TwContext *ctx, TwOrderLine *line, const TwOffer *offer, TwPriceSource source,
                       const char *pointer, GError **error)
{
  gboolean followed = tw_decimal_compare (line->price, line->list_price) == 0;

  if (!resolve_tax_class (ctx, line, offer->product, pointer, error))
    return FALSE;
  if (source == TW_PRICE_LIST || (source == TW_PRICE_FOLLOW && followed))
    line->price = offer->price;
  line->list_price = offer->price;
  line->cost = offer->product->cost;
  return TRUE;
}

/* ---- Totals ---- */

static TwTaxLine *
find_tax_line (TwOrder *order, TwOrderLine *line)
{
  guint n = tw_record_count (order->taxes);
  g_autoptr (TwTaxLine) tax = NULL;

  for (guint i = 0; i < n; i++)
    {
      TwTaxLine *known = tw_record_nth (order->taxes, i);

      if (known->tax_class_id == line->tax_class_id && tw_decimal_compare (known->rate, line->tax_rate) == 0)
        return known;
    }
  tax = tw_tax_line_new ();
  tw_record_set_string (&tax->tax_class, line->tax_class);
  tax->tax_class_id = line->tax_class_id;
  tax->rate = line->tax_rate;
  g_list_store_append (order->taxes, tax);
  return tax;
}

void
tw_order_pricing_fill_taxes (TwOrder *order)
{
  guint places = tw_currency_get_places (order->currency);
  guint n = tw_record_count (order->lines);

  g_list_store_remove_all (order->taxes);
  for (guint i = 0; i < n; i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      TwTaxLine *tax = find_tax_line (order, line);

      tax->base = tw_decimal_add (tax->base, line->net);
    }
  for (guint i = 0; i < tw_record_count (order->taxes); i++)
    {
      TwTaxLine *tax = tw_record_nth (order->taxes, i);

      tax->tax = tw_decimal_mul (tax->base, tax->rate, places);
    }
}

/* Nets and margins of the lines; the sums of nets and costs. */
static gboolean
total_lines (TwOrder *order, guint places, TwDecimal *cost, GError **error)
{
  guint n = tw_record_count (order->lines);

  order->net_total = *cost = TW_DECIMAL_ZERO;
  for (guint i = 0; i < n; i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      g_autofree char *at = g_strdup_printf ("/lines/%u/quantity", i);

      line->net = tw_decimal_line_net (line->quantity, line->price, line->discount, places);
      if (!check_amount (line->net, at, error) || !check_amount (get_line_cost (line), at, error))
        return FALSE;
      line->margin = get_margin (tw_decimal_mul (line->net, order->exchange_rate, TW_DECIMAL_PLACES),
                                 get_line_cost (line));
      order->net_total = tw_decimal_add (order->net_total, line->net);
      *cost = tw_decimal_add (*cost, get_line_cost (line));
    }
  return check_amount (order->net_total, "/lines", error);
}

/* The order's total at its rate; a rate of 1 is the company's own currency. */
static gboolean
convert_total (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autofree char *company = NULL;

  order->total_company = order->total;
  if (tw_decimal_compare (order->exchange_rate, TW_DECIMAL_ONE) == 0)
    return TRUE;
  company = tw_setting_get (ctx, TW_SETTING_CURRENCY, error);
  if (company == NULL)
    return FALSE;
  order->total_company = tw_decimal_mul (order->total, order->exchange_rate, tw_currency_get_places (company));
  return check_amount (order->total_company, "/lines", error);
}

gboolean
tw_order_pricing_total (TwContext *ctx, TwOrder *order, GError **error)
{
  TwDecimal cost;

  if (!total_lines (order, tw_currency_get_places (order->currency), &cost, error))
    return FALSE;
  tw_order_pricing_fill_taxes (order);
  order->tax_total = TW_DECIMAL_ZERO;
  for (guint i = 0; i < tw_record_count (order->taxes); i++)
    order->tax_total = tw_decimal_add (order->tax_total, ((TwTaxLine *) tw_record_nth (order->taxes, i))->tax);
  order->total = tw_decimal_add (tw_decimal_add (order->net_total, order->freight), order->tax_total);
  order->margin = get_margin (tw_decimal_mul (order->net_total, order->exchange_rate, TW_DECIMAL_PLACES), cost);
  order->line_count = tw_record_count (order->lines);
  return check_amount (order->total, "/lines", error) && convert_total (ctx, order, error);
}
