/* local-request.c: the interface called from the command line, without HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/local-request.h"

#include <string.h>

#include "server/core/router.h"

TwPrincipal *
tw_local_administrator (void)
{
  return tw_principal_new (0, "system", "Command line", tw_text_get_language (), TW_ROLE_ADMIN | TW_ROLE_SYSTEM, 0, 0);
}

/* "detail", or each fault with its pointer. */
static char *
describe_problem (TwReply *reply)
{
  GBytes *body = tw_reply_get_body (reply);
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : "";
  g_autoptr (JsonNode) root = tw_codec_parse (text, (gssize) length, NULL);
  JsonObject *problem = root != NULL ? json_node_get_object (root) : NULL;
  GString *out;

  if (problem == NULL)
    return g_strdup_printf ("%u", tw_reply_get_status (reply));
  out = g_string_new (json_object_get_string_member_with_default (problem, "detail", ""));
  if (json_object_has_member (problem, "errors"))
    {
      JsonArray *errors = json_object_get_array_member (problem, "errors");

      for (guint i = 0; i < json_array_get_length (errors); i++)
        {
          JsonObject *fault = json_array_get_object_element (errors, i);

          g_string_append_printf (out, "\n  %s: %s", json_object_get_string_member_with_default (fault, "pointer", ""),
                                  json_object_get_string_member_with_default (fault, "detail", ""));
        }
    }
  return g_string_free (out, FALSE);
}

static TwReply *
run (TwDb *db, TwPrincipal *who, TwRequest *request, GError **error)
{
  g_autofree char *allow = NULL;
  g_autoptr (TwReply) reply = NULL;
  g_autofree char *problem = NULL;
  const TwRoute *route = tw_router_find (request, &allow, error);

  if (route == NULL)
    return NULL;
  reply = tw_frame_run (db, who, route, request);
  if (tw_reply_get_status (reply) < 400)
    return g_steal_pointer (&reply);
  problem = describe_problem (reply);
  g_set_error_literal (error, TW_ERROR, TW_ERROR_INVALID, problem);
  return NULL;
}

TwReply *
tw_local_request (TwDb *db, TwPrincipal *who, const char *method, const char *path, gint64 version,
                  const char *content_type, GBytes *body, GError **error)
{
  const char *query = strchr (path, '?');
  g_autofree char *bare = query != NULL ? g_strndup (path, (gsize) (query - path)) : g_strdup (path);
  g_autoptr (TwRequest) request = tw_request_new ("command", method, bare, query != NULL ? query + 1 : NULL);

  tw_request_set_address (request, "command line");
  if (version > 0)
    {
      g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);

      tw_request_set_header (request, "If-Match", etag);
    }
  if (content_type != NULL)
    tw_request_set_header (request, "Content-Type", content_type);
  if (body != NULL)
    tw_request_set_body (request, body);
  return run (db, who, request, error);
}

gboolean
tw_local_json (TwDb *db, TwPrincipal *who, const char *method, const char *path, gint64 version, JsonNode *body,
               JsonNode **answer, GError **error)
{
  g_autoptr (JsonNode) owned = body;
  g_autofree char *text = body != NULL ? json_to_string (body, FALSE) : NULL;
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (TwReply) reply
    = tw_local_request (db, who, method, path, version, bytes != NULL ? "application/json" : NULL, bytes, error);
  GBytes *said;

  if (reply == NULL)
    return FALSE;
  said = tw_reply_get_body (reply);
  if (answer != NULL)
    *answer = said == NULL
                ? NULL
                : tw_codec_parse (g_bytes_get_data (said, NULL), (gssize) g_bytes_get_size (said), error);
  return answer == NULL || said == NULL || *answer != NULL;
}
