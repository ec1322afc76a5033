/* stock.c: the rules of stock: balance, ledger, reservation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/stock.h"

#include "server/delivery/shipment.h"
#include "server/warehouse/allocation.h"
#include "server/warehouse/backorder.h"

/* ---- Reading ---- */

static TwRecord *
load_level (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  return (TwRecord *) tw_stock_store_load (ctx->db, id, error);
}

static TwRecord *
load_move (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  return (TwRecord *) tw_stock_store_load_move (ctx->db, id, error);
}

const TwResource tw_stock_resource = {
  .path = "stock",
  .document = "stock",
  .type = tw_stock_level_get_type,
  .list = &tw_stock_level_list,
  .load = load_level,
};

const TwResource tw_stock_move_resource = {
  .path = "stock-moves",
  .document = "stock_move",
  .type = tw_stock_move_get_type,
  .list = &tw_stock_move_list,
  .load = load_move,
};

gboolean
tw_stock_get_available (TwContext *ctx, gint64 product_id, gint64 warehouse_id, TwDecimal *available, GError **error)
{
  return tw_stock_store_get_available (ctx->db, product_id, warehouse_id, FALSE, available, error);
}

/* ---- Reservation ---- */

/* Takes up to @wanted of a place for a line: all of it by one conditional update, else what is left. */
static gboolean
reserve (TwContext *ctx, const TwStockLine *line, gint64 warehouse_id, TwDecimal wanted, GArray *reservations,
         TwDecimal *taken, GError **error)
{
  TwReservation reservation = { line->id, line->product_id, warehouse_id, wanted };
  TwDecimal available;
  gboolean done;

  *taken = TW_DECIMAL_ZERO;
  if (!tw_stock_store_reserve (ctx, line->product_id, warehouse_id, wanted, &done, error))
    return FALSE;
  if (!done)
    {
      if (!tw_stock_store_get_available (ctx->db, line->product_id, warehouse_id, TRUE, &available, error))
        return FALSE;
      reservation.quantity = tw_decimal_min (available, wanted);
      if (tw_decimal_sign (reservation.quantity) <= 0)
        return TRUE;
      /* The level is locked now, so this cannot fail. */
      if (!tw_stock_store_reserve (ctx, line->product_id, warehouse_id, reservation.quantity, &done, error))
        return FALSE;
    }
  *taken = reservation.quantity;
  g_array_append_val (reservations, reservation);
  return TRUE;
}

/* What the order's warehouse lacks, from the others that have a level. */
static gboolean
reserve_elsewhere (TwContext *ctx, const TwStockLine *line, GArray *places, TwDecimal wanted, GArray *reservations,
                   TwDecimal *taken, GError **error)
{
  for (guint i = 0; i < places->len && tw_decimal_sign (wanted) > 0; i++)
    {
      gint64 place = g_array_index (places, gint64, i);
      TwDecimal part;

      if (place == line->warehouse_id)
        continue;
      if (!reserve (ctx, line, place, wanted, reservations, &part, error))
        return FALSE;
      *taken = tw_decimal_add (*taken, part);
      wanted = tw_decimal_sub (wanted, part);
    }
  return TRUE;
}

/* @quantity was reserved: first for those who waited, then of what was open. */
static gboolean
move_to_reserved (TwContext *ctx, const TwStockLine *line, TwDecimal quantity, GError **error)
{
  TwDecimal waited = tw_decimal_min (quantity, line->backordered);
  TwDecimal open = tw_decimal_sub (quantity, waited);

  if (tw_decimal_sign (waited) > 0
      && (!tw_order_move (ctx, line->id, TW_BUCKET_BACKORDERED, TW_BUCKET_RESERVED, waited, error)
          || !tw_stock_store_wait (ctx, line->product_id, line->warehouse_id, tw_decimal_neg (waited), error)))
    return FALSE;
  return tw_decimal_sign (open) <= 0
         || tw_order_move (ctx, line->id, TW_BUCKET_OPEN, TW_BUCKET_RESERVED, open, error);
}

