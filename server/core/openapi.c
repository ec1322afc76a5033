/* openapi.c: see openapi.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/openapi.h"

#include <string.h>

#include "server/core/idempotency.h"
#include "server/core/router.h"
#include "shared/base/sheet-type.h"

#define DECIMAL_PATTERN "^-?[0-9]{1,12}(\\.[0-9]{1,6})?$"

typedef struct
{
  JsonBuilder *json;
  GHashTable *types; /* document key → GType: schemas to write */
  GQueue *pending;   /* (element-type GType) */
} Writer;

/* ---- Small words ---- */

static void
name (Writer *w, const char *member)
{
  json_builder_set_member_name (w->json, member);
}

static void
text (Writer *w, const char *member, const char *value)
{
  name (w, member);
  json_builder_add_string_value (w->json, value);
}

static void
number (Writer *w, const char *member, gint64 value)
{
  name (w, member);
  json_builder_add_int_value (w->json, value);
}

static void
begin (Writer *w, const char *member)
{
  if (member)
    name (w, member);
  json_builder_begin_object (w->json);
}

static void
end (Writer *w)
{
  json_builder_end_object (w->json);
}

static void
begin_array (Writer *w, const char *member)
{
  name (w, member);
  json_builder_begin_array (w->json);
}

static void
end_array (Writer *w)
{
  json_builder_end_array (w->json);
}

/* ---- Schemas ---- */

/* The schema's name; the type's table is written later. */
static void
reference (Writer *w, GType type)
{
  const char *document = tw_record_type_get_info (type)->document;
  g_autofree char *path = g_strconcat ("#/components/schemas/", document, NULL);

  if (g_hash_table_insert (w->types, (gpointer) document, GSIZE_TO_POINTER (type)))
    g_queue_push_tail (w->pending, GSIZE_TO_POINTER (type));
  text (w, "$ref", path);
}

static void
types (Writer *w, const char *type, gboolean nullable)
{
  if (!nullable)
    {
      text (w, "type", type);
      return;
    }
  begin_array (w, "type");
  json_builder_add_string_value (w->json, type);
  json_builder_add_string_value (w->json, "null");
  end_array (w);
}

static void
write_keys (Writer *w, const TwField *field)
{
  types (w, "string", TRUE);
  begin_array (w, "enum");
  for (const TwKey *key = field->keys; key && key->key; key++)
    json_builder_add_string_value (w->json, key->key);
  json_builder_add_null_value (w->json);
  end_array (w);
}

static void
write_list (Writer *w, const TwField *field)
{
  text (w, "type", "array");
  begin (w, "items");
  reference (w, field->item ());
  end (w);
}

static void
write_strings (Writer *w)
{
  types (w, "array", TRUE);
  begin (w, "items");
  text (w, "type", "string");
  end (w);
}

static void
write_kind (Writer *w, const TwField *field)
{
  switch (field->kind)
    {
    case TW_KIND_INT:
      types (w, "integer", FALSE);
      break;
    case TW_KIND_BOOL:
      types (w, "boolean", FALSE);
      break;
    case TW_KIND_TEXT:
      types (w, "string", TRUE);
      if (field->max > 0)
        number (w, "maxLength", field->max);
      break;
    case TW_KIND_KEY:
      write_keys (w, field);
      break;
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
    case TW_KIND_QUANTITY:
    case TW_KIND_RATE:
      types (w, "string", TRUE);
      text (w, "pattern", DECIMAL_PATTERN);
      break;
    case TW_KIND_DATE:
      types (w, "string", TRUE);
      text (w, "format", "date");
      break;
    case TW_KIND_TIME:
      types (w, "string", TRUE);
      text (w, "format", "date-time");
      break;
    case TW_KIND_STRINGS:
      write_strings (w);
      break;
    case TW_KIND_JSON:
      break; /* any value */
    case TW_KIND_LIST:
      write_list (w, field);
      break;
    }
}

static void
write_field (Writer *w, const TwField *field)
{
  begin (w, field->name);
  write_kind (w, field);
  if (field->label)
    text (w, "description", field->label);
  if (field->flags & (TW_SERVER | TW_WRITE_ONLY))
    {
      name (w, field->flags & TW_SERVER ? "readOnly" : "writeOnly");
      json_builder_add_boolean_value (w->json, TRUE);
    }
  end (w);
}

