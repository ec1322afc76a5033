/* order-progress.c: an order's facts move on, and its statuses and steps follow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/change.h"
#include "server/finance/receivable.h"
#include "server/sales/order-fact-store.h"
#include "server/sales/order-line-store.h"
#include "server/sales/order-steps.h"
#include "server/sales/order-store.h"
#include "shared/base/codec.h"
#include "shared/document/order-status.h"

/* From confirmed to completed at most. */
#define MAX_STEPS 4

gboolean
tw_order_is_in (TwOrder *order, const char *state)
{
  return g_strcmp0 (order->state, state) == 0;
}

/* ---- Quantities ---- */

gboolean
tw_order_move (TwContext *ctx, gint64 order_line_id, TwBucket from, TwBucket to, TwDecimal quantity, GError **error)
{
  g_return_val_if_fail (tw_decimal_sign (quantity) > 0 && from != to, FALSE);
  return tw_order_line_store_move (ctx->db, order_line_id, from, to, quantity, error);
}

gboolean
tw_order_add_invoiced (TwContext *ctx, gint64 order_line_id, TwDecimal quantity, GError **error)
{
  return tw_order_line_store_add_invoiced (ctx->db, order_line_id, quantity, error);
}

gboolean
tw_order_add_returned (TwContext *ctx, gint64 order_line_id, TwDecimal quantity, GError **error)
{
  return tw_order_line_store_add_returned (ctx->db, order_line_id, quantity, error);
}

gboolean
tw_order_get_open_value (TwContext *ctx, gint64 customer_id, TwDecimal *value, GError **error)
{
  return tw_order_fact_store_read_open_value (ctx->db, customer_id, value, error);
}

gboolean
tw_order_reread (TwContext *ctx, TwOrder *order, GError **error)
{
  return tw_order_store_reread (ctx->db, order, error);
}

gboolean
tw_order_is_done (TwOrder *order)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      if (tw_decimal_compare (tw_decimal_add (line->cancelled, line->delivered), line->quantity) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
tw_order_has_begun (TwOrder *order)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);
      TwDecimal on_hand = tw_decimal_add (line->picking, tw_decimal_add (line->picked, line->packed));

      if (tw_decimal_sign (tw_decimal_add (on_hand, tw_decimal_add (line->shipped, line->delivered))) > 0)
        return TRUE;
    }
  return FALSE;
}

/* ---- Statuses ---- */

gboolean
tw_order_is_never_invoiced (TwOrder *order)
{
  return tw_order_is_in (order, "draft") || tw_order_is_in (order, "quoted") || tw_order_is_in (order, "lost")
         || tw_order_is_in (order, "pending_approval");
}

/* Nothing stands invoiced: neither an amount. */
static gboolean
has_invoiced (TwOrder *order)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    if (tw_decimal_sign (((TwOrderLine *) tw_record_nth (order->lines, i))->invoiced) > 0)
      return TRUE;
  return FALSE;
}

/* What refresh() has summed up goes with the order that it reads: a guard and what stores the state ask for it in turn,
 * and none of the steps in between changes it. */
static G_DEFINE_QUARK (tw-order-amounts, amounts)

static gboolean
read_amounts (TwContext *ctx, TwOrder *order, TwOrderFacts *facts, GError **error)
{
  const TwOrderFacts *known = g_object_get_qdata (G_OBJECT (order), amounts_quark ());

  if (known != NULL)
    {
      facts->invoiced = known->invoiced;
      facts->settled = known->settled;
      return TRUE;
    }
  return !has_invoiced (order)
         || tw_receivable_get_order_facts (ctx, order->parent.id, &facts->invoiced, &facts->settled, error);
}

static gboolean
keep_amounts (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autofree TwOrderFacts *facts = g_new0 (TwOrderFacts, 1);

  if (!read_amounts (ctx, order, facts, error))
    return FALSE;
  g_object_set_qdata_full (G_OBJECT (order), amounts_quark (), g_steal_pointer (&facts), g_free);
  return TRUE;
}

static G_DEFINE_QUARK (tw-order-round, round)

void
tw_order_note_round (TwOrder *order, const char *state, gboolean has_steps)
{
  TwOrderFacts *facts = g_new0 (TwOrderFacts, 1);

  tw_order_facts_set_round (facts, state, has_steps);
  g_object_set_qdata_full (G_OBJECT (order), round_quark (), facts, g_free);
}

static gboolean
read_round (TwContext *ctx, TwOrder *order, TwOrderFacts *facts, GError **error)
{
  const TwOrderFacts *noted = g_object_get_qdata (G_OBJECT (order), round_quark ());

  if (noted != NULL)
    *facts = *noted;
  return noted != NULL || order->approval_round == 0
         || tw_order_fact_store_read_round (ctx->db, order, facts, error);
}

/* What is confirmed is signed or needed no signature, and nothing changes that. */
static gboolean
is_settled (TwOrder *order)
{
  return tw_order_is_in (order, "confirmed") || tw_order_is_in (order, "released")
         || tw_order_is_in (order, "in_fulfilment") || tw_order_is_in (order, "fulfilled")
         || tw_order_is_in (order, "completed");
}

static gboolean
read_facts (TwContext *ctx, TwOrder *order, TwOrderFacts *facts, GError **error)
{
  *facts = (TwOrderFacts) { 0 };
  if (is_settled (order))
    facts->round_complete = g_strcmp0 (order->approval_status, "approved") == 0;
  else if (!read_round (ctx, order, facts, error))
    return FALSE;
  return read_amounts (ctx, order, facts, error);
}

