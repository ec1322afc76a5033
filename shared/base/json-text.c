/* json-text.c: JSON text written piece by piece into a GString
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/json-text.h"

static void
append_escape (GString *out, char c)
{
  switch (c)
    {
    case '"':
    case '\\':
      g_string_append_c (out, '\\');
      g_string_append_c (out, c);
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      g_string_append_printf (out, "\\u%04x", (guchar) c);
    }
}

static gboolean
needs_escape (char c)
{
  return (guchar) c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

void
tw_json_append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *run = text; *run != '\0';)
    {
      const char *end = run;
      while (*end != '\0' && !needs_escape (*end))
        end++;
      g_string_append_len (out, run, end - run);
      if (*end != '\0')
        append_escape (out, *end++);
      run = end;
    }
  g_string_append_c (out, '"');
}

void
tw_json_append_strings (GString *out, const char *const *strings)
{
  g_string_append_c (out, '[');
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      tw_json_append_string (out, strings[i]);
    }
  g_string_append_c (out, ']');
}