static gboolean
has_required (const TwRecordInfo *info)
{
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].flags & TW_REQUIRED)
      return TRUE;
  return FALSE;
}

static void
write_schema (Writer *w, GType type)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  begin (w, info->document);
  text (w, "type", "object");
  text (w, "title", info->label);
  if (has_required (info))
    {
      begin_array (w, "required");
      for (guint i = 0; i < info->n_fields; i++)
        if (info->fields[i].flags & TW_REQUIRED)
          json_builder_add_string_value (w->json, info->fields[i].name);
      end_array (w);
    }
  begin (w, "properties");
  for (guint i = 0; i < info->n_fields; i++)
    write_field (w, &info->fields[i]);
  end (w);
  end (w);
}

static void
write_problem_schema (Writer *w)
{
  static const char *const texts[] = { "type", "title", "detail", "instance" };

  begin (w, "problem");
  text (w, "type", "object");
  text (w, "title", "Problem (RFC 9457)");
  begin (w, "properties");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      begin (w, texts[i]);
      text (w, "type", "string");
      end (w);
    }
  begin (w, "status");
  text (w, "type", "integer");
  end (w);
  begin (w, "errors");
  text (w, "type", "array");
  begin (w, "items");
  text (w, "type", "object");
  end (w);
  end (w);
  end (w);
  end (w);
}

/* ---- Operations ---- */

static void
write_parameter (Writer *w, const char *label, const char *in, gboolean required, const char *type)
{
  begin (w, NULL);
  text (w, "name", label);
  text (w, "in", in);
  name (w, "required");
  json_builder_add_boolean_value (w->json, required);
  begin (w, "schema");
  text (w, "type", type);
  end (w);
  end (w);
}

static void
write_parameters (Writer *w, const TwRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->path, "/", -1);

  begin_array (w, "parameters");
  for (guint i = 0; segments[i]; i++)
    {
      if (segments[i][0] != '{')
        continue;
      segments[i][strlen (segments[i]) - 1] = '\0';
      write_parameter (w, segments[i] + 1, "path", TRUE, g_str_equal (segments[i] + 1, "id") ? "integer" : "string");
    }
  if (route->flags & TW_ROUTE_IF_MATCH)
    write_parameter (w, "If-Match", "header", TRUE, "string");
  if (tw_idempotency_concerns (route))
    write_parameter (w, "Idempotency-Key", "header", FALSE, "string");
  end_array (w);
}

static void
write_media (Writer *w, const char *type, GType record)
{
  begin (w, type);
  begin (w, "schema");
  if (record == G_TYPE_INVALID)
    text (w, "type", "string");
  else
    reference (w, record);
  end (w);
  end (w);
}

static void
write_body (Writer *w, const TwRoute *route)
{
  gboolean raw = (route->flags & TW_ROUTE_RAW_BODY) != 0;

  if (!route->body && !raw)
    return;
  begin (w, "requestBody");
  begin (w, "content");
  if (raw)
    {
      write_media (w, TW_SHEET_CSV, G_TYPE_INVALID);
      write_media (w, TW_SHEET_XLSX, G_TYPE_INVALID);
    }
  else
    write_media (w, "application/json", route->body ());
  end (w);
  end (w);
}

static void
write_page_schema (Writer *w, const TwRoute *route)
{
  text (w, "type", "object");
  begin (w, "properties");
  begin (w, "items");
  text (w, "type", "array");
  begin (w, "items");
  reference (w, route->answer ());
  end (w);
  end (w);
  begin (w, "next");
  types (w, "string", TRUE);
  end (w);
  begin (w, "total");
  text (w, "type", "integer");
  end (w);
  end (w);
}

static void
write_responses (Writer *w, const TwRoute *route)
{
  gboolean creates = g_str_equal (route->method, "POST") && !strstr (route->path, "/actions/") && route->answer;

  begin (w, "responses");
  begin (w, creates ? "201" : "200");
  text (w, "description", "Done");
  if (route->answer)
    {
      begin (w, "content");
      begin (w, "application/json");
      begin (w, "schema");
      if (route->answers_list)
        write_page_schema (w, route);
      else
        reference (w, route->answer ());
      end (w);
      end (w);
      end (w);
    }
  end (w);
  begin (w, "4XX");
  text (w, "description", "Problem");
  begin (w, "content");
  begin (w, "application/problem+json");
  begin (w, "schema");
  text (w, "$ref", "#/components/schemas/problem");
  end (w);
  end (w);
  end (w);
  end (w);
  end (w);
}

