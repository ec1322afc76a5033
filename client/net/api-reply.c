/* api-reply.c: an answer's body as JSON, record or error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/net/api-reply.h"

#include <string.h>

#include "shared/base/codec.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

static gboolean
is_json (const char *content_type)
{
  return g_strcmp0 (content_type, "application/json") == 0 || g_strcmp0 (content_type, "application/problem+json") == 0;
}

static JsonNode *
parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  if (!json_parser_load_from_data (parser, text != NULL ? text : "", (gssize) length, error))
    return NULL;
  return json_parser_steal_root (parser);
}

static const char *
member_string (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static const char *
plain_sentence (TwErrorCode code)
{
  switch (code)
    {
    case TW_ERROR_UNAVAILABLE:
      return _("The server cannot answer at the moment. Please try again in a little while.");
    case TW_ERROR_UNAUTHENTICATED:
      return _("You are not signed in any more. Please sign in again.");
    case TW_ERROR_FORBIDDEN:
      return _("Your roles do not allow this.");
    case TW_ERROR_NOT_FOUND:
      return _("There is no such record, or you may not see it.");
    case TW_ERROR_TOO_MANY:
      return _("Too many attempts. Please wait a little and try again.");
    case TW_ERROR_STALE:
      return _("Somebody else saved this record in the meantime.");
    default:
      return _("The server could not carry this out.");
    }
}

/* For answers that are no problem document: a proxy's page, an empty body. */
static TwErrorCode
code_from_status (guint status)
{
  switch (status)
    {
    case 503:
    case 502:
    case 504:
      return TW_ERROR_UNAVAILABLE;
    case 422:
      return TW_ERROR_INVALID;
    case 409:
      return TW_ERROR_STATE;
    default:
      for (guint code = 0; code < TW_N_ERRORS; code++)
        if (tw_error_get_problem (code)->status == status)
          return code;
      return TW_ERROR_INTERNAL;
    }
}

static void
add_faults (JsonArray *errors, GError **error)
{
  for (guint i = 0; i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);
      JsonObject *fault = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *pointer = member_string (fault, "pointer");
      const char *code = member_string (fault, "code");
      const char *detail = member_string (fault, "detail");

      if (fault != NULL)
        tw_error_fault (error, pointer != NULL ? pointer : "", code != NULL ? code : "invalid", "%s",
                        detail != NULL ? detail : _("This value was refused."));
    }
}

TwApiReply *
tw_api_reply_new (guint status, const char *content_type, GBytes *bytes, GError **error)
{
  g_autoptr (TwApiReply) reply = g_new0 (TwApiReply, 1);

  g_atomic_ref_count_init (&reply->ref_count);
  reply->status = status;
  reply->content_type = g_strdup (content_type);
  reply->bytes = g_bytes_ref (bytes);
  if (g_bytes_get_size (bytes) > 0 && is_json (content_type))
    {
      g_autoptr (GError) local = NULL;

      reply->json = parse (bytes, &local);
      if (reply->json == NULL)
        {
          g_debug ("answer is no JSON: %s", local->message);
          tw_error_set (error, TW_ERROR_INTERNAL, _("The server's answer could not be understood."));
          return NULL;
        }
    }
  return g_steal_pointer (&reply);
}

TwApiReply *
tw_api_reply_ref (TwApiReply *reply)
{
  g_atomic_ref_count_inc (&reply->ref_count);
  return reply;
}

void
tw_api_reply_unref (TwApiReply *reply)
{
  if (!g_atomic_ref_count_dec (&reply->ref_count))
    return;
  g_free (reply->etag);
  g_free (reply->location);
  g_free (reply->content_type);
  g_clear_pointer (&reply->json, json_node_unref);
  g_clear_pointer (&reply->bytes, g_bytes_unref);
  g_free (reply);
}

JsonObject *
tw_api_reply_get_object (TwApiReply *reply)
{
  return reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json) ? json_node_get_object (reply->json) : NULL;
}

TwRecord *
tw_api_reply_read (TwApiReply *reply, GType type, GError **error)
{
  g_autoptr (TwRecord) record = NULL;
  JsonObject *object = tw_api_reply_get_object (reply);

  g_return_val_if_fail (g_type_is_a (type, TW_TYPE_RECORD), NULL);
  if (object == NULL)
    {
      tw_error_set (error, TW_ERROR_INTERNAL, _("The server's answer could not be understood."));
      return NULL;
    }
  record = g_object_new (type, NULL);
  if (!tw_codec_read (record, object, TW_CODEC_ANSWER, error))
    return NULL;
  return g_steal_pointer (&record);
}

void
tw_api_reply_set_problem (guint status, const char *content_type, GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) node = is_json (content_type) ? parse (bytes, NULL) : NULL;
  JsonObject *problem = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = member_string (problem, "type");
  const char *detail = member_string (problem, "detail");
  TwErrorCode code;

  if (type != NULL && g_str_has_prefix (type, "/problems/"))
    code = tw_error_code_from_slug (type + strlen ("/problems/"));
  else
    code = code_from_status (status);
  if (code == TW_ERROR_INVALID && problem != NULL && json_object_has_member (problem, "errors")
      && JSON_NODE_HOLDS_ARRAY (json_object_get_member (problem, "errors")))
    {
      g_autoptr (GError) local = NULL;

      add_faults (json_object_get_array_member (problem, "errors"), &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return;
        }
    }
  tw_error_set (error, code, "%s", detail != NULL && *detail != '\0' ? detail : plain_sentence (code));
}
