/* list-query.c: what a list request asks for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/list-private.h"

#include <string.h>

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 500
#define MAX_OFFSET 1000000000
#define MAX_IN 200
#define MAX_WORDS 8
#define MAX_SEARCH 200 /* characters of q */

static const struct
{
  const char *suffix;
  TwListOp op;
} ops[] = {
  { "ne", TW_LIST_NE }, { "lt", TW_LIST_LT }, { "le", TW_LIST_LE },
  { "gt", TW_LIST_GT }, { "ge", TW_LIST_GE }, { "in", TW_LIST_IN },
};

static void
value_free (gpointer data)
{
  TwListValue *value = data;

  g_clear_object (&value->record);
  g_clear_object (&value->day_end);
  g_free (value);
}

static void
filter_free (gpointer data)
{
  TwListFilter *filter = data;

  g_ptr_array_unref (filter->values);
  g_free (filter);
}

static gboolean
refuse (GError **error, const char *name, const char *code, const char *detail)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *pointer = g_strconcat ("/", valid, NULL);

  return tw_error_fault (error, pointer, code, "%s", detail);
}

const TwField *
tw_list_id_field (GType type)
{
  const TwField *field = tw_record_type_find (type, "id");

  g_assert (field != NULL);
  return field;
}

/* The field called @name, unless it is a secret that is closed: then there is no such field. */
static const TwField *
find_field (GType type, const char *name, TwSecrets secrets)
{
  const TwField *field = tw_record_type_find (type, name);

  return field != NULL && (field->secret & ~secrets) == 0 ? field : NULL;
}

static const TwListColumn *
find_column (const TwList *list, const char *name, TwColumnFlags flag)
{
  for (const TwListColumn *c = list->columns; c->name != NULL; c++)
    if ((c->flags & flag) != 0 && g_str_equal (c->name, name))
      return c;
  return NULL;
}

/* ---- Filters ---- */

static TwRecord *
new_instant (TwListQuery *query, const TwField *field, TwDate day)
{
  TwRecord *record = g_object_new (query->type, NULL);
  g_autofree char *text = tw_date_format (day);
  g_autofree char *midnight = g_strconcat (text, "T00:00:00Z", NULL);

  if (!tw_record_load_text (record, field, midnight, NULL))
    g_assert_not_reached ();
  return record;
}

static gboolean
read_value (TwListQuery *query, TwListFilter *filter, const char *text, GError **error)
{
  TwListValue *value = g_new0 (TwListValue, 1);
  TwDate day;

  g_ptr_array_add (filter->values, value);
  if (filter->field->kind == TW_KIND_TIME && tw_date_parse (text, &day, NULL))
    {
      value->record = new_instant (query, filter->field, day);
      value->day_end = new_instant (query, filter->field, tw_date_add_days (day, 1));
      return TRUE;
    }
  value->record = g_object_new (query->type, NULL);
  /* The limits of stored values bind no comparison, but an unknown key is a slip that must be seen. */
  if (filter->field->kind == TW_KIND_KEY)
    return tw_record_set_text (value->record, filter->field, text, error);
  return tw_record_load_text (value->record, filter->field, text, error);
}

static gboolean
read_values (TwListQuery *query, TwListFilter *filter, const char *text, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (filter->op != TW_LIST_IN)
    return read_value (query, filter, text, error);
  parts = g_strsplit (text, ",", MAX_IN + 1);
  if (g_strv_length (parts) > MAX_IN)
    return refuse (error, filter->field->name, "too_many", _ ("A list in a filter may have at most 200 values."));
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0')
      return refuse (error, filter->field->name, "required", _ ("A filter needs a value."));
    else if (!read_value (query, filter, parts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
split_name (const char *parameter, char **name, TwListOp *op)
{
  const char *dot = strchr (parameter, '.');

  *op = TW_LIST_EQ;
  *name = dot != NULL ? g_strndup (parameter, dot - parameter) : g_strdup (parameter);
  if (dot == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (ops); i++)
    if (g_str_equal (ops[i].suffix, dot + 1))
      {
        *op = ops[i].op;
        return TRUE;
      }
  return FALSE;
}

static gboolean
add_filter (TwListQuery *query, const TwList *list, const char *parameter, const char *text, GError **error)
{
  g_autofree char *name = NULL;
  TwListOp op;
  gboolean known = split_name (parameter, &name, &op);
  const TwField *field = find_field (query->type, name, query->secrets);
  const TwListColumn *column = find_column (list, name, TW_COLUMN_FILTER);
  TwListFilter *filter;

  if (!known || field == NULL || column == NULL)
    return refuse (error, parameter, "unknown_key", _ ("This list cannot be filtered by that."));
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, name, "bad_characters", _ ("The value is not valid text."));
  if (*text == '\0')
    return refuse (error, name, "required", _ ("A filter needs a value."));
  filter = g_new0 (TwListFilter, 1);
  filter->column = column;
  filter->field = field;
  filter->op = op;
  filter->values = g_ptr_array_new_with_free_func (value_free);
  g_ptr_array_add (query->filters, filter);
  filter->null = g_str_equal (text, "null") && (op == TW_LIST_EQ || op == TW_LIST_NE);
  return filter->null || read_values (query, filter, text, error);
}

/* ---- The rest ---- */

static gboolean
read_count (const char *name, const char *text, guint least, guint most, guint *value, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/", name, NULL);
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL))
    return tw_error_fault (error, pointer, "out_of_range", _ ("%s must be a whole number from %u to %u."), name, least,
                           most);
  *value = (guint)number;
  return TRUE;
}

