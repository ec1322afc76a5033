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
    .sql = "SELECT d.id, d.state AS value, CAST(" name_sql " AS CHAR) AS name FROM " table " d"                        \
           " WHERE d.id > :after ORDER BY d.id LIMIT 10000",                                                           \
    .document = document_key                                                                                           \
  }

/* An amount of each document in @table from which nothing else is computed is what the audit log last said, where it
 * said anything. */
#define TW_CHECK_AMOUNT(document_key, table, column, name_sql)                                                         \
  {                                                                                                                    \
    .name = column " of every " document_key " is what the audit log says",                                            \
    .sql = "SELECT d.id, CAST(d." column " AS CHAR) AS value, CAST(" name_sql " AS CHAR) AS name FROM " table " d"     \
           " WHERE d.id > :after ORDER BY d.id LIMIT 10000",                                                           \
    .document = document_key, .amount = column                                                                         \
  }
