/* order-check.c: what is looked at before an order is submitted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-check.h"

#include "server/finance/receivable.h"
#include "server/sales/order-check-store.h"
#include "server/sales/order-check-text.h"
#include "server/sales/order-fact-store.h"
#include "server/sales/order-fingerprint.h"
#include "server/warehouse/stock.h"
#include "shared/base/codec.h"

#define DAY_SECONDS (24 * 3600)

static gboolean
is_none (const char *text)
{
  return text == NULL || *text == '\0';
}

/* ---- Results ---- */

/* Pairs of names and values up to NULL. */
static char *
build_facts (va_list pairs)
{
  g_autoptr (GString) json = g_string_new ("{");
  const char *name;

  while ((name = va_arg (pairs, const char *)) != NULL)
    {
      const char *value = va_arg (pairs, const char *);

      if (json->len > 1)
        g_string_append_c (json, ',');
      tw_codec_append_string (json, name);
      g_string_append_c (json, ':');
      tw_codec_append_string (json, value != NULL ? value : "");
    }
  g_string_append_c (json, '}');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void G_GNUC_NULL_TERMINATED
add (TwOrder *order, const char *check, const char *result, gint64 line, ...)
{
  g_autoptr (TwOrderCheck) row = tw_order_check_new ();
  va_list pairs;

  row->check = tw_key_find (tw_check_keys, check);
  row->result = tw_key_find (tw_check_result_keys, result);
  row->line = line;
  va_start (pairs, line);
  row->facts = build_facts (pairs);
  va_end (pairs);
  g_list_store_append (order->checks, row);
}

/* When nothing was found since @before checks. */
static void
pass_unless_found (TwOrder *order, const char *check, guint before)
{
  if (tw_record_count (order->checks) == before)
    add (order, check, "pass", 0, NULL);
}

/* ---- The checks ---- */

static void
check_address (TwOrder *order)
{
  guint before = tw_record_count (order->checks);

  if (is_none (order->ship_name))
    add (order, "address", "block", 0, "missing", "name", NULL);
  if (is_none (order->ship_street))
    add (order, "address", "block", 0, "missing", "street", NULL);
  if (is_none (order->ship_city))
    add (order, "address", "block", 0, "missing", "city", NULL);
  pass_unless_found (order, "address", before);
}

static void
check_lines (TwOrder *order)
{
  add (order, "lines", tw_record_count (order->lines) > 0 ? "pass" : "block", 0, NULL);
  /* A product that cannot be sold was refused when its line was resolved. */
  add (order, "product", "pass", 0, NULL);
}

static void
check_quantities (TwOrder *order, TwOrderMasters *masters)
{
  guint before = tw_record_count (order->checks);

  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      TwProduct *product = g_ptr_array_index (masters->products, i);

      if (g_strcmp0 (line->unit, product->unit) != 0)
        add (order, "quantity", "block", i + 1, "product", product->sku, "unit", product->unit, "written", line->unit,
             NULL);
    }
  pass_unless_found (order, "quantity", before);
}

static void
check_prices (TwOrder *order)
{
  guint before = tw_record_count (order->checks);

  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      g_autofree char *price = tw_decimal_format (line->price, 2);
      g_autofree char *list = tw_decimal_format (line->list_price, 2);

      if (tw_decimal_compare (line->price, line->list_price) < 0)
        add (order, "price", "warn", i + 1, "price", price, "list", list, NULL);
    }
  pass_unless_found (order, "price", before);
}

static void
check_discounts (TwOrder *order, TwDecimal limit)
{
  g_autofree char *allowed = tw_decimal_format (limit, 0);
  guint before = tw_record_count (order->checks);

  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      g_autofree char *discount = tw_decimal_format (line->discount, 0);

      if (tw_decimal_compare (line->discount, limit) > 0)
        add (order, "discount", "warn", i + 1, "discount", discount, "limit", allowed, NULL);
    }
  pass_unless_found (order, "discount", before);
}

