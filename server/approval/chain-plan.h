/* chain-plan.h: which rules an order meets, and why they ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/approval/chain.h"
#include "shared/document/approval-rule.h"
#include "shared/document/approval.h"

G_BEGIN_DECLS

/* The active rules with their steps, by code; shared, not to be changed. (transfer full) (element-type
 * TwApprovalRule) */
GListStore *tw_chain_get_rules (TwContext *ctx, GError **error);

/* Sets the reason of each of order->approvals from the rules it names, in the thread's language. */
void tw_chain_plan_explain (TwOrder *order, GListStore *rules);

G_END_DECLS
