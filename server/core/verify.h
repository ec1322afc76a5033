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
} TwCheck;

/* A row of a TwCheck: the present state of each document in @table is where the audit log leaves it, and each of its
 * steps in the log begins where the one before ended. @name is the SQL of what the document d is called by. */
#define TW_CHECK_STATES(document_key, table, name_sql)                                                                 \
  {                                                                                                                    \
    .name = "each change of state of every " document_key " is in the audit log",                                      \
    .sql = "WITH step AS (SELECT c.id, c.document_id, JSON_VALUE(c.before_values, '$.state') AS was,"                  \
           " JSON_VALUE(c.after_values, '$.state') AS became, LAG(JSON_VALUE(c.after_values, '$.state')) OVER w"       \
           " AS prior, LEAD(c.id) OVER w AS next FROM change_log c WHERE c.document = '" document_key "'"              \
           " AND JSON_VALUE(c.after_values, '$.state') IS NOT NULL WINDOW w AS (PARTITION BY c.document_id"            \
           " ORDER BY c.id)) SELECT CONCAT('" document_key " ', " name_sql ", ' is ', d.state,"                        \
           " ', but the audit log says ', COALESCE(s.became, 'nothing')) AS problem FROM " table " d LEFT JOIN step s" \
           " ON s.document_id = d.id AND s.next IS NULL WHERE NOT (s.became <=> d.state) UNION ALL SELECT"             \
           " CONCAT('" document_key " with the id ', document_id, ': the change ', id, ' of the audit log begins at '," \
           " COALESCE(was, 'nothing'), ', the one before ended at ', COALESCE(prior, 'nothing')) FROM step"            \
           " WHERE NOT (was <=> prior)"                                                                                \
  }

typedef void (*TwVerifyPrint) (const char *line, gpointer data);

/* Areas add theirs at start: all rows up to { NULL }, which must live for ever. */
void tw_verify_add (const TwCheck *checks);

/* Runs all checks and the audit chain; prints one line a check and the first ten bad rows of each. *clean tells whether
 * all hold. FALSE only when it could not be done. @head_file nullable. */
gboolean tw_verify_run (TwDb *db, const char *head_file, TwVerifyPrint print, gpointer data, gboolean *clean,
                        GError **error);

G_END_DECLS
