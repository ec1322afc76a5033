/* record-value.c: a field's value as text, and the limits of its table row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text is read into a value of its own, judged there, and only then stored: a refused text
 * leaves the record as it was.
 */
#include "shared/base/record.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "shared/base/error.h"
#include "shared/base/json-scan.h"
#include "shared/base/json-text.h"

#define MAX_STRING_LENGTH 255 /* characters of one element of TW_KIND_STRINGS */

/* What the union holds follows from the field's kind. */
typedef union
{
  gint64 integer;
  gboolean boolean;
  char *text; /* TEXT and JSON, owned */
  const char *key;
  TwDecimal decimal;
  TwDate date;
  TwTime time;
  GStrv strings; /* owned */
} Value;

static void
clear_value (const TwField *field, Value *value)
{
  if (field->kind == TW_KIND_TEXT || field->kind == TW_KIND_JSON)
    g_clear_pointer (&value->text, g_free);
  else if (field->kind == TW_KIND_STRINGS)
    g_clear_pointer (&value->strings, g_strfreev);
}

/* Swaps, so that the caller's clear_value() frees what the record held. */
#define SWAP_MEMBER(record, field, ctype, value)                                                                       \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    ctype before_ = tw_record_at (record, field, ctype);                                                               \
    tw_record_at (record, field, ctype) = (value);                                                                     \
    (value) = before_;                                                                                                 \
  }                                                                                                                    \
  G_STMT_END

static void
swap_value (TwRecord *record, const TwField *field, Value *value)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      SWAP_MEMBER (record, field, gint64, value->integer);
      break;
    case TW_KIND_BOOL:
      SWAP_MEMBER (record, field, gboolean, value->boolean);
      break;
    case TW_KIND_TEXT:
    case TW_KIND_JSON:
      SWAP_MEMBER (record, field, char *, value->text);
      break;
    case TW_KIND_KEY:
      SWAP_MEMBER (record, field, const char *, value->key);
      break;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      SWAP_MEMBER (record, field, TwDecimal, value->decimal);
      break;
    case TW_KIND_DATE:
      SWAP_MEMBER (record, field, TwDate, value->date);
      break;
    case TW_KIND_TIME:
      SWAP_MEMBER (record, field, TwTime, value->time);
      break;
    case TW_KIND_STRINGS:
      SWAP_MEMBER (record, field, GStrv, value->strings);
      break;
    case TW_KIND_LIST:
      g_assert_not_reached ();
    }
}

static const char *
decimal_example (TwKind kind)
{
  switch (kind)
    {
    case TW_KIND_QUANTITY:
      return "12.5";
    case TW_KIND_RATE:
      return "0.05";
    default:
      return "14.00";
    }
}

#define POINTER_SIZE 80 /* field names are far shorter */

static const char *
pointer_of (const TwField *field, char *buffer)
{
  g_snprintf (buffer, POINTER_SIZE, "/%s", field->name);
  return buffer;
}

/* Adds a fault at the field's own pointer; FALSE. */
#define refuse(error, field, code, ...)                                                                                \
  tw_error_fault (error, pointer_of (field, (char[POINTER_SIZE]) { 0 }), code, __VA_ARGS__)

static gboolean
parse_boolean (const char *text, gboolean *value)
{
  *value = g_str_equal (text, "true") || g_str_equal (text, "1");
  return *value || g_str_equal (text, "false") || g_str_equal (text, "0");
}

static GStrv
parse_strings (const char *text)
{
  if (!tw_json_scan (text, strlen (text), NULL))
    return NULL;
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  JsonArray *array = json_node_get_array (node);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return NULL;
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  return g_strv_builder_end (builder);
}

static gboolean
read_key (const TwField *field, const char *text, gboolean trusted, Value *value, GError **error)
{
  value->key = tw_key_find (field->keys, text);
  if (value->key == NULL && trusted)
    value->key = g_intern_string (text); /* a newer server may know more than we do */
  if (value->key != NULL)
    return TRUE;

  g_autoptr (GString) allowed = g_string_new (NULL);
  for (const TwKey *key = field->keys; key->key != NULL; key++)
    g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", key->key);
  /* Translators: the first %s is the name of a field, the second a list of words */
  return refuse (error, field, "unknown_value", _ ("%s must be one of: %s."), _ (field->label), allowed->str);
}

