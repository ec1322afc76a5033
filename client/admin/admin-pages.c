/* admin-pages.c: lists that their templates say all about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/admin-pages.h"

#include "client/widget/plain-page.h"
#include "shared/document/approval-rule.h"
#include "shared/document/user.h"

TW_DEFINE_PLAIN_LIST (TwUserList, tw_user_list, "admin/user-list.ui", tw_user_get_type)
TW_DEFINE_PLAIN_LIST (TwApprovalRuleList, tw_approval_rule_list, "admin/approval-rule-list.ui",
                      tw_approval_rule_get_type)
