/* state-sql.h: the row of a TwCheck that compares documents' states with the audit log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* The present state of each document in @table is where the audit log leaves it, and each of its steps in the log
 * begins where the one before ended. @name is the SQL of what the document d is called by. Rows are read in pieces. */
#define TW_CHECK_STATES(document_key, table, name_sql)                                                                 \
  {                                                                                                                    \
    .name = "each change of state of every " document_key " is in the audit log",                                      \
    .sql = "SELECT d.id, d.state, CAST(" name_sql " AS CHAR) AS name FROM " table " d WHERE d.id > :after"             \
           " ORDER BY d.id LIMIT 10000",                                                                               \
    .document = document_key                                                                                           \
  }

/* A row of a TwCheck: an amount of each document in @table from which nothing else is computed is what the audit log
 * last said, where it said anything. */
#define TW_CHECK_AMOUNT(document_key, table, column, name_sql)                                                         \
  {                                                                                                                    \
    .name = column " of every " document_key " is what the audit log says",                                            \
    .sql = "WITH said AS (SELECT c.document_id, JSON_VALUE(c.after_values, '$." column "') AS value,"                  \
           " LEAD(c.id) OVER (PARTITION BY c.document_id ORDER BY c.id) AS next FROM change_log c"                     \
           " WHERE c.document = '" document_key "' AND JSON_EXISTS(c.after_values, '$." column "'))"                   \
           " SELECT CONCAT('" document_key " ', " name_sql ", ' has " column " ', d." column                           \
           ", ', but the audit log says ', COALESCE(s.value, 'nothing')) AS problem FROM " table " d JOIN said s"      \
           " ON s.document_id = d.id AND s.next IS NULL"                                                               \
           " WHERE NOT (CAST(s.value AS DECIMAL(18,6)) <=> d." column ")"                                              \
  }
