/* restore.c: see restore.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/restore.h"

#include <glib/gstdio.h>

#include "server/backup-store.h"
#include "server/backup.h"
#include "server/core/change.h"
#include "server/core/seal.h"
#include "server/database.h"
#include "server/db/file-tree.h"
#include "server/db/private-folder.h"

typedef struct
{
  const TwConfig *config;
  const char *file;
  JsonObject *manifest;
  char *head_file;
  TwSealHead head;    /* of the change log as it is when the restore has ended */
  TwSealHead witness; /* what the file outside said before */
  gboolean stands;    /* whether that is in the backup too */
} Restore;

static void
restore_clear (Restore *restore)
{
  g_free (restore->head_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, restore_clear)

/* ---- What is in it ---- */

static void
put_detail (JsonObject *detail, const char *name, JsonObject *manifest, const char *source)
{
  if (json_object_has_member (manifest, source))
    json_object_set_member (detail, name, json_node_copy (json_object_get_member (manifest, source)));
}

/* The log of the restored database tells that it was restored, from what, and what was known to have come after. */
static gboolean
note_cb (TwDb *db, gpointer data, GError **error)
{
  Restore *restore = data;
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "restore");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *detail = json_object_new ();
  g_autofree char *text = NULL;

  put_detail (detail, "backup_at", restore->manifest, "at");
  put_detail (detail, "backup_seq", restore->manifest, "seq");
  if (!restore->stands)
    json_object_set_int_member (detail, "witnessed_seq", restore->witness.seq);
  json_node_take_object (node, detail);
  text = json_to_string (node, FALSE);
  return tw_change_note (&ctx, "database", 1, 1, "restore", text, NULL, error);
}

static gboolean
settle (Restore *restore, TwDb *db, GError **error)
{
  return tw_backup_store_settle (db, error)
         && tw_seal_check_head (db, restore->head_file, &restore->witness, &restore->stands, error)
         && tw_db_transaction (db, note_cb, restore, error) && tw_seal_all (db, NULL, error)
         && tw_seal_get_head (db, &restore->head, error);
}

static gboolean
load (Restore *restore, TwDatabase *database, const TwConfig *config, GError **error)
{
  g_autoptr (TwDb) db = NULL;

  if (!tw_backup_load (tw_database_get_owner (database), restore->file, error)
      || !tw_database_migrate (database, config, error))
    return FALSE;
  db = tw_db_open (tw_database_get_working (database), error);
  return db != NULL && settle (restore, db, error);
}

/* ---- The private database ---- */

static gboolean
refuse_full (GError **error)
{
  return tw_error_set (error, TW_ERROR_STATE, "the database is not empty; --force replaces what is there");
}

/* Of a restore that was cut off, with the mariadbd that it left behind. */
static gboolean
remove_half (const char *folder, const char *made, GError **error)
{
  g_autoptr (TwPrivateFolder) half = NULL;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return TRUE;
  half = tw_private_folder_seize (made, error);
  if (half == NULL)
    return FALSE;
  tw_file_tree_remove (folder);
  return TRUE;
}

static gboolean
make_beside (Restore *restore, const char *folder, GError **error)
{
  TwConfig beside = *restore->config;
  g_autoptr (TwDatabase) database = NULL;

  beside.data_dir = (char *) folder;
  database = tw_database_reach (&beside, error);
  return database != NULL && load (restore, database, &beside, error); /* it ends with its database */
}

static gboolean
restore_private (Restore *restore, gboolean force, GError **error)
{
  g_autofree char *place_path = g_build_filename (restore->config->data_dir, "database", NULL);
  g_autofree char *beside = g_build_filename (restore->config->data_dir, "restore", NULL);
  g_autofree char *made = g_build_filename (beside, "database", NULL);
  g_autoptr (TwPrivateFolder) place = tw_private_folder_seize (place_path, error);

  if (place == NULL)
    return FALSE;
  if (!tw_private_folder_is_empty (place) && !force)
    return refuse_full (error);
  if (!remove_half (beside, made, error) || !make_beside (restore, beside, error)
      || !tw_private_folder_replace (place, made, error))
    return FALSE;
  tw_file_tree_remove (beside);
  return TRUE;
}

