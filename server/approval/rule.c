/* rule.c: approval rules: which orders need whose signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/admin/user.h"
#include "server/approval/approval.h"
#include "server/approval/rule-store.h"
#include "shared/document/approval-rule.h"
#include "shared/document/common.h"
#include "shared/policy/role.h"

static gboolean
is_none (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
check_condition (TwApprovalRule *rule, GError **error)
{
  if (g_str_equal (rule->condition, "category") && is_none (rule->category))
    return tw_error_fault (error, "/category", "required", _ ("Please name the product category."));
  if (tw_condition_is_fraction (rule->condition) && tw_decimal_compare (rule->threshold, TW_DECIMAL_ONE) > 0)
    return tw_error_fault (error, "/threshold", "out_of_range", _ ("A discount or margin is at most 100 %%."));
  return TRUE;
}

/* A step must be one that someone can sign: a role that may approve, or a person. */
static gboolean
resolve_step (TwContext *ctx, TwApprovalRuleStep *step, guint i, GError **error)
{
  g_autofree char *role_pointer = g_strdup_printf ("/steps/%u/role", i);
  g_autofree char *user_pointer = g_strdup_printf ("/steps/%u/user", i);

  if (step->mode == NULL)
    step->mode = tw_key_find (tw_step_mode_keys, "any");
  step->user_id = 0;
  if (is_none (step->role) && is_none (step->user))
    return tw_error_fault (error, role_pointer, "required", _ ("Please name a role or a user who signs."));
  if (!is_none (step->role) && !tw_role_may (tw_role_from_key (step->role), "order.approve"))
    return tw_error_fault (error, role_pointer, "unknown_value", _ ("The role “%s” cannot approve orders."),
                           step->role);
  return is_none (step->user) || tw_user_find_id (ctx, step->user, user_pointer, &step->user_id, error);
}

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwApprovalRule *rule = (TwApprovalRule *) record;

  if (rule->status == NULL)
    rule->status = tw_key_find (tw_active_keys, "active");
  if (!check_condition (rule, error))
    return FALSE;
  for (guint i = 0; i < tw_record_count (rule->steps); i++)
    if (!resolve_step (ctx, tw_record_nth (rule->steps, i), i, error))
      return FALSE;
  return TRUE;
}

TW_DEFINE_MASTER_FUNCTIONS (rule, tw_rule_master, prepare)

const TwResource tw_approval_rule_resource = {
  .path = "approval-rules",
  .document = "approval_rule",
  .type = tw_approval_rule_get_type,
  .list = &tw_rule_list,
  .load = rule_load,
  .create = rule_create,
  .update = rule_update,
};