static gboolean
choose_sort (TwListQuery *query, const TwList *list, const char *text, GError **error)
{
  const char *name = *text == '-' ? text + 1 : text;
  const TwField *field = find_field (query->type, name, query->secrets);
  const TwListColumn *column = find_column (list, name, TW_COLUMN_SORT);

  query->descending = *text == '-';
  query->sort_field = field;
  if (field != NULL && column != NULL)
    {
      query->sort_sql = column->sql;
      query->sort_is_unique = (column->flags & TW_COLUMN_UNIQUE) != 0;
    }
  else if (g_str_equal (name, "id"))
    query->sort_sql = list->id;
  else
    return refuse (error, "sort", "unknown_value", _ ("This list cannot be sorted by that."));
  return TRUE;
}

/* Each word as a pattern that finds it anywhere; what LIKE would read as a wildcard is escaped. */
static char *
make_pattern (const char *word)
{
  GString *pattern = g_string_new ("%");

  for (; *word != '\0'; word++)
    {
      if (strchr ("\\%_", *word) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *word);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

static gboolean
read_search (TwListQuery *query, const char *text, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, "q", "bad_characters", _ ("The value is not valid text."));
  if (g_utf8_strlen (text, -1) > MAX_SEARCH)
    return refuse (error, "q", "too_long", _ ("The text to search for may have at most 200 characters."));
  words = g_regex_split_simple ("\\s+", text, 0, 0);
  for (guint i = 0; words[i] != NULL && query->words->len < MAX_WORDS; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (query->words, make_pattern (words[i]));
  if (query->words->len > 1)
    {
      g_autofree char *phrase = g_strstrip (g_strdup (text));

      query->phrase = make_pattern (phrase);
    }
  return TRUE;
}

static gboolean
read_fields (TwListQuery *query, const char *text, GError **error)
{
  query->fields = g_strsplit (text, ",", TW_MAX_FIELDS);
  for (guint i = 0; query->fields[i] != NULL; i++)
    {
      const TwField *field = find_field (query->type, query->fields[i], query->secrets);

      if (field == NULL || (field->flags & (TW_ABSENT | TW_WRITE_ONLY)) != 0)
        return refuse (error, "fields", "unknown_value", _ ("The list has no such field."));
    }
  return TRUE;
}

static gboolean
read_parameter (TwListQuery *query, const TwList *list, const char *name, const char *text, GError **error)
{
  if (g_str_equal (name, "sort") || g_str_equal (name, "after"))
    return TRUE; /* read first and last: they depend on each other */
  if (g_str_equal (name, "limit"))
    return read_count (name, text, 1, MAX_LIMIT, &query->limit, error);
  if (g_str_equal (name, "offset"))
    return read_count (name, text, 0, MAX_OFFSET, &query->offset, error);
  if (g_str_equal (name, "q"))
    return read_search (query, text, error);
  if (g_str_equal (name, "fields"))
    return read_fields (query, text, error);
  return add_filter (query, list, name, text, error);
}

/* In the order of their names, so that the same request always makes the same SQL. */
static gboolean
read_parameters (TwListQuery *query, const TwList *list, GHashTable *parameters, GError **error)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (parameters), (GCompareFunc)strcmp);
  const char *sort = g_hash_table_lookup (parameters, "sort");
  const char *after = g_hash_table_lookup (parameters, "after");

  /* What the program itself wrote wrongly is asserted in the constructor. */
  if (sort != NULL && !choose_sort (query, list, sort, error))
    return FALSE;
  for (GList *name = names; name != NULL; name = name->next)
    if (!read_parameter (query, list, name->data, g_hash_table_lookup (parameters, name->data), error))
      return FALSE;
  if (after != NULL && query->offset > 0)
    return refuse (error, "offset", "conflict", _ ("A list is continued with either after or offset."));
  return after == NULL || tw_list_cursor_read (query, after, error);
}

/* ---- Public ---- */

TwListQuery *
tw_list_query_parse (const TwList *list, GHashTable *parameters, TwSecrets secrets, GError **error)
{
  g_autoptr (TwListQuery) query = g_new0 (TwListQuery, 1);

  query->type = list->type ();
  query->filters = g_ptr_array_new_with_free_func (filter_free);
  query->words = g_ptr_array_new_with_free_func (g_free);
  query->limit = DEFAULT_LIMIT;
  query->secrets = secrets;
  if (!choose_sort (query, list, list->default_sort, NULL))
    g_error ("a list is sorted by %s, which is no column to sort by", list->default_sort);
  if (parameters != NULL && !read_parameters (query, list, parameters, error))
    return NULL;
  return g_steal_pointer (&query);
}

void
tw_list_query_free (TwListQuery *query)
{
  if (query == NULL)
    return;
  g_ptr_array_unref (query->filters);
  g_ptr_array_unref (query->words);
  g_strfreev (query->fields);
  g_free (query->phrase);
  g_clear_object (&query->after);
  g_free (query);
}

void
tw_list_query_restrict (TwListQuery *query, const char *sql, gint64 scope)
{
  g_assert (query->restriction == NULL);
  query->restriction = sql;
  query->scope = scope;
}

gboolean
tw_list_query_wants (const TwListQuery *query, const char *field)
{
  return query->fields == NULL || g_strv_contains ((const char *const *) query->fields, field);
}

void
tw_list_query_set_row (TwListQuery *query, TwListRow row, gpointer data)
{
  query->row = row;
  query->row_data = data;
}
