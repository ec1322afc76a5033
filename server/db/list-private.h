/* list-private.h: a list request, understood and checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"

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

/* Appends ` WHERE …`: what the list always leaves out, and the record rule, whose :scope is query->scope. */
void tw_list_append_rule (GString *sql, const TwList *list, const TwListQuery *query);

/* The field of the id every record has. */
const TwField *tw_list_id_field (GType type);

G_END_DECLS