static gboolean
check_margins (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autofree char *setting = tw_setting_get (ctx, TW_SETTING_MARGIN_FLOOR, error);
  guint before = tw_record_count (order->checks);
  TwDecimal floor;

  if (setting == NULL || !tw_decimal_parse (setting, &floor, error))
    return FALSE;
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      g_autofree char *margin = tw_decimal_format (line->margin, 0);

      if (tw_decimal_compare (line->margin, floor) < 0)
        add (order, "margin", "warn", i + 1, "margin", margin, "floor", setting, NULL);
    }
  pass_unless_found (order, "margin", before);
  return TRUE;
}

static gboolean
check_credit (TwContext *ctx, TwOrder *order, TwCustomer *customer, TwDecimal open_orders, GError **error)
{
  guint before = tw_record_count (order->checks);
  TwDecimal open_invoices, overdue_invoices, total;

  if (!tw_receivable_get_exposure (ctx, order->customer_id, &open_invoices, &overdue_invoices, error))
    return FALSE;
  total = tw_decimal_add (tw_decimal_add (open_orders, open_invoices), order->total_company);
  if (tw_decimal_compare (total, customer->credit_limit) > 0)
    {
      g_autofree char *sum = tw_decimal_format (total, 2);
      g_autofree char *limit = tw_decimal_format (customer->credit_limit, 2);
      g_autofree char *orders = tw_decimal_format (open_orders, 2);
      g_autofree char *invoices = tw_decimal_format (open_invoices, 2);

      add (order, "credit", "needs_signature", 0, "exposure", sum, "limit", limit, "open_orders", orders,
           "open_invoices", invoices, NULL);
    }
  if (tw_decimal_sign (overdue_invoices) > 0)
    {
      g_autofree char *overdue = tw_decimal_format (overdue_invoices, 2);

      add (order, "credit", "needs_signature", 0, "overdue", overdue, NULL);
    }
  if (customer->credit_hold)
    add (order, "credit", "warn", 0, "hold", "yes", NULL);
  pass_unless_found (order, "credit", before);
  return TRUE;
}

/* What the lines before @n want of the same product. */
static TwDecimal
sum_wanted (TwOrder *order, guint n)
{
  TwOrderLine *line = tw_record_nth (order->lines, n);
  TwDecimal wanted = line->quantity;

  for (guint i = 0; i < n; i++)
    {
      TwOrderLine *other = tw_record_nth (order->lines, i);

      if (other->product_id == line->product_id)
        wanted = tw_decimal_add (wanted, other->quantity);
    }
  return wanted;
}

static gboolean
check_stock (TwContext *ctx, TwOrder *order, TwOrderMasters *masters, GError **error)
{
  guint before = tw_record_count (order->checks);

  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      TwProduct *product = g_ptr_array_index (masters->products, i);
      TwDecimal wanted = sum_wanted (order, i);

      if (g_strcmp0 (product->kind, "stocked") != 0)
        continue;
      /* The lines of a stored order were read with what is available. */
      if (order->parent.version == 0
          && !tw_stock_get_available (ctx, line->product_id, order->warehouse_id, &line->available, error))
        return FALSE;
      if (tw_decimal_compare (line->available, wanted) < 0)
        {
          g_autofree char *available = tw_decimal_format (line->available, 0);
          g_autofree char *quantity = tw_decimal_format (wanted, 0);

          add (order, "stock", "warn", i + 1, "quantity", quantity, "available", available, NULL);
        }
    }
  pass_unless_found (order, "stock", before);
  return TRUE;
}

static gboolean
check_duplicate (TwContext *ctx, TwOrder *order, GError **error)
{
  guint before = tw_record_count (order->checks);
  g_autofree char *same_reference = NULL;
  g_autofree char *same_lines = NULL;
  guint8 fingerprint[TW_FINGERPRINT_BYTES];

  if (!is_none (order->po_reference)
      && !tw_order_fact_store_find_reference (ctx->db, order->customer_id, order->po_reference, order->parent.id,
                                              &same_reference, error))
    return FALSE;
  if (tw_order_get_fingerprint (order, fingerprint)
      && !tw_order_fact_store_find_lines (ctx->db, order->customer_id, fingerprint,
                                          tw_time_add_seconds (ctx->now, -DAY_SECONDS), order->parent.id, &same_lines,
                                          error))
    return FALSE;
  if (same_reference != NULL)
    add (order, "duplicate", "warn", 0, "number", same_reference, "reference", order->po_reference, NULL);
  if (same_lines != NULL && g_strcmp0 (same_lines, same_reference) != 0)
    add (order, "duplicate", "warn", 0, "number", same_lines, NULL);
  pass_unless_found (order, "duplicate", before);
  return TRUE;
}

