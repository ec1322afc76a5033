/* codec.c: JSON text into trees, records into JSON text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a tree into a record is in codec-read.c.
 */
#include "shared/base/codec.h"

#include <string.h>

#include "shared/base/error.h"
#include "shared/base/json-scan.h"
#include "shared/base/json-text.h"

static gboolean
is_visible (const TwField *field, TwSecrets secrets)
{
  return (field->flags & TW_WRITE_ONLY) == 0 && (field->secret & ~secrets) == 0;
}

static void
append_integer (GString *out, gint64 value)
{
  char digits[24];
  char *at = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--at = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--at = '-';
  g_string_append_len (out, at, digits + sizeof digits - at);
}

static void
append_decimal (GString *out, TwDecimal value, guint min_places)
{
  g_string_append_c (out, '"');
  tw_decimal_append (out, value, min_places);
  g_string_append_c (out, '"');
}

static void
append_list (GString *out, GListStore *list, TwSecrets secrets)
{
  guint n = tw_record_count (list);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      tw_codec_write (tw_record_nth (list, i), secrets, out);
    }
  g_string_append_c (out, ']');
}

/* Of a field that is not empty. */
static void
append_when (GString *out, TwRecord *record, const TwField *field)
{
  g_string_append_c (out, '"');
  if (field->kind == TW_KIND_DATE)
    tw_date_append (out, tw_record_at (record, field, TwDate));
  else
    tw_time_append (out, tw_record_at (record, field, TwTime));
  g_string_append_c (out, '"');
}

static void
append_value (GString *out, TwRecord *record, const TwField *field, TwSecrets secrets)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      append_integer (out, tw_record_at (record, field, gint64));
      return;
    case TW_KIND_BOOL:
      g_string_append (out, tw_record_at (record, field, gboolean) ? "true" : "false");
      return;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
      append_decimal (out, tw_record_at (record, field, TwDecimal), 2);
      return;
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      append_decimal (out, tw_record_at (record, field, TwDecimal), 0);
      return;
    case TW_KIND_STRINGS:
      tw_json_append_strings (out, (const char *const *) tw_record_at (record, field, GStrv));
      return;
    case TW_KIND_LIST:
      append_list (out, tw_record_at (record, field, GListStore *), secrets);
      return;
    case TW_KIND_TEXT:
    case TW_KIND_KEY:
    case TW_KIND_DATE:
    case TW_KIND_TIME:
    case TW_KIND_JSON:
      break;
    }

  if (tw_record_is_empty (record, field))
    g_string_append (out, "null");
  else if (field->kind == TW_KIND_JSON)
    g_string_append (out, tw_record_at (record, field, char *));
  else if (field->kind == TW_KIND_DATE || field->kind == TW_KIND_TIME)
    append_when (out, record, field);
  else
    tw_json_append_string (out, tw_record_at (record, field, const char *));
}

/* An identifier of ours: nothing to escape. */
static void
append_name (GString *out, const char *name, gboolean first)
{
  gsize length = strlen (name), before = out->len;
  char *at;

  g_string_set_size (out, before + length + (first ? 3 : 4));
  at = out->str + before;
  if (!first)
    *at++ = ',';
  *at++ = '"';
  memcpy (at, name, length);
  at[length] = '"';
  at[length + 1] = ':';
}

static void
append_member (GString *out, TwRecord *record, const TwField *field, TwSecrets secrets, gboolean first)
{
  append_name (out, field->name, first);
  append_value (out, record, field, secrets);
}

void
tw_codec_write (TwRecord *record, TwSecrets secrets, GString *out)
{
  const TwRecordInfo *info = tw_record_get_info (record);
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  for (guint i = 0; i < info->n_fields; i++)
    if (is_visible (&info->fields[i], secrets))
      {
        append_member (out, record, &info->fields[i], secrets, first);
        first = FALSE;
      }
  g_string_append_c (out, '}');
}

static gboolean
is_wanted (const TwField *field, const char *const *fields)
{
  if ((field->flags & TW_ABSENT) != 0)
    return FALSE;
  return fields == NULL || strcmp (field->name, "id") == 0 || g_strv_contains (fields, field->name);
}

void
tw_field_set_init (TwFieldSet *set, GType type, TwSecrets secrets, const char *const *fields)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  *set = (TwFieldSet) { 0 };
  for (guint i = 0; i < info->n_fields; i++)
    if (is_visible (&info->fields[i], secrets) && is_wanted (&info->fields[i], fields))
      set->chosen[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

void
tw_codec_write_chosen (TwRecord *record, const TwFieldSet *set, TwSecrets secrets, GString *out)
{
  const TwRecordInfo *info = tw_record_get_info (record);
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  for (guint word = 0; word < G_N_ELEMENTS (set->chosen); word++)
    for (guint64 rest = set->chosen[word]; rest != 0; rest &= rest - 1)
      {
        append_member (out, record, &info->fields[word * 64 + (guint) __builtin_ctzll (rest)], secrets, first);
        first = FALSE;
      }
  g_string_append_c (out, '}');
}

void
tw_codec_write_item (TwRecord *record, TwSecrets secrets, const char *const *fields, GString *out)
{
  TwFieldSet set;

  tw_field_set_init (&set, G_OBJECT_TYPE (record), secrets, fields);
  tw_codec_write_chosen (record, &set, secrets, out);
}

void
tw_codec_append_string (GString *out, const char *text)
{
  tw_json_append_string (out, text);
}

JsonNode *
tw_codec_parse (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  if (!tw_json_scan (text, size, error))
    return NULL;

  g_autoptr (JsonParser) parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    {
      g_prefix_error (error, "Parsing JSON that has passed the scan: ");
      return NULL;
    }
  g_autoptr (JsonNode) root = json_parser_steal_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      tw_error_set (error, TW_ERROR_MALFORMED, _ ("The request must be one JSON object, in braces."));
      return NULL;
    }
  return g_steal_pointer (&root);
}
