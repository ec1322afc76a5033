/* audit-routes.c: GET /audit: the change log of everything, filtered and paged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A change keeps secret fields too. Who may not read them gets the values without them.
 */
#include "server/core/audit.h"

#include "server/core/change-mask.h"
#include "server/core/resource-private.h"
#include "server/core/router.h"

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

static const TwList audit_list = {
  .type = tw_change_get_type,
  .select = "c.id, c.at, u.user, u.name AS user_name, b.user AS on_behalf_of, c.source, c.document, c.document_id,"
            " c.action, c.reason, COALESCE(s.seq, 0) AS seq, c.before_values AS `before`, c.after_values AS `after`",
  .from = "change_log c LEFT JOIN app_user u ON u.id = c.user_id LEFT JOIN app_user b ON b.id = c.on_behalf_of"
          " LEFT JOIN change_seal s ON s.change_id = c.id",
  .count_from = "change_log c",
  .marked = "change_log",
  .id = "c.id",
  .default_sort = "-id",
  .columns = columns,
};

static const TwResource audit_resource = { .path = "audit", .list = &audit_list };

/* Without a table of fields, and without secrets. */
static gboolean
is_open (const char *kind)
{
  static const char *const open_kinds[] = { "setting", "database", NULL };

  return kind != NULL && g_strv_contains (open_kinds, kind);
}

/* A document's table says which of its fields are secret; of what nobody declares, nothing is shown. */
static gboolean
mask_cb (TwRecord *record, gpointer data, GError **error)
{
  TwContext *ctx = data;
  TwChange *change = (TwChange *) record;
  const TwResource *resource = change->document ? tw_resource_find (change->document) : NULL;

  if (resource)
    return tw_change_mask (change, resource->type (), tw_context_get_secrets (ctx), error);
  if (tw_context_get_secrets (ctx) != TW_SECRETS_ALL && !is_open (change->document))
    {
      tw_record_take_text (&change->before, NULL);
      tw_record_take_text (&change->after, NULL);
    }
  return TRUE;
}

static gboolean
list_audit (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  TwSecrets secrets = tw_context_get_secrets (ctx);
  g_autoptr (TwListQuery) query = tw_list_query_parse (&audit_list, tw_request_get_query (request), secrets, error);
  g_autoptr (GString) out = g_string_sized_new (16384);

  if (!query)
    return FALSE;
  tw_list_query_set_row (query, mask_cb, ctx);
  if (!tw_list_run (ctx->db, &audit_list, query, secrets, out, error))
    return FALSE;
  tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}

/* Without the values: a sheet has no place for them. */
static gboolean
export_audit (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return tw_resource_export (ctx, request, reply, &audit_resource, error);
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
