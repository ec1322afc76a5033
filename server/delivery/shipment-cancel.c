/* shipment-cancel.c: a shipment is called off: goods go back to the shelf
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment-actions.h"
#include "shared/document/action.h"

/* Not picked yet: what was put aside is free again. */
static gboolean
give_back (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, TwBucket from, GError **error)
{
  return tw_stock_unreserve (ctx, line->order_line_id, line->product_id, shipment->warehouse_id, line->quantity, error)
         && tw_shipment_move_bucket (ctx, line, from, TW_BUCKET_OPEN, line->quantity, error);
}

/* Picked already: it goes back to the warehouse. */
static gboolean
put_back (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, TwBucket from, const char *reason, GError **error)
{
  return tw_shipment_move_goods (ctx, shipment, line, "packing", "warehouse", line->picked, reason, error)
         && tw_shipment_move_bucket (ctx, line, from, TW_BUCKET_OPEN, line->picked, error);
}

static gboolean
undo_line (TwContext *ctx, TwShipment *shipment, TwShipmentLine *line, const char *reason, GError **error)
{
  if (g_str_equal (shipment->state, "planned") || g_str_equal (shipment->state, "released"))
    return give_back (ctx, shipment, line, TW_BUCKET_RESERVED, error);
  if (g_str_equal (shipment->state, "picking"))
    return give_back (ctx, shipment, line, TW_BUCKET_PICKING, error);
  if (g_str_equal (shipment->state, "picked"))
    return put_back (ctx, shipment, line, TW_BUCKET_PICKED, reason, error);
  /* Packed, checked or ready: all that was picked is in parcels. */
  return put_back (ctx, shipment, line, TW_BUCKET_PACKED, reason, error);
}

gboolean
tw_shipment_cancel (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  TwShipment *shipment = (TwShipment *) document;
  const char *reason = arguments ? ((TwActionArguments *) arguments)->reason : NULL;
  g_autoptr (GPtrArray) lines = tw_shipment_sort_lines (shipment);

  for (guint i = 0; i < lines->len; i++)
    if (!undo_line (ctx, shipment, lines->pdata[i], reason, error))
      return FALSE;
  return tw_shipment_finish (ctx, shipment, error);
}
