/* list.h: paged lists declared as data: filters, sorting, search, keyset paging, totals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A TwList holds constant SQL fragments; what a request asks for only chooses among them, and its values are
 * bound.
 *
 * NAME=VALUE compares as equal, NAME.ne|lt|le|gt|ge|in otherwise; `null` is the value of nothing, `in` takes values
 * separated by commas. A day given for an instant is the whole day: `created_at=2026-11-22` is any time of it, `le`
 * includes it, `gt` begins with the next. Each word of `q` must stand in one of the search columns.
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

typedef enum
{
  TW_COLUMN_FILTER = 1 << 0,
  TW_COLUMN_SORT = 1 << 1,
  TW_COLUMN_SEARCH = 1 << 2, /* `q` looks in it, also within words */
  TW_COLUMN_UNIQUE = 1 << 3, /* every row has another: its index alone orders them, all rows need not be sorted */
} TwColumnFlags;

typedef struct
{
  const char *name;   /* a field of the record; kind and secrecy come from its table */
  const char *sql;    /* the expression: "o.number" */
  TwColumnFlags flags;
} TwListColumn;

/* What `search` is made of: each gives ids of rows of @table that a word of `q` finds, the newest first, so many that
 * nobody pages to their end. A word as a table of millions can look for: at the beginning of a number or reference, as
 * the serial of a number, anywhere in a customer's code and name. */
#define TW_FIND_BEGINNING(table, column)                                                                               \
  "(SELECT f.id FROM " table " f WHERE f." column " LIKE :beginning ORDER BY f.id DESC LIMIT 10000)"
#define TW_FIND_SERIAL(table, series)                                                                                  \
  "(SELECT f.id FROM counter n JOIN " table " f ON f.number = CONVERT(CONCAT(REPLACE(n.name, '/', '-'), '-', :serial)" \
  " USING utf8mb4) COLLATE utf8mb4_unicode_ci WHERE n.name LIKE '" series "/%' LIMIT 10000)"
#define TW_FIND_CUSTOMER(table)                                                                                        \
  "(SELECT f.id FROM (SELECT k.id FROM customer k WHERE k.code LIKE :anywhere OR k.name LIKE :anywhere"                \
  " ORDER BY k.id LIMIT 200) m JOIN " table " f ON f.customer_id = m.id ORDER BY f.id DESC LIMIT 10000)"
/* Rows of @table whose @reference is a row of @other that @column finds. */
#define TW_FIND_THROUGH(table, reference, other, column)                                                               \
  "(SELECT f.id FROM (SELECT k.id FROM " other " k WHERE k." column " LIKE :beginning ORDER BY k.id DESC LIMIT 1000)"  \
  " m JOIN " table " f ON f." reference " = m.id ORDER BY f.id DESC LIMIT 10000)"

typedef struct
{
  GType (*type) (void);        /* record of an item */
  const char *select;          /* "o.id, o.version, o.number, c.code AS customer, …": names are fields */
  const char *from;            /* "sales_order o JOIN customer c ON c.id = o.customer_id"; the list's own table first */
  const char *count_from;      /* the list's own table: says that each join adds columns and takes no row away nor
                                  adds one, so that what is not asked about is left out; NULL: from as it is */
  const char *where;           /* always true part, nullable: "o.deleted_at IS NULL" */
  /* For tables that grow without end, all nullable: the ids that a word finds (TW_FIND_… joined by UNION; else every
   * search column of every row is looked at); the table, when no row of it is ever removed, so that its rows may be
   * counted once (list-mark.h); what `where` leaves out, which is little: "o.deleted_at IS NOT NULL". */
  const char *search;
  const char *marked;
  const char *gone;
  /* Nullable: the record rules by which a row changes hands only with the edition of this name; list-tally.h. */
  const char *edition;
  const char *const *tallied;
  /* What changes whenever a row does, nullable: "o.version". What a row shows of other tables changes only with
   * tw_list_outdate(). Rows may then be shown from memory: list-glance.c. */
  const char *stamp;
  const char *id;              /* "o.id" */
  const char *default_sort;    /* "-id" */
  const TwListColumn *columns; /* ended by { NULL } */
} TwList;

/* What is asked. Built from query parameters by tw_list_query_parse(). */
typedef struct _TwListQuery TwListQuery;

/* Reads sort, limit, after, offset, fields, q, NAME and NAME.OP; anything else, or a field that @secrets does not open,
 * is a fault by name. */
TwListQuery *tw_list_query_parse (const TwList *list, GHashTable *parameters, TwSecrets secrets, GError **error);
void tw_list_query_free (TwListQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwListQuery, tw_list_query_free)

/* A further condition that the asker cannot lift (a record rule): constant SQL with one named int parameter
 * `:scope`, e.g. "c.sales_rep_id = :scope". */
void tw_list_query_restrict (TwListQuery *query, const char *sql, gint64 scope);

/* Whether the asker wants @field: all are wanted that `fields` does not leave out. */
gboolean tw_list_query_wants (const TwListQuery *query, const char *field);

typedef gboolean (*TwListRow) (TwRecord *record, gpointer data, GError **error);
/* Before tw_list_run() writes a record, @row may change it: what its field table cannot say is hidden there. */
void tw_list_query_set_row (TwListQuery *query, TwListRow row, gpointer data);

/* Appends `{"items":[…],"next":…,"total":N}`. */
gboolean tw_list_run (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GString *out,
                      GError **error);

/* The same by one look at the database, outside a transaction, when the process knows most of it; *answered FALSE when
 * it does not, and @out is as it was. */
gboolean tw_list_glance (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GString *out,
                         gboolean *answered, GError **error);
/* Names and codes that rows of any list show of other tables change with this transaction. */
gboolean tw_list_outdate (TwDb *db, GError **error);
/* The edition that this raises, as an expression. */
#define TW_LIST_SHOWN_SQL "(SELECT e.value FROM list_edition e WHERE e.list = 'shown')"

/* Calls @row for each record, without limit, for exports. The record is reused. */
gboolean tw_list_each (TwDb *db, const TwList *list, TwListQuery *query, TwListRow row, gpointer data, GError **error);

/* Adds to @visible (g_int64_hash, frees its keys) those of @ids (of gint64) that @query's record rule does not hide. A
 * query without a record rule sees them all, and the database is not asked. */
gboolean tw_list_find_visible (TwDb *db, const TwList *list, TwListQuery *query, GArray *ids, GHashTable *visible,
                               GError **error);

G_END_DECLS
