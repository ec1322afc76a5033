/* codec-read.c: a JSON object into a record, with every fault named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a text may say is decided where texts are read (record-value.c); here it is decided which
 * keys may be there and which JSON type each must have.
 */
#include "shared/base/codec.h"

#include <string.h>

#include "shared/base/error.h"
#include "shared/base/shown-text.h"

#define MAX_SHOWN_KEY 64 /* characters of an unknown key that a sentence repeats */

typedef struct
{
  TwRecord *record;
  TwCodecMode mode;
  gboolean item; /* of a list: may carry its id */
} Target;

static gboolean read_object (const Target *target, JsonObject *object, GError **error);

static char *
field_pointer (const TwField *field)
{
  return g_strconcat ("/", field->name, NULL);
}

/* Adds the faults of @inner, whose pointers start at @pointer, to *error. */
static void
add_inner_faults (GError **error, GError *inner, const char *pointer)
{
  GPtrArray *faults = tw_error_get_faults (inner);

  tw_error_prefix_pointers (&inner, pointer);
  for (guint i = 0; faults != NULL && i < faults->len; i++)
    {
      const TwFault *fault = g_ptr_array_index (faults, i);
      tw_error_fault (error, fault->pointer, fault->code, "%s", fault->detail);
    }
}

static gboolean
refuse_unknown_key (const char *key, GError **error)
{
  g_auto (GStrv) tildes = g_strsplit (key, "~", -1);
  g_autofree char *tildes_escaped = g_strjoinv ("~0", tildes);
  g_auto (GStrv) slashes = g_strsplit (tildes_escaped, "/", -1);
  g_autofree char *escaped = g_strjoinv ("~1", slashes);
  g_autofree char *pointer = g_strconcat ("/", escaped, NULL);
  g_autofree char *shown = g_utf8_strlen (key, -1) > MAX_SHOWN_KEY ? g_utf8_substring (key, 0, MAX_SHOWN_KEY)
                                                                   : g_strdup (key);
  g_autofree char *safe = tw_text_is_clean (shown, FALSE) ? g_steal_pointer (&shown) : g_strescape (shown, NULL);

  return tw_error_fault (error, pointer, "unknown_key", _ ("There is no field named “%s” here."), safe);
}

/* How the number @node is to be written as a decimal of @field; NULL when it cannot be. */
static char *
number_as_decimal (const TwField *field, JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return NULL;

  TwDecimal value;
  char text[G_ASCII_DTOSTR_BUF_SIZE]; /* 15 digits: what was written, not its neighbour in binary */
  g_ascii_formatd (text, sizeof text, "%.15g", json_node_get_double (node));
  if (!tw_decimal_parse (text, &value, NULL))
    return NULL;
  return tw_decimal_format (value, field->kind == TW_KIND_MONEY || field->kind == TW_KIND_PRICE ? 2 : 0);
}

static gboolean
refuse_decimal_type (const TwField *field, JsonNode *node, const char *pointer, GError **error)
{
  g_autofree char *number = number_as_decimal (field, node);

  if (number != NULL)
    /* Translators: the first %s is the name of a field, the other two are the same number */
    return tw_error_fault (error, pointer, "wrong_type", _ ("%s must be text. Write %s as text: \"%s\"."),
                           _ (field->label), number, number);
  return tw_error_fault (error, pointer, "wrong_type", _ ("%s must be a number written as text, such as \"%s\"."),
                         _ (field->label),
                         field->kind == TW_KIND_QUANTITY ? "12.5" : field->kind == TW_KIND_RATE ? "0.05" : "14.00");
}

static const char *
right_type (TwKind kind)
{
  switch (kind)
    {
    case TW_KIND_INT:
      return _ ("%s must be a whole number without quotes, such as 3.");
    case TW_KIND_BOOL:
      return _ ("%s must be true or false, without quotes.");
    case TW_KIND_DATE:
      return _ ("%s must be a date written as text, such as \"2026-11-22\".");
    case TW_KIND_TIME:
      return _ ("%s must be a time written as text, such as \"2026-11-22T08:00:00Z\".");
    case TW_KIND_STRINGS:
      return _ ("%s must be a list of texts, such as [\"one\", \"two\"].");
    case TW_KIND_LIST:
      return _ ("%s must be a list of objects.");
    default:
      return _ ("%s must be text in double quotes.");
    }
}

