/* unzip.c: see unzip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/unzip.h"

#include <zip.h>

char *
tw_unzip_text (const char *bytes, gsize length)
{
  zip_source_t *source = zip_source_buffer_create (bytes, length, 0, NULL);
  zip_t *archive = zip_open_from_source (source, ZIP_RDONLY, NULL);
  GString *out = g_string_new (NULL);
  char buffer[8192];

  g_assert_nonnull (archive);
  for (zip_int64_t i = 0; i < zip_get_num_entries (archive, 0); i++)
    {
      zip_file_t *member = zip_fopen_index (archive, (zip_uint64_t) i, 0);
      zip_int64_t n;

      g_assert_nonnull (member);
      while ((n = zip_fread (member, buffer, sizeof buffer)) > 0)
        g_string_append_len (out, buffer, (gssize) n);
      g_assert_cmpint (n, ==, 0);
      zip_fclose (member);
    }
  zip_discard (archive);
  return g_string_free (out, FALSE);
}
