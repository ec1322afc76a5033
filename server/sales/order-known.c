/* order-known.c: see order-known.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-known.h"

#include "server/core/known-document.h"
#include "server/sales/order.h"

TwOrder *
tw_order_known_take (TwContext *ctx, gint64 id, const TwOrderLook *look)
{
  g_autoptr (TwOrder) order = (TwOrder *) tw_known_take (ctx, "order", id, look->version, look->shown);

  /* Lines that came or went behind the version's back: then it is not known. */
  if (order == NULL || tw_record_count (order->lines) != look->available->len)
    return NULL;
  for (guint i = 0; i < look->available->len && tw_order_is_open (order); i++)
    ((TwOrderLine *) tw_record_nth (order->lines, i))->available = g_array_index (look->available, TwDecimal, i);
  return g_steal_pointer (&order);
}

gboolean
tw_order_known_is_simple (TwContext *ctx, gint64 id)
{
  g_autoptr (TwRecord) known = tw_known_remember (ctx, "order", id);

  return known != NULL && ((TwOrder *) known)->approval_round == 0;
}

void
tw_order_known_put (TwContext *ctx, TwOrder *order, const TwOrderLook *look)
{
  if (look->version != 0)
    tw_known_put_document (ctx, "order", TW_RECORD (order), look->version, look->shown);
}
