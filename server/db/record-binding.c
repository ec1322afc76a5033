/* record-binding.c: records as parameters and from rows, through their field tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/statement-private.h"
#include "shared/base/codec.h"

#include <string.h>

/* ---- Binding ---- */

static char *
strings_to_json (GStrv strings)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      tw_codec_append_string (json, strings[i]);
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static void
bind_text (TwValue *value, const char *text)
{
  tw_value_set_text (value, text != NULL && *text != '\0' ? text : NULL);
}

static void
bind_integer (TwValue *value, const TwField *field, gint64 integer)
{
  if (integer == 0 && g_str_has_suffix (field->name, "_id"))
    tw_value_set_null (value);
  else
    tw_value_set_int (value, integer);
}

void
tw_value_set_field (TwValue *value, TwRecord *record, const TwField *field)
{
  g_autofree char *json = NULL;

  switch (field->kind)
    {
    case TW_KIND_INT:
      bind_integer (value, field, tw_record_at (record, field, gint64));
      break;
    case TW_KIND_BOOL:
      tw_value_set_int (value, tw_record_at (record, field, gboolean) ? 1 : 0);
      break;
    case TW_KIND_TEXT:
    case TW_KIND_KEY:
    case TW_KIND_JSON:
      bind_text (value, tw_record_at (record, field, const char *));
      break;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      tw_value_set_decimal (value, tw_record_at (record, field, TwDecimal));
      break;
    case TW_KIND_DATE:
      tw_value_set_date (value, tw_record_at (record, field, TwDate));
      break;
    case TW_KIND_TIME:
      tw_value_set_time (value, tw_record_at (record, field, TwTime));
      break;
    case TW_KIND_STRINGS:
      json = strings_to_json (tw_record_at (record, field, GStrv));
      tw_value_set_text (value, json);
      break;
    case TW_KIND_LIST:
      g_error ("a list is no parameter: %s", field->name);
    }
}

void
tw_bind_record (TwStatement *s, TwRecord *record)
{
  if (s->executed)
    tw_statement_forget_rows (s);
  for (guint i = 0; i < s->text->names->len; i++)
    {
      TwValue *value = &s->values[i];
      const TwField *field;

      if (value->bound && !value->by_record)
        continue;
      field = tw_record_find (record, g_ptr_array_index (s->text->names, i));
      if (field == NULL)
        continue;
      tw_value_set_field (value, record, field);
      value->bound = value->by_record = TRUE;
    }
}

void
tw_bind_field (TwStatement *s, const char *name, TwRecord *record, const TwField *field)
{
  tw_value_set_field (tw_statement_get_value (s, name), record, field);
}

/* ---- Reading ---- */

static GStrv
strings_from_json (const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (json == NULL)
    return NULL;
  if (!json_parser_load_from_data (parser, json, -1, &error) || !JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
    g_error ("the database holds no list of strings where one belongs: %s", json);
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return json_array_get_length (array) == 0 ? NULL : g_strv_builder_end (builder);
}

static const char *
key_from_text (const TwField *field, const char *text)
{
  const char *key = text != NULL ? tw_key_find (field->keys, text) : NULL;

  if (text != NULL && key == NULL)
    g_warning ("the database holds an unknown %s: %s", field->name, text);
  return key;
}

/* Mostly it is the key that the row before had. */
static void
read_key (TwColumn *column, TwRecord *record, const TwField *field)
{
  const char *text = tw_column_to_text (column);

  if (g_strcmp0 (text, tw_record_at (record, field, const char *)) != 0)
    tw_record_at (record, field, const char *) = key_from_text (field, text);
}

static void
read_field (TwColumn *column, TwRecord *record, const TwField *field)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      tw_record_at (record, field, gint64) = tw_column_to_int (column);
      break;
    case TW_KIND_BOOL:
      tw_record_at (record, field, gboolean) = tw_column_to_int (column) != 0;
      break;
    case TW_KIND_TEXT:
    case TW_KIND_JSON:
      tw_record_set_string (&tw_record_at (record, field, char *), tw_column_to_text (column));
      break;
    case TW_KIND_KEY:
      read_key (column, record, field);
      break;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      tw_record_at (record, field, TwDecimal) = tw_column_to_decimal (column);
      break;
    case TW_KIND_DATE:
      tw_record_at (record, field, TwDate) = tw_column_to_date (column);
      break;
    case TW_KIND_TIME:
      tw_record_at (record, field, TwTime) = tw_column_to_time (column);
      break;
    case TW_KIND_STRINGS:
      g_strfreev (tw_record_at (record, field, GStrv));
      tw_record_at (record, field, GStrv) = strings_from_json (tw_column_to_text (column));
      break;
    case TW_KIND_LIST:
      g_error ("a column cannot fill the list %s", field->name);
    }
}

/* Finds each column's field once for a statement and type. */
static void
map_columns (TwStatement *s, GType type)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  if (s->mapped_type == type)
    return;
  g_free (s->map);
  s->map = g_new (gint16, s->n_columns);
  s->mapped_type = type;
  for (guint i = 0; i < s->n_columns; i++)
    {
      const TwField *field = tw_record_type_find (type, s->columns[i].name);

      s->map[i] = field != NULL ? field - info->fields : -1;
    }
}

void
tw_column_record (TwStatement *s, TwRecord *record)
{
  const TwRecordInfo *info = tw_record_get_info (record);

  g_assert (s->has_row);
  map_columns (s, G_OBJECT_TYPE (record));
  for (guint i = 0; i < s->n_columns; i++)
    if (s->map[i] >= 0)
      read_field (&s->columns[i], record, &info->fields[s->map[i]]);
}

gboolean
tw_statement_read_one (TwStatement *s, TwRecord *record, gboolean *found, GError **error)
{
  if (!tw_statement_step (s, found, error))
    return FALSE;
  if (*found)
    tw_column_record (s, record);
  return TRUE;
}

gboolean
tw_statement_read_all (TwStatement *s, GType type, GListStore *list, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean found;

  for (;;)
    {
      TwRecord *record;

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      if (!found)
        break;
      record = g_object_new (type, NULL);
      g_ptr_array_add (rows, record);
      tw_column_record (s, record);
    }
  if (rows->len > 0)
    g_list_store_splice (list, g_list_model_get_n_items (G_LIST_MODEL (list)), 0, rows->pdata, rows->len);
  return TRUE;
}

gboolean
tw_statement_run_all (TwStatement *s, GListStore *records, GError **error)
{
  guint n = tw_record_count (records);

  for (guint i = 0; i < n; i++)
    {
      TwRecord *record = tw_record_nth (records, i);

      tw_bind_record (s, record);
      if (!tw_statement_run (s, NULL, error))
        return FALSE;
      if (record->id == 0)
        record->id = s->last_id;
    }
  return TRUE;
}
