/* xlsx-worksheet.c: the rows of a worksheet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sheet/xlsx-private.h"

#include <string.h>

#include "shared/base/text.h"

#define MAX_ROW_NUMBER 1048576 /* of the format */
#define COLUMN_LETTERS 3

struct _TwWorksheet
{
  const TwSharedStrings *strings;
  const TwStyles *styles;
  gboolean from_1904;

  GPtrArray *rows;
  TwSheetSize size;
  TwSheetRow *row; /* that is open; nullable */
  guint last_row;  /* its number, or that of the one before */

  /* The cell that is open. */
  gboolean in_cell;
  gboolean in_value; /* a <v> */
  guint column;      /* from 0 */
  char *type;        /* "s", "b" …; NULL is a number */
  guint format;
  GString *value;
  TwItemText item; /* of an inline string */
};

TwWorksheet *
tw_worksheet_new (const TwSharedStrings *strings, const TwStyles *styles, gboolean from_1904)
{
  TwWorksheet *self = g_new0 (TwWorksheet, 1);

  self->strings = strings;
  self->styles = styles;
  self->from_1904 = from_1904;
  self->rows = tw_sheet_new ();
  self->value = g_string_new (NULL);
  self->item.text = self->value;
  return self;
}

GPtrArray *
tw_worksheet_steal_rows (TwWorksheet *self)
{
  return g_steal_pointer (&self->rows);
}

void
tw_worksheet_free (TwWorksheet *self)
{
  g_clear_pointer (&self->row, tw_sheet_row_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_string_free (self->value, TRUE);
  g_free (self->type);
  g_free (self);
}

/* ---- Where a cell stands ---- */

static guint
read_count (const char *text, guint most, guint otherwise)
{
  guint64 value;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, most, &value, NULL) ? (guint) value : otherwise;
}

/* "AB12" → 27; @otherwise when it is not so. */
static guint
read_column (const char *reference, guint otherwise)
{
  guint column = 0, n = 0;

  for (; reference != NULL && n < COLUMN_LETTERS && g_ascii_isupper (reference[n]); n++)
    column = column * 26 + (guint) (reference[n] - 'A') + 1;
  return column > 0 ? column - 1 : otherwise;
}

/* "B3", for people. */
static char *
name_cell (TwWorksheet *self)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint n = self->column + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (name, (char) ('A' + (n - 1) % 26));
  g_string_append_printf (name, "%u", self->last_row);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Rows come in order; one that does not is no worksheet. */
static gboolean
open_row (TwWorksheet *self, const char **attributes, const char **values, GError **error)
{
  guint number = read_count (tw_part_attribute (attributes, values, "r"), MAX_ROW_NUMBER, self->last_row + 1);

  if (self->row != NULL || number <= self->last_row || number > MAX_ROW_NUMBER)
    return tw_package_refuse (error);
  self->last_row = number;
  self->row = tw_sheet_row_new (number);
  return TRUE;
}

static void
open_cell (TwWorksheet *self, const char **attributes, const char **values)
{
  self->in_cell = TRUE;
  self->column = read_column (tw_part_attribute (attributes, values, "r"), self->row->cells->len);
  self->format = read_count (tw_part_attribute (attributes, values, "s"), G_MAXUINT16, 0);
  g_free (self->type);
  self->type = g_strdup (tw_part_attribute (attributes, values, "t"));
  g_string_truncate (self->value, 0);
}

/* ---- What a cell holds ---- */

static gboolean
is_type (TwWorksheet *self, const char *type)
{
  return g_strcmp0 (self->type, type) == 0;
}

static char *
read_number (TwWorksheet *self)
{
  g_autofree char *number = tw_xlsx_number (self->value->str);
  g_autofree char *date = NULL;

  if (number == NULL)
    return g_strdup (self->value->str);
  if (tw_styles_is_date (self->styles, self->format))
    date = tw_xlsx_date (number, self->from_1904);
  return date != NULL ? g_steal_pointer (&date) : g_steal_pointer (&number);
}

/* (transfer full) */
static char *
read_cell (TwWorksheet *self, GError **error)
{
  guint index;

  if (is_type (self, "s"))
    {
      index = read_count (self->value->str, TW_SHEET_MAX_CELLS, G_MAXUINT);
      if (index < self->strings->strings->len)
        return g_strdup (g_ptr_array_index (self->strings->strings, index));
      tw_package_refuse (error);
      return NULL;
    }
  if (is_type (self, "e"))
    {
      g_autofree char *name = name_cell (self);

      /* Translators: the first %s is the name of a cell, such as B3, the second an error of a spreadsheet, such as
       * #DIV/0!. */
      tw_error_set (error, TW_ERROR_MALFORMED, _ ("Cell %s shows the error %s. Please mend it in the workbook first."),
                    name, self->value->str);
      return NULL;
    }
  if (is_type (self, "b"))
    return g_strdup (g_str_equal (self->value->str, "1") ? "true" : "false");
  if (self->type == NULL || is_type (self, "n"))
    return read_number (self);
  tw_xlsx_unescape (self->value->str);
  return g_strdup (self->value->str);
}

/* Cells that are only painted are passed over, however far out they are. */
static gboolean
close_cell (TwWorksheet *self, GError **error)
{
  GPtrArray *cells = self->row->cells;
  g_autofree char *text = NULL;

  self->in_cell = self->in_value = FALSE;
  if (self->value->len == 0)
    return TRUE;
  text = read_cell (self, error);
  if (text == NULL)
    return FALSE;
  if (*text == '\0')
    return TRUE;
  if (self->column < cells->len)
    return tw_package_refuse (error);
  if (self->column >= TW_SHEET_MAX_COLUMNS)
    return tw_error_set (error, TW_ERROR_TOO_LARGE, _ ("Row %u has more than %d columns."), self->row->number,
                         TW_SHEET_MAX_COLUMNS);
  while (cells->len < self->column)
    g_ptr_array_add (cells, g_strdup (""));
  g_ptr_array_add (cells, g_steal_pointer (&text));
  return TRUE;
}

/* ---- Elements ---- */

static gboolean
worksheet_start (const char *name, const char **attributes, const char **values, gpointer data, GError **error)
{
  TwWorksheet *self = data;

  if (g_str_equal (name, "row"))
    return open_row (self, attributes, values, error);
  if (self->row == NULL)
    return TRUE;
  if (!self->in_cell && g_str_equal (name, "c"))
    open_cell (self, attributes, values);
  else if (self->in_cell && g_str_equal (name, "v"))
    self->in_value = TRUE;
  else if (self->in_cell && is_type (self, "inlineStr"))
    tw_item_text_start (&self->item, name);
  return TRUE;
}

static gboolean
worksheet_end (const char *name, gpointer data, GError **error)
{
  TwWorksheet *self = data;

  if (self->in_cell && g_str_equal (name, "c"))
    return close_cell (self, error);
  if (self->in_cell && g_str_equal (name, "v"))
    self->in_value = FALSE;
  else if (self->in_cell)
    tw_item_text_end (&self->item, name);
  else if (self->row != NULL && g_str_equal (name, "row"))
    return tw_sheet_take_row (self->rows, g_steal_pointer (&self->row), &self->size, error);
  return TRUE;
}

static gboolean
worksheet_text (const char *text, gsize length, gpointer data, GError **error)
{
  TwWorksheet *self = data;

  if (self->in_value)
    g_string_append_len (self->value, text, (gssize) length);
  else if (self->in_cell)
    tw_item_text_add (&self->item, text, length);
  return TRUE;
}

const TwPartReader tw_worksheet_reader = { worksheet_start, worksheet_end, worksheet_text };
