/* backup-store.c: what a backup says of itself, and an emptied place for a restore
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/backup-store.h"

/* A table that is there as long as a restore has not ended. */
#define MARK "restore_unfinished"

static gboolean
describe_head (TwDb *db, JsonObject *manifest, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT (SELECT MAX(number) FROM schema_migration) AS newest, "
                         "(SELECT COALESCE(MAX(seq), 0) FROM change_seal) AS seq");
  gboolean found;

  if (!tw_statement_step (s, &found, error))
    return FALSE;
  json_object_set_int_member (manifest, "schema", tw_column_int (s, "newest"));
  json_object_set_int_member (manifest, "seq", tw_column_int (s, "seq"));
  return TRUE;
}

static gboolean
describe_counts (TwDb *db, JsonObject *counts, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT 'app_user' AS name, COUNT(*) AS n FROM app_user UNION ALL SELECT 'customer', COUNT(*) FROM customer "
        "UNION ALL SELECT 'product', COUNT(*) FROM product UNION ALL SELECT 'sales_order', COUNT(*) FROM sales_order "
        "UNION ALL SELECT 'shipment', COUNT(*) FROM shipment UNION ALL SELECT 'stock_move', COUNT(*) FROM stock_move "
        "UNION ALL SELECT 'invoice', COUNT(*) FROM invoice UNION ALL SELECT 'payment', COUNT(*) FROM payment "
        "UNION ALL SELECT 'journal_entry', COUNT(*) FROM journal_entry "
        "UNION ALL SELECT 'change_log', COUNT(*) FROM change_log");
  gboolean found;

  while (TRUE)
    {
      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      json_object_set_int_member (counts, tw_column_text (s, "name"), tw_column_int (s, "n"));
    }
}

static gboolean
describe_cb (TwDb *db, gpointer manifest, GError **error)
{
  JsonObject *counts = json_object_new ();

  json_object_set_object_member (manifest, "counts", counts);
  return describe_head (db, manifest, error) && describe_counts (db, counts, error);
}

gboolean
tw_backup_store_describe (TwDb *db, JsonObject *manifest, GError **error)
{
  return tw_db_snapshot (db, describe_cb, manifest, error);
}

gboolean
tw_backup_store_is_empty (TwDb *db, gboolean *empty, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (
    db, "SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE()");
  gboolean found;

  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *empty = tw_column_int (s, "n") == 0;
  return TRUE;
}

/* The names are the schema's own. */
static char *
build_drops (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT CONCAT('DROP TABLE `', table_name, '`;') AS statement FROM information_schema.tables "
                         "WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> '" MARK "'");
  g_autoptr (GString) script = g_string_new ("SET FOREIGN_KEY_CHECKS = 0;");
  gboolean found;

  while (TRUE)
    {
      if (!tw_statement_step (s, &found, error))
        return NULL;
      if (!found)
        break;
      g_string_append (script, tw_column_text (s, "statement"));
    }
  g_string_append (script, "SET FOREIGN_KEY_CHECKS = 1;");
  return g_string_free (g_steal_pointer (&script), FALSE);
}

gboolean
tw_backup_store_empty (TwDb *owner, GError **error)
{
  g_autofree char *script = build_drops (owner, error);

  return script != NULL && tw_db_execute_script (owner, script, error);
}

gboolean
tw_backup_store_begin_restore (TwDb *owner, GError **error)
{
  return tw_db_execute_script (owner, "CREATE TABLE IF NOT EXISTS " MARK " (id INT NOT NULL PRIMARY KEY);", error);
}

gboolean
tw_backup_store_end_restore (TwDb *owner, GError **error)
{
  return tw_db_execute_script (owner, "DROP TABLE " MARK ";", error);
}

gboolean
tw_backup_store_is_unfinished (TwDb *db, gboolean *unfinished, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (db, "SELECT COUNT(*) AS n FROM information_schema.tables"
                         " WHERE table_schema = DATABASE() AND table_name = '" MARK "'");
  gboolean found;

  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *unfinished = tw_column_int (s, "n") > 0;
  return TRUE;
}

gboolean
tw_backup_store_is_served (TwDb *working, gboolean *served, GError **error)
{
  g_autoptr (TwStatement) s
    = tw_db_prepare (working, "SELECT COUNT(*) AS n FROM information_schema.processlist"
                              " WHERE db = DATABASE() AND id <> CONNECTION_ID()");
  gboolean found;

  if (!tw_statement_step (s, &found, error))
    return FALSE;
  *served = tw_column_int (s, "n") > 0;
  return TRUE;
}

gboolean
tw_backup_store_settle (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) sessions = tw_db_prepare (db, "DELETE FROM session");
  g_autoptr (TwStatement) leases = tw_db_prepare (db, "UPDATE lease SET holder = '', until = '2000-01-01'");

  return tw_statement_run (sessions, NULL, error) && tw_statement_run (leases, NULL, error);
}
