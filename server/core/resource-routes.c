/* resource-routes.c: list, read, create, change and delete, and the table of all routes of a resource
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/entry.h"
#include "server/core/known-document.h"
#include "server/core/resource-private.h"
#include "server/core/router.h"
#include "shared/document/change.h"

/* ---- Reading ---- */

/* What the request asks for, of the rows that its user may see. */
static TwListQuery *
read_query (TwContext *ctx, TwRequest *request, const TwResource *resource, GError **error)
{
  TwListQuery *query
    = tw_list_query_parse (resource->list, tw_request_get_query (request), tw_context_get_secrets (ctx), error);

  if (query && resource->restrict_list)
    resource->restrict_list (ctx, query);
  return query;
}

gboolean
tw_resource_list (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  g_autoptr (TwListQuery) query = read_query (ctx, request, resource, error);
  g_autoptr (GString) out = g_string_sized_new (16384);

  if (!query || !tw_list_run (ctx->db, resource->list, query, tw_context_get_secrets (ctx), out, error))
    return FALSE;
  tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}

static gboolean
glance_list (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, gboolean *answered,
             GError **error)
{
  const TwResource *resource = data;
  g_autoptr (TwListQuery) query = read_query (ctx, request, resource, error);
  g_autoptr (GString) out = g_string_sized_new (16384);

  if (!query
      || !tw_list_glance (ctx->db, resource->list, query, tw_context_get_secrets (ctx), out, answered, error))
    return FALSE;
  if (*answered)
    tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}

/* What every write answers: the document as it is stored now. */
static gboolean
answer (TwContext *ctx, const TwResource *resource, gint64 id, TwReply *reply, GError **error)
{
  g_autoptr (TwRecord) record = tw_resource_read (ctx, resource, id, error);

  if (!record)
    return FALSE;
  tw_reply_record (reply, ctx, record);
  return TRUE;
}

static gboolean
answer_created (TwContext *ctx, const TwResource *resource, TwRecord *created, TwReply *reply, GError **error)
{
  if (!resource->complete)
    return answer (ctx, resource, created->id, reply, error);
  if (!resource->complete (ctx, created, error))
    return FALSE;
  if (resource->kept)
    tw_known_keep (ctx, resource->document, created);
  tw_resource_fill_actions (ctx, resource, created);
  tw_reply_record (reply, ctx, created);
  return TRUE;
}

static gboolean
read_one (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  gint64 id;

  return tw_request_param_id (request, "id", &id, error) && answer (ctx, data, id, reply, error);
}

static gboolean
glance_one (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, gboolean *answered,
            GError **error)
{
  const TwResource *resource = data;
  g_autoptr (TwRecord) record = NULL;
  gint64 id;

  if (!tw_request_param_id (request, "id", &id, error) || !resource->glance (ctx, id, &record, error))
    return FALSE;
  *answered = record != NULL;
  if (!record)
    return TRUE;
  tw_resource_fill_actions (ctx, resource, record);
  tw_reply_record (reply, ctx, record);
  return TRUE;
}

/* ---- Writing ---- */

/* The body as a record, and slow work on it done. */
static gboolean
prepare (TwContext *ctx, TwRequest *request, const TwResource *resource, TwCodecMode mode, GError **error)
{
  TwRecord *body = g_object_new (resource->type (), NULL);

  tw_request_set_prepared (request, body, g_object_unref);
  return tw_request_read (request, body, mode, error) && tw_entry_check (ctx, body, error)
         && (!resource->prepare || resource->prepare (ctx, body, mode == TW_CODEC_PATCH, error));
}

static gboolean
create_prepare (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return prepare (ctx, request, data, TW_CODEC_CREATE, error);
}

static gboolean
change_prepare (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return prepare (ctx, request, data, TW_CODEC_PATCH, error);
}

static gboolean
create (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  g_autoptr (TwRecord) draft = tw_record_copy (tw_request_get_prepared (request));
  g_autofree char *location = g_strdup_printf ("/api/v1/%s/%%" G_GINT64_FORMAT, resource->path);

  if (!resource->create (ctx, draft, error) || !answer_created (ctx, resource, draft, reply, error))
    return FALSE;
  tw_reply_created (reply, location, draft->id);
  return TRUE;
}

/* The locked record, if it still is the version that the request read. */
static TwRecord *
load_version (TwContext *ctx, const TwResource *resource, TwRequest *request, TwReply *reply, GError **error)
{
  g_autoptr (TwRecord) stored = NULL;
  gint64 id, version = tw_request_get_version (request);

  if (!tw_request_param_id (request, "id", &id, error))
    return NULL;
  stored = resource->load (ctx, id, TRUE, error);
  if (!stored)
    return NULL;
  if (version > 0 && stored->version != version)
    {
      tw_resource_fill_actions (ctx, resource, stored);
      tw_reply_set_current (reply, ctx, stored);
      tw_row_refuse_stale (error);
      return NULL;
    }
  return g_steal_pointer (&stored);
}

