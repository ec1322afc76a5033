/* list-sql.c: the statements of a list request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SQL is put together from the list's constant fragments and the constants below; the
 * text depends on the shape of the request only, so that statements are cached by shape. Parameters are
 * numbered: f0, f1 … filters, w0 … words.
 */
#include "server/db/list-private.h"
#include "server/db/list-tally.h"
#include "server/db/statement-private.h"

#include <string.h>

static const char select_word[] = "SELECT ";
static const char straight_words[] = "SELECT STRAIGHT_JOIN ";
static const char count_words[] = "SELECT COUNT(*) AS n";
static const char sort_key[] = " AS tw_sort_key, ";
static const char id_key[] = " AS tw_id";
static const char phrase_words[] = "(SELECT id FROM ";
static const char words_words[] = " UNION SELECT h0.id FROM ";
static const char by_id_words[] = " FORCE INDEX (PRIMARY)";
static const char page_key[] = " AS tw_page";
static const char page_words[] = ") page, ";
static const char from_word[] = " FROM ";
static const char where_word[] = " WHERE 1";
static const char order_words[] = " ORDER BY ";
static const char limit_words[] = " LIMIT :limit OFFSET :offset";
static const char stamp_key[] = " AS tw_stamp, ";
static const char shown_words[] = TW_LIST_SHOWN_SQL " AS tw_shown";
static const char tally_words[] = "(SELECT e.value FROM list_edition e WHERE e.list = :edition) AS tw_edition,"
                                  " (SELECT m.last_id FROM list_mark m WHERE m.list = :marked AND m.position > 0"
                                  " ORDER BY m.position DESC LIMIT 1) AS tw_mark, (";
static const char open_word[] = "(";
static const char total_key[] = ") AS tw_total";
static const char above_low[] = " > :low";
static const char listed_words[] = " FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT PATH '$')) page, ";

static const char *const comparisons[] = {
  [TW_LIST_EQ] = " = ", [TW_LIST_NE] = " <=> ", [TW_LIST_LT] = " < ", [TW_LIST_LE] = " <= ",
  [TW_LIST_GT] = " > ", [TW_LIST_GE] = " >= ",  [TW_LIST_IN] = " = ",
};

/* ---- Conditions ---- */

static void
append_all (GString *sql, ...)
{
  va_list parts;
  const char *part;

  va_start (parts, sql);
  while ((part = va_arg (parts, const char *)) != NULL)
    g_string_append (sql, part);
  va_end (parts);
}

static void
append_name (GString *sql, char letter, guint n)
{
  g_string_append_printf (sql, ":%c%u", letter, n);
}

/* `expr >= :fN AND expr < :fN+1`: within the day. */
static void
append_within (GString *sql, const char *expr, guint n)
{
  append_all (sql, "(", expr, " >= ", NULL);
  append_name (sql, 'f', n);
  append_all (sql, " AND ", expr, " < ", NULL);
  append_name (sql, 'f', n + 1);
  g_string_append (sql, ")");
}

/* A day compared with an instant: the day as a whole, so `le` includes it and `gt` does not. */
static void
append_day (GString *sql, const TwListFilter *filter, guint n)
{
  const char *expr = filter->column->sql;

  switch (filter->op)
    {
    case TW_LIST_LT:
    case TW_LIST_GE:
      append_all (sql, expr, comparisons[filter->op], NULL);
      append_name (sql, 'f', n);
      break;
    case TW_LIST_LE:
    case TW_LIST_GT:
      append_all (sql, expr, filter->op == TW_LIST_LE ? " < " : " >= ", NULL);
      append_name (sql, 'f', n + 1);
      break;
    case TW_LIST_NE:
      append_all (sql, "(", expr, " IS NULL OR NOT ", NULL);
      append_within (sql, expr, n);
      g_string_append (sql, ")");
      break;
    default:
      append_within (sql, expr, n);
    }
}

