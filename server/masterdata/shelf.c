/* shelf.c: see shelf.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/shelf.h"

/* About a kilobyte each. */
#define MAX_RECORDS 8000

static GMutex mutex; /* guards what follows */
static gint64 shelved; /* edition */
static GHashTable *records; /* (element-type utf8 TwRecord) */

/* Whether @edition is on the shelf now. A transaction with an old snapshot may still see an older one. */
static gboolean
open_locked (gint64 edition)
{
  if (records == NULL)
    records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (edition > shelved)
    {
      g_hash_table_remove_all (records);
      shelved = edition;
    }
  return edition != 0 && edition == shelved;
}

TwRecord *
tw_shelf_take (gint64 edition, const char *name)
{
  TwRecord *record = NULL;

  g_mutex_lock (&mutex);
  if (open_locked (edition))
    record = g_hash_table_lookup (records, name);
  if (record != NULL)
    g_object_ref (record);
  g_mutex_unlock (&mutex);
  return record;
}

void
tw_shelf_put (gint64 edition, const char *name, TwRecord *record)
{
  g_mutex_lock (&mutex);
  if (open_locked (edition))
    {
      if (g_hash_table_size (records) >= MAX_RECORDS)
        g_hash_table_remove_all (records);
      g_hash_table_replace (records, g_strdup (name), g_object_ref (record));
    }
  g_mutex_unlock (&mutex);
}
