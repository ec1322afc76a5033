/* inbox-store.c: the SQL of what waits for whose signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/approval/inbox-store.h"

#include "shared/document/approval.h"

/* Who is asked for an open step: holders of its role, the named person, and since it is late, those whom the rules name
 * at the level it went up to. */
#define ASKED                                                                                                          \
  "SELECT s.id AS step_id, h.user_id FROM approval_step s JOIN user_role h ON h.role = s.role WHERE s.state = 'open'"  \
  " UNION SELECT s.id, s.user_id FROM approval_step s WHERE s.state = 'open' AND s.user_id IS NOT NULL"               \
  " UNION SELECT s.id, COALESCE(h.user_id, n.user_id) FROM approval_step s"                                           \
  " JOIN approval_rule_step n ON n.level = s.escalated_level"                                                         \
  " JOIN approval_rule r ON r.id = n.approval_rule_id AND r.status = 'active'"                                        \
  " LEFT JOIN user_role h ON h.role = n.role WHERE s.state = 'open' AND s.escalated_level > 0"                        \
  " UNION SELECT s.id, n.user_id FROM approval_step s JOIN approval_rule_step n ON n.level = s.escalated_level"       \
  " JOIN approval_rule r ON r.id = n.approval_rule_id AND r.status = 'active'"                                        \
  " WHERE s.state = 'open' AND s.escalated_level > 0 AND n.user_id IS NOT NULL"
/* behalf 0: in their own right. */
#define SIGNERS                                                                                                        \
  "(SELECT step_id, signer_id, MIN(behalf) AS behalf FROM ("                                                          \
  "SELECT k.step_id, k.user_id AS signer_id, 0 AS behalf FROM (" ASKED ") k"                                          \
  " UNION ALL SELECT k.step_id, d.delegate_id, d.principal_id FROM (" ASKED ") k"                                     \
  " JOIN delegation d ON d.principal_id = k.user_id AND d.status = 'active'"                                          \
  " AND UTC_DATE() BETWEEN d.valid_from AND d.valid_to"                                                               \
  " JOIN app_user p ON p.id = d.principal_id AND p.status = 'active'"                                                 \
  " JOIN approval_step ds ON ds.id = k.step_id JOIN approval da ON da.id = ds.approval_id"                            \
  " JOIN sales_order dx ON dx.id = da.order_id AND d.principal_id NOT IN (dx.author_id, dx.editor_id)"                \
  " WHERE NOT EXISTS (SELECT 1 FROM approval_signature g WHERE g.approval_id = ds.approval_id"                        \
  " AND (g.signer_id = d.principal_id OR g.on_behalf_of = d.principal_id))"                                           \
  ") one GROUP BY step_id, signer_id)"

static const TwListColumn columns[] = {
  { "id", "s.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "order", "o.number", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "order_id", "o.id", TW_COLUMN_FILTER },
  { "customer", "c.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "customer_name", "c.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "sales_rep_name", "r.name", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "total", "o.total", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "total_company", "o.total_company", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "level", "s.level", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "submitted_at", "o.submitted_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "due_at", "s.due_at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { NULL },
};

const TwList tw_inbox_list = {
  .type = tw_approval_get_type,
  .select = "s.id, o.version, o.created_at, o.updated_at, o.id AS order_id, o.number AS `order`,"
            " o.version AS order_version, c.code AS customer, c.name AS customer_name, r.name AS sales_rep_name,"
            " o.total, o.currency, o.total_company, s.level, b.name AS on_behalf_of_name,"
            " (SELECT GROUP_CONCAT(ar.name ORDER BY ar.code SEPARATOR ', ') FROM approval_rule ar"
            " WHERE FIND_IN_SET(ar.code, s.rules)) AS reason,"
            " o.submitted_at, s.due_at",
  .from = SIGNERS " k JOIN approval_step s ON s.id = k.step_id AND s.state = 'open'"
                  " JOIN approval a ON a.id = s.approval_id AND a.state = 'open'"
                  " JOIN sales_order o ON o.id = a.order_id JOIN customer c ON c.id = o.customer_id"
                  " LEFT JOIN app_user r ON r.id = o.sales_rep_id LEFT JOIN app_user b ON b.id = k.behalf",
  .where = "k.signer_id NOT IN (o.author_id, o.editor_id) AND NOT EXISTS (SELECT 1 FROM approval_signature g"
           " WHERE g.approval_id = a.id AND (g.signer_id = k.signer_id OR g.on_behalf_of = k.signer_id))",
  .id = "s.id",
  .default_sort = "submitted_at",
  .columns = columns,
};

const char tw_inbox_scope_sql[] = "k.signer_id = :scope";
