/* export-routes.c: GET /X/export?format=csv|xlsx: what the filter gives, as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/resource-private.h"

#include "server/core/export.h"
#include "shared/base/sheet-type.h"

/* The query without the parameter that only this route knows. */
static GHashTable *
copy_filters (TwRequest *request)
{
  GHashTable *filters = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, tw_request_get_query (request));
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, "format"))
      g_hash_table_insert (filters, name, value);
  return filters;
}

gboolean
tw_resource_export (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  TwSecrets secrets = tw_context_get_secrets (ctx);
  const char *format = tw_request_query (request, "format");
  gboolean xlsx = g_strcmp0 (format, "xlsx") == 0;
  g_autoptr (GHashTable) filters = copy_filters (request);
  g_autoptr (TwListQuery) query = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  if (format && !xlsx && !g_str_equal (format, "csv"))
    return tw_error_fault (error, "/format", "unknown_value", _("A file can be csv or xlsx."));
  query = tw_list_query_parse (resource->list, filters, secrets, error);
  if (!query)
    return FALSE;
  if (resource->restrict_list)
    resource->restrict_list (ctx, query);
  bytes = xlsx ? tw_export_xlsx (ctx->db, resource->list, query, secrets, error)
               : tw_export_csv (ctx->db, resource->list, query, secrets, error);
  if (!bytes)
    return FALSE;
  name = g_strdup_printf ("%s.%s", resource->path, xlsx ? "xlsx" : "csv");
  tw_reply_bytes (reply, xlsx ? TW_SHEET_XLSX : "text/csv; charset=utf-8", name, bytes);
  return TRUE;
}
