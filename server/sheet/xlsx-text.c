/* xlsx-text.c: the strings of a workbook
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sheet/xlsx-private.h"

#include <string.h>

#include "shared/base/text.h"

/* ---- One item ---- */

void
tw_item_text_start (TwItemText *item, const char *name)
{
  if (g_str_equal (name, "rPh"))
    item->phonetic++;
  item->inside = g_str_equal (name, "t") && item->phonetic == 0;
}

void
tw_item_text_end (TwItemText *item, const char *name)
{
  if (g_str_equal (name, "rPh") && item->phonetic > 0)
    item->phonetic--;
  item->inside = FALSE;
}

void
tw_item_text_add (TwItemText *item, const char *text, gsize length)
{
  if (item->inside)
    g_string_append_len (item->text, text, (gssize) length);
}

/* The character of "_xHHHH_" at @text; 0 when there is none, or none that text can have. */
static gunichar
read_escape (const char *text)
{
  gunichar c = 0;

  if (text[0] != '_' || text[1] != 'x')
    return 0;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return 0;
      c = c * 16 + (gunichar) g_ascii_xdigit_value (text[i]);
    }
  return text[6] == '_' && g_unichar_validate (c) ? c : 0;
}

/* The escape is always longer than what it stands for. */
void
tw_xlsx_unescape (char *text)
{
  char *to = text;

  while (*text != '\0')
    {
      gunichar c = *text == '_' ? read_escape (text) : 0;

      if (c == 0)
        *to++ = *text++;
      else
        {
          to += g_unichar_to_utf8 (c, to);
          text += strlen ("_x0000_");
        }
    }
  *to = '\0';
}

/* ---- Shared by all cells ---- */

TwSharedStrings *
tw_shared_strings_new (void)
{
  TwSharedStrings *self = g_new0 (TwSharedStrings, 1);

  self->chunk = g_string_chunk_new (4096);
  self->strings = g_ptr_array_new ();
  self->item.text = g_string_new (NULL);
  return self;
}

void
tw_shared_strings_free (TwSharedStrings *self)
{
  g_string_chunk_free (self->chunk);
  g_ptr_array_unref (self->strings);
  g_string_free (self->item.text, TRUE);
  g_free (self);
}

static gboolean
strings_start (const char *name, const char **attributes, const char **values, gpointer data, GError **error)
{
  TwSharedStrings *self = data;

  if (g_str_equal (name, "si"))
    g_string_truncate (self->item.text, 0);
  tw_item_text_start (&self->item, name);
  return TRUE;
}

static gboolean
strings_end (const char *name, gpointer data, GError **error)
{
  TwSharedStrings *self = data;

  tw_item_text_end (&self->item, name);
  if (!g_str_equal (name, "si"))
    return TRUE;
  if (self->strings->len == TW_SHEET_MAX_CELLS)
    return tw_error_set (error, TW_ERROR_TOO_LARGE,
                         _ ("The file holds more than can be imported at once. Please split it."));
  tw_xlsx_unescape (self->item.text->str);
  g_ptr_array_add (self->strings, g_string_chunk_insert (self->chunk, self->item.text->str));
  return TRUE;
}

static gboolean
strings_text (const char *text, gsize length, gpointer data, GError **error)
{
  tw_item_text_add (&((TwSharedStrings *) data)->item, text, length);
  return TRUE;
}

const TwPartReader tw_shared_strings_reader = { strings_start, strings_end, strings_text };
