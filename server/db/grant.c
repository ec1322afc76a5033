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

static const char ledger_sql[] = "CREATE TABLE IF NOT EXISTS schema_grant ("
                                 "  account VARCHAR(400) NOT NULL PRIMARY KEY,"
                                 "  checksum CHAR(64) NOT NULL)";
static const char find_sql[] = "SELECT checksum FROM schema_grant WHERE account = :account";
static const char keep_sql[] = "INSERT INTO schema_grant (account, checksum) VALUES (:account, :checksum)"
                               " ON DUPLICATE KEY UPDATE checksum = :checksum";

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

static const TwTableRule *
find_rule (GHashTable *rules, const char *table)
{
  static const TwTableRule own = { TW_TABLE_READ_ONLY, NULL };

  return g_str_has_prefix (table, "schema_") ? &own : g_hash_table_lookup (rules, table);
}

/* What is to be granted, as a checksum: the usual start finds it unchanged and has nothing to do. */
static char *
sum_up (GHashTable *rules, GPtrArray *tables)
{
  g_autoptr (GString) text = g_string_new ("");

  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      const TwTableRule *rule = find_rule (rules, table);

      g_string_append_printf (text, "%s %d %s\n", table, rule != NULL ? (int) rule->access : TW_TABLE_OPEN,
                              rule != NULL && rule->columns != NULL ? rule->columns : "");
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

static gboolean
is_granted (TwDb *db, const char *account, const char *checksum, gboolean *granted, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, find_sql);
  gboolean found;

  tw_bind_text (find, "account", account);
  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *granted = found && g_str_equal (tw_column_text (find, "checksum"), checksum);
  return TRUE;
}

static gboolean
keep (TwDb *db, const char *account, const char *checksum, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, keep_sql);

  tw_bind_text (s, "account", account);
  tw_bind_text (s, "checksum", checksum);
  return tw_statement_run (s, NULL, error);
}

static gboolean
grant_tables (TwDb *db, GHashTable *rules, GPtrArray *tables, const char *account, GError **error)
{
  g_autofree char *checksum = sum_up (rules, tables);
  gboolean granted;

  if (!is_granted (db, account, checksum, &granted, error))
    return FALSE;
  for (guint i = 0; i < tables->len && !granted; i++)
    {
      const char *table = g_ptr_array_index (tables, i);

      if (!grant_table (db, table, find_rule (rules, table), account, error))
        return FALSE;
    }
  return granted || keep (db, account, checksum, error);
}

gboolean
tw_migrate_grant (TwDb *owner, const char *folder, const char *user, const char *host, GError **error)
{
  g_autoptr (GPtrArray) files = tw_schema_folder_read (folder, error);
  g_autoptr (GHashTable) rules = files != NULL ? tw_schema_folder_rules (files, error) : NULL;
  g_autoptr (GPtrArray) tables = NULL;
  g_autofree char *quoted_user = NULL, *quoted_host = NULL, *account = NULL;

  if (rules == NULL || !tw_db_query (owner, ledger_sql, NULL, error))
    return FALSE;
  tables = read_tables (owner, error);
  if (tables == NULL || !check_rules (rules, tables, error))
    return FALSE;
  quoted_user = quote (owner, user);
  quoted_host = quote (owner, host);
  account = g_strdup_printf ("%s@%s", quoted_user, quoted_host);
  return grant_tables (owner, rules, tables, account, error);
}

/* The account of a connection: "name@host pattern". (transfer full) */
static char *
read_account (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, "SELECT CURRENT_USER() AS account");
  gboolean found;

  if (!tw_statement_step (read, &found, error))
    return NULL;
  return g_strdup (tw_column_text (read, "account"));
}

gboolean
tw_migrate_grant_working (TwDb *owner, const char *folder, const TwDbAddress *working, GError **error)
{
  g_autoptr (TwDbAddress) address = tw_db_address_copy (working);
  g_autoptr (TwDb) db = NULL;
  g_autofree char *account = NULL, *own = NULL;
  char *host;

  g_clear_pointer (&address->database, g_free); /* which it may not even enter yet */
  db = tw_db_open (address, error);
  account = db != NULL ? read_account (db, error) : NULL;
  own = account != NULL ? read_account (owner, error) : NULL;
  if (own == NULL)
    return FALSE;
  if (g_str_equal (account, own))
    return TRUE;
  host = strrchr (account, '@');
  *host++ = '\0';
  return tw_migrate_grant (owner, folder, account, host, error);
}
