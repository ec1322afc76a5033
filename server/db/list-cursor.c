/* list-cursor.c: where the next page of a list begins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text is base64 of three lines: the sorting, the last row's id, and its sort value after a '=', or '-'
 * for none. It is opaque to clients and believed in nothing: every part is parsed and bound.
 */
#include "server/db/list-private.h"

#include <string.h>

#define MAX_CURSOR 4096

static gboolean
refuse (GError **error)
{
  return tw_error_fault (error, "/after", "invalid",
                         _ ("The position in the list is not one that this list gave; begin again without it."));
}

static char *
sort_name (const TwListQuery *query)
{
  return g_strconcat (query->descending ? "-" : "", query->sort_field->name, NULL);
}

char *
tw_list_cursor_write (const TwListQuery *query, gint64 id, const char *sort_value)
{
  g_autofree char *sort = sort_name (query);
  g_autofree char *text = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%s%s", sort, id, sort_value != NULL ? "=" : "-",
                                           sort_value != NULL ? sort_value : "");
  char *encoded = g_base64_encode ((const guchar *) text, strlen (text));

  /* The form that needs no escape in a query. */
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  g_strdelimit (encoded, "=", '.');
  return encoded;
}

static char *
decode (const char *cursor)
{
  g_autofree char *encoded = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length;

  if (strlen (cursor) > MAX_CURSOR)
    return NULL;
  encoded = g_strdup (cursor);
  g_strdelimit (encoded, "-", '+');
  g_strdelimit (encoded, "_", '/');
  g_strdelimit (encoded, ".", '=');
  bytes = g_base64_decode (encoded, &length);
  if (!g_utf8_validate_len ((const char *) bytes, length, NULL)) /* a NUL inside is refused with it */
    return NULL;
  return g_strndup ((const char *) bytes, length);
}

gboolean
tw_list_cursor_read (TwListQuery *query, const char *cursor, GError **error)
{
  g_autofree char *text = decode (cursor);
  g_autofree char *sort = sort_name (query);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", 3) : NULL;

  if (lines == NULL || g_strv_length (lines) != 3 || !g_str_equal (lines[0], sort)
      || !g_ascii_string_to_signed (lines[1], 10, 1, G_MAXINT64, &query->after_id, NULL))
    return refuse (error);
  query->has_after = TRUE;
  query->after_null = g_str_equal (lines[2], "-");
  if (query->after_null)
    return TRUE;
  query->after = g_object_new (query->type, NULL);
  if (lines[2][0] != '=' || !tw_record_load_text (query->after, query->sort_field, lines[2] + 1, NULL))
    return refuse (error);
  return TRUE;
}
