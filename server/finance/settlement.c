/* settlement.c: see settlement.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/settlement.h"

#include "server/core/change.h"
#include "server/finance/instalment.h"
#include "server/finance/invoice-store.h"
#include "server/sales/order.h"

TwDecimal
tw_settlement_get_settled (TwInvoice *invoice)
{
  return tw_decimal_add (invoice->paid, invoice->credited);
}

const char *
tw_settlement_get_state (TwInvoice *invoice)
{
  TwDecimal settled = tw_settlement_get_settled (invoice);

  if (tw_decimal_compare (settled, invoice->total) >= 0)
    return tw_key_find (tw_invoice_state_keys, "paid");
  return tw_key_find (tw_invoice_state_keys, tw_decimal_sign (settled) > 0 ? "partly_paid" : "posted");
}

/* ---- Instalments ---- */

static gboolean
settle_receivable (TwContext *ctx, TwReceivable *receivable, TwDecimal open, GError **error)
{
  TwDecimal paid = tw_decimal_sub (receivable->amount, open);

  if (tw_decimal_compare (receivable->paid, paid) == 0)
    return TRUE;
  receivable->paid = paid;
  receivable->open_amount = open;
  return tw_invoice_store_update_receivable (ctx->db, receivable, error);
}

/* The instalments are in the order in which they are due. */
static gboolean
settle_receivables (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  guint n = tw_record_count (invoice->receivables);
  g_autofree TwDecimal *amounts = g_new (TwDecimal, n), *open = g_new (TwDecimal, n);
  TwDecimal sum = TW_DECIMAL_ZERO;

  for (guint i = 0; i < n; i++)
    amounts[i] = ((TwReceivable *) tw_record_nth (invoice->receivables, i))->amount;
  tw_instalments_open (amounts, n, invoice->paid, invoice->credited, open);
  for (guint i = 0; i < n; i++)
    {
      if (!settle_receivable (ctx, tw_record_nth (invoice->receivables, i), open[i], error))
        return FALSE;
      sum = tw_decimal_add (sum, open[i]);
    }
  return tw_decimal_compare (sum, invoice->open_amount) == 0
         || tw_error_set (error, TW_ERROR_INTERNAL, "the instalments of invoice %s do not hold what was settled",
                          invoice->number);
}

/* ---- Amounts ---- */

/* The change log needs the amounts only, not the lines. */
static TwInvoice *
copy_amounts (TwInvoice *invoice)
{
  TwInvoice *copy = tw_invoice_new ();

  copy->parent.id = invoice->parent.id;
  copy->parent.version = invoice->parent.version;
  copy->paid = invoice->paid;
  copy->credited = invoice->credited;
  copy->open_amount = invoice->open_amount;
  return copy;
}

gboolean
tw_settlement_add (TwContext *ctx, TwInvoice *invoice, TwDecimal paid, TwDecimal credited, GError **error)
{
  g_autoptr (TwInvoice) before = copy_amounts (invoice), after = NULL;

  invoice->paid = tw_decimal_add (invoice->paid, paid);
  invoice->credited = tw_decimal_add (invoice->credited, credited);
  invoice->open_amount = tw_decimal_sub (invoice->total, tw_settlement_get_settled (invoice));
  if (tw_decimal_sign (invoice->open_amount) < 0 || tw_decimal_sign (invoice->paid) < 0)
    return tw_error_set (error, TW_ERROR_INTERNAL, "invoice %s cannot be settled like that", invoice->number);
  invoice->parent.updated_at = ctx->now;
  if (!tw_invoice_store_update_amounts (ctx->db, invoice, error)
      || !settle_receivables (ctx, invoice, error))
    return FALSE;
  after = copy_amounts (invoice);
  return tw_change_record (ctx, "settle", TW_RECORD (before), TW_RECORD (after), NULL, error);
}

/* ---- What follows ---- */

static gboolean
refresh_orders (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  g_autoptr (GArray) orders = tw_invoice_list_orders (invoice);

  for (guint i = 0; i < orders->len; i++)
    if (!tw_order_refresh (ctx, g_array_index (orders, gint64, i), error))
      return FALSE;
  return TRUE;
}

gboolean
tw_settlement_align (TwContext *ctx, TwInvoice *invoice, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  const char *state = tw_settlement_get_state (invoice);
  const char *action
    = tw_transition_allows ("invoice", invoice->state, "settle", state) ? "settle" : "unsettle";

  if (g_strcmp0 (state, invoice->state) != 0
      && !tw_gate_run (&system, &tw_invoice_resource, TW_RECORD (invoice), action, NULL, error))
    return FALSE;
  return refresh_orders (ctx, invoice, error);
}