/* Appends one value's condition; returns the number of the next parameter. */
static guint
append_value (GString *sql, const TwListFilter *filter, const TwListValue *value, guint n)
{
  if (value->day_end != NULL)
    {
      append_day (sql, filter, n);
      return n + 2;
    }
  append_all (sql, filter->op == TW_LIST_NE ? "NOT " : "", "(", filter->column->sql, comparisons[filter->op], NULL);
  append_name (sql, 'f', n);
  g_string_append (sql, ")");
  return n + 1;
}

static guint
append_filter (GString *sql, const TwListFilter *filter, guint n)
{
  g_string_append (sql, " AND (");
  if (filter->null)
    append_all (sql, filter->column->sql, filter->op == TW_LIST_EQ ? " IS NULL" : " IS NOT NULL", NULL);
  for (guint i = 0; i < filter->values->len; i++)
    {
      if (i > 0)
        g_string_append (sql, " OR ");
      n = append_value (sql, filter, g_ptr_array_index (filter->values, i), n);
    }
  g_string_append (sql, ")");
  return n;
}

static void
append_word (GString *sql, const TwList *list, const TwListQuery *query, guint n)
{
  g_string_append (sql, " AND (0");
  for (const TwListColumn *c = list->columns; c->name != NULL; c++)
    {
      const TwField *field = tw_record_type_find (query->type, c->name);

      if ((c->flags & TW_COLUMN_SEARCH) == 0 || (field != NULL && (field->secret & ~query->secrets) != 0))
        continue;
      append_all (sql, " OR ", c->sql, " LIKE ", NULL);
      append_name (sql, 'w', n);
    }
  g_string_append (sql, ")");
}

gboolean
tw_list_is_sorted_by_id (const TwList *list, const TwListQuery *query)
{
  return g_str_equal (query->sort_sql, list->id);
}

/* NULL sorts before everything. The first comparison alone lets an index find the place. */
static void
append_after (GString *sql, const TwList *list, const TwListQuery *query)
{
  const char *expr = query->sort_sql, *beyond = query->descending ? " < " : " > ";

  if (tw_list_is_sorted_by_id (list, query))
    append_all (sql, " AND ", list->id, beyond, ":after_id", NULL);
  else if (query->after_null)
    append_all (sql, " AND (", query->descending ? "" : expr, query->descending ? "" : " IS NOT NULL OR ", "(", expr,
                " IS NULL AND ", list->id, beyond, ":after_id))", NULL);
  else
    append_all (sql, " AND ((", expr, query->descending ? " <= " : " >= ", ":after AND (", expr, beyond, ":after OR ",
                list->id, beyond, ":after_id))", query->descending ? " OR " : "", query->descending ? expr : "",
                query->descending ? " IS NULL" : "", ")", NULL);
}

/* Whether the index finds the words. It finds so many and no more, whosever they are; who may know of some rows only
 * is given every one of those that the words are in, and they are few. */
gboolean
tw_list_is_searched (const TwList *list, const TwListQuery *query)
{
  return list->search != NULL && query->words->len > 0 && query->restriction == NULL;
}

void
tw_list_append_rule (GString *sql, const TwList *list, const TwListQuery *query)
{
  g_string_append (sql, where_word);
  if (list->where != NULL)
    append_all (sql, " AND (", list->where, ")", NULL);
  if (query->restriction != NULL)
    append_all (sql, " AND (", query->restriction, ")", NULL);
}

static void
append_where (GString *sql, const TwList *list, const TwListQuery *query)
{
  guint n = 0;

  tw_list_append_rule (sql, list, query);
  for (guint i = 0; i < query->filters->len; i++)
    n = append_filter (sql, g_ptr_array_index (query->filters, i), n);
  for (guint i = 0; !tw_list_is_searched (list, query) && i < query->words->len; i++)
    append_word (sql, list, query, i);
}

/* What stores an id of 0 as nothing compares with 0 here: `customer_id.gt=0` is everybody. */
static void
bind_value (TwStatement *s, const char *name, TwRecord *record, const TwField *field)
{
  if (field->kind == TW_KIND_INT)
    tw_bind_int (s, name, tw_record_at (record, field, gint64));
  else
    tw_bind_field (s, name, record, field);
}

