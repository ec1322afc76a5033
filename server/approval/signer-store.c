/* signer-store.c: rows of users who sign
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/signer-store.h"

#include "shared/document/user.h"

static const TwListColumn signer_columns[] = {
  { "id", "u.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "user", "u.user", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "u.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { NULL },
};

/* Who may be a delegate: the roles that hold order.approve (shared/policy/role.c). */
const TwList tw_signer_list = {
  .type = tw_signer_get_type,
  .select = "u.id, u.version, u.created_at, u.updated_at, u.user, u.name",
  .from = "app_user u",
  .where = "u.status = 'active' AND EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id"
           " AND r.role IN ('sales_manager', 'approver', 'finance_manager'))",
  .id = "u.id",
  .default_sort = "name",
  .columns = signer_columns,
};
