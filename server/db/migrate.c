/* migrate.c: bringing a database to the program's schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/migrate.h"
#include "server/db/connection-private.h"
#include "server/db/schema-folder.h"
#include "server/db/sql-text.h"

#include <errno.h>
#include <mysqld_error.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The longest a statement may take; altering a large table is slow. */
#define PATIENCE_SECONDS 3600
/* A holder renews before each statement; one that has not for so long is taken for dead. */
#define LEASE_SECONDS 120
#define WAIT_SECONDS 60
#define POLL_USEC 50000

static const char ledger_sql[]
    = "CREATE TABLE IF NOT EXISTS schema_migration ("
      "  number INT NOT NULL PRIMARY KEY,"
      "  name VARCHAR(120) NOT NULL,"
      "  checksum CHAR(64) NOT NULL,"
      "  done INT NOT NULL DEFAULT 0 COMMENT 'statements applied',"
      "  trying INT NOT NULL DEFAULT 0 COMMENT 'statement begun last',"
      "  applied_at DATETIME(6) NULL);"
      "CREATE TABLE IF NOT EXISTS schema_lease ("
      "  id TINYINT NOT NULL PRIMARY KEY,"
      "  holder VARCHAR(160) NOT NULL DEFAULT '',"
      "  expires_at DATETIME(6) NOT NULL);"
      "INSERT IGNORE INTO schema_lease (id, expires_at) VALUES (1, '2000-01-01');";
static const char ledger_exists_sql[]
    = "SELECT COUNT(*) AS n FROM information_schema.tables"
      " WHERE table_schema = DATABASE() AND table_name IN ('schema_migration', 'schema_lease')";
static const char list_sql[] = "SELECT number, name, checksum, done, trying, applied_at IS NOT NULL AS applied"
                               " FROM schema_migration ORDER BY number";
static const char holder_sql[] = "SELECT holder FROM schema_lease WHERE id = 1";
static const char lease_sql[] = "UPDATE schema_lease"
                                " SET holder = :me, expires_at = UTC_TIMESTAMP(6) + INTERVAL :seconds SECOND"
                                " WHERE id = 1 AND (holder IN ('', :me, :dead) OR expires_at < UTC_TIMESTAMP(6))";
static const char release_sql[] = "UPDATE schema_lease SET holder = '' WHERE id = 1 AND holder = :me";
static const char begin_sql[] = "INSERT IGNORE INTO schema_migration (number, name, checksum)"
                                " VALUES (:number, :name, :checksum)";
static const char trying_sql[] = "UPDATE schema_migration SET trying = :statement WHERE number = :number";
static const char done_sql[] = "UPDATE schema_migration SET done = :statement WHERE number = :number";
static const char applied_sql[] = "UPDATE schema_migration SET applied_at = UTC_TIMESTAMP(6) WHERE number = :number";

/* ---- What is applied ---- */

typedef struct
{
  char *name;
  char *checksum;
  guint done;
  guint trying;
  gboolean applied;
} Applied;

static void
applied_free (gpointer data)
{
  Applied *applied = data;

  g_free (applied->name);
  g_free (applied->checksum);
  g_free (applied);
}

static gboolean
ledger_exists (TwDb *db, gboolean *exists, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, ledger_exists_sql);
  gboolean found;

  if (!tw_statement_step (find, &found, error))
    return FALSE;
  *exists = found && tw_column_int (find, "n") == 2;
  return TRUE;
}

