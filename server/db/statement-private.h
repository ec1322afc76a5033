/* statement-private.h: the inside of a prepared statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/connection-private.h"
#include "server/db/sql-text.h"

G_BEGIN_DECLS

/* A parameter's value. Its storage stays where it is while the statement lives, for MYSQL_BIND points to it. */
typedef struct
{
  enum enum_field_types type;
  gboolean bound;
  gboolean by_record; /* may be bound anew by the next record */
  gint64 integer;
  MYSQL_TIME time;
  GString *bytes; /* text, decimals, blobs */
} TwValue;

/* A column of the result. */
typedef struct
{
  char *name;
  enum enum_field_types type; /* as fetched: LONGLONG, DATE, DATETIME or STRING */
  gint64 integer;
  MYSQL_TIME time;
  char *bytes; /* always has room for a closing NUL after size bytes */
  gsize size;
  unsigned long length;
  my_bool is_null;
  my_bool is_cut;
  char *text; /* of a value that is no text, made on demand */
} TwColumn;

struct _TwStatement
{
  TwDb *db;
  char *source;
  TwSqlText *text;
  MYSQL_STMT *handle;
  guint generation; /* of the connection that prepared the handle; 0: none */

  TwValue *values;   /* one a name */
  MYSQL_BIND *binds; /* one a slot */

  guint n_columns;
  TwColumn *columns;
  MYSQL_BIND *results;
  guint last_column; /* where the last look-up ended: reads mostly follow the order of the SELECT */
  gboolean executed;
  gboolean has_row;
  gint64 last_id;

  GType mapped_type; /* whose fields the map below is for */
  gint16 *map;       /* column → field, -1 none */

  TwStatement *next_idle;
  GList link; /* in db->recent */
};

void tw_statement_drop_idle (TwDb *db);
/* Connected and prepared. */
gboolean tw_statement_make_ready (TwStatement *s, GError **error);
/* Sends what the ready handle is bound to; the reply is to be read after those to what was sent before. */
gboolean tw_statement_send (TwStatement *s, GError **error);
/* Binds the handle to the values of @s and sends them. */
gboolean tw_statement_send_values (TwStatement *s, GError **error);
/* Sets the error of the handle; returns FALSE. */
gboolean tw_statement_fail (TwStatement *s, GError **error);
/* The change that @s makes to one row, written for @n rows of values, each as wide as @s has names, and with them (they
 * are taken); NULL when the rows cannot be told apart by a key. (transfer full) */
TwStatement *tw_statement_prepare_keyed (TwStatement *s, TwValue *rows, guint n);
TwValue *tw_statement_get_value (TwStatement *s, const char *name);
void tw_statement_forget_rows (TwStatement *s);
TwColumn *tw_statement_get_column (TwStatement *s, const char *name);

/* By position, for records. */
void tw_value_set_null (TwValue *value);
void tw_value_set_int (TwValue *value, gint64 integer);
void tw_value_set_text (TwValue *value, const char *text);
void tw_value_set_decimal (TwValue *value, TwDecimal decimal);
void tw_value_set_date (TwValue *value, TwDate date);
void tw_value_set_time (TwValue *value, TwTime time);
void tw_value_set_field (TwValue *value, TwRecord *record, const TwField *field);
gint64 tw_column_to_int (TwColumn *column);
TwDecimal tw_column_to_decimal (TwColumn *column);
TwDate tw_column_to_date (TwColumn *column);
TwTime tw_column_to_time (TwColumn *column);
const char *tw_column_to_text (TwColumn *column);

G_END_DECLS
