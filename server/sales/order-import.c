/* order-import.c: orders from tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-import.h"

#include "server/core/step.h"
#include "server/sales/order.h"

#include <stdlib.h>
#include <string.h>

/* A column: a field of the order, or of its lines. */
typedef struct
{
  const TwField *field;
  gboolean of_line;
} Column;

/* The rows of one order. */
typedef struct
{
  GArray *columns; /* of the file */
  GPtrArray *rows; /* (element-type TwSheetRow), borrowed */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_ptr_array_unref (group->rows);
  g_free (group);
}

/* ---- Header ---- */

static gboolean
find_column (const char *name, Column *column)
{
  *column = (Column) { tw_import_find_field (tw_order_get_type (), name), FALSE };
  if (column->field != NULL)
    return TRUE;
  *column = (Column) { tw_import_find_field (tw_order_line_get_type (), name), TRUE };
  return column->field != NULL;
}

static GArray *
read_header (TwSheetRow *header, GError **error)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < header->cells->len; i++)
    {
      const char *name = g_strstrip (g_ptr_array_index (header->cells, i));
      g_autofree char *pointer = g_strconcat ("/", name, NULL);
      Column column;

      if (!find_column (name, &column))
        tw_error_fault (&problem, pointer, "unknown_key", _ ("There is no column “%s” to import."), name);
      for (guint j = 0; j < columns->len; j++)
        if (column.field != NULL && g_array_index (columns, Column, j).field == column.field)
          tw_error_fault (&problem, pointer, "duplicate", _ ("The column “%s” is there twice."), name);
      g_array_append_val (columns, column);
    }
  if (problem == NULL)
    return g_steal_pointer (&columns);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* ---- Rows to orders ---- */

static const char *
get_cell (GArray *columns, TwSheetRow *row, const char *name)
{
  for (guint i = 0; i < MIN (columns->len, row->cells->len); i++)
    if (g_str_equal (g_array_index (columns, Column, i).field->name, name))
      return g_ptr_array_index (row->cells, i);
  return "";
}

/* In the order in which their first rows stand. */
static GPtrArray *
group_rows (GArray *columns, GPtrArray *rows)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);

  for (guint i = 1; i < rows->len; i++)
    {
      TwSheetRow *row = g_ptr_array_index (rows, i);
      const char *reference = get_cell (columns, row, "po_reference");
      char *key = g_strconcat (get_cell (columns, row, "customer"), "\n", reference, NULL);
      Group *group = *reference != '\0' ? g_hash_table_lookup (by_key, key) : NULL;

      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          group->columns = columns;
          group->rows = g_ptr_array_new ();
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_key, g_steal_pointer (&key), group);
        }
      g_ptr_array_add (group->rows, row);
      g_free (key);
    }
  return g_steal_pointer (&groups);
}

static JsonNode *
cell_to_json (const TwField *field, const char *cell)
{
  if (field->kind == TW_KIND_BOOL && (g_str_equal (cell, "true") || g_str_equal (cell, "1")))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (field->kind == TW_KIND_BOOL && (g_str_equal (cell, "false") || g_str_equal (cell, "0")))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  return json_node_init_string (json_node_alloc (), cell);
}

static JsonObject *
row_to_json (GArray *columns, TwSheetRow *row, gboolean of_line)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < MIN (columns->len, row->cells->len); i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      const char *cell = g_ptr_array_index (row->cells, i);

      if (column->of_line == of_line && *cell != '\0')
        json_object_set_member (object, column->field->name, cell_to_json (column->field, cell));
    }
  return object;
}

static JsonObject *
group_to_json (Group *group)
{
  JsonObject *order = row_to_json (group->columns, g_ptr_array_index (group->rows, 0), FALSE);
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < group->rows->len; i++)
    json_array_add_object_element (lines, row_to_json (group->columns, g_ptr_array_index (group->rows, i), TRUE));
  json_object_set_array_member (order, "lines", lines);
  return order;
}

static gboolean
create_cb (TwContext *ctx, gpointer data, GError **error)
{
  g_autoptr (TwOrder) draft = tw_order_new ();
  g_autoptr (JsonObject) object = group_to_json (data);

  return tw_codec_read (TW_RECORD (draft), object, TW_CODEC_CREATE, error)
         && tw_order_resource.create (ctx, TW_RECORD (draft), error);
}

/* ---- Faults by row and column ---- */

/* "/lines/2/quantity" is the column quantity of the group's third row; anything else is about its first. */
static void
add_fault (TwImportResult *result, Group *group, const TwFault *fault)
{
  const char *column = *fault->pointer == '/' ? fault->pointer + 1 : fault->pointer;
  guint n = 0;

  if (g_str_has_prefix (column, "lines/"))
    {
      char *end;

      n = MIN (strtoul (column + strlen ("lines/"), &end, 10), group->rows->len - 1);
      column = *end == '/' ? end + 1 : "";
    }
  tw_import_result_add (result, ((TwSheetRow *) g_ptr_array_index (group->rows, n))->number, column, fault->code,
                        fault->detail);
}

static void
add_error (TwImportResult *result, Group *group, const GError *error)
{
  GPtrArray *faults = tw_error_get_faults (error);
  TwSheetRow *first = g_ptr_array_index (group->rows, 0);

  if (faults == NULL)
    tw_import_result_add (result, first->number, "", tw_error_get_problem ((TwErrorCode) error->code)->slug,
                          error->message);
  for (guint i = 0; faults != NULL && i < faults->len; i++)
    add_fault (result, group, g_ptr_array_index (faults, i));
}

static gboolean
import_groups (TwContext *ctx, GPtrArray *groups, TwImportResult *result, GError **error)
{
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);
      g_autoptr (GError) problem = NULL;
      gboolean fatal;

      result->rows += group->rows->len;
      if (tw_context_step (ctx, create_cb, group, &fatal, &problem))
        result->good += group->rows->len;
      else if (!fatal)
        add_error (result, group, problem);
      else
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

TwImportResult *
tw_order_import_rows (TwContext *ctx, gconstpointer data, GPtrArray *rows, GError **error)
{
  g_autoptr (GArray) columns = read_header (g_ptr_array_index (rows, 0), error);
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (TwImportResult) result = NULL;

  if (columns == NULL)
    return NULL;
  groups = group_rows (columns, rows);
  result = tw_import_result_new ();
  return import_groups (ctx, groups, result, error) ? g_steal_pointer (&result) : NULL;
}
