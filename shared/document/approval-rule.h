/* approval-rule.h: approval rules: which orders need whose signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

extern const TwKey tw_condition_keys[];   /* amount, discount, margin, credit, new_customer, category, manual */
/* Whether a condition compares with a threshold, and whether that is a fraction of 1 (0.15 is 15 %) or an amount. */
gboolean tw_condition_has_threshold (const char *condition);
gboolean tw_condition_is_fraction (const char *condition);

extern const TwKey tw_step_mode_keys[];   /* any, all */

/* Who signs at one level. Role and user together: a holder of the role, or that user. */
struct _TwApprovalRuleStep
{
  TwRecord parent;
  gint64 level; /* lower levels sign first */
  const char *role; /* role key, nullable */
  char *user;   /* user name, nullable */
  gint64 user_id;
  const char *mode; /* any one of them, or all holders of the role */
  gint64 hours;     /* until the step escalates by one level; 0: never */
};
TW_DECLARE_RECORD (TwApprovalRuleStep, tw_approval_rule_step)

struct _TwApprovalRule
{
  TwRecord parent;
  char *code;
  char *name;
  const char *condition;
  TwDecimal threshold; /* amount: ≥, company currency with tax; discount: >; margin: <; else unused */
  char *category;      /* condition category */
  const char *status;
  GListStore *steps;
};
TW_DECLARE_RECORD (TwApprovalRule, tw_approval_rule)

G_END_DECLS
