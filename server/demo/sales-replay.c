/* sales-replay.c: an order is entered, submitted and signed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/goods.h"
#include "server/demo/order-replay.h"
#include "server/sales/order.h"
#include "shared/document/order-hold.h"

/* Whoever may sign some step, the first level first. */
static const char *const signers[] = { "manager", "sales_manager", "finance_manager", "director", "gm" };

static gboolean
add_line (TwDemoReplay *replay, TwOrder *order, guint row, GError **error)
{
  g_autoptr (TwOrderLine) line = tw_order_line_new ();

  line->product = tw_demo_sku (tw_sample_get_int (replay->details, row, "product_id"));
  if (!tw_decimal_parse (tw_sample_get (replay->details, row, "quantity"), &line->quantity, error)
      || !tw_decimal_parse (tw_sample_get (replay->details, row, "unit_price"), &line->price, error)
      || !tw_decimal_parse (tw_sample_get (replay->details, row, "discount"), &line->discount, error))
    return FALSE;
  tw_record_mark_present (TW_RECORD (line), tw_record_find (TW_RECORD (line), "price"));
  g_list_store_append (order->lines, line);
  return TRUE;
}

static gboolean
add_lines (TwDemoReplay *replay, TwOrder *order, const char *source_id, GError **error)
{
  guint row = GPOINTER_TO_UINT (g_hash_table_lookup (replay->first_detail, source_id)) - 1;

  for (; row < tw_sample_count (replay->details) && g_str_equal (tw_sample_get (replay->details, row, "order_id"),
                                                                 source_id);
       row++)
    if (!add_line (replay, order, row, error))
      return FALSE;
  return TRUE;
}

static TwOrder *
make_order (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  static const char *const channels[] = { "phone", "email", "web", "visit" };
  g_autoptr (TwOrder) draft = tw_order_new ();
  TwSample *rows = replay->orders;
  guint row = order->row;

  tw_record_set_string (&draft->customer, tw_sample_get (rows, row, "customer_id"));
  tw_record_set_string (&draft->po_reference, tw_sample_get (rows, row, "order_id"));
  draft->channel = tw_key_find (tw_order_channel_keys, channels[order->index % G_N_ELEMENTS (channels)]);
  draft->order_date = order->ordered;
  draft->requested_date = order->required;
  tw_record_set_string (&draft->ship_name, tw_sample_get (rows, row, "ship_name"));
  tw_record_set_string (&draft->ship_street, tw_sample_get (rows, row, "ship_address"));
  tw_record_set_string (&draft->ship_city, tw_sample_get (rows, row, "ship_city"));
  tw_record_set_string (&draft->ship_region, tw_sample_get (rows, row, "ship_region"));
  tw_record_set_string (&draft->ship_postal_code, tw_sample_get (rows, row, "ship_postal_code"));
  tw_record_set_string (&draft->ship_country, tw_sample_get (rows, row, "ship_country"));
  if (!tw_decimal_parse (tw_sample_get (rows, row, "freight"), &draft->freight, error)
      || !add_lines (replay, draft, draft->po_reference, error))
    return NULL;
  if (order->stop == TW_DEMO_STAYS_QUOTED || order->stop == TW_DEMO_IS_LOST)
    draft->valid_until = tw_date_add_days (tw_stage_get_day (replay->stage), 14);
  return g_steal_pointer (&draft);
}

gboolean
tw_demo_enter (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  g_autoptr (TwOrder) draft = make_order (replay, order, error);

  if (draft == NULL || !tw_stage_create (replay->stage, order->rep, &tw_order_resource, draft, error))
    return FALSE;
  order->id = TW_RECORD (draft)->id;
  order->number = g_strdup (draft->number);
  if (order->stop != TW_DEMO_STAYS_QUOTED && order->stop != TW_DEMO_IS_LOST)
    return TRUE;
  if (!tw_stage_run (replay->stage, order->rep, &tw_order_resource, order->id, "quote", NULL, error))
    return FALSE;
  return order->stop == TW_DEMO_STAYS_QUOTED
         || tw_stage_run_because (replay->stage, order->rep, &tw_order_resource, order->id, "lose",
                                  "客户选择了其他供应商 The customer chose another supplier", error);
}

static gboolean
hold (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  g_autoptr (TwOrderHold) arguments = tw_order_hold_new ();

  arguments->hold = tw_key_find (tw_order_hold_keys, "customer");
  tw_record_set_string (&arguments->reason, "客户要求暂缓 The customer asked us to wait");
  return tw_stage_run (replay->stage, order->rep, &tw_order_resource, order->id, "hold", arguments, error);
}

gboolean
tw_demo_submit (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  if (order->stop == TW_DEMO_IS_HELD && !hold (replay, order, error))
    return FALSE;
  return tw_stage_run (replay->stage, order->rep, &tw_order_resource, order->id, "submit", NULL, error);
}

static gboolean
is_waiting (TwDemoReplay *replay, TwDemoOrder *order, gboolean *waiting, GError **error)
{
  g_autoptr (TwOrder) now = tw_stage_read (replay->stage, "sales_manager", &tw_order_resource, order->id, error);

  if (now == NULL)
    return FALSE;
  *waiting = g_str_equal (now->state, "pending_approval");
  return TRUE;
}

/* It is not everyone's turn: what counts is that in the end nothing waits. */
static gboolean
sign_by_whoever_may (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  gboolean waiting = FALSE;

  if (!is_waiting (replay, order, &waiting, error))
    return FALSE;
  for (guint i = 0; waiting && i < G_N_ELEMENTS (signers); i++)
    {
      gboolean signed_it;

      if (!tw_stage_try (replay->stage, signers[i], &tw_order_resource, order->id, "approve", &signed_it, error)
          || (signed_it && !is_waiting (replay, order, &waiting, error)))
        return FALSE;
    }
  return !waiting || tw_error_set (error, TW_ERROR_INTERNAL, "%s: nobody could sign it", order->number);
}

gboolean
tw_demo_sign (TwDemoReplay *replay, TwDemoOrder *order, GError **error)
{
  gboolean waiting = FALSE;

  if (!is_waiting (replay, order, &waiting, error))
    return FALSE;
  if (order->stop == TW_DEMO_IS_REJECTED)
    return !waiting
           || tw_stage_run_because (replay->stage, "manager", &tw_order_resource, order->id, "reject",
                                    "毛利太低 The margin is too low", error);
  if (!sign_by_whoever_may (replay, order, error))
    return FALSE;
  return order->stop != TW_DEMO_IS_CANCELLED
         || tw_stage_run_because (replay->stage, "sales_manager", &tw_order_resource, order->id, "cancel",
                                  "客户取消 The customer cancelled", error);
}
