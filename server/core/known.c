/* known.c: see known.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/known.h"

/* More, and the one that nobody has looked at for the longest time is forgotten. */
#define MAX_RECORDS 2000

typedef struct
{
  char *name;
  char *stamp;
  TwRecord *record;
  GList link; /* in by_use */
} Known;

static GMutex mutex; /* guards what follows */
static GHashTable *by_name; /* (element-type utf8 Known) borrowed */
static GQueue by_use; /* (element-type Known) the last one looked at first */

static void
known_free (Known *known)
{
  g_free (known->name);
  g_free (known->stamp);
  g_object_unref (known->record);
  g_free (known);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Known, known_free)

/* Takes @known, which may be NULL, out of both; still to be freed. */
static Known *
take_out_locked (Known *known)
{
  if (known == NULL)
    return NULL;
  g_hash_table_remove (by_name, known->name);
  g_queue_unlink (&by_use, &known->link);
  return known;
}

static void
put_in_locked (Known *known)
{
  g_hash_table_insert (by_name, known->name, known);
  g_queue_push_head_link (&by_use, &known->link);
}

TwRecord *
tw_known_find (const char *name, char **stamp)
{
  TwRecord *record = NULL;
  Known *known;

  g_mutex_lock (&mutex);
  known = by_name != NULL ? g_hash_table_lookup (by_name, name) : NULL;
  if (known != NULL)
    {
      g_queue_unlink (&by_use, &known->link);
      g_queue_push_head_link (&by_use, &known->link);
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
  g_autoptr (Known) before = NULL;
  g_autoptr (Known) oldest = NULL; /* freed when nobody waits for it any more */
  Known *known = g_new0 (Known, 1);

  known->name = g_strdup (name);
  known->stamp = g_strdup (stamp);
  known->record = record;
  known->link.data = known;
  g_mutex_lock (&mutex);
  if (by_name == NULL)
    by_name = g_hash_table_new (g_str_hash, g_str_equal);
  before = take_out_locked (g_hash_table_lookup (by_name, name));
  if (by_use.length >= MAX_RECORDS)
    oldest = take_out_locked (g_queue_peek_tail (&by_use));
  put_in_locked (known);
  g_mutex_unlock (&mutex);
}

void
tw_known_put (const char *name, const char *stamp, TwRecord *record)
{
  tw_known_put_own (name, stamp, tw_record_copy (record));
}