static void
bind_text_if_asked (TwStatement *s, char letter, guint n, const char *text)
{
  char name[16];

  g_snprintf (name, sizeof name, "%c%u", letter, n);
  if (tw_sql_text_find (s->text, name) >= 0)
    tw_bind_text (s, name, text);
}

/* The serial of a number as it is written there, when that is what the pattern `%123%` may mean; else NULL. */
static char *
make_serial (const char *pattern)
{
  gsize digits = strspn (pattern + 1, "0123456789");

  if (digits == 0 || digits > 18 || pattern[1 + digits] != '%' || pattern[2 + digits] != '\0')
    return NULL;
  return g_strdup_printf ("%06" G_GUINT64_FORMAT, g_ascii_strtoull (pattern + 1, NULL, 10));
}

static void
bind_word (TwStatement *s, const char *pattern, guint n)
{
  g_autofree char *serial = make_serial (pattern);

  bind_text_if_asked (s, 'w', n, pattern);
  bind_text_if_asked (s, 'b', n, pattern + 1);
  bind_text_if_asked (s, 's', n, serial);
}

static void
bind_where (TwStatement *s, const TwListQuery *query)
{
  char name[16];
  guint n = 0;

  if (query->restriction != NULL)
    tw_bind_int (s, "scope", query->scope);
  for (guint i = 0; i < query->filters->len; i++)
    {
      const TwListFilter *filter = g_ptr_array_index (query->filters, i);

      for (guint v = 0; v < filter->values->len; v++)
        {
          const TwListValue *value = g_ptr_array_index (filter->values, v);
          TwRecord *const bounds[] = { value->record, value->day_end };

          for (guint b = 0; b < 2 && bounds[b] != NULL; b++, n++)
            {
              g_snprintf (name, sizeof name, "f%u", n);
              /* Of a day only the bound that its comparison needs is in the text. */
              if (tw_sql_text_find (s->text, name) >= 0)
                bind_value (s, name, bounds[b], filter->field);
            }
        }
    }
  for (guint i = 0; i < query->words->len; i++)
    bind_word (s, g_ptr_array_index (query->words, i), i);
  if (query->phrase != NULL)
    bind_word (s, query->phrase, query->words->len);
}

/* ---- Order of joins ----
 *
 * Left alone, the optimizer begins with a small joined table (one price list, four tax classes), reads every row of the
 * list's own table through it and sorts them all, only to answer the first hundred. Where nothing that was asked is
 * about a joined table, the list's own table comes first, in the order of its index, and the rest is looked up. */

/* Whether filters and the record rule are about the list's own table only. */
static gboolean
asks_head_only (const TwList *list, const TwListQuery *query)
{
  if (query->restriction != NULL && tw_list_names_joined (list, query->restriction))
    return FALSE;
  for (guint i = 0; i < query->filters->len; i++)
    if (tw_list_names_joined (list, ((const TwListFilter *)g_ptr_array_index (query->filters, i))->column->sql))
      return FALSE;
  return TRUE;
}

/* And the order as well. */
static gboolean
needs_head_only (const TwList *list, const TwListQuery *query)
{
  return asks_head_only (list, query) && !tw_list_names_joined (list, query->sort_sql);
}

/* ---- Search ----
 *
 * Where a list says how, the ids that each word finds come first, and the rows are read through them. */

/* "(…) hN": what the word with that number finds. */
static void
append_find (GString *sql, const TwList *list, guint n)
{
  static const struct
  {
    const char *name;
    char letter;
  } parameters[] = { { ":anywhere", 'w' }, { ":beginning", 'b' }, { ":serial", 's' } };
  g_autoptr (GString) find = g_string_new (list->search);

  for (guint p = 0; p < G_N_ELEMENTS (parameters); p++)
    {
      char own[16];

      g_snprintf (own, sizeof own, ":%c%u", parameters[p].letter, n);
      g_string_replace (find, parameters[p].name, own, 0);
    }
  g_string_append_printf (sql, "(%s) h%u", find->str, n);
}

