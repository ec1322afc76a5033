/* reply.c: a reply as plain data, and failures as problems
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/exchange.h"

#include <string.h>

struct _TwReply
{
  guint status;
  GBytes *body;
  char *content_type;
  char *etag;
  char *location;
  char *file_name;
  char *allow;
  GString *current; /* the stored record of a stale write */
  GError *refusal;
  guint retry_after;
  gboolean roll_back;
  gboolean replayed;
};

#define JSON_TYPE "application/json"
#define PROBLEM_TYPE "application/problem+json"

static void
set_body (TwReply *reply, const char *content_type, GBytes *body)
{
  g_clear_pointer (&reply->body, g_bytes_unref);
  reply->body = body;
  g_free (reply->content_type);
  reply->content_type = g_strdup (content_type);
}

TwReply *
tw_reply_new (void)
{
  TwReply *reply = g_new0 (TwReply, 1);

  tw_reply_reset (reply);
  return reply;
}

static void
clear (TwReply *reply)
{
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply->content_type);
  g_free (reply->etag);
  g_free (reply->location);
  g_free (reply->file_name);
  g_free (reply->allow);
  if (reply->current)
    g_string_free (reply->current, TRUE);
  g_clear_error (&reply->refusal);
  memset (reply, 0, sizeof *reply);
}

void
tw_reply_free (TwReply *reply)
{
  clear (reply);
  g_free (reply);
}

void
tw_reply_reset (TwReply *reply)
{
  clear (reply);
  reply->status = 200;
  set_body (reply, JSON_TYPE, g_bytes_new_static ("{}", 2));
}

/* ---- For handlers ---- */

void
tw_reply_record (TwReply *reply, TwContext *ctx, TwRecord *record)
{
  g_autoptr (GString) body = g_string_sized_new (1024);

  tw_codec_write (record, tw_context_get_secrets (ctx), body);
  set_body (reply, JSON_TYPE, g_string_free_to_bytes (g_steal_pointer (&body)));
  g_free (reply->etag);
  reply->etag = record->version > 0 ? g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", record->version) : NULL;
}

void
tw_reply_created (TwReply *reply, const char *location_format, gint64 id)
{
  reply->status = 201;
  g_free (reply->location);
  reply->location = g_strdup_printf (location_format, id);
}

void
tw_reply_json (TwReply *reply, guint status, GString *body)
{
  reply->status = status;
  set_body (reply, status >= 400 ? PROBLEM_TYPE : JSON_TYPE, g_string_free_to_bytes (body));
}

void
tw_reply_bytes (TwReply *reply, const char *content_type, const char *file_name, GBytes *bytes)
{
  set_body (reply, content_type, g_bytes_ref (bytes));
  g_free (reply->file_name);
  reply->file_name = g_strdup (file_name);
}

void
tw_reply_no_content (TwReply *reply)
{
  reply->status = 204;
  set_body (reply, NULL, NULL);
}

void
tw_reply_refuse (TwReply *reply, GError *error)
{
  g_clear_error (&reply->refusal);
  reply->refusal = error;
}

void
tw_reply_roll_back (TwReply *reply)
{
  reply->roll_back = TRUE;
}

void
tw_reply_set_current (TwReply *reply, TwContext *ctx, TwRecord *record)
{
  if (reply->current)
    g_string_free (reply->current, TRUE);
  reply->current = g_string_new (NULL);
  tw_codec_write (record, tw_context_get_secrets (ctx), reply->current);
}

void
tw_reply_set_retry_after (TwReply *reply, guint seconds)
{
  reply->retry_after = seconds;
}

/* ---- For the listener ---- */

guint
tw_reply_get_status (TwReply *reply)
{
  return reply->status;
}

GBytes *
tw_reply_get_body (TwReply *reply)
{
  return reply->body;
}

const char *
tw_reply_get_content_type (TwReply *reply)
{
  return reply->content_type;
}

const char *
tw_reply_get_etag (TwReply *reply)
{
  return reply->etag;
}

const char *
tw_reply_get_location (TwReply *reply)
{
  return reply->location;
}

const char *
tw_reply_get_file_name (TwReply *reply)
{
  return reply->file_name;
}

const char *
tw_reply_get_allow (TwReply *reply)
{
  return reply->allow;
}

guint
tw_reply_get_retry_after (TwReply *reply)
{
  return reply->retry_after;
}

gboolean
tw_reply_is_rolled_back (TwReply *reply)
{
  return reply->roll_back;
}

GError *
tw_reply_get_refusal (TwReply *reply)
{
  return reply->refusal;
}

gboolean
tw_reply_is_replayed (TwReply *reply)
{
  return reply->replayed;
}

