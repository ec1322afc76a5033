/* audit-routes.c: GET /audit: the change log of everything, filtered and paged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A change keeps secret fields too. Who may not read secrets gets the list without the values.
 */
#include "server/core/audit.h"

#include "server/core/resource-private.h"
#include "server/core/router.h"
#include "shared/document/change.h"

static const TwListColumn columns[] = {
  { "id", "c.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "at", "c.at", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "user", "u.user", TW_COLUMN_FILTER },
  { "document", "c.document", TW_COLUMN_FILTER },
  { "document_id", "c.document_id", TW_COLUMN_FILTER },
  { "action", "c.action", TW_COLUMN_FILTER },
  { "source", "c.source", TW_COLUMN_FILTER },
  { "reason", "c.reason", TW_COLUMN_SEARCH },
  { NULL },
};

#define HEAD_COLUMNS                                                                                                   \
  "c.id, c.at, u.user, u.name AS user_name, b.user AS on_behalf_of, c.source, c.document, c.document_id, c.action,"    \
  " c.reason, COALESCE(s.seq, 0) AS seq"
#define TABLES                                                                                                         \
  "change_log c LEFT JOIN app_user u ON u.id = c.user_id LEFT JOIN app_user b ON b.id = c.on_behalf_of"                \
  " LEFT JOIN change_seal s ON s.change_id = c.id"

static const TwList whole_list = {
  .type = tw_change_get_type,
  .select = HEAD_COLUMNS ", c.before_values AS `before`, c.after_values AS `after`",
  .from = TABLES,
  .count_from = "change_log c",
  .id = "c.id",
  .default_sort = "-id",
  .columns = columns,
};

static const TwList plain_list = {
  .type = tw_change_get_type,
  .select = HEAD_COLUMNS,
  .from = TABLES,
  .count_from = "change_log c",
  .id = "c.id",
  .default_sort = "-id",
  .columns = columns,
};

static const TwList *
choose_list (TwContext *ctx)
{
  return tw_context_get_secrets (ctx) == TW_SECRETS_ALL ? &whole_list : &plain_list;
}

static gboolean
list_audit (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  TwResource resource = { .list = choose_list (ctx) };

  return tw_resource_list (ctx, request, reply, &resource, error);
}

static gboolean
export_audit (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  TwResource resource = { .path = "audit", .list = choose_list (ctx) };

  return tw_resource_export (ctx, request, reply, &resource, error);
}

static const TwRoute routes[] = {
  { "GET", "/audit", "audit.read", list_audit, TW_ROUTE_READ, "List all changes", .answer = tw_change_get_type,
    .answers_list = TRUE },
  { "GET", "/audit/export", "audit.read", export_audit, TW_ROUTE_READ, "Export all changes" },
  { NULL },
};

void
tw_audit_add_routes (void)
{
  tw_router_add_table (routes);
}