/* As h0 what all words find, each by itself, or all of them as one text: a reference may have a space. */
static void
append_finds (GString *sql, const TwList *list, const TwListQuery *query)
{
  guint n = query->words->len;

  if (!tw_list_is_searched (list, query))
    return;
  if (n > 1)
    {
      g_string_append (sql, phrase_words);
      append_find (sql, list, n);
      g_string_append (sql, words_words);
    }
  append_find (sql, list, 0);
  for (guint i = 1; i < n; i++)
    {
      g_string_append (sql, " JOIN ");
      append_find (sql, list, i);
      g_string_append_printf (sql, " ON h%u.id = h0.id", i);
    }
  g_string_append (sql, n > 1 ? ") h0, " : ", ");
}

/* ---- Statements ---- */

static void
append_found (GString *sql, const TwList *list, const TwListQuery *query)
{
  append_where (sql, list, query);
  if (tw_list_is_searched (list, query))
    append_all (sql, " AND ", list->id, " = h0.id", NULL);
}

static void
append_order (GString *sql, const TwList *list, const TwListQuery *query)
{
  const char *direction = query->descending ? " DESC" : "";

  append_all (sql, order_words, query->sort_sql, direction, NULL);
  if (!query->sort_is_unique && !tw_list_is_sorted_by_id (list, query))
    append_all (sql, ", ", list->id, direction, NULL);
}

/* Conditions, order and limit of a page. @mark: where a jump begins. */
static void
append_choice (GString *sql, const TwList *list, const TwListQuery *query, const TwListMark *mark)
{
  append_found (sql, list, query);
  if (query->has_after)
    append_after (sql, list, query);
  if (mark->last_id > 0)
    append_all (sql, " AND ", list->id, query->descending ? " <= " : " > ", ":mark_id", NULL);
  append_order (sql, list, query);
  g_string_append (sql, limit_words);
}

/* The ids of the page first and its rows then: what is passed over or sorted is narrow, and nothing is looked up for
 * it. */
static void
append_page_by_ids (GString *sql, const TwList *list, const TwListQuery *query, const TwListMark *mark)
{
  g_autofree char *columns = NULL;
  g_autofree char *from = NULL;
  g_autofree char *chosen_from = tw_list_get_from (list, query, TRUE);

  tw_list_get_shape (list, query, &columns, &from);
  append_all (sql, straight_words, query->sort_sql, sort_key, list->id, id_key, ", ", columns, from_word, "(",
              tw_list_is_searched (list, query) || asks_head_only (list, query) ? straight_words : select_word,
              list->id, page_key, from_word, NULL);
  append_finds (sql, list, query);
  g_string_append (sql, chosen_from);
  if (mark->last_id > 0) /* the optimizer would rather sort all rows that are not gone */
    g_string_append (sql, by_id_words);
  append_choice (sql, list, query, mark);
  append_all (sql, page_words, from, where_word, " AND ", list->id, " = page.tw_page", NULL);
  append_order (sql, list, query);
}

static void
append_page (GString *sql, const TwList *list, const TwListQuery *query, const TwListMark *mark)
{
  g_autofree char *columns = NULL;
  g_autofree char *from = NULL;

  tw_list_get_shape (list, query, &columns, &from);
  append_all (sql, needs_head_only (list, query) ? straight_words : select_word, query->sort_sql, sort_key, list->id,
              id_key, ", ", columns, from_word, from, NULL);
  append_choice (sql, list, query, mark);
}

static void
bind_page (TwStatement *s, const TwList *list, const TwListQuery *query, const TwListMark *mark, guint64 offset,
           guint rows)
{
  bind_where (s, query);
  if (mark->last_id > 0)
    tw_bind_int (s, "mark_id", mark->last_id);
  if (query->has_after)
    tw_bind_int (s, "after_id", query->after_id);
  if (query->has_after && query->after != NULL && !tw_list_is_sorted_by_id (list, query))
    bind_value (s, "after", query->after, query->sort_field);
  tw_bind_int (s, "limit", rows);
  tw_bind_int (s, "offset", (gint64) offset);
}

