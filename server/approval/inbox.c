/* inbox.c: what waits for the reader's signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/approval.h"
#include "server/approval/inbox-store.h"
#include "shared/document/approval.h"

static void
restrict_list (TwContext *ctx, TwListQuery *query)
{
  tw_list_query_restrict (query, tw_inbox_scope_sql, ctx->who->user_id);
}

const TwResource tw_approval_resource = {
  .path = "approvals",
  .document = "approval",
  .type = tw_approval_get_type,
  .list = &tw_inbox_list,
  .restrict_list = restrict_list,
};

void
tw_approval_register (void)
{
  tw_resource_add_routes (&tw_approval_rule_resource);
  tw_resource_add_routes (&tw_delegation_resource);
  tw_resource_add_routes (&tw_approval_resource);
  tw_resource_add_routes (&tw_signer_resource);
}
