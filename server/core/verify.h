/* verify.h: everything that must always be true, as checks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* "stock balance equals moves" */
  /* Constant SELECT of the rows that break it, each with a column `problem`: a sentence naming the row. */
  const char *sql;
  /* Or a function that appends sentences (transfer full) to @problems; FALSE only when it could not check. */
  gboolean (*check) (TwDb *db, GPtrArray *problems, GError **error);
  /* Or a kind of document; then @sql gives id, value and name of those after :after, for comparison of their state, or
   * of @amount, with the audit log (state-sql.h). */
  const char *document;
  const char *amount;
} TwCheck;

typedef void (*TwVerifyPrint) (const char *line, gpointer data);

/* Areas add theirs at start: all rows up to { NULL }, which must live for ever. */
void tw_verify_add (const TwCheck *checks);

/* Runs all checks and the audit chain, one on each of the @n connections at a time; prints one line a check as it ends,
 * and the first ten bad rows of each: @print is called from several threads, never from two at once. *clean tells
 * whether all hold. FALSE only when it could not be done. @head_file nullable. */
gboolean tw_verify_run (TwDb *const *dbs, guint n, const char *head_file, TwVerifyPrint print, gpointer data,
                        gboolean *clean, GError **error);

G_END_DECLS
