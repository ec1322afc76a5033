/* order-timer.c: what time brings to orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain.h"
#include "server/sales/order-steps.h"
#include "server/sales/order-store.h"

typedef struct
{
  gint64 order_id;
  const char *action;
} Task;

static gboolean
take_step_cb (TwDb *db, gpointer data, GError **error)
{
  const Task *task = data;
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");
  g_autoptr (TwOrder) order = tw_order_get (&ctx, task->order_id, TRUE, error);

  return order != NULL && tw_gate_run (&ctx, &tw_order_resource, TW_RECORD (order), task->action, NULL, error);
}

static gboolean
escalate_cb (TwDb *db, gpointer data, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");

  return tw_chain_escalate (&ctx, error);
}

static gboolean
work_off (TwDb *db, TwOrderQueue queue, const char *action, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");
  g_autoptr (GArray) ids = tw_order_store_list_queue (&ctx, queue, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      Task task = { g_array_index (ids, gint64, i), action };
      g_autoptr (GError) problem = NULL;

      if (tw_db_transaction (db, take_step_cb, &task, &problem))
        continue;
      if (g_error_matches (problem, TW_ERROR, TW_ERROR_UNAVAILABLE))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      /* What the gate does not allow by now is no failure: somebody was faster, or the credit is still exceeded. */
      if (!g_error_matches (problem, TW_ERROR, TW_ERROR_STATE))
        g_warning ("order %" G_GINT64_FORMAT " %s: %s", task.order_id, action, problem->message);
    }
  return TRUE;
}

gboolean
tw_sales_run_timers (TwDb *db, GError **error)
{
  return tw_db_transaction (db, escalate_cb, NULL, error) && work_off (db, TW_ORDERS_EXPIRED, "expire", error)
         && work_off (db, TW_ORDERS_RELEASABLE, "release", error);
}
