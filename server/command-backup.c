/* command-backup.c: backup and restore
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <stdio.h>

#include "server/backup.h"
#include "server/command.h"
#include "server/database.h"
#include "server/restore.h"

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
  manifest = db != NULL ? tw_backup_describe (db, error) : NULL;
  if (manifest == NULL || !tw_backup_write (tw_database_get_owner (database), argv[1], manifest, error))
    return FALSE;
  print_manifest (manifest);
  return TRUE;
}

gboolean
tw_command_restore (const TwConfig *config, int argc, char **argv, GError **error)
{
  gboolean force = FALSE;
  const GOptionEntry entries[] = { { "force", 0, 0, G_OPTION_ARG_NONE, &force, NULL, NULL }, { NULL } };
  g_autoptr (JsonNode) manifest = NULL;

  if (!tw_command_read_options (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  signal (SIGPIPE, SIG_IGN); /* a mariadb that ends early is an error, not our end */
  manifest = tw_backup_check (argv[1], error);
  if (manifest == NULL || !tw_restore_run (config, argv[1], force, json_node_get_object (manifest), error))
    return FALSE;
  print_manifest (json_node_get_object (manifest));
  return TRUE;
}
