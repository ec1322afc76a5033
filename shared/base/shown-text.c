/* shown-text.c: see shown-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/shown-text.h"

#include <string.h>

#include "shared/base/text.h"

#define REPLACEMENT 0xFFFD

static gboolean
is_hidden (gunichar c)
{
  char alone[8] = { 0 };

  g_unichar_to_utf8 (c, alone);
  return !tw_text_is_clean (alone, TRUE);
}

char *
tw_shown_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *shown = NULL;

  if (tw_text_is_clean (valid, TRUE))
    return g_steal_pointer (&valid);
  shown = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (shown, is_hidden (c) ? REPLACEMENT : c);
    }
  return g_string_free (shown, FALSE);
}
