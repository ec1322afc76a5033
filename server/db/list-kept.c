/* list-kept.c: see list-kept.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-kept.h"

#include "server/db/list-private.h"

/* More than that, all counted, and everything is forgotten. A row of an order is a kilobyte. */
#define MAX_BYTES (6 * 1024 * 1024)
#define ROW_OVERHEAD 100

typedef struct
{
  gint64 stamp;
  gint64 edition;
  gsize length;
  char json[];
} Kept;

static GMutex mutex;       /* guards what follows */
static GHashTable *shapes; /* (element-type utf8 GHashTable (gint64 Kept)) */
static gsize n_bytes;

char *
tw_list_kept_shape (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets)
{
  g_autofree char *columns = NULL;
  g_autofree char *from = NULL;

  tw_list_get_shape (list, query, &columns, &from);
  return g_strdup_printf ("%s %u %s FROM %s", tw_db_get_name (db), (guint) secrets, columns, from);
}

/* With the mutex held: the rows of @shape, NULL when there are none. */
static GHashTable *
find_shape (const char *shape)
{
  return shapes != NULL ? g_hash_table_lookup (shapes, shape) : NULL;
}

static Kept *
find_row (GHashTable *rows, gint64 edition, const TwKeptRow *row)
{
  Kept *kept = rows != NULL ? g_hash_table_lookup (rows, &row->id) : NULL;

  return kept != NULL && kept->stamp == row->stamp && kept->edition == edition ? kept : NULL;
}

char *
tw_list_kept_find_missing (const char *shape, gint64 edition, GArray *rows)
{
  g_autoptr (GString) ids = NULL;
  GHashTable *known;

  g_mutex_lock (&mutex);
  known = find_shape (shape);
  for (guint i = 0; i < rows->len; i++)
    {
      const TwKeptRow *row = &g_array_index (rows, TwKeptRow, i);

      if (find_row (known, edition, row) != NULL)
        continue;
      if (ids == NULL)
        ids = g_string_new (NULL);
      g_string_append_printf (ids, "%c%" G_GINT64_FORMAT, ids->len == 0 ? '[' : ',', row->id);
    }
  g_mutex_unlock (&mutex);
  if (ids == NULL)
    return NULL;
  g_string_append_c (ids, ']');
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static Kept *
kept_new (gint64 edition, const TwKeptRow *row, const char *json)
{
  gsize length = strlen (json);
  Kept *kept = g_malloc (sizeof *kept + length + 1);

  kept->stamp = row->stamp;
  kept->edition = edition;
  kept->length = length;
  memcpy (kept->json, json, length + 1);
  return kept;
}

static GHashTable *
ensure_shape (const char *shape)
{
  GHashTable *rows;

  if (shapes == NULL)
    shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  if (n_bytes > MAX_BYTES)
    {
      g_hash_table_remove_all (shapes);
      n_bytes = 0;
    }
  rows = find_shape (shape);
  if (rows != NULL)
    return rows;
  rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_hash_table_insert (shapes, g_strdup (shape), rows);
  n_bytes += strlen (shape);
  return rows;
}

void
tw_list_kept_put (const char *shape, gint64 edition, const TwKeptRow *row, const char *json)
{
  Kept *kept = kept_new (edition, row, json), *before;
  GHashTable *rows;

  g_mutex_lock (&mutex);
  rows = ensure_shape (shape);
  before = g_hash_table_lookup (rows, &row->id);
  n_bytes += kept->length + (before != NULL ? -before->length : ROW_OVERHEAD);
  g_hash_table_replace (rows, g_memdup2 (&row->id, sizeof row->id), kept);
  g_mutex_unlock (&mutex);
}

gboolean
tw_list_kept_append (const char *shape, gint64 edition, GArray *rows, GString *out)
{
  gsize before = out->len;
  gboolean all = TRUE;
  GHashTable *known;

  g_mutex_lock (&mutex);
  known = find_shape (shape);
  for (guint i = 0; i < rows->len && all; i++)
    {
      const Kept *kept = find_row (known, edition, &g_array_index (rows, TwKeptRow, i));

      all = kept != NULL;
      if (all && i > 0)
        g_string_append_c (out, ',');
      if (all)
        g_string_append_len (out, kept->json, (gssize) kept->length);
    }
  g_mutex_unlock (&mutex);
  if (!all)
    g_string_truncate (out, before);
  return all;
}
