/* logged-value.c: see logged-value.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/logged-value.h"

#include <string.h>

/* The end of the JSON text that begins after @at's quote: its closing quote. */
static const char *
skip_text (const char *at)
{
  for (; *at != '\0' && *at != '"'; at++)
    if (*at == '\\' && at[1] != '\0')
      at++;
  return at;
}

const char *
tw_logged_value_find (const char *json, const char *key)
{
  gsize length = strlen (key);
  guint depth = 0;

  if (json == NULL || strstr (json, key) == NULL)
    return NULL;
  for (const char *at = json; *at != '\0'; at++)
    if (*at == '{' || *at == '[')
      depth++;
    else if (*at == '}' || *at == ']')
      depth--;
    else if (*at == '"')
      {
        if (depth == 1 && strncmp (at + 1, key, length) == 0)
          return at + 1 + length;
        at = skip_text (at + 1);
        if (*at == '\0')
          return NULL;
      }
  return NULL;
}

gboolean
tw_logged_value_copy (const char *value, char *text, gsize size)
{
  gboolean quoted = *value == '"';
  const char *begin = value + quoted;
  gsize length = quoted ? (gsize) (skip_text (begin) - begin) : strcspn (begin, ",}] ");

  if (!quoted && g_str_has_prefix (value, "null"))
    return FALSE;
  g_strlcpy (text, begin, MIN (length + 1, size));
  return TRUE;
}
