/* order-known.c: see order-known.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-known.h"

#include "server/core/known.h"
#include "server/sales/order.h"

/* An order of a thousand lines is a megabyte. */
#define MAX_LINES 30

static char *
make_name (TwDb *db, gint64 id)
{
  return g_strdup_printf ("%s order %" G_GINT64_FORMAT, tw_db_get_name (db), id);
}

static char *
make_stamp (const TwOrderLook *look)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, look->version, look->shown);
}

TwOrder *
tw_order_known_take (TwDb *db, gint64 id, const TwOrderLook *look)
{
  g_autofree char *name = make_name (db, id), *stamp = make_stamp (look);
  g_autoptr (TwOrder) order = (TwOrder *) tw_known_copy (name, stamp);

  /* Lines that came or went behind the version's back: then it is not known. */
  if (order == NULL || tw_record_count (order->lines) != look->available->len)
    return NULL;
  for (guint i = 0; i < look->available->len && tw_order_is_open (order); i++)
    ((TwOrderLine *) tw_record_nth (order->lines, i))->available = g_array_index (look->available, TwDecimal, i);
  return g_steal_pointer (&order);
}

gboolean
tw_order_known_is_simple (TwDb *db, gint64 id)
{
  g_autofree char *name = make_name (db, id), *stamp = NULL;
  g_autoptr (TwRecord) known = tw_known_find (name, &stamp);

  return known != NULL && ((TwOrder *) known)->approval_round == 0;
}

void
tw_order_known_put (TwDb *db, TwOrder *order, const TwOrderLook *look)
{
  g_autofree char *name = make_name (db, order->parent.id), *stamp = make_stamp (look);

  if (look->version != 0 && tw_record_count (order->lines) <= MAX_LINES)
    tw_known_put (name, stamp, TW_RECORD (order));
}