/* "get_orders_id": unique, since method and path are. */
static char *
make_operation_id (const TwRoute *route)
{
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  GString *id = g_string_new (method);

  for (const char *p = route->path; *p; p++)
    if (g_ascii_isalnum (*p) || *p == '_')
      g_string_append_c (id, *p);
    else if (id->str[id->len - 1] != '_')
      g_string_append_c (id, '_');
  if (id->str[id->len - 1] == '_')
    g_string_truncate (id, id->len - 1);
  return g_string_free (id, FALSE);
}

static void
write_operation (Writer *w, const TwRoute *route)
{
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  g_autofree char *id = make_operation_id (route);
  g_auto (GStrv) segments = g_strsplit (route->path, "/", 3);

  begin (w, method);
  text (w, "operationId", id);
  text (w, "summary", route->summary ? route->summary : route->path);
  begin_array (w, "tags");
  json_builder_add_string_value (w->json, segments[1]);
  end_array (w);
  if (route->permission)
    text (w, "x-permission", route->permission);
  if (route->flags & TW_ROUTE_PUBLIC)
    {
      begin_array (w, "security");
      end_array (w);
    }
  write_parameters (w, route);
  write_body (w, route);
  write_responses (w, route);
  end (w);
}

static void
write_paths (Writer *w)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);

  begin (w, "paths");
  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *first = g_ptr_array_index (routes, i);

      if (!g_hash_table_add (written, (gpointer) first->path))
        continue;
      begin (w, first->path);
      for (guint k = i; k < routes->len; k++)
        {
          const TwRoute *route = g_ptr_array_index (routes, k);

          if (g_str_equal (route->path, first->path))
            write_operation (w, route);
        }
      end (w);
    }
  end (w);
}

static void
write_components (Writer *w)
{
  begin (w, "components");
  begin (w, "securitySchemes");
  begin (w, "session");
  text (w, "type", "http");
  text (w, "scheme", "bearer");
  end (w);
  end (w);
  begin (w, "schemas");
  write_problem_schema (w);
  while (!g_queue_is_empty (w->pending)) /* a schema may ask for more */
    write_schema (w, (GType) GPOINTER_TO_SIZE (g_queue_pop_head (w->pending)));
  end (w);
  end (w);
}

static void
write_head (Writer *w)
{
  text (w, "openapi", "3.1.0");
  begin (w, "info");
  text (w, "title", "Tradewind");
  text (w, "description", "Order to cash: quotation, order, approval, stock, delivery, invoice, payment.");
  text (w, "version", "1");
  begin (w, "license");
  text (w, "name", "GPL-3.0-or-later");
  text (w, "identifier", "GPL-3.0-or-later");
  end (w);
  end (w);
  begin_array (w, "servers");
  begin (w, NULL);
  text (w, "url", "/api/v1");
  end (w);
  end_array (w);
  begin_array (w, "security");
  begin (w, NULL);
  begin_array (w, "session");
  end_array (w);
  end (w);
  end_array (w);
}

char *
tw_openapi_write (void)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GQueue) pending = g_queue_new ();
  g_autoptr (JsonNode) root = NULL;
  Writer w = { json, seen, pending };

  begin (&w, NULL);
  write_head (&w);
  write_paths (&w);
  write_components (&w);
  end (&w);
  root = json_builder_get_root (json);
  return json_to_string (root, TRUE);
}

static gboolean
answer (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autofree char *document = tw_openapi_write ();

  tw_reply_json (reply, 200, g_string_new (document));
  return TRUE;
}

static const TwRoute routes[] = {
  { "GET", "/openapi.json", NULL, answer, TW_ROUTE_PUBLIC | TW_ROUTE_READ, "This description" },
  { NULL },
};

void
tw_openapi_add_routes (void)
{
  tw_router_add_table (routes);
}
