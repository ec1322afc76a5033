/* rules.c: see rules.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/rules.h"

#include "server/approval/approval.h"
#include "shared/document/approval-rule.h"

typedef struct
{
  gint64 level;
  const char *role;
  const char *user;
} Step;

typedef struct
{
  const char *code;
  const char *name;
  const char *condition;
  const char *threshold;
  Step step;
} Rule;

#define FIRST_LEVEL { 1, "sales_manager", "manager" }
#define SECOND_LEVEL { 2, NULL, "director" }
#define THIRD_LEVEL { 3, NULL, "gm" }
#define SIGN_WITHIN_HOURS 48

static const Rule rules[] = {
  { "AMOUNT-1", "金额满 5,000 Total of 5,000 or more", "amount", "5000", FIRST_LEVEL },
  { "AMOUNT-2", "金额满 10,000 Total of 10,000 or more", "amount", "10000", SECOND_LEVEL },
  { "AMOUNT-3", "金额满 50,000 Total of 50,000 or more", "amount", "50000", THIRD_LEVEL },
  { "DISCOUNT-1", "折扣超过 15% Discount above 15 %", "discount", "0.15", FIRST_LEVEL },
  { "DISCOUNT-2", "折扣超过 25% Discount above 25 %", "discount", "0.25", SECOND_LEVEL },
  { "CREDIT", "超出信用额度 Credit limit exceeded", "credit", "0", { 1, "finance_manager", NULL } },
  { "NEW", "新客户首单 New customer", "new_customer", "0", FIRST_LEVEL },
};

static gboolean
add_rule (TwStage *stage, const Rule *given, GError **error)
{
  g_autoptr (TwApprovalRule) rule = tw_approval_rule_new ();
  g_autoptr (TwApprovalRuleStep) step = tw_approval_rule_step_new ();

  tw_record_set_string (&rule->code, given->code);
  tw_record_set_string (&rule->name, given->name);
  rule->condition = tw_key_find (tw_condition_keys, given->condition);
  step->level = given->step.level;
  step->role = tw_key_find (tw_role_keys, given->step.role);
  tw_record_set_string (&step->user, given->step.user);
  step->mode = tw_key_find (tw_step_mode_keys, "any");
  step->hours = SIGN_WITHIN_HOURS;
  g_list_store_append (rule->steps, step);
  return tw_decimal_parse (given->threshold, &rule->threshold, error)
         && tw_stage_create (stage, "admin", &tw_approval_rule_resource, rule, error);
}

gboolean
tw_demo_add_rules (TwStage *stage, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!add_rule (stage, &rules[i], error))
      return FALSE;
  return TRUE;
}
