/* sql-text.h: SQL with named parameters, translated to the server's form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `:name` becomes `?` outside quotes and comments; a name may occur several times. */
typedef struct
{
  char *sql;       /* with ? */
  GPtrArray *names; /* (element-type utf8) each name once */
  GArray *slots;   /* (element-type guint) for every ? the index of its name */
} TwSqlText;

TwSqlText *tw_sql_text_new (const char *source);
void tw_sql_text_free (TwSqlText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwSqlText, tw_sql_text_free)

/* Of a source, for hash tables with g_str_equal(). */
guint tw_sql_text_hash (gconstpointer sql);

/* The index of @name, -1 when the text does not have it. */
int tw_sql_text_find (const TwSqlText *text, const char *name);

/* Whether a name may have @c. */
gboolean tw_sql_is_word (char c);
/* The end of the quoted text, quoted identifier or comment that begins at @at; @at itself when none does. */
const char *tw_sql_skip_opaque (const char *at);

/* Appends the statements of @script, without their closing ';', as (transfer full) strings. A statement ends with ';'.
 * One that has a BEGIN (a trigger's body) ends with an `END;` that stands at the start of its line. Comments before a
 * statement belong to it; a piece of nothing but comments is none. */
GPtrArray *tw_sql_split (const char *script);

G_END_DECLS
