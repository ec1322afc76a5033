/* xlsx-styles.c: which cell formats of a workbook show a number as a date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sheet/xlsx-private.h"

#include <string.h>

#define MAX_FORMATS 65536 /* a spreadsheet has at most 65,490 */

enum
{
  DATE = 1,
  NO_DATE = 2,
};

TwStyles *
tw_styles_new (void)
{
  TwStyles *self = g_new0 (TwStyles, 1);

  self->date_codes = g_hash_table_new (NULL, NULL);
  self->dates = g_byte_array_new ();
  return self;
}

void
tw_styles_free (TwStyles *self)
{
  g_hash_table_unref (self->date_codes);
  g_byte_array_unref (self->dates);
  g_free (self);
}

/* Past quoted text, a bracket or an escaped character; @at itself when it is a letter of the code. */
static const char *
skip_literal (const char *at)
{
  if (*at == '"' || *at == '[')
    {
      const char *end = strchr (at + 1, *at == '"' ? '"' : ']');

      return end != NULL ? end + 1 : at + strlen (at);
    }
  if (strchr ("\\_*", *at) != NULL)
    return at[1] != '\0' ? g_utf8_next_char (at + 1) : at + 1;
  return at;
}

/* A day or a year in the first section: `yyyy"年"m"月"d"日"`. Minutes and seconds alone are no date. */
static gboolean
is_date_code (const char *code)
{
  while (*code != '\0' && *code != ';')
    {
      const char *next = skip_literal (code);

      if (next != code)
        code = next;
      else if (strchr ("dDyY", *code) != NULL)
        return TRUE;
      else
        code++;
    }
  return FALSE;
}

/* Of the formats that every spreadsheet knows by number, also those of Chinese and Japanese ones. */
static gboolean
is_built_in_date (guint id)
{
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57
         || id == 58;
}

static guint
read_id (const char **attributes, const char **values)
{
  const char *text = tw_part_attribute (attributes, values, "numFmtId");
  guint64 id;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &id, NULL) ? (guint) id : 0;
}

static void
add_code (TwStyles *self, guint id, const char *code)
{
  if (code != NULL && g_hash_table_size (self->date_codes) < MAX_FORMATS)
    g_hash_table_insert (self->date_codes, GUINT_TO_POINTER (id),
                         GINT_TO_POINTER (is_date_code (code) ? DATE : NO_DATE));
}

static void
add_format (TwStyles *self, guint id)
{
  int own = GPOINTER_TO_INT (g_hash_table_lookup (self->date_codes, GUINT_TO_POINTER (id)));
  guint8 date = own != 0 ? own == DATE : is_built_in_date (id);

  if (self->dates->len < MAX_FORMATS)
    g_byte_array_append (self->dates, &date, 1);
}

static gboolean
styles_start (const char *name, const char **attributes, const char **values, gpointer data, GError **error)
{
  TwStyles *self = data;

  if (g_str_equal (name, "cellXfs"))
    self->in_formats = TRUE;
  else if (g_str_equal (name, "numFmt"))
    add_code (self, read_id (attributes, values), tw_part_attribute (attributes, values, "formatCode"));
  else if (self->in_formats && g_str_equal (name, "xf"))
    add_format (self, read_id (attributes, values));
  return TRUE;
}

static gboolean
styles_end (const char *name, gpointer data, GError **error)
{
  if (g_str_equal (name, "cellXfs"))
    ((TwStyles *) data)->in_formats = FALSE;
  return TRUE;
}

const TwPartReader tw_styles_reader = { styles_start, styles_end, NULL };

gboolean
tw_styles_is_date (const TwStyles *self, guint format)
{
  return format < self->dates->len && self->dates->data[format];
}
