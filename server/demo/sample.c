/* sample.c: see sample.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/sample.h"

#include "server/sheet/csv.h"

struct _TwSample
{
  GPtrArray *rows;
  GHashTable *columns; /* name → index + 1 */
};

static TwSheetRow *
get_row (TwSample *sample, guint i)
{
  return g_ptr_array_index (sample->rows, i);
}

TwSample *
tw_sample_read (const char *folder, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  TwSample *sample;
  GPtrArray *header;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  rows = tw_csv_read (text, length, error);
  if (rows == NULL || rows->len == 0)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  sample = g_new0 (TwSample, 1);
  sample->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sample->rows = g_steal_pointer (&rows);
  header = get_row (sample, 0)->cells;
  for (guint i = 0; i < header->len; i++)
    g_hash_table_insert (sample->columns, g_strdup (g_ptr_array_index (header, i)), GUINT_TO_POINTER (i + 1));
  return sample;
}

void
tw_sample_free (TwSample *sample)
{
  g_hash_table_unref (sample->columns);
  g_ptr_array_unref (sample->rows);
  g_free (sample);
}

guint
tw_sample_count (TwSample *sample)
{
  return sample->rows->len - 1;
}

const char *
tw_sample_get (TwSample *sample, guint row, const char *column)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (sample->columns, column));
  GPtrArray *cells = get_row (sample, row + 1)->cells;

  g_assert (index > 0);
  return index <= cells->len ? g_ptr_array_index (cells, index - 1) : "";
}

gint64
tw_sample_get_int (TwSample *sample, guint row, const char *column)
{
  return g_ascii_strtoll (tw_sample_get (sample, row, column), NULL, 10);
}