/* (element-type guint Applied) by number. */
static GHashTable *
read_applied (TwDb *db, GError **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (NULL, NULL, NULL, applied_free);
  g_autoptr (TwStatement) list = tw_db_prepare (db, list_sql);
  gboolean found;

  for (;;)
    {
      Applied *row;

      if (!tw_statement_step (list, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&rows);
      row = g_new0 (Applied, 1);
      row->name = g_strdup (tw_column_text (list, "name"));
      row->checksum = g_strdup (tw_column_text (list, "checksum"));
      row->done = (guint) tw_column_int (list, "done");
      row->trying = (guint) tw_column_int (list, "trying");
      row->applied = tw_column_bool (list, "applied");
      g_hash_table_insert (rows, GUINT_TO_POINTER ((guint) tw_column_int (list, "number")), row);
    }
}

/* Refuses a database whose history is not a beginning of ours. @missing: how many files are still to be applied. */
static gboolean
compare (GPtrArray *files, GHashTable *rows, guint *missing, GError **error)
{
  guint known = 0;

  *missing = 0;
  for (guint i = 0; i < files->len; i++)
    {
      TwSchemaFile *file = g_ptr_array_index (files, i);
      Applied *row = g_hash_table_lookup (rows, GUINT_TO_POINTER (file->number));

      known += row != NULL;
      *missing += row == NULL || !row->applied;
      if (row != NULL && !g_str_equal (row->checksum, file->checksum))
        return tw_error_set (error, TW_ERROR_STATE,
                             _ ("The schema file %s is not the one this database was built with (%s)."), file->name,
                             row->name);
      if (row != NULL && row->applied && *missing > 0)
        return tw_error_set (error, TW_ERROR_STATE, _ ("The schema file %s was applied before an earlier one."),
                             file->name);
    }
  if (known != g_hash_table_size (rows))
    return tw_error_set (error, TW_ERROR_STATE, _ ("The database is newer than this program."));
  return TRUE;
}

/* ---- The lease ---- */

static char *
make_holder (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strdup_printf ("%s %d %s", g_get_host_name (), (int) getpid (), uuid);
}

/* @holder itself when it was a process of this machine that is no more, else NULL. */
static char *
read_dead_holder (TwDb *db, gboolean *read, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (db, holder_sql);
  g_auto (GStrv) parts = NULL;
  gboolean found;
  int pid;

  *read = tw_statement_step (find, &found, error);
  if (!*read || !found)
    return NULL;
  parts = g_strsplit (tw_column_text (find, "holder"), " ", -1);
  if (g_strv_length (parts) != 3 || !g_str_equal (parts[0], g_get_host_name ()))
    return NULL;
  pid = (int) g_ascii_strtoll (parts[1], NULL, 10);
  if (pid <= 0 || kill (pid, 0) == 0 || errno != ESRCH)
    return NULL;
  return g_strdup (tw_column_text (find, "holder"));
}

static gboolean
try_lease (TwDb *db, const char *me, gboolean *held, GError **error)
{
  g_autoptr (TwStatement) take = NULL;
  g_autofree char *dead = NULL;
  guint64 affected;
  gboolean read;

  dead = read_dead_holder (db, &read, error);
  if (!read)
    return FALSE;
  take = tw_db_prepare (db, lease_sql);
  tw_bind_text (take, "me", me);
  tw_bind_text (take, "dead", dead != NULL ? dead : me);
  tw_bind_int (take, "seconds", LEASE_SECONDS);
  if (!tw_statement_run (take, &affected, error))
    return FALSE;
  *held = affected == 1;
  return TRUE;
}

static gboolean
take_lease (TwDb *db, const char *me, GError **error)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;
  gboolean held;

  for (;;)
    {
      if (!try_lease (db, me, &held, error))
        return FALSE;
      if (held)
        return TRUE;
      if (g_get_monotonic_time () > until)
        return tw_error_set (error, TW_ERROR_UNAVAILABLE,
                             _ ("Another program is still changing the database's schema."));
      g_usleep (POLL_USEC); /* a row has nothing to wait on */
    }
}

static gboolean
release_lease (TwDb *db, const char *me, GError **error)
{
  g_autoptr (TwStatement) release = tw_db_prepare (db, release_sql);

  tw_bind_text (release, "me", me);
  return tw_statement_run (release, NULL, error);
}

/* ---- Applying ---- */

static gboolean
mark (TwDb *db, const char *sql, const TwSchemaFile *file, guint statement, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (db, sql);

  tw_bind_int (update, "statement", statement);
  tw_bind_int (update, "number", file->number);
  return tw_statement_run (update, NULL, error);
}

/* What a DDL statement answers that has already had its effect. */
static gboolean
is_done_already (guint code)
{
  static const guint codes[] = { ER_TABLE_EXISTS_ERROR,   ER_DUP_FIELDNAME,      ER_DUP_KEYNAME,
                                 ER_CANT_DROP_FIELD_OR_KEY, ER_BAD_TABLE_ERROR,  ER_TRG_ALREADY_EXISTS,
                                 ER_TRG_DOES_NOT_EXIST,   ER_SP_ALREADY_EXISTS,  ER_SP_DOES_NOT_EXIST,
                                 ER_MULTIPLE_PRI_KEY,     1826 /* ER_DUP_CONSTRAINT_NAME */ };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      return TRUE;
  return FALSE;
}

