/* list-private.h: a list request, understood and checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list-mark.h"

G_BEGIN_DECLS

typedef enum
{
  TW_LIST_EQ,
  TW_LIST_NE,
  TW_LIST_LT,
  TW_LIST_LE,
  TW_LIST_GT,
  TW_LIST_GE,
  TW_LIST_IN,
} TwListOp;

/* One value of a filter. It stands in a record of the list's type, so that it is parsed and bound as its field. */
typedef struct
{
  TwRecord *record;
  TwRecord *day_end; /* a day given for an instant: where the next day begins, else NULL */
} TwListValue;

typedef struct
{
  const TwListColumn *column;
  const TwField *field;
  TwListOp op;
  gboolean null;     /* the value is NULL */
  GPtrArray *values; /* (element-type TwListValue) one, IN: some */
} TwListFilter;

struct _TwListQuery
{
  GType type;
  GPtrArray *filters; /* (element-type TwListFilter) */
  GPtrArray *words;   /* (element-type utf8) patterns for LIKE */
  char *phrase;       /* all of them as one pattern; NULL when there is one word at most */
  gboolean sort_is_unique;
  const char *sort_sql;
  const TwField *sort_field;
  gboolean descending;
  guint limit;
  guint offset;
  TwSecrets secrets; /* what the search may look in */
  GStrv fields;      /* nullable */
  /* Where the page begins: after this sort value and id. */
  gboolean has_after;
  gboolean after_null;
  TwRecord *after; /* holds the sort value; NULL when it is NULL */
  gint64 after_id;
  const char *restriction; /* constant SQL, nullable */
  gint64 scope;
  TwListRow row; /* nullable */
  gpointer row_data;
};

/* Cursors: (transfer full). */
char *tw_list_cursor_write (const TwListQuery *query, gint64 id, const char *sort_value);
gboolean tw_list_cursor_read (TwListQuery *query, const char *cursor, GError **error);

/* The columns to select and the tables to join, as far as @query needs them. (transfer full) both. */
void tw_list_get_shape (const TwList *list, const TwListQuery *query, char **columns, char **from);
/* Whether @sql, a column or a condition, names a table of `from` other than the first. */
gboolean tw_list_names_joined (const TwList *list, const char *sql);
/* The tables that conditions, and with @sorted the order, are about. (transfer full) */
char *tw_list_get_from (const TwList *list, const TwListQuery *query, gboolean sorted);
/* Whether an index finds the words. */
gboolean tw_list_is_searched (const TwList *list, const TwListQuery *query);

/* ---- Statements, with all bound ---- */

/* Sort key, id and what is asked for of @rows rows, @offset after @mark or the cursor. */
TwStatement *tw_list_prepare_page (TwDb *db, const TwList *list, const TwListQuery *query, const TwListMark *mark,
                                   guint64 offset, guint rows);
TwStatement *tw_list_prepare_count (TwDb *db, const TwList *list, const TwListQuery *query);
/* A page from the list's own table alone: sort key, tw_id, tw_stamp; tw_shown, the edition of what other tables
 * show. */
TwStatement *tw_list_prepare_stamps (TwDb *db, const TwList *list, const TwListQuery *query, const TwListMark *mark,
                                     guint64 offset);
/* The same from query->offset on, and tw_total. Tallied, tw_total counts the rows above @low, and tw_edition and
 * tw_mark say of what. */
TwStatement *tw_list_prepare_glance (TwDb *db, const TwList *list, const TwListQuery *query, gint64 low);
/* What is asked for of the rows whose @ids, a JSON array, with tw_id, tw_stamp and tw_shown; in no order. */
TwStatement *tw_list_prepare_rows (TwDb *db, const TwList *list, const TwListQuery *query, const char *ids);

/* Whether rows may be taken from memory: list-kept.h. */
gboolean tw_list_is_kept (const TwList *list, const TwListQuery *query);
/* `{"items":[…],"next":…` of the rows @offset after @mark, from memory as far as it goes. FALSE in *answered when one
 * was changed meanwhile, and @out is as it was. */
gboolean tw_list_append_kept_page (TwDb *db, const TwList *list, const TwListQuery *query, TwSecrets secrets,
                                   const TwListMark *mark, guint64 offset, GString *out, gboolean *answered,
                                   GError **error);

/* Behind the items of a page: `],"next":…`, @next a cursor or NULL, and `,"total":N}`. */
void tw_list_append_next (GString *out, const char *next);
void tw_list_append_total (GString *out, gint64 total);

/* Whether filters, order and record rule are about the list's own table, and nothing is searched for. */
gboolean tw_list_is_head_only (const TwList *list, const TwListQuery *query);
/* Whether the record rule is all that narrows the list. */
gboolean tw_list_is_unnarrowed (const TwListQuery *query);
gboolean tw_list_is_sorted_by_id (const TwList *list, const TwListQuery *query);

/* Appends ` WHERE …`: what the list always leaves out, and the record rule, whose :scope is query->scope. */
void tw_list_append_rule (GString *sql, const TwList *list, const TwListQuery *query);

/* The field of the id every record has. */
const TwField *tw_list_id_field (GType type);

G_END_DECLS
