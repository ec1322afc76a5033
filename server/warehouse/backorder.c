/* backorder.c: goods that came in go to those who wait for them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/warehouse/backorder.h"

#include "server/delivery/shipment.h"
#include "server/sales/order.h"
#include "server/warehouse/allocation.h"
#include "server/warehouse/backorder-store.h"

typedef struct
{
  gint64 product_id;
  TwDecimal quantity;
} Expected;

struct _TwBackorders
{
  gint64 warehouse_id;
  GArray *products; /* Expected, by product id */
  GArray *orders;   /* gint64, ascending: locked */
};

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b; /* also the first member of Expected */

  return x < y ? -1 : x > y;
}

TwBackorders *
tw_backorders_new (gint64 warehouse_id)
{
  TwBackorders *waiting = g_new0 (TwBackorders, 1);

  waiting->warehouse_id = warehouse_id;
  waiting->products = g_array_new (FALSE, FALSE, sizeof (Expected));
  waiting->orders = g_array_new (FALSE, FALSE, sizeof (gint64));
  return waiting;
}

void
tw_backorders_free (TwBackorders *waiting)
{
  g_array_unref (waiting->products);
  g_array_unref (waiting->orders);
  g_free (waiting);
}

void
tw_backorders_expect (TwBackorders *waiting, gint64 product_id, TwDecimal quantity)
{
  Expected expected = { product_id, quantity };

  for (guint i = 0; i < waiting->products->len; i++)
    {
      Expected *known = &g_array_index (waiting->products, Expected, i);

      if (known->product_id == product_id)
        {
          known->quantity = tw_decimal_add (known->quantity, quantity);
          return;
        }
    }
  g_array_append_val (waiting->products, expected);
  g_array_sort (waiting->products, compare_ids);
}

static gboolean
is_locked (TwBackorders *waiting, gint64 order_id)
{
  return g_array_binary_search (waiting->orders, &order_id, compare_ids, NULL);
}

/* Notes the orders that come first until what will be free is used up. */
static gboolean
note_orders (TwBackorders *waiting, TwContext *ctx, const Expected *expected, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TwWaitingLine));
  TwDecimal left;

  if (!tw_stock_get_available (ctx, expected->product_id, waiting->warehouse_id, &left, error)
      || !tw_backorder_store_list (ctx->db, expected->product_id, waiting->warehouse_id, lines, error))
    return FALSE;
  left = tw_decimal_add (left, expected->quantity);
  for (guint i = 0; i < lines->len && tw_decimal_sign (left) > 0; i++)
    {
      TwWaitingLine *line = &g_array_index (lines, TwWaitingLine, i);

      left = tw_decimal_sub (left, line->backordered);
      if (is_locked (waiting, line->order_id))
        continue;
      g_array_append_val (waiting->orders, line->order_id);
      g_array_sort (waiting->orders, compare_ids);
    }
  return TRUE;
}

gboolean
tw_backorders_lock (TwBackorders *waiting, TwContext *ctx, GError **error)
{
  for (guint i = 0; i < waiting->products->len; i++)
    if (!note_orders (waiting, ctx, &g_array_index (waiting->products, Expected, i), error))
      return FALSE;
  for (guint i = 0; i < waiting->orders->len; i++)
    {
      g_autoptr (TwOrder) order = tw_order_get (ctx, g_array_index (waiting->orders, gint64, i), TRUE, error);

      if (!order)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_product (TwBackorders *waiting, TwContext *ctx, gint64 product_id, GHashTable *served, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TwWaitingLine));

  if (!tw_backorder_store_list (ctx->db, product_id, waiting->warehouse_id, lines, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      TwWaitingLine *wants = &g_array_index (lines, TwWaitingLine, i);
      TwStockLine line;
      TwDecimal taken;

      /* Whoever came to wait after the orders were locked gets the next delivery. */
      if (!is_locked (waiting, wants->order_id))
        continue;
      if (!tw_stock_store_get_line (ctx->db, wants->order_line_id, &line, error))
        return FALSE;
      line.open_quantity = TW_DECIMAL_ZERO;
      line.elsewhere = FALSE;
      if (!tw_stock_allocate_line (ctx, &line, &taken, error))
        return FALSE;
      if (tw_decimal_sign (taken) == 0)
        return TRUE;
      g_hash_table_add (served, GSIZE_TO_POINTER (wants->order_id));
    }
  return TRUE;
}

gboolean
tw_backorders_fill (TwBackorders *waiting, TwContext *ctx, GError **error)
{
  g_autoptr (GHashTable) served = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < waiting->products->len; i++)
    if (!fill_product (waiting, ctx, g_array_index (waiting->products, Expected, i).product_id, served, error))
      return FALSE;
  for (guint i = 0; i < waiting->orders->len; i++)
    {
      gint64 order_id = g_array_index (waiting->orders, gint64, i);
      g_autoptr (TwOrder) order = NULL;

      if (!g_hash_table_contains (served, GSIZE_TO_POINTER (order_id)))
        continue;
      order = tw_order_get (ctx, order_id, FALSE, error);
      if (!order || !tw_shipment_plan (ctx, order, error) || !tw_order_refresh (ctx, order_id, error))
        return FALSE;
    }
  return TRUE;
}
