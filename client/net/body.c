/* body.c: request bodies from records, by their field tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/net/body.h"

#include <json-glib/json-glib.h>

static gboolean
is_asked (const char *const *fields, const TwField *field)
{
  return fields == NULL || g_strv_contains (fields, field->name);
}

static JsonNode *build_object (TwRecord *record, const char *const *fields, gboolean patch, gboolean with_id);

static JsonNode *
build_list (GListModel *list)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TwRecord) item = g_list_model_get_item (list, i);

      json_array_add_element (array, build_object (item, NULL, FALSE, TRUE));
    }
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
build_strings (GStrv strings)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_node_take_array (node, array);
  return node;
}

/* The value as JSON, never null. */
static JsonNode *
build_value (TwRecord *record, const TwField *field)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *text = NULL;

  switch (field->kind)
    {
    case TW_KIND_INT:
      json_node_set_int (node, tw_record_at (record, field, gint64));
      return node;
    case TW_KIND_BOOL:
      json_node_set_boolean (node, tw_record_at (record, field, gboolean));
      return node;
    case TW_KIND_LIST:
      json_node_unref (node);
      return build_list (G_LIST_MODEL (tw_record_at (record, field, GListStore *)));
    case TW_KIND_STRINGS:
      json_node_unref (node);
      return build_strings (tw_record_at (record, field, GStrv));
    case TW_KIND_JSON:
      json_node_unref (node);
      return json_from_string (tw_record_at (record, field, char *), NULL);
    default:
      text = tw_record_get_text (record, field);
      json_node_set_string (node, text);
      return node;
    }
}

static gboolean
is_decimal (const TwField *field)
{
  return field->kind == TW_KIND_MONEY || field->kind == TW_KIND_PRICE || field->kind == TW_KIND_QUANTITY
         || field->kind == TW_KIND_RATE;
}

/* A decimal of 0 and an int of 0 say something in a patch or when asked for by name; in a creation they are what the
 * server would take anyway, or ask for ("price not written" must stay apart from "price 0": presence decides). */
static gboolean
is_sent (TwRecord *record, const TwField *field, const char *const *fields)
{
  if ((field->flags & TW_SERVER) != 0 || !is_asked (fields, field))
    return FALSE;
  if (fields != NULL || tw_record_is_present (record, field))
    return TRUE;
  if (is_decimal (field))
    return !tw_decimal_is_zero (tw_record_at (record, field, TwDecimal));
  if (field->kind == TW_KIND_INT)
    return tw_record_at (record, field, gint64) != 0;
  return !tw_record_is_empty (record, field);
}

static JsonNode *
build_object (TwRecord *record, const char *const *fields, gboolean patch, gboolean with_id)
{
  const TwRecordInfo *info = tw_record_get_info (record);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (with_id && record->id != 0)
    json_object_set_int_member (object, "id", record->id);
  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];
      gboolean empty;

      if (patch && (field->flags & TW_FIXED) != 0)
        continue;
      if (!is_sent (record, field, fields))
        continue;
      empty = field->kind != TW_KIND_LIST && !is_decimal (field) && field->kind != TW_KIND_INT
              && field->kind != TW_KIND_BOOL && tw_record_is_empty (record, field);
      if (!empty)
        json_object_set_member (object, field->name, build_value (record, field));
      else if (patch)
        json_object_set_null_member (object, field->name);
    }
  json_node_take_object (node, object);
  return node;
}

static GString *
to_text (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return g_string_new (text);
}

GString *
tw_body_create (TwRecord *record, const char *const *fields)
{
  g_autoptr (JsonNode) node = build_object (record, fields, FALSE, FALSE);

  return to_text (node);
}

GString *
tw_body_patch (TwRecord *record, const char *const *fields)
{
  g_autoptr (JsonNode) node = build_object (record, fields, TRUE, FALSE);

  return to_text (node);
}
