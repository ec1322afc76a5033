/* delivery-timer.c: what time brings to shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment-store.h"
#include "server/delivery/shipment.h"

#define SETTLED_SECONDS (7 * 24 * 3600) /* how long after delivery a complaint is expected */

static gboolean
close_cb (TwDb *db, gpointer data, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");
  g_autoptr (TwRecord) shipment = tw_shipment_resource.load (&ctx, *(gint64 *) data, TRUE, error);

  return shipment && tw_gate_run (&ctx, &tw_shipment_resource, shipment, "close", NULL, error);
}

gboolean
tw_shipment_close_settled (TwDb *db, GError **error)
{
  TwTime before = tw_time_add_seconds (tw_time_now (), -SETTLED_SECONDS);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!tw_shipment_store_list_settled (db, before, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) problem = NULL;

      /* What the gate does not allow by now is no failure: somebody was faster. */
      if (tw_db_transaction (db, close_cb, &g_array_index (ids, gint64, i), &problem)
          || g_error_matches (problem, TW_ERROR, TW_ERROR_STATE))
        continue;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return TRUE;
}
