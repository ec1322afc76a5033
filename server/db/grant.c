/* grant.c: the rights of the server's working account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/connection-private.h"
#include "server/db/migrate.h"
#include "server/db/schema-folder.h"

#include <mysqld_error.h>
#include <string.h>

static const char tables_sql[] = "SELECT table_name AS name FROM information_schema.tables"
                                 " WHERE table_schema = DATABASE() ORDER BY table_name";

static GPtrArray *
read_tables (TwDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TwStatement) list = tw_db_prepare (db, tables_sql);
  gboolean found;

  for (;;)
    {
      if (!tw_statement_step (list, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, g_strdup (tw_column_text (list, "name")));
    }
}

/* Account and table names cannot be bound in GRANT; they are quoted by the library. */
static char *
quote (TwDb *db, const char *text)
{
  gsize length = strlen (text);
  g_autofree char *quoted = g_malloc (2 * length + 1);

  mysql_real_escape_string (db->mysql, quoted, text, length);
  return g_strdup_printf ("'%s'", quoted);
}

/* Taking away what was never given is no failure. */
static gboolean
take_away (TwDb *db, const char *rights, const char *table, const char *account, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("REVOKE %s ON `%s` FROM %s", rights, table, account);
  g_autoptr (GError) fault = NULL;
  guint code;

  if (tw_db_query (db, sql, &code, &fault) || code == ER_NONEXISTING_TABLE_GRANT || code == ER_NONEXISTING_GRANT)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static gboolean
grant (TwDb *db, const char *rights, const char *table, const char *account, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("GRANT %s ON `%s` TO %s", rights, table, account);

  return tw_db_query (db, sql, NULL, error);
}

static gboolean
grant_table (TwDb *db, const char *table, const TwTableRule *rule, const char *account, GError **error)
{
  g_autofree char *columns = NULL;

  if (rule == NULL || rule->access == TW_TABLE_OPEN)
    return grant (db, "SELECT, INSERT, UPDATE, DELETE", table, account, error);
  if (rule->access == TW_TABLE_READ_ONLY)
    return grant (db, "SELECT", table, account, error)
           && take_away (db, "INSERT, UPDATE, DELETE", table, account, error);
  if (!grant (db, "SELECT, INSERT", table, account, error) || !take_away (db, "UPDATE, DELETE", table, account, error))
    return FALSE;
  if (rule->columns == NULL)
    return TRUE;
  columns = g_strdup_printf ("UPDATE (%s)", rule->columns);
  return grant (db, columns, table, account, error);
}

/* A rule about a table that is not there would protect nothing: a slip of the pen that must be seen. */
static gboolean
check_rules (GHashTable *rules, GPtrArray *tables, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, rules);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_ptr_array_find_with_equal_func (tables, name, g_str_equal, NULL))
      return tw_error_set (error, TW_ERROR_INTERNAL, "the schema's rights name the table %s, which is not there",
                           (const char *) name);
  return TRUE;
}

gboolean
tw_migrate_grant (TwDb *owner, const char *folder, const char *user, const char *host, GError **error)
{
  static const TwTableRule own = { TW_TABLE_READ_ONLY, NULL };
  g_autoptr (GPtrArray) files = tw_schema_folder_read (folder, error);
  g_autoptr (GHashTable) rules = files != NULL ? tw_schema_folder_rules (files, error) : NULL;
  g_autoptr (GPtrArray) tables = rules != NULL ? read_tables (owner, error) : NULL;
  g_autofree char *quoted_user = NULL, *quoted_host = NULL, *account = NULL;

  if (tables == NULL || !check_rules (rules, tables, error) || !tw_db_make_ready (owner, error))
    return FALSE;
  quoted_user = quote (owner, user);
  quoted_host = quote (owner, host);
  account = g_strdup_printf ("%s@%s", quoted_user, quoted_host);
  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      const TwTableRule *rule = g_str_has_prefix (table, "schema_") ? &own : g_hash_table_lookup (rules, table);

      if (!grant_table (owner, table, rule, account, error))
        return FALSE;
    }
  return TRUE;
}