static gboolean
change (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  TwRecord *patch = tw_request_get_prepared (request);
  g_autoptr (TwRecord) stored = load_version (ctx, resource, request, reply, error);
  g_autoptr (TwRecord) changed = NULL;

  if (!stored)
    return FALSE;
  changed = tw_record_copy (stored);
  tw_record_apply (changed, patch);
  return resource->update (ctx, stored, changed, patch, error) && answer (ctx, resource, stored->id, reply, error);
}

static gboolean
delete (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  g_autoptr (TwRecord) stored = load_version (ctx, resource, request, reply, error);

  if (!stored || !resource->remove (ctx, stored, error))
    return FALSE;
  tw_reply_no_content (reply);
  return TRUE;
}

/* ---- The table ---- */

static gboolean
is_permission (const char *name)
{
  for (const TwPermission *row = tw_permissions; row->permission; row++)
    if (g_str_equal (row->permission, name))
      return TRUE;
  return FALSE;
}

/* "customer.create" when the matrix has it, else "customer.write": small masters have but one. */
static const char *
get_permission (const TwResource *resource, const char *verb)
{
  g_autofree char *own = g_strconcat (resource->document, ".", verb, NULL);
  g_autofree char *write = g_strconcat (resource->document, ".write", NULL);

  g_autofree char *create = g_strconcat (resource->document, ".create", NULL);

  if (is_permission (own) || g_str_equal (verb, "read"))
    return g_intern_string (own);
  if (g_str_equal (verb, "import") && is_permission (create))
    return g_intern_string (create);
  return g_intern_string (write);
}

static void
add (const TwResource *resource, const char *method, const char *below, const char *verb, TwHandler handler,
     TwRoute row)
{
  g_autofree char *path = g_strconcat ("/", resource->path, below, NULL);
  g_autofree char *summary = g_strconcat (row.summary, ": ", resource->path, NULL);

  row.method = method;
  row.path = g_intern_string (path);
  row.permission = verb ? get_permission (resource, verb) : NULL;
  row.flags |= verb ? 0 : TW_ROUTE_ANY_USER;
  row.handler = handler;
  row.summary = g_intern_string (summary);
  row.data = resource;
  tw_router_add (&row);
}

static void
add_write_routes (const TwResource *r)
{
  TwRouteFlags hashing = r->prepare ? TW_ROUTE_HASHING : 0;

  if (r->create)
    add (r, "POST", "", "create", create,
         (TwRoute) { .summary = "Create",
                     .flags = hashing,
                     .body = r->type,
                     .answer = r->type,
                     .prepare = create_prepare });
  if (r->create && r->importable)
    add (r, "POST", "/import", "import", tw_resource_import,
         (TwRoute) { .summary = "Import CSV or XLSX", .flags = TW_ROUTE_RAW_BODY });
  if (r->update)
    add (r, "PATCH", "/{id}", "write", change,
         (TwRoute) { .summary = "Change", .flags = TW_ROUTE_IF_MATCH | hashing, .body = r->type, .answer = r->type,
                     .prepare = change_prepare });
  if (r->remove)
    add (r, "DELETE", "/{id}", "delete", delete, (TwRoute) { .summary = "Delete" });
}

void
tw_resource_add_routes (const TwResource *r)
{
  tw_resource_register (r);
  if (r->list)
    {
      add (r, "GET", "", "read", tw_resource_list,
           (TwRoute) { .summary = "List", .flags = TW_ROUTE_READ, .answer = r->type, .answers_list = TRUE,
                       .glance = r->list->stamp ? glance_list : NULL });
      add (r, "GET", "/export", "read", tw_resource_export,
           (TwRoute) { .summary = "Export", .flags = TW_ROUTE_READ });
    }
  if (r->load)
    {
      add (r, "GET", "/{id}", "read", read_one,
           (TwRoute) { .summary = "Read", .flags = TW_ROUTE_READ, .answer = r->type,
                       .glance = r->glance ? glance_one : NULL });
      add (r, "GET", "/{id}/history", "read", tw_resource_history,
           (TwRoute) { .summary = "History", .flags = TW_ROUTE_READ, .answer = tw_change_get_type,
                       .answers_list = TRUE });
    }
  add_write_routes (r);
  if (r->state_offset > 0)
    {
      /* The gate asks for the permission of the action. */
      add (r, "POST", "/{id}/actions/{action}", "read", tw_resource_act,
           (TwRoute) { .summary = "Act", .answer = r->type });
      add (r, "POST", "/actions/{action}", "read", tw_resource_act_on_many, (TwRoute) { .summary = "Act on many" });
    }
}