/* @rest of what was open is not there: it waits, unless the customer takes the part that is. A line of which there is
 * nothing waits all the same, for an order is not called off by a reservation. */
static gboolean
leave_rest (TwContext *ctx, const TwStockLine *line, TwDecimal taken, TwDecimal rest, GError **error)
{
  if (tw_decimal_sign (rest) <= 0)
    return TRUE;
  if (line->reduces && tw_decimal_sign (taken) > 0)
    return tw_order_move (ctx, line->id, TW_BUCKET_OPEN, TW_BUCKET_CANCELLED, rest, error);
  return tw_stock_backorder (ctx, line->id, TW_BUCKET_OPEN, rest, error);
}

static TwDecimal
get_wanted (const TwStockLine *line)
{
  return line->stocked ? tw_decimal_add (line->open_quantity, line->backordered) : TW_DECIMAL_ZERO;
}

/* Takes what there is for the line, and adds to @reservations what has to be noted of it. */
static gboolean
take_for_line (TwContext *ctx, const TwStockLine *line, GArray *reservations, TwDecimal *taken, GError **error)
{
  TwDecimal wanted = get_wanted (line);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));

  *taken = TW_DECIMAL_ZERO;
  if (tw_decimal_sign (wanted) <= 0)
    return TRUE;
  /* Levels are locked in id order, also when the order's own warehouse comes later. */
  if (line->elsewhere && !tw_stock_store_lock_places (ctx->db, line->product_id, places, error))
    return FALSE;
  return reserve (ctx, line, line->warehouse_id, wanted, reservations, taken, error)
         && reserve_elsewhere (ctx, line, places, tw_decimal_sub (wanted, *taken), reservations, taken, error);
}

static gboolean
add_reservations (TwContext *ctx, GArray *reservations, GError **error)
{
  for (guint i = 0; i < reservations->len; i++)
    if (!tw_stock_store_add_reservation (ctx, &g_array_index (reservations, TwReservation, i), error))
      return FALSE;
  return TRUE;
}

/* @taken was taken for the line. */
static gboolean
note_taken (TwContext *ctx, const TwStockLine *line, TwDecimal taken, GError **error)
{
  TwDecimal missing = tw_decimal_sub (get_wanted (line), taken);

  if (tw_decimal_sign (taken) > 0 && !move_to_reserved (ctx, line, taken, error))
    return FALSE;
  return leave_rest (ctx, line, taken, tw_decimal_min (line->open_quantity, missing), error);
}

gboolean
tw_stock_allocate_line (TwContext *ctx, const TwStockLine *line, TwDecimal *taken, GError **error)
{
  g_autoptr (GArray) reservations = g_array_new (FALSE, FALSE, sizeof (TwReservation));

  return take_for_line (ctx, line, reservations, taken, error) && add_reservations (ctx, reservations, error)
         && note_taken (ctx, line, *taken, error);
}

/* First all that is taken, each with a look at its level, then all that is noted of it, at once. */
static gboolean
allocate_lines (TwContext *ctx, GArray *lines, GError **error)
{
  g_autoptr (GArray) reservations = g_array_new (FALSE, FALSE, sizeof (TwReservation));
  g_autofree TwDecimal *taken = g_new0 (TwDecimal, lines->len);

  for (guint i = 0; i < lines->len; i++)
    if (!take_for_line (ctx, &g_array_index (lines, TwStockLine, i), reservations, &taken[i], error))
      return FALSE;
  if (!add_reservations (ctx, reservations, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!note_taken (ctx, &g_array_index (lines, TwStockLine, i), taken[i], error))
      return FALSE;
  return TRUE;
}

static GArray *
list_lines (TwContext *ctx, gint64 order_id, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TwStockLine));

  if (!tw_stock_store_list_lines (ctx->db, order_id, lines, error))
    return NULL;
  return g_steal_pointer (&lines);
}

