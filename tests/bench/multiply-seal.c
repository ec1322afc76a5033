/* multiply-seal.c: see multiply-seal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/multiply-seal.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "server/core/seal-store.h"

#define CHUNK 20000

/* Sequence number, change and hash, each line a link. */
static void
write_links (FILE *file, GPtrArray *rows, TwSealHead *head)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TwSealRow *row = g_ptr_array_index (rows, i);
      char hex[2 * TW_SEAL_HASH_BYTES + 1];

      tw_seal_link (head->hash, row->canonical, head->hash);
      for (guint b = 0; b < TW_SEAL_HASH_BYTES; b++)
        {
          hex[2 * b] = "0123456789abcdef"[head->hash[b] >> 4];
          hex[2 * b + 1] = "0123456789abcdef"[head->hash[b] & 15];
        }
      hex[2 * TW_SEAL_HASH_BYTES] = '\0';
      fprintf (file, "%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s\n", ++head->seq, row->change_id, hex);
    }
}

static gboolean
write_chain (TwDb *db, FILE *file, GError **error)
{
  TwSealHead head = { 0 };
  TwSealRange range = TW_SEAL_ALL;

  for (;;)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)tw_seal_row_free);

      if (!tw_seal_store_unsealed (db, &range, CHUNK, rows, error))
        return FALSE;
      if (rows->len == 0)
        return TRUE;
      write_links (file, rows, &head);
      range.low = ((TwSealRow *)g_ptr_array_index (rows, rows->len - 1))->change_id;
    }
}

static gboolean
write_file (TwDb *db, const char *path, GError **error)
{
  FILE *file = fopen (path, "w");
  gboolean written = file != NULL && write_chain (db, file, error);

  if (file == NULL || fclose (file) != 0)
    return tw_error_set (error, TW_ERROR_UNAVAILABLE, "%s: %s", path, g_strerror (errno));
  return written;
}

gboolean
bench_seal_all (TwDb *db, const char *data_dir, GError **error)
{
  /* Where MariaDB is allowed to read. */
  g_autofree char *path = g_build_filename (data_dir, "database", "data", "tradewind-links", NULL);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *sql = g_strdup_printf ("LOAD DATA INFILE '%s' INTO TABLE change_seal (seq, change_id, @hash)"
                                          " SET hash = UNHEX(@hash);\n",
                                          absolute);
  gboolean sealed = write_file (db, absolute, error) && tw_db_execute_script (db, sql, error);

  g_remove (absolute);
  return sealed;
}
