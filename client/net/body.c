/* body.c: request bodies from records, by their field tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/net/body.h"

#include <json-glib/json-glib.h>

#include "shared/base/json-text.h"

static gboolean
is_asked (const char *const *fields, const TwField *field)
{
  return fields == NULL || g_strv_contains (fields, field->name);
}

static void append_object (GString *out, TwRecord *record, const char *const *fields, gboolean patch,
                           gboolean with_id);

static void
append_list (GString *out, GListModel *list, gboolean with_id)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TwRecord) item = g_list_model_get_item (list, i);

      if (i > 0)
        g_string_append_c (out, ',');
      append_object (out, item, NULL, FALSE, with_id);
    }
  g_string_append_c (out, ']');
}

/* What is no JSON goes as the string that it is, for the server to say so. */
static void
append_json (GString *out, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  if (node != NULL)
    g_string_append (out, text);
  else
    tw_json_append_string (out, text);
}

/* The value as JSON, never null. */
static void
append_value (GString *out, TwRecord *record, const TwField *field)
{
  g_autofree char *text = NULL;

  switch (field->kind)
    {
    case TW_KIND_LIST:
      append_list (out, G_LIST_MODEL (tw_record_at (record, field, GListStore *)), TRUE);
      return;
    case TW_KIND_STRINGS:
      tw_json_append_strings (out, (const char *const *) tw_record_at (record, field, GStrv));
      return;
    case TW_KIND_JSON:
      append_json (out, tw_record_at (record, field, char *));
      return;
    case TW_KIND_TEXT:
    case TW_KIND_KEY:
      tw_json_append_string (out, tw_record_at (record, field, const char *));
      return;
    case TW_KIND_INT:
    case TW_KIND_BOOL:
      text = tw_record_get_text (record, field);
      g_string_append (out, text);
      return;
    default:
      text = tw_record_get_text (record, field);
      tw_json_append_string (out, text);
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

/* An identifier of ours: nothing to escape. */
static void
append_name (GString *out, const char *name)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append (out, "\":");
}

static gboolean
is_empty (TwRecord *record, const TwField *field)
{
  return field->kind != TW_KIND_LIST && !is_decimal (field) && field->kind != TW_KIND_INT && field->kind != TW_KIND_BOOL
         && tw_record_is_empty (record, field);
}

static void
append_member (GString *out, TwRecord *record, const TwField *field, gboolean patch)
{
  gboolean empty = is_empty (record, field);

  if (empty && !patch)
    return;
  append_name (out, field->name);
  if (empty)
    g_string_append (out, "null");
  else
    append_value (out, record, field);
}

static void
append_object (GString *out, TwRecord *record, const char *const *fields, gboolean patch, gboolean with_id)
{
  const TwRecordInfo *info = tw_record_get_info (record);

  g_string_append_c (out, '{');
  if (with_id && record->id != 0)
    g_string_append_printf (out, "\"id\":%" G_GINT64_FORMAT, record->id);
  for (guint i = 0; i < info->n_fields; i++)
    if ((!patch || (info->fields[i].flags & TW_FIXED) == 0) && is_sent (record, &info->fields[i], fields))
      append_member (out, record, &info->fields[i], patch);
  g_string_append_c (out, '}');
}

GString *
tw_body_create (TwRecord *record, const char *const *fields)
{
  g_autoptr (GString) body = g_string_new (NULL);

  append_object (body, record, fields, FALSE, FALSE);
  return g_steal_pointer (&body);
}

GString *
tw_body_create_of (TwRecord *record, const char *list, GListModel *items)
{
  const TwRecordInfo *info = tw_record_get_info (record);
  g_autoptr (GString) body = g_string_new ("{");

  for (guint i = 0; i < info->n_fields; i++)
    if (!g_str_equal (info->fields[i].name, list) && is_sent (record, &info->fields[i], NULL))
      append_member (body, record, &info->fields[i], FALSE);
  if (g_list_model_get_n_items (items) > 0 || tw_record_has (record, list))
    {
      append_name (body, list);
      append_list (body, items, FALSE);
    }
  g_string_append_c (body, '}');
  return g_steal_pointer (&body);
}

GString *
tw_body_patch (TwRecord *record, const char *const *fields)
{
  g_autoptr (GString) body = g_string_new (NULL);

  append_object (body, record, fields, TRUE, FALSE);
  return g_steal_pointer (&body);
}