TwStatement *
tw_list_prepare_page (TwDb *db, const TwList *list, const TwListQuery *query, const TwListMark *mark, guint64 offset,
              guint rows)
{
  g_autoptr (GString) sql = g_string_sized_new (1024);
  TwStatement *s;

  /* Where joins may multiply rows (who is asked for a step of approval) an id alone names no row. */
  if (list->count_from != NULL
      && (offset > 0 || tw_list_is_searched (list, query) || !tw_list_is_sorted_by_id (list, query)))
    append_page_by_ids (sql, list, query, mark);
  else
    append_page (sql, list, query, mark);
  s = tw_db_prepare (db, sql->str);
  bind_page (s, list, query, mark, offset, rows);
  return s;
}

TwStatement *
tw_list_prepare_count (TwDb *db, const TwList *list, const TwListQuery *query)
{
  g_autoptr (GString) sql = g_string_sized_new (512);
  g_autofree char *from = tw_list_get_from (list, query, FALSE);
  TwStatement *s;

  append_all (sql, count_words, from_word, NULL);
  append_finds (sql, list, query);
  g_string_append (sql, from);
  append_found (sql, list, query);
  s = tw_db_prepare (db, sql->str);
  bind_where (s, query);
  return s;
}

/* ---- What a glance asks ---- */

gboolean
tw_list_is_head_only (const TwList *list, const TwListQuery *query)
{
  return list->count_from != NULL && query->words->len == 0 && needs_head_only (list, query);
}

gboolean
tw_list_is_unnarrowed (const TwListQuery *query)
{
  return query->filters->len == 0 && query->words->len == 0;
}

/* Sort key, id, stamp, and the edition of what is shown of other tables. */
static void
append_stamps (GString *sql, const TwList *list, const TwListQuery *query)
{
  append_all (sql, select_word, query->sort_sql, sort_key, list->id, id_key, ", ", list->stamp, stamp_key, shown_words,
              NULL);
}

TwStatement *
tw_list_prepare_glance (TwDb *db, const TwList *list, const TwListQuery *query, gint64 low)
{
  static const TwListMark nowhere;
  g_autoptr (GString) sql = g_string_sized_new (1024);
  gboolean tallied = tw_list_is_tallied (list, query);
  TwStatement *s;

  append_stamps (sql, list, query);
  append_all (sql, ", ", tallied ? tally_words : open_word, count_words, from_word, list->count_from, NULL);
  append_where (sql, list, query);
  if (tallied)
    append_all (sql, " AND ", list->id, above_low, NULL);
  append_all (sql, total_key, from_word, list->count_from, NULL);
  append_choice (sql, list, query, &nowhere);
  s = tw_db_prepare (db, sql->str);
  if (tallied)
    {
      tw_bind_text (s, "edition", list->edition);
      tw_bind_text (s, "marked", list->marked);
      tw_bind_int (s, "low", low);
    }
  bind_page (s, list, query, &nowhere, query->offset, query->limit + 1);
  return s;
}

TwStatement *
tw_list_prepare_stamps (TwDb *db, const TwList *list, const TwListQuery *query, const TwListMark *mark,
                        guint64 offset)
{
  g_autoptr (GString) sql = g_string_sized_new (1024);
  TwStatement *s;

  append_stamps (sql, list, query);
  append_all (sql, from_word, list->count_from, mark->last_id > 0 ? by_id_words : NULL, NULL);
  append_choice (sql, list, query, mark);
  s = tw_db_prepare (db, sql->str);
  bind_page (s, list, query, mark, offset, query->limit + 1);
  return s;
}

TwStatement *
tw_list_prepare_rows (TwDb *db, const TwList *list, const TwListQuery *query, const char *ids)
{
  g_autofree char *columns = NULL;
  g_autofree char *from = NULL;
  g_autoptr (GString) sql = g_string_sized_new (1024);
  TwStatement *s;

  tw_list_get_shape (list, query, &columns, &from);
  append_all (sql, straight_words, list->id, id_key, ", ", list->stamp, stamp_key, shown_words, ", ", columns,
              listed_words, from, where_word, " AND ", list->id, " = page.id", NULL);
  s = tw_db_prepare (db, sql->str);
  tw_bind_text (s, "ids", ids);
  return s;
}
