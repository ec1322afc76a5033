/* exception-solution.c: what solving an exception does to goods and order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *                       short pick        inspection failed   on the way or back from there     after delivery
 *   accept              nothing           nothing             nothing                           nothing
 *   backorder           reserve anew      unpack, wait        bring back, scrap*, wait          –
 *   redeliver           –                 –                   bring back: ready to go again     –
 *   replace             –                 scrap, reserve anew bring back, scrap*, reserve anew  –
 *   credit              cancel the rest   scrap, cancel       bring back, scrap*, cancel        credit note by finance
 *
 *   * damaged and lost goods only; refused and returned ones go back to the shelf
 */
#include "server/delivery/exception-solution.h"

#include "server/delivery/shipment-actions.h"
#include "server/delivery/shipment.h"
#include "shared/document/action.h"

static gboolean
refuse (GError **error)
{
  return tw_error_fault (error, "/resolution", "not_possible", _("This does not solve the problem at hand."));
}

static gboolean
run_gate (TwContext *ctx, TwShipment *shipment, const char *action, const char *reason, GError **error)
{
  g_autoptr (TwActionArguments) arguments = tw_action_arguments_new ();

  arguments->reason = g_strdup (reason);
  return tw_gate_run (ctx, &tw_shipment_resource, TW_RECORD (shipment), action, TW_RECORD (arguments), error);
}

static gboolean
is_on_the_way (const TwShipment *shipment)
{
  return g_str_equal (shipment->state, "dispatched") || g_str_equal (shipment->state, "in_transit");
}

static gboolean
is_packed (const TwShipment *shipment)
{
  static const char *const states[] = { "packed", "checked", "ready", NULL };

  return g_strv_contains (states, shipment->state);
}

static gboolean
bring_back (TwContext *system, TwShipment *shipment, const char *reason, GError **error)
{
  if (!is_on_the_way (shipment))
    return TRUE;
  if (!run_gate (system, shipment, "take_back", reason, error))
    return FALSE;
  g_clear_pointer (&shipment->trip, g_free);
  shipment->trip_id = 0;
  return TRUE;
}

/* Whether the goods cannot be sold any more. What failed the inspection and shall go out later only needs repacking. */
static gboolean
is_spoilt (const TwShipmentException *e)
{
  if (g_str_equal (e->kind, "qc_failed"))
    return !g_str_equal (e->resolution, "backorder");
  return g_str_equal (e->kind, "damaged") || g_str_equal (e->kind, "lost");
}

/* Cancels the shipment; its goods are then in the warehouse, or scrap, and its quantities open. */
static gboolean
unpack (TwContext *system, TwShipment *shipment, gboolean scrap, const char *reason, GError **error)
{
  g_autoptr (GPtrArray) lines = tw_shipment_sort_lines (shipment);

  if (!run_gate (system, shipment, "cancel", reason, error))
    return FALSE;
  for (guint i = 0; scrap && i < lines->len; i++)
    {
      TwShipmentLine *line = lines->pdata[i];

      if (!tw_shipment_move_goods (system, shipment, line, "warehouse", "scrap", line->packed, reason, error))
        return FALSE;
    }
  return TRUE;
}

/* What the shipment had is open again: it waits, or is wanted no more. */
static gboolean
settle_open (TwContext *ctx, TwShipment *shipment, const char *resolution, GError **error)
{
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (tw_decimal_sign (line->packed) == 0)
        continue;
      if (g_str_equal (resolution, "credit")
            ? !tw_order_move (ctx, line->order_line_id, TW_BUCKET_OPEN, TW_BUCKET_CANCELLED, line->packed, error)
            : !tw_stock_backorder (ctx, line->order_line_id, TW_BUCKET_OPEN, line->packed, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
reserve_anew (TwContext *ctx, gint64 order_id, GError **error)
{
  g_autoptr (TwOrder) order = tw_order_get (ctx, order_id, FALSE, error);

  return order && tw_stock_allocate (ctx, order, error);
}

/* The customer is content with what was found: what waits of these lines is cancelled, as far as it still waits. */
static gboolean
cancel_missing (TwContext *ctx, TwShipment *shipment, GError **error)
{
  for (guint i = 0; i < tw_record_count (shipment->lines); i++)
    {
      TwShipmentLine *line = tw_record_nth (shipment->lines, i);

      if (!tw_stock_cancel_waiting (ctx, line->order_line_id, tw_decimal_sub (line->quantity, line->picked), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
solve_short_pick (TwContext *ctx, TwShipment *shipment, const char *resolution, GError **error)
{
  if (g_str_equal (resolution, "backorder"))
    return reserve_anew (ctx, shipment->order_id, error);
  if (g_str_equal (resolution, "credit"))
    return cancel_missing (ctx, shipment, error);
  return refuse (error);
}

static gboolean
solve_packed (TwContext *ctx, TwShipment *shipment, const TwShipmentException *e, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  const char *reason = e->detail ? e->detail : tw_key_get_label (tw_exception_kind_keys, e->kind);
  gboolean again = g_str_equal (e->resolution, "redeliver");

  if (again && g_str_equal (e->kind, "qc_failed"))
    return refuse (error);
  if (!bring_back (&system, shipment, reason, error))
    return FALSE;
  if (again)
    return TRUE;
  if (!unpack (&system, shipment, is_spoilt (e), reason, error)
      || !settle_open (ctx, shipment, e->resolution, error))
    return FALSE;
  return !g_str_equal (e->resolution, "replace") || reserve_anew (ctx, shipment->order_id, error);
}

gboolean
tw_exception_solve (TwContext *ctx, TwShipmentException *e, GError **error)
{
  TwContext system = tw_context_as_system (ctx);
  g_autoptr (TwShipment) shipment
    = (TwShipment *) tw_shipment_resource.load (&system, e->shipment_id, TRUE, error);

  if (!shipment)
    return FALSE;
  if (g_str_equal (e->resolution, "accept"))
    return TRUE;
  if (g_str_equal (e->kind, "short_pick"))
    return solve_short_pick (ctx, shipment, e->resolution, error) && tw_order_refresh (ctx, shipment->order_id, error);
  if (is_on_the_way (shipment) || is_packed (shipment))
    return solve_packed (ctx, shipment, e, error) && tw_order_refresh (ctx, shipment->order_id, error);
  /* The goods are with the customer: what is left is money, which finance settles by a credit note. */
  return g_str_equal (e->resolution, "credit") || refuse (error);
}