static gboolean
is_decimal (const TwField *field)
{
  return field->kind == TW_KIND_MONEY || field->kind == TW_KIND_PRICE || field->kind == TW_KIND_QUANTITY
         || field->kind == TW_KIND_RATE;
}

static gboolean
refuse_type (const TwField *field, JsonNode *node, const char *pointer, GError **error)
{
  if (is_decimal (field))
    return refuse_decimal_type (field, node, pointer, error);
  return tw_error_fault (error, pointer, "wrong_type", right_type (field->kind), _ (field->label));
}

static gboolean
has_right_type (const TwField *field, JsonNode *node)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      return json_node_get_value_type (node) == G_TYPE_INT64;
    case TW_KIND_BOOL:
      return json_node_get_value_type (node) == G_TYPE_BOOLEAN;
    case TW_KIND_STRINGS:
    case TW_KIND_LIST:
      return JSON_NODE_HOLDS_ARRAY (node);
    case TW_KIND_JSON:
      return TRUE;
    default:
      return json_node_get_value_type (node) == G_TYPE_STRING;
    }
}

static gboolean
store_text (const Target *target, const TwField *field, const char *text, GError **error)
{
  g_autofree char *shown = NULL;

  if (target->mode != TW_CODEC_ANSWER)
    return tw_record_set_text (target->record, field, text, error);
  if (!tw_text_is_clean (text, TRUE)) /* people shall see that something is there which would hide itself */
    shown = tw_shown_text (text);
  return tw_record_load_text (target->record, field, shown != NULL ? shown : text, error);
}

static gboolean
read_strings (const Target *target, const TwField *field, JsonNode *node, GError **error)
{
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) != G_TYPE_STRING)
      {
        g_autofree char *pointer = g_strdup_printf ("/%s/%u", field->name, i);
        return refuse_type (field, node, pointer, error);
      }

  g_autofree char *text = json_to_string (node, FALSE);
  return store_text (target, field, text, error);
}

static gboolean
read_item (const Target *target, const TwField *field, JsonNode *node, guint i, GPtrArray *items, GError **error)
{
  g_autofree char *pointer = g_strdup_printf ("/%s/%u", field->name, i);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_type (field, node, pointer, error);

  g_autoptr (GError) inner = NULL;
  TwRecord *record = g_object_new (field->item (), NULL);
  Target item = { record, target->mode == TW_CODEC_ANSWER ? TW_CODEC_ANSWER : TW_CODEC_CREATE, TRUE };
  g_ptr_array_add (items, record);
  if (read_object (&item, json_node_get_object (node), &inner))
    return TRUE;
  add_inner_faults (error, inner, pointer);
  return FALSE;
}

static gboolean
read_list (const Target *target, const TwField *field, JsonNode *node, GError **error)
{
  JsonArray *array = json_node_get_array (node);
  guint n = json_array_get_length (array);
  g_autoptr (GPtrArray) items = g_ptr_array_new_full (n, g_object_unref);
  g_autofree char *pointer = field_pointer (field);
  gboolean ok = TRUE;

  if (target->mode != TW_CODEC_ANSWER && field->max > 0 && n > (guint64) field->max)
    return tw_error_fault (error, pointer, "too_many", _ ("%s may have at most %d entries."), _ (field->label),
                           (int) field->max);
  for (guint i = 0; i < n; i++)
    ok &= read_item (target, field, json_array_get_element (array, i), i, items, error);
  if (!ok)
    return FALSE;

  GListStore *list = tw_record_at (target->record, field, GListStore *);
  g_list_store_splice (list, 0, tw_record_count (list), items->pdata, n);
  return TRUE;
}

static gboolean
read_typed (const Target *target, const TwField *field, JsonNode *node, GError **error)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      {
        char digits[24];
        g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, json_node_get_int (node));
        return store_text (target, field, digits, error);
      }
    case TW_KIND_BOOL:
      return store_text (target, field, json_node_get_boolean (node) ? "true" : "false", error);
    case TW_KIND_STRINGS:
      return read_strings (target, field, node, error);
    case TW_KIND_LIST:
      return read_list (target, field, node, error);
    case TW_KIND_JSON:
      {
        g_autofree char *text = json_to_string (node, FALSE);
        return store_text (target, field, text, error);
      }
    default:
      return store_text (target, field, json_node_get_string (node), error);
    }
}

