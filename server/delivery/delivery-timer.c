/* delivery-timer.c: what time brings to shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment-store.h"
#include "server/delivery/shipment.h"

#define SETTLED_SECONDS (7 * 24 * 3600) /* how long after delivery a complaint is expected */

typedef struct
{
  gint64 id;
  const char *action;
} Step;

static gboolean
step_cb (TwDb *db, gpointer data, GError **error)
{
  const Step *step = data;
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");
  g_autoptr (TwRecord) shipment = tw_shipment_resource.load (&ctx, step->id, TRUE, error);

  return shipment && tw_gate_run (&ctx, &tw_shipment_resource, shipment, step->action, NULL, error);
}

static gboolean
take_all (TwDb *db, GArray *ids, const char *action, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      Step step = { g_array_index (ids, gint64, i), action };
      g_autoptr (GError) problem = NULL;

      /* What the gate does not allow by now is no failure: somebody was faster, or the order is held. */
      if (tw_db_transaction (db, step_cb, &step, &problem) || g_error_matches (problem, TW_ERROR, TW_ERROR_STATE))
        continue;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return TRUE;
}

gboolean
tw_shipment_close_settled (TwDb *db, GError **error)
{
  TwTime before = tw_time_add_seconds (tw_time_now (), -SETTLED_SECONDS);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return tw_shipment_store_list_settled (db, before, ids, error) && take_all (db, ids, "close", error);
}

gboolean
tw_shipment_release_due (TwDb *db, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  TwDate until;

  return tw_shipment_get_release_day (&ctx, &until, error) && tw_shipment_store_list_due (db, until, ids, error)
         && take_all (db, ids, "release", error);
}