static gboolean
has_goods (GArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, TwStockLine, i).stocked)
      return TRUE;
  return FALSE;
}

gboolean
tw_stock_finish_services (TwContext *ctx, gint64 order_id, GError **error)
{
  g_autoptr (GArray) lines = list_lines (ctx, order_id, error);

  for (guint i = 0; lines && i < lines->len; i++)
    {
      TwStockLine *line = &g_array_index (lines, TwStockLine, i);

      if (!line->stocked && tw_decimal_sign (line->open_quantity) > 0
          && !tw_order_move (ctx, line->id, TW_BUCKET_OPEN, TW_BUCKET_DELIVERED, line->open_quantity, error))
        return FALSE;
    }
  return lines != NULL;
}

gboolean
tw_stock_allocate (TwContext *ctx, TwOrder *order, GError **error)
{
  gint64 order_id = TW_RECORD (order)->id;
  g_autoptr (GArray) lines = list_lines (ctx, order_id, error);

  if (!lines)
    return FALSE;
  if (!has_goods (lines))
    return tw_stock_finish_services (ctx, order_id, error);
  return allocate_lines (ctx, lines, error) && tw_shipment_plan (ctx, order, error);
}

/* ---- Giving back ---- */

/* Of what was put aside @taken leaves the warehouse. */
static gboolean
end_reservation (TwContext *ctx, const TwReservation *r, TwDecimal taken, GError **error)
{
  return tw_stock_store_unreserve (ctx, r->product_id, r->warehouse_id, r->quantity, taken, error)
         && tw_stock_store_take_reservation (ctx->db, r, error);
}

gboolean
tw_stock_unreserve (TwContext *ctx, gint64 order_line_id, gint64 product_id, gint64 warehouse_id, TwDecimal quantity,
                    GError **error)
{
  TwReservation reservation = { order_line_id, product_id, warehouse_id, quantity };

  return end_reservation (ctx, &reservation, TW_DECIMAL_ZERO, error);
}

gboolean
tw_stock_backorder (TwContext *ctx, gint64 order_line_id, TwBucket from, TwDecimal quantity, GError **error)
{
  TwStockLine line;

  return tw_stock_store_get_line (ctx->db, order_line_id, &line, error)
         && tw_order_move (ctx, order_line_id, from, TW_BUCKET_BACKORDERED, quantity, error)
         && tw_stock_store_wait (ctx, line.product_id, line.warehouse_id, quantity, error);
}

gboolean
tw_stock_cancel_waiting (TwContext *ctx, gint64 order_line_id, TwDecimal quantity, GError **error)
{
  TwStockLine line;

  if (!tw_stock_store_get_line (ctx->db, order_line_id, &line, error))
    return FALSE;
  quantity = tw_decimal_min (quantity, line.backordered);
  return tw_decimal_sign (quantity) <= 0
         || (tw_order_move (ctx, line.id, TW_BUCKET_BACKORDERED, TW_BUCKET_CANCELLED, quantity, error)
             && tw_stock_store_wait (ctx, line.product_id, line.warehouse_id, tw_decimal_neg (quantity), error));
}

gboolean
tw_stock_cancel_remainder (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autoptr (GArray) lines = list_lines (ctx, TW_RECORD (order)->id, error);

  for (guint i = 0; lines && i < lines->len; i++)
    {
      TwStockLine *line = &g_array_index (lines, TwStockLine, i);

      if (tw_decimal_sign (line->open_quantity) > 0
          && !tw_order_move (ctx, line->id, TW_BUCKET_OPEN, TW_BUCKET_CANCELLED, line->open_quantity, error))
        return FALSE;
      if (tw_decimal_sign (line->backordered) > 0
          && (!tw_order_move (ctx, line->id, TW_BUCKET_BACKORDERED, TW_BUCKET_CANCELLED, line->backordered, error)
              || !tw_stock_store_wait (ctx, line->product_id, line->warehouse_id, tw_decimal_neg (line->backordered),
                                       error)))
        return FALSE;
    }
  return lines != NULL;
}

