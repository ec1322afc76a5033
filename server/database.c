/* database.c: the database that the configuration names, ready for use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/database.h"

#include "server/backup-store.h"
#include "server/db/migrate.h"
#include "server/db/private-mariadb.h"

struct _TwDatabase
{
  TwPrivateMariadb *own; /* NULL: somebody else runs it */
  TwDbAddress *owner;
  TwDbAddress *working;
};

static gboolean
start_private (TwDatabase *self, const TwConfig *config, GError **error)
{
  g_autofree char *folder = g_build_filename (config->data_dir, "database", NULL);

  self->own = tw_private_mariadb_start (folder, 0, error);
  if (self->own == NULL)
    return FALSE;
  self->owner = tw_db_address_copy (tw_private_mariadb_get_owner (self->own));
  self->working = tw_db_address_copy (tw_private_mariadb_get_working (self->own));
  return TRUE;
}

static gboolean
name_addresses (TwDatabase *self, const TwConfig *config, GError **error)
{
  self->working = tw_db_address_parse (config->database, error);
  if (self->working == NULL)
    return FALSE;
  if (config->database_owner != NULL)
    self->owner = tw_db_address_parse (config->database_owner, error);
  else
    self->owner = tw_db_address_copy (self->working);
  return self->owner != NULL;
}

TwDatabase *
tw_database_reach (const TwConfig *config, GError **error)
{
  g_autoptr (TwDatabase) self = g_new0 (TwDatabase, 1);

  if (config->database != NULL ? !name_addresses (self, config, error) : !start_private (self, config, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The working account gets its grants anew at every start, unless it is the owner's. */
gboolean
tw_database_migrate (TwDatabase *self, const TwConfig *config, GError **error)
{
  g_autoptr (TwDb) db = tw_db_open (self->owner, error);
  guint applied = 0;

  if (db == NULL || !tw_migrate_run (db, config->schema_dir, &applied, error))
    return FALSE;
  if (applied > 0)
    g_message ("schema: %u files applied", applied);
  return tw_migrate_grant_working (db, config->schema_dir, self->working, error);
}

/* A private one is restored beside and exchanged: it is never half. */
static gboolean
refuse_half (TwDatabase *self, GError **error)
{
  g_autoptr (TwDb) db = NULL;
  gboolean half = FALSE;

  if (self->own != NULL)
    return TRUE;
  db = tw_db_open (self->owner, error);
  if (db == NULL || !tw_backup_store_is_unfinished (db, &half, error))
    return FALSE;
  return !half || tw_error_set (error, TW_ERROR_STATE, "a restore into this database was cut off; run it again");
}

static gboolean
check (TwDatabase *self, const TwConfig *config, GError **error)
{
  g_autoptr (TwDb) db = tw_db_open (self->owner, error);

  return db != NULL && tw_migrate_check (db, config->schema_dir, error);
}

TwDatabase *
tw_database_open (const TwConfig *config, GError **error)
{
  g_autoptr (TwDatabase) self = tw_database_reach (config, error);

  if (self == NULL || !refuse_half (self, error) || !tw_database_migrate (self, config, error))
    return NULL;
  return g_steal_pointer (&self);
}

TwDatabase *
tw_database_open_as_it_is (const TwConfig *config, GError **error)
{
  g_autoptr (TwDatabase) self = tw_database_reach (config, error);

  if (self == NULL || !refuse_half (self, error) || !check (self, config, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
tw_database_close (TwDatabase *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->own, tw_private_mariadb_stop);
  g_clear_pointer (&self->owner, tw_db_address_free);
  g_clear_pointer (&self->working, tw_db_address_free);
  g_free (self);
}

const TwDbAddress *
tw_database_get_owner (TwDatabase *self)
{
  return self->owner;
}

const TwDbAddress *
tw_database_get_working (TwDatabase *self)
{
  return self->working;
}
