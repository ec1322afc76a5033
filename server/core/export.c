/* export.c: see export.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/export.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "server/sheet/csv.h"

#define MAX_XLSX_ROWS 1048575
/* Spreadsheets keep 15 decimal digits of a number; longer ones go as text, exactly. */
#define MAX_XLSX_DIGITS 15

typedef struct
{
  GPtrArray *fields; /* (element-type TwField) */
  GString *out;      /* CSV */
  lxw_worksheet *sheet;
  lxw_row_t row;
} Export;

static gboolean
is_exported (const TwList *list, const TwField *field, TwSecrets secrets)
{
  if (field->kind == TW_KIND_LIST || field->kind == TW_KIND_JSON)
    return FALSE;
  if (field->flags & (TW_WRITE_ONLY | TW_ABSENT))
    return FALSE;
  return !field->secret || (field->secret & secrets);
}

static GPtrArray *
list_fields (const TwList *list, const TwListQuery *query, TwSecrets secrets)
{
  const TwRecordInfo *info = tw_record_type_get_info (list->type ());
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < info->n_fields; i++)
    if (is_exported (list, &info->fields[i], secrets) && tw_list_query_wants (query, info->fields[i].name))
      g_ptr_array_add (fields, (gpointer) &info->fields[i]);
  return fields;
}

/* ---- CSV ---- */

/* Only what people write can look like a formula; a negative number must stay one. */
static gboolean
is_free_text (const TwField *field)
{
  return field->kind == TW_KIND_TEXT || field->kind == TW_KIND_STRINGS;
}

static char *
get_text (TwRecord *record, const TwField *field)
{
  GStrv strings = field->kind == TW_KIND_STRINGS ? tw_record_at (record, field, GStrv) : NULL;

  if (field->kind == TW_KIND_STRINGS)
    return strings ? g_strjoinv (";", strings) : NULL;
  return tw_record_get_text (record, field);
}

static gboolean
csv_row_cb (TwRecord *record, gpointer data, GError **error)
{
  Export *export = data;

  for (guint i = 0; i < export->fields->len; i++)
    {
      const TwField *field = g_ptr_array_index (export->fields, i);
      g_autofree char *text = get_text (record, field);

      if (i > 0)
        g_string_append_c (export->out, ',');
      if (is_free_text (field))
        tw_csv_append_guarded (export->out, text);
      else
        tw_csv_append (export->out, text);
    }
  g_string_append (export->out, "\r\n");
  return TRUE;
}

GBytes *
tw_export_csv (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GError **error)
{
  g_autoptr (GPtrArray) fields = list_fields (list, query, secrets);
  g_autoptr (GString) out = g_string_new (NULL);
  Export export = { .fields = fields, .out = out };

  for (guint i = 0; i < fields->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append (out, ((const TwField *) g_ptr_array_index (fields, i))->name);
    }
  g_string_append (out, "\r\n");
  if (!tw_list_each (db, list, query, csv_row_cb, &export, error))
    return NULL;
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/* ---- XLSX ---- */

static gboolean
is_number (const TwField *field, const char *text)
{
  gsize digits = 0;

  if (field->kind != TW_KIND_INT && field->kind != TW_KIND_MONEY && field->kind != TW_KIND_PRICE
      && field->kind != TW_KIND_QUANTITY && field->kind != TW_KIND_RATE)
    return FALSE;
  for (const char *p = text; *p; p++)
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  return digits <= MAX_XLSX_DIGITS;
}

static gboolean
xlsx_row_cb (TwRecord *record, gpointer data, GError **error)
{
  Export *export = data;

  if (++export->row > MAX_XLSX_ROWS)
    return tw_error_set (error, TW_ERROR_TOO_LARGE, _("A worksheet holds at most %d rows. Please export CSV."),
                         MAX_XLSX_ROWS);
  for (guint i = 0; i < export->fields->len; i++)
    {
      const TwField *field = g_ptr_array_index (export->fields, i);
      g_autofree char *text = get_text (record, field);

      if (!text || !*text)
        continue;
      /* A spreadsheet's own number format is binary; nothing comes back from here. */
      if (is_number (field, text))
        worksheet_write_number (export->sheet, export->row, (lxw_col_t) i, g_ascii_strtod (text, NULL), NULL);
      else
        worksheet_write_string (export->sheet, export->row, (lxw_col_t) i, text, NULL);
    }
  return TRUE;
}

static void
write_header (Export *export)
{
  for (guint i = 0; i < export->fields->len; i++)
    {
      const TwField *field = g_ptr_array_index (export->fields, i);

      worksheet_write_string (export->sheet, 0, (lxw_col_t) i, field->label ? _(field->label) : field->name, NULL);
    }
}

static gboolean
write_workbook (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, const char *path, GError **error)
{
  g_autoptr (GPtrArray) fields = list_fields (list, query, secrets);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook *book = workbook_new_opt (path, &options);
  Export export = { .fields = fields };
  gboolean done;
  lxw_error result;

  if (!book)
    return tw_error_set (error, TW_ERROR_INTERNAL, "cannot make a workbook at %s", path);
  export.sheet = workbook_add_worksheet (book, NULL);
  write_header (&export);
  done = tw_list_each (db, list, query, xlsx_row_cb, &export, error);
  result = workbook_close (book);
  if (!done)
    return FALSE;
  return result == LXW_NO_ERROR
         || tw_error_set (error, TW_ERROR_INTERNAL, "cannot write a workbook: %s", lxw_strerror (result));
}

GBytes *
tw_export_xlsx (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GError **error)
{
  g_autofree char *directory = g_dir_make_tmp ("tradewind-XXXXXX", error);
  g_autofree char *path = NULL;
  char *contents = NULL;
  gsize length;
  gboolean done;

  if (!directory)
    return NULL;
  path = g_build_filename (directory, "export.xlsx", NULL);
  done = write_workbook (db, list, query, secrets, path, error)
         && g_file_get_contents (path, &contents, &length, error);
  g_unlink (path);
  g_rmdir (directory);
  return done ? g_bytes_new_take (contents, length) : NULL;
}