GArray *
tw_stock_get_reservations (TwContext *ctx, gint64 order_id, GError **error)
{
  g_autoptr (GArray) reservations = g_array_new (FALSE, FALSE, sizeof (TwReservation));

  if (!tw_stock_store_list_reservations (ctx->db, order_id, reservations, error))
    return NULL;
  return g_steal_pointer (&reservations);
}

static gboolean
give_back (TwContext *ctx, const TwReservation *r, GError **error)
{
  return end_reservation (ctx, r, TW_DECIMAL_ZERO, error)
         && tw_order_move (ctx, r->order_line_id, TW_BUCKET_RESERVED, TW_BUCKET_CANCELLED, r->quantity, error);
}

/* The order's goods, as far as they are free, for the next who wait for them. Their orders are locked after ours, in
 * whatever order the ids are: two cancellations that meet are run again. */
static gboolean
serve_others (TwContext *ctx, gint64 order_id, gint64 warehouse_id, GError **error)
{
  g_autoptr (GArray) lines = list_lines (ctx, order_id, error);
  g_autoptr (TwBackorders) waiting = tw_backorders_new (warehouse_id);

  for (guint i = 0; lines && i < lines->len; i++)
    {
      TwStockLine *line = &g_array_index (lines, TwStockLine, i);

      if (line->stocked)
        tw_backorders_expect (waiting, line->product_id, TW_DECIMAL_ZERO);
    }
  return lines && tw_backorders_lock (waiting, ctx, error) && tw_backorders_fill (waiting, ctx, error);
}

gboolean
tw_stock_release_order (TwContext *ctx, TwOrder *order, GError **error)
{
  gint64 order_id = TW_RECORD (order)->id;
  g_autoptr (GArray) reservations = tw_stock_get_reservations (ctx, order_id, error);

  if (!reservations)
    return FALSE;
  for (guint i = 0; i < reservations->len; i++)
    if (!give_back (ctx, &g_array_index (reservations, TwReservation, i), error))
      return FALSE;
  return tw_stock_cancel_remainder (ctx, order, error)
         && serve_others (ctx, order_id, order->warehouse_id, error);
}

/* ---- The ledger ---- */

static gboolean
leave (TwContext *ctx, const TwStockTransfer *transfer, GError **error)
{
  gboolean done;

  if (!g_str_equal (transfer->from, "warehouse"))
    return TRUE;
  if (!tw_stock_store_lower (ctx, transfer->product_id, transfer->from_warehouse_id, transfer->quantity, &done, error))
    return FALSE;
  return done || tw_error_set (error, TW_ERROR_STATE, _("There is less in the warehouse that is not reserved."));
}

static gboolean
enter (TwContext *ctx, const TwStockTransfer *transfer, GError **error)
{
  return !g_str_equal (transfer->to, "warehouse")
         || tw_stock_store_raise (ctx, transfer->product_id, transfer->to_warehouse_id, transfer->quantity, error);
}

gboolean
tw_stock_move (TwContext *ctx, const TwStockTransfer *transfer, GError **error)
{
  return leave (ctx, transfer, error) && enter (ctx, transfer, error)
         && tw_stock_store_insert_move (ctx, transfer, error);
}

gboolean
tw_stock_take (TwContext *ctx, const TwStockTransfer *transfer, TwDecimal reserved, GError **error)
{
  TwReservation reservation
    = { transfer->order_line_id, transfer->product_id, transfer->from_warehouse_id, reserved };

  g_return_val_if_fail (g_str_equal (transfer->from, "warehouse") && !g_str_equal (transfer->to, "warehouse"), FALSE);
  return end_reservation (ctx, &reservation, transfer->quantity, error)
         && (tw_decimal_sign (transfer->quantity) == 0 || tw_stock_store_insert_move (ctx, transfer, error));
}
