/* admin-pages.h: users, approval rules, settings and the audit log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"
#include "client/widget/list-page.h"

G_BEGIN_DECLS

G_DECLARE_FINAL_TYPE (TwUserList, tw_user_list, TW, USER_LIST, TwListPage)
G_DECLARE_FINAL_TYPE (TwApprovalRuleList, tw_approval_rule_list, TW, APPROVAL_RULE_LIST, TwListPage)
/* With code of their own: user-page.c, approval-rule-page.c, audit-list.c. */
G_DECLARE_FINAL_TYPE (TwUserPage, tw_user_page, TW, USER_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwApprovalRulePage, tw_approval_rule_page, TW, APPROVAL_RULE_PAGE, TwDetailPage)
G_DECLARE_FINAL_TYPE (TwAuditList, tw_audit_list, TW, AUDIT_LIST, TwListPage)

G_END_DECLS