static gboolean
read_date_or_time (const TwField *field, const char *text, Value *value, GError **error)
{
  if (field->kind == TW_KIND_DATE)
    return tw_date_parse (text, &value->date, NULL)
           || refuse (error, field, "bad_date",
                      _ ("%s must be an existing date written as year-month-day, such as 2026-11-22."),
                      _ (field->label));
  return tw_time_parse (text, &value->time, NULL)
         || refuse (error, field, "bad_time",
                    _ ("%s must be an existing date and time in UTC, such as 2026-11-22T08:00:00Z."),
                    _ (field->label));
}

/* @text is not empty. */
static gboolean
read_value (const TwField *field, const char *text, gboolean trusted, Value *value, GError **error)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value->integer, NULL)
             || refuse (error, field, "bad_number", _ ("%s must be a whole number, such as 3."), _ (field->label));
    case TW_KIND_BOOL:
      return parse_boolean (text, &value->boolean)
             || refuse (error, field, "bad_value", _ ("%s must be true or false."), _ (field->label));
    case TW_KIND_TEXT:
      value->text = g_strdup (text);
      return TRUE;
    case TW_KIND_KEY:
      return read_key (field, text, trusted, value, error);
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      return tw_decimal_parse (text, &value->decimal, NULL)
             || refuse (error, field, "bad_number",
                        _ ("%s must be written with digits and a point, with at most %d digits before and %d after the "
                           "point, such as %s."),
                        _ (field->label), TW_DECIMAL_WHOLE_DIGITS, TW_DECIMAL_PLACES, decimal_example (field->kind));
    case TW_KIND_DATE:
    case TW_KIND_TIME:
      return read_date_or_time (field, text, value, error);
    case TW_KIND_STRINGS:
      value->strings = parse_strings (text);
      return value->strings != NULL
             || refuse (error, field, "bad_value", _ ("%s must be a list of texts."), _ (field->label));
    case TW_KIND_JSON:
      value->text = g_strdup (text);
      return tw_json_scan (text, strlen (text), NULL)
             || refuse (error, field, "bad_value", _ ("%s must be valid JSON."), _ (field->label));
    case TW_KIND_LIST:
      break;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
check_sign (const TwField *field, int sign, GError **error)
{
  if ((field->flags & TW_POSITIVE) != 0 && sign <= 0)
    return refuse (error, field, "out_of_range", _ ("%s must be greater than 0."), _ (field->label));
  if ((field->flags & TW_NOT_NEGATIVE) != 0 && sign < 0)
    return refuse (error, field, "out_of_range", _ ("%s must not be negative."), _ (field->label));
  return TRUE;
}

static gboolean
check_integer (const TwField *field, gint64 value, GError **error)
{
  gboolean limited = field->min != 0 || field->max != 0;

  if (limited && (value < field->min || value > field->max))
    return refuse (error, field, "out_of_range",
                   _ ("%s must lie between %lld and %lld."), _ (field->label),
                   (long long) field->min, (long long) field->max);
  return check_sign (field, (value > 0) - (value < 0), error);
}

static gboolean
check_decimal (const TwField *field, TwDecimal value, GError **error)
{
  TwDecimal most = tw_decimal_from_int (field->max);

  if (field->max > 0 && tw_decimal_compare (value, most) > 0)
    return refuse (error, field, "out_of_range", _ ("%s must be at most %lld."), _ (field->label),
                   (long long) field->max);
  if (field->max > 0 && tw_decimal_compare (value, tw_decimal_neg (most)) < 0)
    return refuse (error, field, "out_of_range", _ ("%s must be at least %lld."), _ (field->label),
                   -(long long) field->max);
  return check_sign (field, tw_decimal_sign (value), error);
}

static gboolean
check_text (const TwField *field, const char *text, gint64 most, GError **error)
{
  if (!tw_text_is_clean (text, (field->flags & TW_MULTILINE) != 0))
    return refuse (error, field, "bad_characters",
                   _ ("%s must not contain control characters or hidden marks of writing direction."),
                   _ (field->label));

  glong length = g_utf8_strlen (text, -1);
  if (most > 0 && length > most)
    return refuse (error, field, "too_long", _ ("%s may have at most %d characters; this has %d."), _ (field->label),
                   (int) most, (int) length);
  return TRUE;
}

