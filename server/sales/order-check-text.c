/* order-check-text.c: sentences from the facts of a check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-check-text.h"

#include "shared/base/decimal.h"
#include "shared/base/text.h"

static const char *
get_fact (JsonObject *facts, const char *name)
{
  return facts != NULL && json_object_has_member (facts, name) ? json_object_get_string_member (facts, name) : NULL;
}

/* A fraction as people write it: "0.125" is "12.5". */
static char *
get_percent (JsonObject *facts, const char *name)
{
  TwDecimal fraction;

  if (!tw_decimal_parse (get_fact (facts, name), &fraction, NULL))
    return g_strdup ("0");
  return tw_decimal_format (tw_decimal_mul (fraction, tw_decimal_from_int (100), 4), 0);
}

static char *
text_passed (TwOrderCheck *check)
{
  static const struct
  {
    const char *check;
    const char *text;
  } texts[] = {
    { "customer", N_ ("The customer is active.") },
    { "address", N_ ("The delivery address is complete.") },
    { "lines", N_ ("The order has lines.") },
    { "product", N_ ("All products can be sold.") },
    { "quantity", N_ ("All quantities and units are valid.") },
    { "price", N_ ("No price is below the price list.") },
    { "discount", N_ ("All discounts are within the limit.") },
    { "margin", N_ ("The margin is sufficient.") },
    { "credit", N_ ("The order is within the credit limit.") },
    { "stock", N_ ("Everything is in stock.") },
    { "duplicate", N_ ("No similar order was found.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (check->check, texts[i].check) == 0)
      return g_strdup (_ (texts[i].text));
  return g_strdup ("");
}

static char *
text_address (JsonObject *facts)
{
  const char *missing = get_fact (facts, "missing");

  if (g_strcmp0 (missing, "name") == 0)
    return g_strdup (_ ("The delivery address has no recipient."));
  if (g_strcmp0 (missing, "street") == 0)
    return g_strdup (_ ("The delivery address has no street."));
  return g_strdup (_ ("The delivery address has no city."));
}

static char *
text_quantity (TwOrderCheck *check, JsonObject *facts)
{
  /* Translators: line number, product, the unit it is sold by, the unit that was written */
  return g_strdup_printf (_ ("Line %d: %s is sold by “%s”, not by “%s”."), (int) check->line,
                          get_fact (facts, "product"), get_fact (facts, "unit"), get_fact (facts, "written"));
}

static char *
text_price (TwOrderCheck *check, JsonObject *facts)
{
  return g_strdup_printf (_ ("Line %d: the price %s is below the list price %s."), (int) check->line,
                          get_fact (facts, "price"), get_fact (facts, "list"));
}

static char *
text_discount (TwOrderCheck *check, JsonObject *facts)
{
  g_autofree char *discount = get_percent (facts, "discount");
  g_autofree char *limit = get_percent (facts, "limit");

  return g_strdup_printf (_ ("Line %d: the discount of %s %% is above the limit of %s %%."), (int) check->line,
                          discount, limit);
}

/* The facts are there only for readers who may see costs. */
static char *
text_margin (TwOrderCheck *check, JsonObject *facts)
{
  g_autofree char *margin = NULL;
  g_autofree char *floor = NULL;

  if (facts == NULL)
    return g_strdup_printf (_ ("Line %d: the margin is low."), (int) check->line);
  margin = get_percent (facts, "margin");
  floor = get_percent (facts, "floor");
  return g_strdup_printf (_ ("Line %d: the margin of %s %% is below %s %%."), (int) check->line, margin, floor);
}

static char *
text_credit (JsonObject *facts)
{
  if (get_fact (facts, "hold") != NULL)
    return g_strdup (_ ("The customer is on credit hold: the order will wait after it is confirmed."));
  if (get_fact (facts, "overdue") != NULL)
    return g_strdup_printf (_ ("Invoices over %s are overdue."), get_fact (facts, "overdue"));
  return g_strdup_printf (_ ("With this order the customer owes %s; the credit limit is %s."),
                          get_fact (facts, "exposure"), get_fact (facts, "limit"));
}

static char *
text_stock (TwOrderCheck *check, JsonObject *facts)
{
  return g_strdup_printf (_ ("Line %d: %s ordered, %s available."), (int) check->line, get_fact (facts, "quantity"),
                          get_fact (facts, "available"));
}

static char *
text_duplicate (JsonObject *facts)
{
  if (get_fact (facts, "reference") != NULL)
    return g_strdup_printf (_ ("Order %s has the same customer's reference “%s”."), get_fact (facts, "number"),
                            get_fact (facts, "reference"));
  return g_strdup_printf (_ ("Order %s has the same lines and was entered within a day."), get_fact (facts, "number"));
}

char *
tw_order_check_text (TwOrderCheck *check, JsonObject *facts)
{
  const char *about = check->check;

  if (g_strcmp0 (check->result, "pass") == 0)
    return text_passed (check);
  if (g_strcmp0 (about, "customer") == 0)
    return g_strdup (_ ("The customer has not completed an order yet."));
  if (g_strcmp0 (about, "address") == 0)
    return text_address (facts);
  if (g_strcmp0 (about, "lines") == 0)
    return g_strdup (_ ("The order has no lines."));
  if (g_strcmp0 (about, "quantity") == 0)
    return text_quantity (check, facts);
  if (g_strcmp0 (about, "price") == 0)
    return text_price (check, facts);
  if (g_strcmp0 (about, "discount") == 0)
    return text_discount (check, facts);
  if (g_strcmp0 (about, "margin") == 0)
    return text_margin (check, facts);
  if (g_strcmp0 (about, "credit") == 0)
    return text_credit (facts);
  return g_strcmp0 (about, "stock") == 0 ? text_stock (check, facts) : text_duplicate (facts);
}
