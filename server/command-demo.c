/* command-demo.c: builds the demonstration company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <unistd.h>

#include "server/areas.h"
#include "server/command.h"
#include "server/core/seal.h"
#include "server/database.h"
#include "server/demo/demo.h"

/* A statement of the demonstration may be one of many at once on a slow disk. */
#define PATIENCE_SECONDS 60

/* One line that counts, where somebody watches. */
static void
progress_cb (guint done, guint total, gpointer data)
{
  if (done == total)
    fprintf (stderr, "\r%u of %u steps\n", done, total);
  else if (done % 100 == 0)
    fprintf (stderr, "\r%u of %u steps", done, total);
}

static char *
get_sample_folder (void)
{
  const char *root = g_getenv ("TRADEWIND_SAMPLE_DIR");

  return g_build_filename (root != NULL ? root : TW_SAMPLE_DIR, "northwind", NULL);
}

gboolean
tw_command_demo (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *head_file = tw_config_get_head_file (config);
  g_autofree char *folder = get_sample_folder ();
  g_autoptr (TwDatabase) database = NULL;
  g_autoptr (TwDb) db = NULL;

  if (!tw_command_read_options (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  tw_areas_register ();
  database = tw_database_open (config, error);
  if (database == NULL)
    return FALSE;
  db = tw_db_open (tw_database_get_working (database), error);
  if (db == NULL)
    return FALSE;
  if (!tw_db_set_patience (db, PATIENCE_SECONDS, error)
      || !tw_demo_build (db, folder, isatty (STDERR_FILENO) ? progress_cb : NULL, NULL, error)
      || !tw_seal_all (db, head_file, error))
    return FALSE;
  puts ("the demonstration company is ready: sign in as sales, manager, warehouse, finance …");
  return TRUE;
}