static gboolean
check_strings (const TwField *field, GStrv strings, GError **error)
{
  if (field->max > 0 && g_strv_length (strings) > (guint64) field->max)
    return refuse (error, field, "too_many", _ ("%s may have at most %d entries."), _ (field->label), (int) field->max);
  for (guint i = 0; strings[i] != NULL; i++)
    if (!check_text (field, strings[i], MAX_STRING_LENGTH, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_value (const TwField *field, const Value *value, GError **error)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      return check_integer (field, value->integer, error);
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      return check_decimal (field, value->decimal, error);
    case TW_KIND_TEXT:
      return check_text (field, value->text, field->max, error);
    case TW_KIND_STRINGS:
      return check_strings (field, value->strings, error);
    default:
      return TRUE;
    }
}

static gboolean
read_and_store (TwRecord *record, const TwField *field, const char *text, gboolean trusted, GError **error)
{
  Value value = { 0 };
  gboolean none = text == NULL || *text == '\0';
  gboolean ok = TRUE;

  if (none && !trusted && (field->flags & TW_REQUIRED) != 0)
    return refuse (error, field, "required", _ ("%s is required."), _ (field->label));
  if (!none)
    ok = read_value (field, text, trusted, &value, error) && (trusted || check_value (field, &value, error));
  if (ok)
    swap_value (record, field, &value);
  clear_value (field, &value);
  return ok;
}

gboolean
tw_record_set_text (TwRecord *record, const TwField *field, const char *text, GError **error)
{
  return read_and_store (record, field, text, FALSE, error);
}

gboolean
tw_record_load_text (TwRecord *record, const TwField *field, const char *text, GError **error)
{
  return read_and_store (record, field, text, TRUE, error);
}

static char *
strings_as_text (GStrv strings)
{
  if (strings == NULL)
    return NULL;

  g_autoptr (GString) out = g_string_new (NULL);
  tw_json_append_strings (out, (const char *const *) strings);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
tw_record_get_text (TwRecord *record, const TwField *field)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, tw_record_at (record, field, gint64));
    case TW_KIND_BOOL:
      return g_strdup (tw_record_at (record, field, gboolean) ? "true" : "false");
    case TW_KIND_TEXT:
    case TW_KIND_JSON:
    case TW_KIND_KEY:
      return tw_record_is_empty (record, field) ? NULL : g_strdup (tw_record_at (record, field, const char *));
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
      return tw_decimal_format (tw_record_at (record, field, TwDecimal), 2);
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      return tw_decimal_format (tw_record_at (record, field, TwDecimal), 0);
    case TW_KIND_DATE:
      return tw_record_is_empty (record, field) ? NULL : tw_date_format (tw_record_at (record, field, TwDate));
    case TW_KIND_TIME:
      return tw_record_is_empty (record, field) ? NULL : tw_time_format (tw_record_at (record, field, TwTime));
    case TW_KIND_STRINGS:
      return strings_as_text (tw_record_at (record, field, GStrv));
    case TW_KIND_LIST:
      break;
    }
  g_return_val_if_reached (NULL);
}

gboolean
tw_record_is_empty (TwRecord *record, const TwField *field)
{
  switch (field->kind)
    {
    case TW_KIND_TEXT:
    case TW_KIND_JSON:
    case TW_KIND_KEY:
      {
        const char *text = tw_record_at (record, field, const char *);
        return text == NULL || *text == '\0';
      }
    case TW_KIND_DATE:
      return !tw_date_is_set (tw_record_at (record, field, TwDate));
    case TW_KIND_TIME:
      return !tw_time_is_set (tw_record_at (record, field, TwTime));
    case TW_KIND_STRINGS:
      {
        GStrv strings = tw_record_at (record, field, GStrv);
        return strings == NULL || strings[0] == NULL;
      }
    case TW_KIND_LIST:
      return tw_record_count (tw_record_at (record, field, GListStore *)) == 0;
    default:
      return FALSE;
    }
}