static gboolean
is_none (const TwField *field, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (field->kind == TW_KIND_LIST || field->kind == TW_KIND_STRINGS)
    return JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0;
  return field->kind != TW_KIND_JSON && field->kind != TW_KIND_INT && field->kind != TW_KIND_BOOL
         && json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0';
}

static gboolean
clear_field (const Target *target, const TwField *field, GError **error)
{
  /* Cleared, a decimal is 0: no value for one that must be above it. */
  if (target->mode != TW_CODEC_ANSWER && (field->flags & (TW_REQUIRED | TW_POSITIVE)) != 0)
    {
      g_autofree char *pointer = field_pointer (field);
      return tw_error_fault (error, pointer, "required", _ ("%s is required."), _ (field->label));
    }
  if (field->kind == TW_KIND_LIST)
    g_list_store_remove_all (tw_record_at (target->record, field, GListStore *));
  else
    tw_record_load_text (target->record, field, NULL, NULL); /* none can be read always */
  return TRUE;
}

static gboolean
check_identity (const TwField *field, JsonNode *node, GError **error)
{
  if (json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) <= 0)
    return tw_error_fault (error, "/id", "out_of_range", _ ("%s must be greater than 0."), _ (field->label));
  return TRUE;
}

/* Whether @field may be given at all. */
static gboolean
check_writable (const Target *target, const TwField *field, JsonNode *node, GError **error)
{
  g_autofree char *pointer = field_pointer (field);

  if (target->mode == TW_CODEC_ANSWER)
    return TRUE;
  if (target->item && strcmp (field->name, "id") == 0)
    return check_identity (field, node, error);
  if ((field->flags & TW_SERVER) != 0)
    return tw_error_fault (error, pointer, "read_only", _ ("%s is set by the server; leave it out."),
                           _ (field->label));
  if (target->mode == TW_CODEC_PATCH && (field->flags & TW_FIXED) != 0)
    return tw_error_fault (error, pointer, "fixed", _ ("%s is given once and cannot be changed later."),
                           _ (field->label));
  return TRUE;
}

static gboolean
read_member (const Target *target, const char *key, JsonNode *node, GError **error)
{
  const TwField *field = tw_record_find (target->record, key);
  gboolean none = field != NULL && is_none (field, node);
  gboolean ok;

  if (field == NULL)
    return target->mode == TW_CODEC_ANSWER || refuse_unknown_key (key, error);
  if (!check_writable (target, field, node, error))
    {
      tw_record_mark_present (target->record, field); /* one fault is enough for it */
      return FALSE;
    }
  if (none && target->mode == TW_CODEC_CREATE)
    return TRUE;

  tw_record_mark_present (target->record, field);
  if (none)
    ok = clear_field (target, field, error);
  else if (has_right_type (field, node))
    ok = read_typed (target, field, node, error);
  else
    {
      g_autofree char *pointer = field_pointer (field);
      ok = refuse_type (field, node, pointer, error);
    }
  return ok;
}

static gboolean
check_required (const Target *target, GError **error)
{
  const TwRecordInfo *info = tw_record_get_info (target->record);
  gboolean ok = TRUE;

  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];
      if ((field->flags & TW_REQUIRED) == 0 || (field->flags & TW_SERVER) != 0
          || tw_record_is_present (target->record, field))
        continue;

      g_autofree char *pointer = field_pointer (field);
      ok = tw_error_fault (error, pointer, "required", _ ("%s is required."), _ (field->label));
    }
  return ok;
}

static gboolean
read_object (const Target *target, JsonObject *object, GError **error)
{
  JsonObjectIter members;
  const char *key;
  JsonNode *node;
  gboolean ok = TRUE;

  memset (target->record->present, 0, sizeof target->record->present);
  json_object_iter_init_ordered (&members, object);
  while (json_object_iter_next_ordered (&members, &key, &node))
    ok &= read_member (target, key, node, error);
  if (target->mode == TW_CODEC_CREATE)
    ok &= check_required (target, error);
  return ok;
}

gboolean
tw_codec_read (TwRecord *record, JsonObject *object, TwCodecMode mode, GError **error)
{
  g_return_val_if_fail (TW_IS_RECORD (record) && object != NULL, FALSE);

  Target target = { record, mode, FALSE };
  g_autoptr (GError) faults = NULL;
  if (read_object (&target, object, &faults))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&faults));
  return FALSE;
}
