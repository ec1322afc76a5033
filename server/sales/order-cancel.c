/* order-cancel.c: an order, or what is left of it, is called off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain.h"
#include "server/delivery/shipment.h"
#include "server/sales/order-line-store.h"
#include "server/sales/order-steps.h"
#include "server/warehouse/stock.h"
#include "shared/document/action.h"

TW_ORDER_GUARD (cancel)
{
  TwOrder *order = (TwOrder *) document;
  gboolean is_manager = (ctx->who->roles & TW_ROLE_SALES_MANAGER) != 0;

  /* One that was submitted and came back stays in the books. */
  if (tw_order_is_in (order, "draft") && order->approval_round == 0)
    return g_strdup (_ ("The order was never submitted. Please delete it."));
  if (!is_manager && !tw_order_is_in (order, "draft") && !tw_order_is_in (order, "pending_approval"))
    return g_strdup (_ ("Once an order is confirmed, only a sales manager cancels it."));
  if (!is_manager && order->author_id != ctx->who->user_id)
    return g_strdup (_ ("Only the author or a sales manager cancels the order."));
  if (tw_order_has_begun (order))
    return g_strdup (_ ("Picking has begun."));
  return NULL;
}

TW_ORDER_APPLY (cancel)
{
  TwOrder *order = (TwOrder *) document;
  const char *reason = ((TwActionArguments *) arguments)->reason;

  if (!tw_chain_end (ctx, document->id, "withdrawn", error))
    return FALSE;
  if (tw_order_is_in (order, "released")
      && (!tw_shipment_cancel_for_order (ctx, document->id, reason, error)
          || !tw_stock_release_order (ctx, order, error)))
    return FALSE;
  tw_record_set_string (&order->close_reason, reason);
  return tw_order_line_store_cancel_open (ctx->db, document->id, error) && tw_order_reread (ctx, order, error);
}

TW_ORDER_GUARD (cancel_remainder)
{
  TwOrder *order = (TwOrder *) document;

  for (guint i = 0; i < tw_record_count (order->lines); i++)
    {
      TwOrderLine *line = tw_record_nth (order->lines, i);

      if (tw_decimal_sign (line->open_quantity) > 0 || tw_decimal_sign (line->backordered) > 0)
        return NULL;
    }
  return g_strdup (_ ("Nothing is open or backordered."));
}

TW_ORDER_APPLY (cancel_remainder)
{
  TwOrder *order = (TwOrder *) document;

  if (!tw_stock_cancel_remainder (ctx, order, error) || !tw_order_reread (ctx, order, error))
    return FALSE;
  *to = tw_key_find (tw_order_state_keys, tw_order_is_done (order) ? "fulfilled" : "in_fulfilment");
  return TRUE;
}
