/* seal-head.c: the head of the chain in a file outside the database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line: sequence number, hash in hexadecimal, time.
 */
#include "server/core/seal.h"

#include <string.h>

static char *
to_hex (const guint8 *hash)
{
  GString *out = g_string_sized_new (2 * TW_SEAL_HASH_BYTES);

  for (guint i = 0; i < TW_SEAL_HASH_BYTES; i++)
    g_string_append_printf (out, "%02x", hash[i]);
  return g_string_free (out, FALSE);
}

static gboolean
from_hex (const char *text, guint8 *hash)
{
  if (strlen (text) != 2 * TW_SEAL_HASH_BYTES)
    return FALSE;
  for (guint i = 0; i < TW_SEAL_HASH_BYTES; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]), low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      hash[i] = (guint8) (high * 16 + low);
    }
  return TRUE;
}

gboolean
tw_seal_write_head (const char *head_file, const TwSealHead *head, GError **error)
{
  g_autofree char *hex = to_hex (head->hash);
  g_autofree char *time = tw_time_format (tw_time_now ());
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s\n", head->seq, hex, time);

  if (g_file_set_contents_full (head_file, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0640,
                                error))
    return TRUE;
  g_prefix_error (error, "head of the audit chain: ");
  return FALSE;
}

gboolean
tw_seal_read_head (const char *head_file, TwSealHead *head, GError **error)
{
  g_autofree char *line = NULL;
  g_auto (GStrv) parts = NULL;
  guint64 seq;

  memset (head, 0, sizeof *head);
  if (!g_file_test (head_file, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_get_contents (head_file, &line, NULL, error))
    return FALSE;
  parts = g_strsplit (g_strstrip (line), " ", 3);
  if (g_strv_length (parts) != 3 || !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT64, &seq, NULL)
      || !from_hex (parts[1], head->hash))
    return tw_error_set (error, TW_ERROR_MALFORMED, _("The file %s does not hold the head of an audit chain."),
                         head_file);
  head->seq = (gint64) seq;
  return TRUE;
}