/* Statement @n (from 1) and its progress in one transaction; DDL ends the transaction by itself. */
static gboolean
apply_statement (TwDb *db, const TwSchemaFile *file, const char *sql, guint n, gboolean in_doubt, GError **error)
{
  g_autoptr (GError) fault = NULL;
  guint code;

  if (!mark (db, trying_sql, file, n, error) || !tw_db_query (db, "START TRANSACTION", NULL, error))
    return FALSE;
  if (!tw_db_query (db, sql, &code, &fault) && !(in_doubt && is_done_already (code)))
    {
      tw_db_query (db, "ROLLBACK", NULL, NULL); /* the fault is what counts; a lost connection rolls back too */
      g_propagate_prefixed_error (error, g_steal_pointer (&fault), "%s, statement %u: ", file->name, n);
      return FALSE;
    }
  return mark (db, done_sql, file, n, error) && tw_db_query (db, "COMMIT", NULL, error);
}

static gboolean
apply_file (TwDb *db, const TwSchemaFile *file, const Applied *row, const char *me, GError **error)
{
  g_autoptr (GPtrArray) statements = tw_sql_split (file->text);
  g_autoptr (TwStatement) begin = tw_db_prepare (db, begin_sql);
  guint done = row != NULL ? row->done : 0;

  tw_bind_int (begin, "number", file->number);
  tw_bind_text (begin, "name", file->name);
  tw_bind_text (begin, "checksum", file->checksum);
  if (!tw_statement_run (begin, NULL, error))
    return FALSE;
  for (guint i = done; i < statements->len; i++)
    {
      gboolean in_doubt = row != NULL && row->trying == i + 1;
      gboolean held;

      if (!try_lease (db, me, &held, error))
        return FALSE;
      if (!held)
        return tw_error_set (error, TW_ERROR_UNAVAILABLE,
                             _ ("Another program has begun to change the database's schema."));
      if (!apply_statement (db, file, g_ptr_array_index (statements, i), i + 1, in_doubt, error))
        return FALSE;
    }
  g_clear_pointer (&begin, tw_statement_free);
  begin = tw_db_prepare (db, applied_sql);
  tw_bind_int (begin, "number", file->number);
  return tw_statement_run (begin, NULL, error);
}

static gboolean
apply_missing (TwDb *db, GPtrArray *files, const char *me, guint *applied, GError **error)
{
  g_autoptr (GHashTable) rows = read_applied (db, error);
  guint missing;

  if (rows == NULL || !compare (files, rows, &missing, error))
    return FALSE;
  for (guint i = files->len - missing; i < files->len; i++)
    {
      TwSchemaFile *file = g_ptr_array_index (files, i);

      if (!apply_file (db, file, g_hash_table_lookup (rows, GUINT_TO_POINTER (file->number)), me, error))
        return FALSE;
      g_message ("schema: applied %s", file->name);
      *applied += 1;
    }
  return TRUE;
}

/* Whether nothing is to be done: the usual start. */
static gboolean
is_current (TwDb *db, GPtrArray *files, gboolean *current, GError **error)
{
  g_autoptr (GHashTable) rows = NULL;
  guint missing;

  *current = FALSE;
  if (!ledger_exists (db, current, error))
    return FALSE;
  if (!*current)
    return TRUE;
  rows = read_applied (db, error);
  if (rows == NULL || !compare (files, rows, &missing, error))
    return FALSE;
  *current = missing == 0;
  return TRUE;
}

static gboolean
migrate (TwDb *db, GPtrArray *files, guint *applied, GError **error)
{
  g_autofree char *me = make_holder ();
  gboolean done;

  if (!tw_db_set_patience (db, PATIENCE_SECONDS, error) || !tw_db_execute_script (db, ledger_sql, error)
      || !take_lease (db, me, error))
    return FALSE;
  done = apply_missing (db, files, me, applied, error);
  /* After a failure the first error is the one to hear of; the lease then ends with the process or its time. */
  return release_lease (db, me, done ? error : NULL) && done;
}

/* ---- Public ---- */

gboolean
tw_migrate_run (TwDb *owner, const char *folder, guint *applied, GError **error)
{
  g_autoptr (GPtrArray) files = tw_schema_folder_read (folder, error);
  gboolean current;
  guint n = 0;

  g_assert (!owner->in_transaction);
  if (files == NULL || !is_current (owner, files, &current, error))
    return FALSE;
  if (!current && !migrate (owner, files, &n, error))
    return FALSE;
  if (applied != NULL)
    *applied = n;
  return TRUE;
}

gboolean
tw_migrate_check (TwDb *db, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) files = tw_schema_folder_read (folder, error);
  gboolean current;

  if (files == NULL || !is_current (db, files, &current, error))
    return FALSE;
  if (!current)
    return tw_error_set (error, TW_ERROR_STATE,
                         _ ("The database is older than this program; run the migration first."));
  return TRUE;
}