gboolean
tw_order_check_run (TwContext *ctx, TwOrder *order, TwOrderMasters *masters, GError **error)
{
  gint64 author = order->author_id != 0 ? order->author_id : ctx->who->user_id;
  TwOrderBackground background;

  if (!tw_order_fact_store_read_background (ctx->db, order->customer_id, author, &background, error))
    return FALSE;
  g_list_store_remove_all (order->checks);
  if (background.has_completed)
    add (order, "customer", "pass", 0, NULL);
  else
    add (order, "customer", "warn", 0, "new", "yes", NULL);
  check_address (order);
  check_lines (order);
  check_quantities (order, masters);
  check_prices (order);
  check_discounts (order, background.discount_limit);
  return check_margins (ctx, order, error)
         && check_credit (ctx, order, masters->customer, background.open_value, error)
         && check_stock (ctx, order, masters, error) && check_duplicate (ctx, order, error);
}

/* ---- What follows from them ---- */

static char *
get_pointer (TwOrderCheck *check)
{
  if (check->line > 0)
    return g_strdup_printf ("/lines/%" G_GINT64_FORMAT "%s", check->line - 1,
                            g_strcmp0 (check->check, "quantity") == 0 ? "/unit" : "");
  if (g_strcmp0 (check->check, "address") == 0)
    return g_strdup ("/ship_street");
  if (g_strcmp0 (check->check, "lines") == 0)
    return g_strdup ("/lines");
  return g_strdup ("");
}

static void
describe (TwOrderCheck *check, gboolean masked)
{
  g_autoptr (JsonNode) facts = masked || check->facts == NULL ? NULL : json_from_string (check->facts, NULL);

  g_free (check->detail);
  check->detail = tw_order_check_text (check, facts != NULL ? json_node_get_object (facts) : NULL);
}

gboolean
tw_order_check_allows (TwOrder *order, GError **error)
{
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < tw_record_count (order->checks); i++)
    {
      TwOrderCheck *check = tw_record_nth (order->checks, i);
      g_autofree char *pointer = get_pointer (check);

      if (g_strcmp0 (check->result, "block") != 0)
        continue;
      describe (check, FALSE);
      tw_error_fault (&problem, pointer, "blocked", "%s", check->detail);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
tw_order_check_describe (TwContext *ctx, TwOrder *order)
{
  gboolean sees_cost = (tw_context_get_secrets (ctx) & TW_SECRET_COST) != 0;

  for (guint i = 0; i < tw_record_count (order->checks); i++)
    {
      TwOrderCheck *check = tw_record_nth (order->checks, i);
      gboolean masked = g_strcmp0 (check->check, "margin") == 0 && !sees_cost;

      describe (check, masked);
      if (masked)
        tw_record_set_string (&check->facts, NULL);
    }
}

/* The round whose checks an order in memory has: they are stored once and never change. */
static G_DEFINE_QUARK (tw-order-checked-round, checked_round)

static gboolean
note_checked (TwOrder *order)
{
  g_object_set_qdata (G_OBJECT (order), checked_round_quark (), GSIZE_TO_POINTER ((gsize)order->approval_round));
  return TRUE;
}

gboolean
tw_order_check_store (TwContext *ctx, TwOrder *order, GError **error)
{
  return tw_order_check_store_insert (ctx->db, order, error) && note_checked (order);
}

gboolean
tw_order_check_load (TwContext *ctx, TwOrder *order, GError **error)
{
  gsize checked = GPOINTER_TO_SIZE (g_object_get_qdata (G_OBJECT (order), checked_round_quark ()));

  if (checked > 0 && checked == (gsize)order->approval_round)
    return TRUE;
  return tw_order_check_store_read (ctx->db, order, error) && note_checked (order);
}