void
tw_reply_each_header (TwReply *reply, TwReplyHeader header, gpointer data)
{
  if (reply->content_type)
    header ("Content-Type", reply->content_type, data);
  if (reply->etag)
    header ("ETag", reply->etag, data);
  if (reply->location)
    header ("Location", reply->location, data);
  if (reply->allow)
    header ("Allow", reply->allow, data);
  if (reply->file_name)
    {
      g_autofree char *name = g_uri_escape_string (reply->file_name, NULL, FALSE);
      g_autofree char *value = g_strdup_printf ("attachment; filename*=UTF-8''%s", name);

      header ("Content-Disposition", value, data);
    }
  if (reply->retry_after > 0)
    {
      g_autofree char *value = g_strdup_printf ("%u", reply->retry_after);

      header ("Retry-After", value, data);
    }
  if (reply->replayed)
    header ("Idempotency-Replayed", "true", data);
}

void
tw_reply_set_allow (TwReply *reply, const char *allow)
{
  g_free (reply->allow);
  reply->allow = g_strdup (allow);
}

/* ---- Keeping a success ---- */

static void
dump_member (JsonBuilder *builder, const char *name, const char *value)
{
  if (!value)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

char *
tw_reply_dump_headers (TwReply *reply)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  dump_member (builder, "content_type", reply->content_type);
  dump_member (builder, "etag", reply->etag);
  dump_member (builder, "location", reply->location);
  dump_member (builder, "file_name", reply->file_name);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static char *
restore_member (JsonObject *headers, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (headers, name, NULL));
}

void
tw_reply_restore (TwReply *reply, guint status, const char *headers, gconstpointer body, gsize length)
{
  g_autoptr (JsonNode) root = json_from_string (headers, NULL);
  g_autofree char *content_type = NULL;
  JsonObject *object;

  g_return_if_fail (root && JSON_NODE_HOLDS_OBJECT (root)); /* our own column */
  clear (reply);
  object = json_node_get_object (root);
  reply->status = status;
  reply->etag = restore_member (object, "etag");
  reply->location = restore_member (object, "location");
  reply->file_name = restore_member (object, "file_name");
  content_type = restore_member (object, "content_type");
  if (content_type)
    set_body (reply, content_type, g_bytes_new (body, length));
  reply->replayed = TRUE;
}

/* ---- Problems ---- */

static void
append_member (GString *out, const char *name, const char *value)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  tw_codec_append_string (out, name);
  g_string_append_c (out, ':');
  tw_codec_append_string (out, value);
}

static void
append_faults (GString *out, const GError *error)
{
  GPtrArray *faults = tw_error_get_faults (error);

  if (!faults)
    return;
  g_string_append (out, ",\"errors\":[");
  for (guint i = 0; i < faults->len; i++)
    {
      TwFault *fault = g_ptr_array_index (faults, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      append_member (out, "pointer", fault->pointer);
      append_member (out, "code", fault->code);
      append_member (out, "detail", fault->detail);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static TwErrorCode
code_of (const GError *error)
{
  if (error->domain != TW_ERROR)
    return TW_ERROR_INTERNAL;
  if (error->code == TW_ERROR_RETRY)
    return TW_ERROR_UNAVAILABLE;
  return (TwErrorCode) error->code;
}

void
tw_reply_fail (TwReply *reply, TwRequest *request, const GError *error)
{
  TwErrorCode code = code_of (error);
  const TwProblemType *type = tw_error_get_problem (code);
  g_autofree char *slug = g_strconcat ("/problems/", type->slug, NULL);
  const char *detail = error->message;
  GString *out = g_string_new ("{");

  if (code == TW_ERROR_INTERNAL)
    {
      g_warning ("request %s %s %s failed: %s", tw_request_get_id (request), tw_request_get_method (request),
                 tw_request_get_path (request), error->message);
      detail = _("The server has made a mistake. It has been logged under the number of this request.");
    }
  else if (error->domain == TW_ERROR && error->code == TW_ERROR_RETRY)
    {
      g_message ("request %s: %s", tw_request_get_id (request), error->message);
      detail = _ ("The database is not available at the moment.");
    }
  append_member (out, "type", slug);
  append_member (out, "title", _(type->title));
  g_string_append_printf (out, ",\"status\":%u", type->status);
  append_member (out, "detail", detail);
  append_member (out, "instance", tw_request_get_id (request));
  append_faults (out, error);
  if (reply->current && code == TW_ERROR_STALE)
    g_string_append_printf (out, ",\"current\":%s", reply->current->str);
  g_string_append_c (out, '}');
  reply->status = type->status;
  g_clear_pointer (&reply->etag, g_free);
  g_clear_pointer (&reply->location, g_free);
  g_clear_pointer (&reply->file_name, g_free);
  if (reply->retry_after == 0 && (type->status == 503 || type->status == 429))
    reply->retry_after = 2;
  set_body (reply, PROBLEM_TYPE, g_string_free_to_bytes (out));
}

void
tw_reply_match (TwReply *reply, TwRequest *request)
{
  const char *known = tw_request_get_if_none_match (request);

  if (!known || !reply->etag || reply->status != 200 || !strstr (known, reply->etag))
    return;
  reply->status = 304;
  set_body (reply, NULL, NULL);
}