gboolean
tw_order_derive (TwContext *ctx, TwOrder *order, GError **error)
{
  TwOrderFacts facts;

  if (!read_facts (ctx, order, &facts, error))
    return FALSE;
  tw_order_derive_statuses (order, &facts);
  return TRUE;
}

gboolean
tw_order_store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  TwOrder *order = (TwOrder *) document;

  return tw_order_derive (ctx, order, error) && tw_order_store_update_state (ctx, order, state, error);
}

/* ---- Steps of the system ---- */

TW_ORDER_GUARD (fulfil)
{
  return tw_order_is_done ((TwOrder *) document) ? NULL : g_strdup (_ ("Not everything is delivered."));
}

static gboolean
is_invoiced (TwOrder *order)
{
  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      if (tw_decimal_compare (tw_decimal_add (line->cancelled, line->invoiced), line->quantity) != 0)
        return FALSE;
    }
  return TRUE;
}

TW_ORDER_GUARD (complete)
{
  TwOrder *order = (TwOrder *) document;
  g_autoptr (GError) error = NULL;
  TwOrderFacts facts = { 0 };

  if (!is_invoiced (order))
    return g_strdup (_ ("Not everything is invoiced."));
  if (!read_amounts (ctx, order, &facts, &error))
    return g_strdup (error->message);
  return tw_decimal_compare (facts.settled, facts.invoiced) >= 0 ? NULL : g_strdup (_ ("An amount is still open."));
}

/* The step of the system that may follow, if its guard lets it; NULL when none can. */
static const char *
find_next_step (TwOrder *order)
{
  if (tw_order_is_in (order, "released"))
    return tw_order_has_begun (order) ? "start_fulfilment" : NULL;
  if (tw_order_is_in (order, "in_fulfilment"))
    return tw_order_is_done (order) ? "fulfil" : NULL;
  return tw_order_is_in (order, "fulfilled") && is_invoiced (order) ? "complete" : NULL;
}

static const char *const status_names[] = { "approval_status", "reservation_status", "fulfilment_status",
                                            "delivery_status", "invoice_status", "payment_status" };

static const char *
get_status (TwOrder *order, guint i)
{
  return tw_record_at (order, tw_record_find (TW_RECORD (order), status_names[i]), const char *);
}

/* No step: the statuses as they are now, in the log with what they were. */
static gboolean
store_statuses (TwContext *ctx, TwOrder *order, GError **error)
{
  const char *before[G_N_ELEMENTS (status_names)];
  g_autoptr (GString) detail = g_string_new ("{");

  for (guint i = 0; i < G_N_ELEMENTS (status_names); i++)
    before[i] = get_status (order, i);
  if (!tw_order_store_state (ctx, TW_RECORD (order), order->state, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (status_names); i++)
    if (before[i] != get_status (order, i))
      {
        if (detail->len > 1)
          g_string_append_c (detail, ',');
        tw_codec_append_string (detail, status_names[i]);
        g_string_append_c (detail, ':');
        tw_codec_append_string (detail, get_status (order, i));
      }
  g_string_append_c (detail, '}');
  return tw_change_note (ctx, "order", order->parent.id, order->parent.version, "progress", detail->str, NULL, error);
}

TwOrder *
tw_order_get_progress (TwContext *ctx, gint64 order_id, GError **error)
{
  g_autoptr (TwOrder) order = tw_order_new ();
  gboolean found;

  if (!tw_order_lock (ctx, order_id, error)
      || !tw_order_store_read_progress (ctx->db, order_id, order, &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such order."));
      return NULL;
    }
  return g_steal_pointer (&order);
}

static gboolean
refresh (TwContext *ctx, gint64 order_id, gboolean steps_only, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  g_autoptr (TwOrder) order = tw_order_get_progress (&system, order_id, error);
  guint steps = 0;

  if (order == NULL || !keep_amounts (&system, order, error))
    return FALSE;
  for (; steps < MAX_STEPS; steps++)
    {
      const char *next = find_next_step (order);
      gboolean done;

      if (next == NULL)
        break;
      if (!tw_gate_run_if_possible (&system, &tw_order_resource, TW_RECORD (order), next, &done, error))
        return FALSE;
      if (!done)
        break;
    }
  return steps > 0 || steps_only || store_statuses (&system, order, error);
}

gboolean
tw_order_refresh (TwContext *ctx, gint64 order_id, GError **error)
{
  return refresh (ctx, order_id, FALSE, error);
}

/* ---- After a person's step ---- */

static gboolean
release_if_possible (TwContext *ctx, TwOrder *order, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  gboolean done;

  return !tw_order_is_in (order, "confirmed")
         || tw_gate_run_if_possible (&system, &tw_order_resource, TW_RECORD (order), "release", &done, error);
}

gboolean
tw_order_after_step (TwContext *ctx, TwRecord *document, GError **error)
{
  TwOrder *order = (TwOrder *) document;
  gint64 customer_rep;
  gboolean found;

  if (tw_order_is_in (order, "confirmed"))
    return release_if_possible (ctx, order, error);
  if (find_next_step (order) == NULL)
    return TRUE;
  return refresh (ctx, document->id, TRUE, error)
         && tw_order_store_read (ctx->db, document->id, FALSE, order, &customer_rep, &found, error);
}
