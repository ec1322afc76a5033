/* delegation-store.c: the SQL of delegations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/delegation-store.h"

#include "shared/document/user.h"

#define COLUMNS                                                                                                        \
  "d.id, d.version, d.created_at, d.updated_at, p.user AS principal, d.principal_id, p.name AS principal_name,"       \
  " t.user AS delegate, d.delegate_id, t.name AS delegate_name, d.valid_from, d.valid_to, d.reason, d.status"
#define JOINS "delegation d JOIN app_user p ON p.id = d.principal_id JOIN app_user t ON t.id = d.delegate_id"

const TwMaster tw_delegation_master = {
  .type = tw_delegation_get_type,
  .table = "delegation",
  .select = "SELECT " COLUMNS " FROM " JOINS " WHERE d.id = :id",
  .lock = "SELECT id FROM delegation WHERE id = :id FOR UPDATE",
  .insert = "INSERT INTO delegation (version, created_at, updated_at, principal_id, delegate_id, valid_from, valid_to,"
            " reason, status) VALUES (:version, :created_at, :updated_at, :principal_id, :delegate_id, :valid_from,"
            " :valid_to, :reason, :status)",
  .update = "UPDATE delegation SET valid_from = :valid_from, valid_to = :valid_to, reason = :reason, status = :status,"
            " updated_at = :updated_at, version = :version + 1 WHERE id = :id AND version = :version",
};

static const TwListColumn columns[] = {
  { "id", "d.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "principal", "p.user", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "principal_name", "p.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "delegate", "t.user", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "delegate_name", "t.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "valid_from", "d.valid_from", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "valid_to", "d.valid_to", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "status", "d.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_delegation_list = {
  .type = tw_delegation_get_type,
  .select = COLUMNS,
  .from = JOINS,
  .count_from = "delegation d",
  .id = "d.id",
  .default_sort = "-id",
  .columns = columns,
};

static const char roles_sql[] = "SELECT role FROM user_role WHERE user_id = :id";

gboolean
tw_delegation_store_read_roles (TwDb *db, gint64 user_id, TwRoles *roles, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, roles_sql);
  gboolean found;

  *roles = 0;
  tw_bind_int (read, "id", user_id);
  while (TRUE)
    {
      if (!tw_statement_step (read, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      *roles |= tw_role_from_key (tw_column_text (read, "role"));
    }
}
