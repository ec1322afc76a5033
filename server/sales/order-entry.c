/* order-entry.c: what was written into an order, completed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-entry.h"

#include "server/masterdata/currency.h"
#include "server/sales/order-pricing.h"

TwOrderMasters *
tw_order_masters_new (void)
{
  TwOrderMasters *masters = g_new0 (TwOrderMasters, 1);

  masters->products = g_ptr_array_new_with_free_func (g_object_unref);
  return masters;
}

void
tw_order_masters_free (TwOrderMasters *masters)
{
  g_clear_object (&masters->customer);
  g_ptr_array_unref (masters->products);
  g_free (masters);
}

static gboolean
is_none (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
is_customer (TwContext *ctx)
{
  return (ctx->who->roles & TW_ROLE_CUSTOMER) != 0;
}

/* ---- What an outsider may not write ---- */

static void
refuse (TwRecord *record, const char *name, const char *prefix, GError **problem)
{
  g_autofree char *pointer = g_strconcat (prefix, "/", name, NULL);

  if (tw_record_has (record, name))
    tw_error_fault (problem, pointer, "forbidden", _ ("This is set by us. Please leave it out."));
}

/* Customers name what they want, not what it costs. */
static gboolean
check_customer_entry (TwContext *ctx, TwOrder *order, TwRecord *written, GError **error)
{
  static const char *const terms[]
    = { "channel",    "order_date",   "promised_date", "valid_until", "warehouse",
        "currency",   "price_list",   "payment_term",  "freight" };
  static const char *const line_terms[] = { "price", "discount", "tax_class", "promised_date" };
  g_autoptr (GError) problem = NULL;
  guint n = tw_record_count (order->lines);

  if (!is_customer (ctx))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    refuse (written, terms[i], "", &problem);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("/lines/%u", i);

      for (guint j = 0; j < G_N_ELEMENTS (line_terms); j++)
        refuse (tw_record_nth (order->lines, i), line_terms[j], prefix, &problem);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* ---- Head ---- */

static gboolean
resolve_customer (TwContext *ctx, TwOrder *order, TwOrderMasters *masters, GError **error)
{
  masters->customer = tw_customer_find (ctx, order->customer, "/customer", error);
  if (masters->customer == NULL)
    return FALSE;
  if (is_customer (ctx) && masters->customer->parent.id != ctx->who->customer_id)
    return tw_error_fault (error, "/customer", "unknown_value", _ ("You can only order for yourself."));
  order->customer_id = masters->customer->parent.id;
  tw_record_set_string (&order->customer, masters->customer->code);
  tw_record_set_string (&order->customer_name, masters->customer->name);
  return TRUE;
}

static const TwAddress *
find_ship_to (TwCustomer *customer)
{
  guint n = tw_record_count (customer->addresses);
  const TwAddress *best = NULL;
  int best_rank = 0;

  for (guint i = 0; i < n; i++)
    {
      const TwAddress *address = tw_record_nth (customer->addresses, i);
      int rank = 1 + (g_strcmp0 (address->kind, "shipping") == 0 ? 2 : 0) + (address->is_default ? 1 : 0);

      if (rank > best_rank)
        {
          best = address;
          best_rank = rank;
        }
    }
  return best;
}

static void
fill_ship_to (TwOrder *order, TwCustomer *customer)
{
  const TwAddress *address = find_ship_to (customer);

  if (!is_none (order->ship_name) || !is_none (order->ship_street) || !is_none (order->ship_city)
      || !is_none (order->ship_region) || !is_none (order->ship_postal_code) || !is_none (order->ship_country))
    return;
  if (address == NULL)
    return;
  tw_record_set_string (&order->ship_name, is_none (address->name) ? customer->name : address->name);
  tw_record_set_string (&order->ship_street, address->street);
  tw_record_set_string (&order->ship_city, address->city);
  tw_record_set_string (&order->ship_region, address->region);
  tw_record_set_string (&order->ship_postal_code, address->postal_code);
  tw_record_set_string (&order->ship_country, address->country);
}

static void
fill_contact (TwOrder *order, TwCustomer *customer)
{
  guint n = tw_record_count (customer->contacts);

  for (guint i = 0; is_none (order->contact) && i < n; i++)
    {
      TwContact *contact = tw_record_nth (customer->contacts, i);

      if (contact->is_default || n == 1)
        tw_record_set_string (&order->contact, contact->name);
    }
}

/* Whoever looks after the customer; of one whom nobody does, the rep who enters the order. */
static void
fill_sales_rep (TwContext *ctx, TwOrder *order, TwCustomer *customer)
{
  gboolean is_own = customer->sales_rep_id == 0 && (ctx->who->roles & TW_ROLE_SALES);

  if (order->sales_rep_id != 0)
    return;
  order->sales_rep_id = is_own ? ctx->who->user_id : customer->sales_rep_id;
  tw_record_set_string (&order->sales_rep, is_own ? ctx->who->user : customer->sales_rep);
  tw_record_set_string (&order->sales_rep_name, is_own ? ctx->who->name : customer->sales_rep_name);
}

static gboolean
resolve_terms (TwContext *ctx, TwOrder *order, TwCustomer *customer, GError **error)
{
  g_autoptr (TwPriceList) list = NULL;
  g_autoptr (TwPaymentTerm) term = NULL;

  if (is_none (order->price_list) || g_strcmp0 (order->price_list, customer->price_list) == 0)
    {
      tw_record_set_string (&order->price_list, customer->price_list);
      order->price_list_id = customer->price_list_id;
    }
  else
    {
      list = tw_price_list_find (ctx, order->price_list, "/price_list", error);
      if (list == NULL)
        return FALSE;
      tw_record_set_string (&order->price_list, list->code);
      order->price_list_id = list->parent.id;
    }
  if (is_none (order->payment_term) || g_strcmp0 (order->payment_term, customer->payment_term) == 0)
    {
      tw_record_set_string (&order->payment_term, customer->payment_term);
      order->payment_term_id = customer->payment_term_id;
      return TRUE;
    }
  term = tw_payment_term_find (ctx, order->payment_term, "/payment_term", error);
  if (term == NULL)
    return FALSE;
  tw_record_set_string (&order->payment_term, term->code);
  order->payment_term_id = term->parent.id;
  return TRUE;
}

static gboolean
resolve_warehouse (TwContext *ctx, TwOrder *order, TwOrder *stored, GError **error)
{
  g_autoptr (TwWarehouse) warehouse = NULL;

  if (stored != NULL && !is_none (order->warehouse) && g_strcmp0 (order->warehouse, stored->warehouse) == 0)
    return TRUE;
  if (is_none (order->warehouse))
    {
      g_free (order->warehouse);
      order->warehouse = tw_setting_get (ctx, TW_SETTING_WAREHOUSE, error);
      if (order->warehouse == NULL)
        return FALSE;
    }
  warehouse = tw_warehouse_find (ctx, order->warehouse, "/warehouse", error);
  if (warehouse == NULL)
    return FALSE;
  tw_record_set_string (&order->warehouse, warehouse->code);
  order->warehouse_id = warehouse->parent.id;
  return TRUE;
}

/* One company currency; an order in another needs a price list in that one, whose rate is 1 to it. */
static gboolean
resolve_currency (TwContext *ctx, TwOrder *order, TwCustomer *customer, GError **error)
{
  g_autofree char *company = tw_setting_get (ctx, TW_SETTING_CURRENCY, error);
  g_autofree char *listed = company != NULL ? tw_price_list_get_currency (ctx, order->price_list_id, error) : NULL;

  if (listed == NULL)
    return FALSE;
  if (is_none (order->currency))
    tw_record_set_string (&order->currency, customer->currency);
  if (!tw_currency_check (order->currency, "/currency", error))
    return FALSE;
  if (!g_str_equal (listed, order->currency))
    return tw_error_fault (error, "/currency", "unknown_value", _ ("The price list %s is in %s."), order->price_list,
                           listed);
  if (!g_str_equal (company, order->currency))
    return tw_error_fault (error, "/currency", "unknown_value", _ ("There is no exchange rate from %s to %s."),
                           order->currency, company);
  order->exchange_rate = TW_DECIMAL_ONE;
  return TRUE;
}

static gboolean
check_freight (TwOrder *order, GError **error)
{
  guint places = tw_currency_get_places (order->currency);

  if (tw_decimal_compare (order->freight, tw_decimal_round (order->freight, places)) == 0)
    return TRUE;
  return tw_error_fault (error, "/freight", "out_of_range",
                         tw_text_plural ("An amount in %s has %u decimal.", "An amount in %s has %u decimals.", places),
                         order->currency, places);
}

static gboolean
complete_head (TwContext *ctx, TwOrder *order, TwOrder *stored, TwOrderMasters *masters, GError **error)
{
  TwCustomer *customer;

  if (order->channel == NULL)
    order->channel = tw_key_find (tw_order_channel_keys, is_customer (ctx) ? "portal"
                                  : g_str_equal (ctx->source, "import") ? "import" : "phone");
  if (!tw_date_is_set (order->order_date))
    order->order_date = ctx->today;
  if (!resolve_customer (ctx, order, masters, error))
    return FALSE;
  customer = masters->customer;
  fill_ship_to (order, customer);
  fill_contact (order, customer);
  fill_sales_rep (ctx, order, customer);
  return resolve_terms (ctx, order, customer, error) && resolve_currency (ctx, order, customer, error)
         && resolve_warehouse (ctx, order, stored, error)
         && check_freight (order, error);
}

/* What came with the old customer goes with them, unless it was written anew. */
static void
forget_defaults (TwOrder *order, TwOrder *stored, TwRecord *patch)
{
  static const char *const taken[] = { "price_list", "payment_term", "currency", "contact", "ship_name", "ship_street",
                                       "ship_city", "ship_region", "ship_postal_code", "ship_country" };

  if (stored == NULL || g_strcmp0 (order->customer, stored->customer) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      const TwField *field = tw_record_find (patch, taken[i]);

      if (!tw_record_is_present (patch, field))
        tw_record_set_string (&tw_record_at (order, field, char *), NULL);
    }
  order->sales_rep_id = 0;
}

/* ---- Lines ---- */

/* A line from outside says which fields it has; one from the database says nothing. */
static TwPriceSource
get_price_source (TwOrderLine *line)
{
  TwRecord *record = TW_RECORD (line);

  if (!tw_record_has (record, "product"))
    return TW_PRICE_FOLLOW;
  return tw_record_has (record, "price") ? TW_PRICE_KEEP : TW_PRICE_LIST;
}

static gboolean
check_identity (TwOrder *stored, TwOrderLine *line, const char *pointer, GError **error)
{
  g_autofree char *at = g_strconcat (pointer, "/id", NULL);
  guint n = stored != NULL ? tw_record_count (stored->lines) : 0;

  if (line->parent.id == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (((TwRecord *) tw_record_nth (stored->lines, i))->id == line->parent.id)
      return TRUE;
  return tw_error_fault (error, at, "unknown_value", _ ("The order has no such line."));
}

static gboolean
complete_line (TwContext *ctx, TwOrder *order, TwOrder *stored, const TwOffer *offer, guint i, TwPriceSource source,
               GError **error)
{
  TwOrderLine *line = tw_record_nth (order->lines, i);
  TwProduct *product = offer->product;
  g_autofree char *pointer = g_strdup_printf ("/lines/%u", i);

  line->position = i + 1;
  tw_record_set_string (&line->product, product->sku);
  tw_record_set_string (&line->product_name, product->name);
  line->product_id = product->parent.id;
  line->open_quantity = line->quantity;
  if (is_none (line->unit))
    tw_record_set_string (&line->unit, product->unit);
  return check_identity (stored, line, pointer, error)
         && tw_order_pricing_line (ctx, line, offer, source, pointer, error);
}

static GPtrArray *
find_offers (TwContext *ctx, TwOrder *order, GError **error)
{
  guint n = tw_record_count (order->lines);
  g_autofree TwOfferQuery *queries = g_new0 (TwOfferQuery, n);

  for (guint i = 0; i < n; i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      queries[i] = (TwOfferQuery) { line->product, line->quantity };
    }
  return n > 0 ? tw_offer_find (ctx, order->price_list_id, order->order_date, queries, n, error)
               : g_ptr_array_new ();
}

/* @recompute: the prices stand, whoever wrote them. */
static gboolean
complete_lines (TwContext *ctx, TwOrder *order, TwOrder *stored, TwOrderMasters *masters, gboolean recompute,
                GError **error)
{
  g_autoptr (GPtrArray) offers = find_offers (ctx, order, error);
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; offers != NULL && i < offers->len; i++)
    {
      TwOffer *offer = g_ptr_array_index (offers, i);
      TwPriceSource source = recompute ? TW_PRICE_KEEP : get_price_source (tw_record_nth (order->lines, i));

      g_ptr_array_add (masters->products, g_object_ref (offer->product));
      if (!complete_line (ctx, order, stored, offer, i, source, &problem)
          && !g_error_matches (problem, TW_ERROR, TW_ERROR_INVALID))
        break;
    }
  if (problem == NULL)
    return offers != NULL;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

TwOrderMasters *
tw_order_entry_complete (TwContext *ctx, TwOrder *order, TwOrder *stored, TwRecord *patch, GError **error)
{
  g_autoptr (TwOrderMasters) masters = tw_order_masters_new ();

  if (!check_customer_entry (ctx, order, patch, error))
    return NULL;
  forget_defaults (order, stored, patch);
  if (!complete_head (ctx, order, stored, masters, error)
      || !complete_lines (ctx, order, stored, masters, FALSE, error)
      || !tw_order_pricing_total (ctx, order, error))
    return NULL;
  return g_steal_pointer (&masters);
}

TwOrderMasters *
tw_order_entry_recompute (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autoptr (TwOrderMasters) masters = tw_order_masters_new ();

  if (!resolve_customer (ctx, order, masters, error) || !complete_lines (ctx, order, order, masters, TRUE, error)
      || !tw_order_pricing_total (ctx, order, error))
    return NULL;
  return g_steal_pointer (&masters);
}
