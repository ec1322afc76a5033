/* chain.c: the rounds in which an order is signed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/chain.h"

#include "server/approval/chain-plan.h"
#include "server/approval/chain-store.h"
#include "server/core/change.h"

#define HOUR_SECONDS 3600

/* Mode all: every holder of the role when it is submitted, and the named user. Else one. */
static gboolean
count_needed (TwContext *ctx, TwOrder *order, TwApprovalStep *step, gint64 *needed, GError **error)
{
  *needed = 1;
  if (g_strcmp0 (step->mode, "all") != 0 || step->role == NULL || *step->role == '\0')
    return TRUE;
  if (!tw_chain_store_count_holders (ctx->db, step->role, order->author_id, order->editor_id, needed, error))
    return FALSE;
  *needed = MAX (*needed, 1);
  return TRUE;
}

/* A plan's due time is counted from now; the clock of a later level starts when it is opened. */
static gboolean
store_step (TwContext *ctx, TwOrder *order, gint64 round_id, TwApprovalStep *step, gboolean is_open, GError **error)
{
  gint64 hours = 0, needed;

  if (tw_time_is_set (step->due_at))
    hours = (step->due_at.usec - ctx->now.usec) / G_USEC_PER_SEC / HOUR_SECONDS;
  step->state = tw_key_find (tw_step_state_keys, is_open ? "open" : "waiting");
  if (!is_open)
    step->due_at = TW_TIME_NONE;
  return count_needed (ctx, order, step, &needed, error)
         && tw_chain_store_insert_step (ctx, round_id, step, needed, hours, error);
}

/* The steps are in level order; those of the lowest level are open at once. */
static gboolean
is_of_first_level (TwOrder *order, TwApprovalStep *step)
{
  TwApprovalStep *first = tw_record_nth (order->approvals, 0);

  return step->level == first->level;
}

gboolean
tw_chain_open (TwContext *ctx, TwOrder *order, const char *rule_version, gboolean *complete, GError **error)
{
  guint n = tw_record_count (order->approvals);
  gint64 round_id;

  *complete = n == 0;
  order->approval_round++;
  if (!tw_chain_store_insert_round (ctx, order, rule_version, *complete ? "complete" : "open", &round_id, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      TwApprovalStep *step = tw_record_nth (order->approvals, i);

      if (!store_step (ctx, order, round_id, step, is_of_first_level (order, step), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tw_chain_end (TwContext *ctx, gint64 order_id, const char *state, GError **error)
{
  gint64 round_id;

  if (!tw_chain_store_find_open (ctx->db, order_id, &round_id, error))
    return FALSE;
  return round_id == 0 || tw_chain_store_end_round (ctx, round_id, state, error);
}

gboolean
tw_chain_load (TwContext *ctx, TwOrder *order, GError **error)
{
  g_autoptr (GListStore) rules = NULL;
  g_autoptr (GListStore) signatures = NULL;
  g_autoptr (GArray) step_ids = NULL;
  gboolean has_signatures;

  if (order->approval_round == 0)
    return TRUE;
  if (!tw_chain_store_read_steps (ctx->db, order, &has_signatures, error))
    return FALSE;
  if (tw_record_count (order->approvals) == 0)
    return TRUE;
  signatures = g_list_store_new (tw_signature_get_type ());
  step_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  rules = tw_chain_get_rules (ctx, error);
  if (rules == NULL
      || (has_signatures && !tw_chain_store_read_signatures (ctx->db, order, signatures, step_ids, error)))
    return FALSE;
  for (guint i = 0; i < tw_record_count (order->approvals); i++)
    {
      TwApprovalStep *step = tw_record_nth (order->approvals, i);

      for (guint j = 0; j < step_ids->len; j++)
        if (g_array_index (step_ids, gint64, j) == step->parent.id)
          g_list_store_append (step->signatures, tw_record_nth (signatures, j));
    }
  tw_chain_plan_explain (order, rules);
  return TRUE;
}

gboolean
tw_chain_escalate (TwContext *ctx, GError **error)
{
  g_autoptr (GArray) late = tw_chain_store_list_late (ctx, error);

  if (late == NULL)
    return FALSE;
  for (guint i = 0; i < late->len; i++)
    {
      const TwLateStep *step = &g_array_index (late, TwLateStep, i);
      g_autofree char *detail = g_strdup_printf ("{\"level\":\"%" G_GINT64_FORMAT "\"}", step->level);

      if (!tw_chain_store_escalate (ctx, step, error))
        return FALSE;
      if (step->level > 0
          && !tw_change_note (ctx, "order", step->order_id, step->order_version, "escalate", detail, NULL, error))
        return FALSE;
    }
  return TRUE;
}
