/* user-store.c: see user-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/admin/user-store.h"

/* Roles come as a JSON array, which is how a STRINGS field is read from a column. */
#define USER_COLUMNS                                                                                                   \
  "u.id, u.version, u.created_at, u.updated_at, u.user, u.name, u.email, u.language, u.status, u.discount_limit, "     \
  "u.customer_id, c.code AS customer, "                                                                                \
  "(SELECT JSON_ARRAYAGG(r.role ORDER BY r.role) FROM user_role r WHERE r.user_id = u.id) AS roles"

static const TwListColumn user_columns[] = {
  { "user", "u.user", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "u.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "email", "u.email", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "status", "u.status", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_user_list = {
  .type = tw_user_get_type,
  .select = USER_COLUMNS,
  .from = "app_user u LEFT JOIN customer c ON c.id = u.customer_id",
  .count_from = "app_user u",
  .id = "u.id",
  .default_sort = "user",
  .columns = user_columns,
};

gboolean
tw_user_store_load (TwDb *db, gint64 id, gboolean lock, TwUser *user, gboolean *found, GError **error)
{
  g_autoptr (TwStatement) select = NULL;

  if (lock && !tw_row_lock (db, "SELECT id FROM app_user WHERE id = :id FOR UPDATE", id, found, error))
    return FALSE;
  select = tw_db_prepare (db, "SELECT " USER_COLUMNS
                              " FROM app_user u LEFT JOIN customer c ON c.id = u.customer_id WHERE u.id = :id");
  tw_bind_int (select, "id", id);
  return tw_statement_read_one (select, TW_RECORD (user), found, error);
}

static gboolean
insert_roles (TwDb *db, TwUser *user, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, "INSERT INTO user_role (user_id, role) VALUES (:user, :role)");

  for (guint i = 0; user->roles != NULL && user->roles[i] != NULL; i++)
    {
      tw_statement_reset (insert);
      tw_bind_int (insert, "user", ((TwRecord *) user)->id);
      tw_bind_text (insert, "role", user->roles[i]);
      if (!tw_statement_run (insert, NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tw_user_store_insert (TwDb *db, TwUser *user, GError **error)
{
  g_autoptr (TwStatement) insert
    = tw_db_prepare (db, "INSERT INTO app_user (version, created_at, updated_at, user, name, email, language, status, "
                         "discount_limit, customer_id) VALUES (:version, :created_at, :updated_at, :user, :name, "
                         ":email, :language, :status, :discount_limit, :customer_id)");

  tw_bind_record (insert, TW_RECORD (user));
  if (!tw_statement_run (insert, NULL, error))
    return FALSE;
  ((TwRecord *) user)->id = tw_statement_last_id (insert);
  return insert_roles (db, user, error);
}

gboolean
tw_user_store_update (TwDb *db, TwUser *user, gboolean *stored, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (db, "UPDATE app_user SET name = :name, email = :email, language = :language, status = :status, "
                         "discount_limit = :discount_limit, customer_id = :customer_id, updated_at = :updated_at, "
                         "version = :version + 1 WHERE id = :id AND version = :version");
  g_autoptr (TwStatement) clear = NULL;
  guint64 affected = 0;

  tw_bind_record (update, TW_RECORD (user));
  if (!tw_statement_run (update, &affected, error))
    return FALSE;
  *stored = affected == 1;
  if (!*stored)
    return TRUE;
  clear = tw_db_prepare (db, "DELETE FROM user_role WHERE user_id = :user");
  tw_bind_int (clear, "user", ((TwRecord *) user)->id);
  return tw_statement_run (clear, NULL, error) && insert_roles (db, user, error) && tw_list_outdate (db, error);
}

gboolean
tw_user_store_find (TwDb *db, const char *name, gint64 *id, gboolean *active, gboolean *found, GError **error)
{
  g_autoptr (TwStatement) find
    = tw_db_prepare (db, "SELECT id, status = 'active' AS active FROM app_user WHERE user = :user");

  tw_bind_text (find, "user", name);
  if (!tw_statement_step (find, found, error))
    return FALSE;
  if (*found)
    {
      *id = tw_column_int (find, "id");
      *active = tw_column_int (find, "active") != 0;
    }
  return TRUE;
}

gboolean
tw_user_store_count_admins (TwDb *db, gint64 except, gint64 *count, GError **error)
{
  g_autoptr (TwStatement) select
    = tw_db_prepare (db, "SELECT COUNT(*) AS admins FROM user_role r JOIN app_user u ON u.id = r.user_id "
                         "WHERE r.role = 'admin' AND u.status = 'active' AND u.id <> :except");
  gboolean found = FALSE;

  tw_bind_int (select, "except", except);
  if (!tw_statement_step (select, &found, error))
    return FALSE;
  *count = found ? tw_column_int (select, "admins") : 0;
  return TRUE;
}
