/* approval-rule.c: see approval-rule.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/approval-rule.h"

#include "shared/document/common.h"
#include "shared/policy/role.h"

const TwKey tw_condition_keys[] = {
  { "amount", N_ ("Order total at least") },
  { "discount", N_ ("Line discount above") },
  { "margin", N_ ("Margin below") },
  { "credit", N_ ("Credit limit exceeded") },
  { "new_customer", N_ ("New customer") },
  { "category", N_ ("Product category") },
  { "manual", N_ ("Special request by the sales rep") },
  { NULL },
};

const TwKey tw_step_mode_keys[] = {
  /* Translators: any one of the named people signs */
  { "any", N_ ("Any one") },
  /* Translators: all of the named people sign */
  { "all", N_ ("All") },
  { NULL },
};

gboolean
tw_condition_is_fraction (const char *condition)
{
  return g_strcmp0 (condition, "discount") == 0 || g_strcmp0 (condition, "margin") == 0;
}

gboolean
tw_condition_has_threshold (const char *condition)
{
  return g_strcmp0 (condition, "amount") == 0 || tw_condition_is_fraction (condition);
}

static const TwField approval_rule_step_fields[] = {
  TW_LINE_FIELDS (TwApprovalRuleStep),
  TW_INT (TwApprovalRuleStep, level, N_ ("Level"), 1, 9, TW_REQUIRED),
  TW_KEY (TwApprovalRuleStep, role, N_ ("Role"), tw_role_keys, 0),
  TW_TEXT (TwApprovalRuleStep, user, N_ ("User"), 40, 0),
  TW_INT (TwApprovalRuleStep, user_id, N_ ("User"), 0, G_MAXINT64, TW_SERVER),
  TW_KEY (TwApprovalRuleStep, mode, N_ ("Who of them"), tw_step_mode_keys, 0),
  TW_INT (TwApprovalRuleStep, hours, N_ ("Hours to sign"), 0, 8760, 0),
};
TW_DEFINE_RECORD (TwApprovalRuleStep, tw_approval_rule_step, "approval_rule_step", N_ ("Step"),
                  approval_rule_step_fields)

static const TwField approval_rule_fields[] = {
  TW_RECORD_FIELDS (TwApprovalRule),
  TW_TEXT (TwApprovalRule, code, N_ ("Code"), 40, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwApprovalRule, name, N_ ("Name"), 120, TW_REQUIRED),
  TW_KEY (TwApprovalRule, condition, N_ ("Condition"), tw_condition_keys, TW_REQUIRED),
  TW_MONEY (TwApprovalRule, threshold, N_ ("Threshold"), TW_NOT_NEGATIVE),
  TW_TEXT (TwApprovalRule, category, N_ ("Category"), 60, 0),
  TW_KEY (TwApprovalRule, status, N_ ("Status"), tw_active_keys, 0),
  TW_LIST (TwApprovalRule, steps, N_ ("Steps"), tw_approval_rule_step_get_type, 20, TW_REQUIRED),
};
TW_DEFINE_RECORD (TwApprovalRule, tw_approval_rule, "approval_rule", N_ ("Approval rule"), approval_rule_fields)
