/* stock-timer.c: goods that have become free go to those who wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Receipts, counts and cancelled orders serve at once whoever waits; what becomes free otherwise (a shipment is
 * cancelled) or is wanted again (a hold is lifted) is found here.
 */
#include "server/warehouse/backorder-store.h"
#include "server/warehouse/backorder.h"
#include "server/warehouse/stock.h"

static gboolean
serve_cb (TwDb *db, gpointer data, GError **error)
{
  const TwFreePlace *place = data;
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");
  g_autoptr (TwBackorders) waiting = tw_backorders_new (place->warehouse_id);

  tw_backorders_expect (waiting, place->product_id, TW_DECIMAL_ZERO);
  return tw_backorders_lock (waiting, &ctx, error) && tw_backorders_fill (waiting, &ctx, error);
}

gboolean
tw_stock_serve_waiting (TwDb *db, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (TwFreePlace));

  if (!tw_backorder_store_list_free (db, places, error))
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    if (!tw_db_transaction (db, serve_cb, &g_array_index (places, TwFreePlace, i), error))
      return FALSE;
  return TRUE;
}
