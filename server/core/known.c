/* known.c: see known.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/known.h"

/* More, and all are forgotten. */
#define MAX_RECORDS 2000

typedef struct
{
  char *stamp;
  TwRecord *record;
} Known;

static GMutex mutex; /* guards what follows */
static GHashTable *records; /* (element-type utf8 Known) */

static void
known_free (gpointer data)
{
  Known *known = data;

  g_free (known->stamp);
  g_object_unref (known->record);
  g_free (known);
}

TwRecord *
tw_known_find (const char *name, char **stamp)
{
  TwRecord *record = NULL;
  const Known *known;

  g_mutex_lock (&mutex);
  known = records != NULL ? g_hash_table_lookup (records, name) : NULL;
  if (known != NULL)
    {
      record = g_object_ref (known->record);
      *stamp = g_strdup (known->stamp);
    }
  g_mutex_unlock (&mutex);
  return record;
}

TwRecord *
tw_known_copy (const char *name, const char *stamp)
{
  g_autofree char *had = NULL;
  g_autoptr (TwRecord) record = tw_known_find (name, &had);

  return record != NULL && g_str_equal (had, stamp) ? tw_record_copy (record) : NULL;
}

void
tw_known_put_own (const char *name, const char *stamp, TwRecord *record)
{
  Known *known = g_new0 (Known, 1);

  known->stamp = g_strdup (stamp);
  known->record = record;
  g_mutex_lock (&mutex);
  if (records == NULL)
    records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  if (g_hash_table_size (records) >= MAX_RECORDS)
    g_hash_table_remove_all (records);
  g_hash_table_replace (records, g_strdup (name), known);
  g_mutex_unlock (&mutex);
}

void
tw_known_put (const char *name, const char *stamp, TwRecord *record)
{
  tw_known_put_own (name, stamp, tw_record_copy (record));
}
