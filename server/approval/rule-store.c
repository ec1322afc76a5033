/* rule-store.c: the SQL of approval rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/rule-store.h"

#include "shared/document/approval-rule.h"

static const TwMasterList lists[] = {
  { "steps",
    "SELECT s.id, s.level, s.role, s.user_id, u.user, s.mode, s.hours FROM approval_rule_step s"
    " LEFT JOIN app_user u ON u.id = s.user_id WHERE s.approval_rule_id = :owner ORDER BY s.position",
    "DELETE FROM approval_rule_step WHERE approval_rule_id = :owner",
    "INSERT INTO approval_rule_step (approval_rule_id, position, level, role, user_id, mode, hours)"
    " VALUES (:owner, :position, :level, :role, :user_id, :mode, :hours)",
    TRUE },
  { NULL },
};

const TwMaster tw_rule_master = {
  .type = tw_approval_rule_get_type,
  .table = "approval_rule",
  .select = "SELECT id, version, created_at, updated_at, code, name, condition_key AS `condition`, threshold, category,"
            " status FROM approval_rule WHERE id = :id",
  .lock = "SELECT id FROM approval_rule WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO approval_rule (version, created_at, updated_at, code, name, condition_key, threshold,"
            " category, status) VALUES (:version, :created_at, :updated_at, :code, :name, :condition, :threshold,"
            " :category, :status)",
  .update = "UPDATE approval_rule SET name = :name, condition_key = :condition, threshold = :threshold,"
            " category = :category, status = :status, updated_at = :updated_at, version = :version + 1"
            " WHERE id = :id AND version = :version",
  .lists = lists,
};

static const TwListColumn columns[] = {
  { "code", "r.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "r.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "condition", "r.condition_key", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "threshold", "r.threshold", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "category", "r.category", TW_COLUMN_FILTER },
  { "status", "r.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_rule_list = {
  .type = tw_approval_rule_get_type,
  .select = "r.id, r.version, r.created_at, r.updated_at, r.code, r.name, r.condition_key AS `condition`, r.threshold,"
            " r.category, r.status",
  .from = "approval_rule r",
  .id = "r.id",
  .default_sort = "code",
  .columns = columns,
};
