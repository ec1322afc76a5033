/* command-verify.c: verify and audit: whether what must always be true is, and the log for others to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "server/areas.h"
#include "server/audit-store.h"
#include "server/command.h"
#include "server/core/seal.h"
#include "server/core/verify.h"
#include "server/database.h"

/* One statement may read every row of every year. */
#define PATIENCE_SECONDS 3600
#define MAX_CONNECTIONS 8

static void
print_cb (const char *line, gpointer data)
{
  puts (line);
  fflush (stdout); /* who waits for the end sees how far it is */
}

static TwDb *
open_patient (TwDatabase *database, GError **error)
{
  g_autoptr (TwDb) db = tw_db_open (tw_database_get_working (database), error);

  if (db == NULL || !tw_db_set_patience (db, PATIENCE_SECONDS, error))
    return NULL;
  return g_steal_pointer (&db);
}

/* One more than there are processors: some wait for the disk, or for their answer. */
static gboolean
open_all (TwDatabase *database, GPtrArray *dbs, GError **error)
{
  guint n = MIN (g_get_num_processors () + 1, MAX_CONNECTIONS);

  for (guint i = 0; i < n; i++)
    {
      TwDb *db = open_patient (database, error);

      if (db == NULL)
        return FALSE;
      g_ptr_array_add (dbs, db);
    }
  return TRUE;
}

static TwDb *
open_sealed (TwDatabase *database, const char *head_file, GError **error)
{
  g_autoptr (TwDb) db = open_patient (database, error);

  if (db == NULL || !tw_seal_all (db, head_file, error))
    return NULL;
  return g_steal_pointer (&db);
}

gboolean
tw_command_verify (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *head_file = tw_config_get_head_file (config);
  g_autoptr (TwDatabase) database = NULL;
  g_autoptr (GPtrArray) dbs = g_ptr_array_new_with_free_func ((GDestroyNotify) tw_db_close);
  gboolean clean = FALSE;

  if (!tw_command_read_options (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  tw_areas_register ();
  database = tw_database_open_as_it_is (config, error);
  if (database == NULL)
    return FALSE;
  if (!open_all (database, dbs, error)
      || !tw_verify_run ((TwDb *const *) dbs->pdata, dbs->len, head_file, print_cb, NULL, &clean, error))
    return FALSE;
  return clean || tw_error_set (error, TW_ERROR_STATE, "not everything holds; see above");
}

static gboolean
check_chain (TwDb *db, const char *head_file, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  TwSealHead head;

  if (!tw_seal_verify_links (db, NULL, NULL, problems, error)
      || !tw_seal_verify_witness (db, head_file, problems, error) || !tw_seal_get_head (db, &head, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    puts (g_ptr_array_index (problems, i));
  if (problems->len > 0)
    return tw_error_set (error, TW_ERROR_STATE, "the audit chain is broken");
  printf ("the audit chain is whole: %" G_GINT64_FORMAT " changes\n", head.seq);
  return TRUE;
}

gboolean
tw_command_audit (const TwConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *head_file = tw_config_get_head_file (config);
  g_autoptr (TwDatabase) database = NULL;
  g_autoptr (TwDb) db = NULL;
  gboolean check = argc == 2 && g_str_equal (argv[1], "check");

  if (!check && !(argc == 2 && g_str_equal (argv[1], "export")))
    return tw_error_set (error, TW_ERROR_INVALID, "audit check or audit export");
  database = tw_database_open_as_it_is (config, error);
  if (database == NULL)
    return FALSE;
  if (check)
    {
      db = open_patient (database, error);
      return db != NULL && check_chain (db, head_file, error);
    }
  db = open_sealed (database, head_file, error);
  return db != NULL && tw_audit_store_each (db, print_cb, NULL, error);
}
