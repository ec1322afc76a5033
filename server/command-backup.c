/* command-backup.c: backup and restore
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <stdio.h>

#include "server/backup-store.h"
#include "server/backup.h"
#include "server/command.h"
#include "server/core/seal.h"
#include "server/database.h"
#include "shared/base/date.h"

static JsonObject *
describe (TwDb *db, GError **error)
{
  g_autofree char *now = tw_time_format (tw_time_now ());
  g_autoptr (JsonObject) manifest = json_object_new ();

  json_object_set_int_member (manifest, "format", 1);
  json_object_set_string_member (manifest, "at", now);
  json_object_set_string_member (manifest, "program", TW_VERSION);
  return tw_backup_store_describe (db, manifest, error) ? g_steal_pointer (&manifest) : NULL;
}

static void
print_manifest (JsonObject *manifest)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, manifest);
  text = json_to_string (node, TRUE);
  puts (text);
}

gboolean
tw_command_backup (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autoptr (TwDatabase) database = NULL;
  g_autoptr (TwDb) db = NULL;
  g_autoptr (JsonObject) manifest = NULL;

  if (!tw_command_read_options (&argc, &argv, NULL, 1, 1, error))
    return FALSE;
  database = tw_database_open_as_it_is (config, error);
  if (database == NULL)
    return FALSE;
  db = tw_db_open (tw_database_get_owner (database), error);
  manifest = db != NULL ? describe (db, error) : NULL;
  if (manifest == NULL || !tw_backup_write (tw_database_get_owner (database), argv[1], manifest, error))
    return FALSE;
  print_manifest (manifest);
  return TRUE;
}

/* Makes room, or says why not. */
static gboolean
clear_place (TwDb *db, gboolean force, GError **error)
{
  gboolean empty, served;

  if (!tw_backup_store_is_empty (db, &empty, error))
    return FALSE;
  if (empty)
    return TRUE;
  if (!force)
    return tw_error_set (error, TW_ERROR_STATE, "the database is not empty; --force replaces what is there");
  if (!tw_backup_store_is_served (db, &served, error))
    return FALSE;
  if (served)
    return tw_error_set (error, TW_ERROR_STATE, "a server works with this database; stop it first");
  return tw_backup_store_empty (db, error);
}

/* The witness outside the database follows what was restored on purpose. */
static gboolean
take_over (TwDatabase *database, const TwConfig *config, GError **error)
{
  g_autofree char *head_file = tw_config_get_head_file (config);
  g_autoptr (TwDb) db = NULL;
  TwSealHead head;

  if (!tw_database_migrate (database, config, error))
    return FALSE;
  db = tw_db_open (tw_database_get_working (database), error);
  return db != NULL && tw_backup_store_settle (db, error) && tw_seal_get_head (db, &head, error)
         && tw_seal_write_head (head_file, &head, error);
}

gboolean
tw_command_restore (const TwConfig *config, int argc, char **argv, GError **error)
{
  gboolean force = FALSE;
  const GOptionEntry entries[] = { { "force", 0, 0, G_OPTION_ARG_NONE, &force, NULL, NULL }, { NULL } };
  g_autoptr (TwDatabase) database = NULL;
  g_autoptr (TwDb) db = NULL;
  g_autoptr (JsonNode) manifest = NULL;

  if (!tw_command_read_options (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  signal (SIGPIPE, SIG_IGN); /* a mariadb that ends early is an error, not our end */
  manifest = tw_backup_check (argv[1], error);
  if (manifest == NULL)
    return FALSE;
  database = tw_database_reach (config, error);
  db = database != NULL ? tw_db_open (tw_database_get_owner (database), error) : NULL;
  if (db == NULL || !clear_place (db, force, error)
      || !tw_backup_load (tw_database_get_owner (database), argv[1], error) || !take_over (database, config, error))
    return FALSE;
  print_manifest (json_node_get_object (manifest));
  return TRUE;
}