/* ---- A database of somebody else's server ---- */

/* What was there, in case it is missed. */
static gboolean
keep_copy (Restore *restore, const TwDbAddress *owner, TwDb *db, GError **error)
{
  g_autoptr (JsonObject) manifest = tw_backup_describe (db, error);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *name = g_date_time_format (now, "before-restore-%Y%m%dT%H%M%SZ.gz");
  g_autofree char *file = g_build_filename (restore->config->data_dir, name, NULL);

  if (manifest == NULL)
    return FALSE;
  if (g_mkdir_with_parents (restore->config->data_dir, 0700) != 0)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, "the folder %s cannot be created", restore->config->data_dir);
  if (!tw_backup_write (owner, file, manifest, error))
    return FALSE;
  g_message ("what was in the database is kept in %s", file);
  return TRUE;
}

static gboolean
refuse_served (TwDatabase *database, GError **error)
{
  g_autoptr (TwDb) db = tw_db_open (tw_database_get_working (database), error);
  gboolean served;

  if (db == NULL || !tw_backup_store_is_served (db, &served, error))
    return FALSE;
  return !served || tw_error_set (error, TW_ERROR_STATE, "a server works with this database; stop it first");
}

/* Makes room, or says why not. */
static gboolean
clear_place (Restore *restore, const TwDbAddress *owner, TwDb *db, gboolean force, GError **error)
{
  gboolean empty, half;

  if (!tw_backup_store_is_empty (db, &empty, error) || !tw_backup_store_is_unfinished (db, &half, error))
    return FALSE;
  if (!empty && !half && !force)
    return refuse_full (error);
  if (!empty && !half && !keep_copy (restore, owner, db, error))
    return FALSE;
  return tw_backup_store_begin_restore (db, error) && tw_backup_store_empty (db, error);
}

static gboolean
restore_named (Restore *restore, gboolean force, GError **error)
{
  g_autoptr (TwDatabase) database = tw_database_reach (restore->config, error);
  const TwDbAddress *owner;
  g_autoptr (TwDb) db = NULL;

  if (database == NULL || !refuse_served (database, error))
    return FALSE;
  owner = tw_database_get_owner (database);
  db = tw_db_open (owner, error);
  return db != NULL && clear_place (restore, owner, db, force, error)
         && load (restore, database, restore->config, error) && tw_backup_store_end_restore (db, error);
}

/* ---- The witness ---- */

/* What it said and the restored log does not know is evidence: kept, a line each. */
static gboolean
keep_witness (Restore *restore, GError **error)
{
  g_autofree char *kept_file = g_strconcat (restore->head_file, ".replaced", NULL);
  g_autofree char *line = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *both = NULL;

  if (restore->stands)
    return TRUE;
  if (!g_file_get_contents (restore->head_file, &line, NULL, error))
    return FALSE;
  if (!g_file_get_contents (kept_file, &kept, NULL, NULL))
    kept = g_strdup ("");
  both = g_strconcat (kept, line, NULL);
  json_object_set_int_member (restore->manifest, "witnessed_seq", restore->witness.seq);
  g_message ("%s had witnessed change %" G_GINT64_FORMAT ", which is not in the backup: what came after the backup is"
             " lost; the line is kept in %s",
             restore->head_file, restore->witness.seq, kept_file);
  return g_file_set_contents_full (kept_file, both, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0640, error);
}

gboolean
tw_restore_run (const TwConfig *config, const char *file, gboolean force, JsonObject *manifest,
                GError **error)
{
  g_auto (Restore) restore = { .config = config, .file = file, .manifest = manifest };

  restore.head_file = tw_config_get_head_file (config);
  if (config->database != NULL ? !restore_named (&restore, force, error) : !restore_private (&restore, force, error))
    return FALSE;
  json_object_set_int_member (manifest, "restored_seq", restore.head.seq);
  return keep_witness (&restore, error) && tw_seal_write_head (restore.head_file, &restore.head, error);
}
