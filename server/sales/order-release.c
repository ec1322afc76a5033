/* order-release.c: a confirmed order goes to the warehouse, or is held
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/receivable.h"
#include "server/sales/order-fact-store.h"
#include "server/sales/order-steps.h"
#include "server/warehouse/stock.h"
#include "shared/document/order-hold.h"

#define FINANCE_ROLES (TW_ROLE_FINANCE | TW_ROLE_FINANCE_MANAGER)
#define SALES_ROLES (TW_ROLE_SALES | TW_ROLE_SALES_MANAGER)

/* ---- Release ---- */

/* The order itself is among what the customer has ordered. A signature for its credit stands. */
static gboolean
read_credit (TwContext *ctx, TwOrder *order, gboolean *allowed, gboolean *on_hold, GError **error)
{
  TwDecimal open_invoices, overdue, owed;
  TwOrderCredit credit;

  if (!tw_order_fact_store_read_credit (ctx->db, order, &credit, error)
      || !tw_receivable_get_exposure (ctx, order->customer_id, &open_invoices, &overdue, error))
    return FALSE;
  owed = tw_decimal_add (credit.open_value, open_invoices);
  *allowed = credit.is_signed || (tw_decimal_compare (owed, credit.limit) <= 0 && tw_decimal_sign (overdue) <= 0);
  *on_hold = credit.on_hold;
  return TRUE;
}

TW_ORDER_GUARD (release)
{
  TwOrder *order = (TwOrder *) document;
  g_autoptr (GError) error = NULL;
  gboolean allowed, on_hold;

  if (order->hold != NULL)
    return g_strdup (_ ("The order is on hold."));
  if (!read_credit (ctx, order, &allowed, &on_hold, &error))
    return g_strdup (error->message);
  if (on_hold)
    return g_strdup (_ ("The customer is on credit hold."));
  if (!allowed)
    return g_strdup (_ ("The customer is over the credit limit or has overdue invoices."));
  return NULL;
}

TW_ORDER_GUARD (allocate)
{
  TwOrder *order = (TwOrder *) document;

  if (order->hold != NULL)
    return g_strdup (_ ("The order is on hold."));
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      if (tw_decimal_sign (line->open_quantity) > 0 || tw_decimal_sign (line->backordered) > 0)
        return NULL;
    }
  return g_strdup (_ ("Everything has stock already."));
}

/* Also what a release does. Without a new state the version still moves: the lines are others. */
TW_ORDER_APPLY (allocate)
{
  TwOrder *order = (TwOrder *) document;

  if (*to == NULL)
    *to = order->state;
  return tw_stock_allocate (ctx, order, error) && tw_order_reread (ctx, order, error);
}

/* ---- Hold ---- */

TW_ORDER_GUARD (hold)
{
  return ((TwOrder *) document)->hold == NULL ? NULL : g_strdup (_ ("The order is on hold already."));
}

static const char *
explain_hold (TwContext *ctx, const char *hold)
{
  gboolean is_credit = g_strcmp0 (hold, "credit") == 0;

  if (ctx->who->roles & (is_credit ? FINANCE_ROLES : SALES_ROLES))
    return NULL;
  return is_credit ? _ ("Only finance sets or lifts a credit hold.") : _ ("Only sales sets or lifts this hold.");
}

TW_ORDER_APPLY (hold)
{
  TwOrder *order = (TwOrder *) document;
  TwOrderHold *wanted = (TwOrderHold *) arguments;
  const char *usual = (ctx->who->roles & SALES_ROLES) ? "manual" : "credit";
  const char *obstacle;

  order->hold = wanted->hold != NULL ? wanted->hold : tw_key_find (tw_order_hold_keys, usual);
  tw_record_set_string (&order->hold_reason, wanted->reason);
  obstacle = explain_hold (ctx, order->hold);
  if (obstacle != NULL)
    return tw_error_set (error, TW_ERROR_FORBIDDEN, "%s", obstacle);
  *to = order->state;
  return TRUE;
}

TW_ORDER_GUARD (resume)
{
  TwOrder *order = (TwOrder *) document;

  return g_strdup (order->hold == NULL ? _ ("The order is not on hold.") : explain_hold (ctx, order->hold));
}

TW_ORDER_APPLY (resume)
{
  TwOrder *order = (TwOrder *) document;

  order->hold = NULL;
  tw_record_set_string (&order->hold_reason, NULL);
  *to = order->state;
  return TRUE;
}
