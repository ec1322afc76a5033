/* shelf.c: see shelf.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/shelf.h"

/* About a kilobyte each. */
#define MAX_OBJECTS 8000

static GMutex mutex; /* guards what follows */
static gint64 shelved; /* edition */
static GHashTable *objects; /* (element-type utf8 GObject) */

/* Whether @edition is on the shelf now. A transaction with an old snapshot may still see an older one. */
static gboolean
open_locked (gint64 edition)
{
  if (objects == NULL)
    objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (edition > shelved)
    {
      g_hash_table_remove_all (objects);
      shelved = edition;
    }
  return edition != 0 && edition == shelved;
}

gpointer
tw_shelf_take (gint64 edition, const char *name)
{
  gpointer object = NULL;

  g_mutex_lock (&mutex);
  if (open_locked (edition))
    object = g_hash_table_lookup (objects, name);
  if (object != NULL)
    g_object_ref (object);
  g_mutex_unlock (&mutex);
  return object;
}

void
tw_shelf_put (gint64 edition, const char *name, gpointer object)
{
  g_mutex_lock (&mutex);
  if (open_locked (edition))
    {
      if (g_hash_table_size (objects) >= MAX_OBJECTS)
        g_hash_table_remove_all (objects);
      g_hash_table_replace (objects, g_strdup (name), g_object_ref (object));
    }
  g_mutex_unlock (&mutex);
}
