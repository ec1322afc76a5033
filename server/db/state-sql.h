/* state-sql.h: SELECTs that compare what a document is with what the audit log says of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

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
           " CONCAT('" document_key " with the id ', document_id, ': the change ', id, ' begins at '"                  \
           ", COALESCE(was, 'nothing'), ', the one before ended at ', COALESCE(prior, 'nothing')) FROM step"           \
           " WHERE NOT (was <=> prior)"                                                                                \
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
