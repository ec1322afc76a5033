/* import.c: see import.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/import.h"

#include "server/core/entry.h"
#include "server/core/resource-private.h"

typedef struct
{
  const TwResource *resource;
  GPtrArray *fields; /* (element-type TwField): of the columns */
  TwSheetRow *row;
} Row;

static void
fault_free (gpointer data)
{
  TwImportFault *fault = data;

  g_free (fault->column);
  g_free (fault->code);
  g_free (fault->detail);
  g_free (fault);
}

void
tw_import_result_free (TwImportResult *result)
{
  g_ptr_array_unref (result->faults);
  g_free (result);
}

TwImportResult *
tw_import_result_new (void)
{
  TwImportResult *result = g_new0 (TwImportResult, 1);

  result->faults = g_ptr_array_new_with_free_func (fault_free);
  return result;
}

void
tw_import_result_add (TwImportResult *result, guint row, const char *column, const char *code, const char *detail)
{
  TwImportFault *fault = g_new0 (TwImportFault, 1);

  fault->row = row;
  fault->column = g_strdup (column);
  fault->code = g_strdup (code);
  fault->detail = g_strdup (detail);
  g_ptr_array_add (result->faults, fault);
}

static void
add_error (TwImportResult *result, guint row, const GError *error)
{
  GPtrArray *faults = tw_error_get_faults (error);

  if (!faults)
    {
      tw_import_result_add (result, row, "", tw_error_get_problem ((TwErrorCode) error->code)->slug, error->message);
      return;
    }
  for (guint i = 0; i < faults->len; i++)
    {
      TwFault *fault = g_ptr_array_index (faults, i);

      tw_import_result_add (result, row, *fault->pointer == '/' ? fault->pointer + 1 : fault->pointer, fault->code,
                            fault->detail);
    }
}

/* ---- Header ---- */

static gboolean
is_importable (const TwField *field)
{
  return field != NULL && field->kind != TW_KIND_LIST && !(field->flags & TW_SERVER);
}

const TwField *
tw_import_find_field (GType type, const char *name)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);
  const TwField *field = tw_record_type_find (type, name);

  if (is_importable (field))
    return field;
  for (guint i = 0; i < info->n_fields; i++)
    if (is_importable (&info->fields[i]) && info->fields[i].label && g_str_equal (_(info->fields[i].label), name))
      return &info->fields[i];
  return NULL;
}

static GPtrArray *
read_header (const TwResource *resource, TwSheetRow *header, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < header->cells->len; i++)
    {
      const char *name = g_strstrip (g_ptr_array_index (header->cells, i));
      const TwField *field = tw_import_find_field (resource->type (), name);
      g_autofree char *pointer = g_strconcat ("/", name, NULL);

      if (!field)
        tw_error_fault (&problem, pointer, "unknown_key", _("There is no column “%s” to import."), name);
      else if (g_ptr_array_find (fields, field, NULL))
        tw_error_fault (&problem, pointer, "duplicate", _("The column “%s” is there twice."), name);
      g_ptr_array_add (fields, (gpointer) field);
    }
  if (!problem)
    return g_steal_pointer (&fields);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* ---- Rows ---- */

/* A cell as the JSON that the codec expects; what is no number or truth value stays text for it to refuse. */
static JsonNode *
cell_to_json (const TwField *field, const char *cell)
{
  gint64 number;

  if (field->kind == TW_KIND_INT && g_ascii_string_to_signed (cell, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return json_node_init_int (json_node_alloc (), number);
  if (field->kind == TW_KIND_BOOL && (g_str_equal (cell, "true") || g_str_equal (cell, "1")))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (field->kind == TW_KIND_BOOL && (g_str_equal (cell, "false") || g_str_equal (cell, "0")))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (field->kind == TW_KIND_STRINGS)
    {
      g_auto (GStrv) parts = g_strsplit (cell, ";", -1);
      g_autoptr (JsonArray) array = json_array_new ();

      for (guint i = 0; parts[i]; i++)
        json_array_add_string_element (array, g_strstrip (parts[i]));
      return json_node_init_array (json_node_alloc (), array);
    }
  return json_node_init_string (json_node_alloc (), cell);
}

static JsonObject *
row_to_json (Row *row)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < row->row->cells->len; i++)
    {
      const TwField *field = g_ptr_array_index (row->fields, i);
      const char *cell = g_ptr_array_index (row->row->cells, i);

      if (*cell)
        json_object_set_member (object, field->name, cell_to_json (field, cell));
    }
  return object;
}

static gboolean
create_cb (TwContext *ctx, gpointer data, GError **error)
{
  Row *row = data;
  g_autoptr (TwRecord) draft = g_object_new (row->resource->type (), NULL);
  g_autoptr (JsonObject) object = NULL;

  if (row->row->cells->len > row->fields->len)
    return tw_error_fault (error, "", "too_many_cells", _("The row has more cells than the header."));
  object = row_to_json (row);
  return tw_codec_read (draft, object, TW_CODEC_CREATE, error) && tw_entry_check (ctx, draft, error)
         && (!row->resource->prepare || row->resource->prepare (ctx, draft, FALSE, error))
         && row->resource->create (ctx, draft, error);
}

static gboolean
create_records (TwContext *ctx, const TwResource *resource, GPtrArray *rows, GPtrArray *fields, TwImportResult *result,
             GError **error)
{
  for (guint i = 1; i < rows->len; i++)
    {
      Row row = { resource, fields, g_ptr_array_index (rows, i) };
      g_autoptr (GError) problem = NULL;
      gboolean fatal;

      result->rows++;
      if (tw_context_step (ctx, create_cb, &row, &fatal, &problem))
        result->good++;
      else if (!fatal)
        add_error (result, row.row->number, problem);
      else
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

TwImportResult *
tw_import_rows (TwContext *ctx, gconstpointer data, GPtrArray *rows, GError **error)
{
  const TwResource *resource = data;
  g_autoptr (GPtrArray) fields = read_header (resource, g_ptr_array_index (rows, 0), error);
  g_autoptr (TwImportResult) result = NULL;

  if (!fields)
    return NULL;
  result = tw_import_result_new ();
  if (!create_records (ctx, resource, rows, fields, result, error))
    return NULL;
  return g_steal_pointer (&result);
}
