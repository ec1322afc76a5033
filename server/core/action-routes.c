/* action-routes.c: POST …/actions/ACTION, for one document and for many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/resource-private.h"

#include "server/core/known-document.h"
#include "shared/document/action.h"

/* Steps of the system are taken by the server alone. */
static gboolean
is_asked_for (const TwResource *resource, const char *action, GError **error)
{
  const TwTransition *row = tw_transition_first (resource->document);

  for (; row && row->document && g_str_equal (row->document, resource->document); row++)
    if (row->from && g_str_equal (row->action, action) && !(row->flags & TW_ACTION_SYSTEM))
      return TRUE;
  return tw_error_set (error, TW_ERROR_NOT_FOUND, _("There is no action %s for this document."), action);
}

static TwRecord *
new_arguments (const TwResource *resource, const char *action)
{
  const TwAction *rules = tw_gate_find_action (resource, action);
  GType type = rules && rules->arguments ? rules->arguments () : tw_action_arguments_get_type ();

  return g_object_new (type, NULL);
}

static gboolean
check_version (TwContext *ctx, const TwResource *resource, TwRequest *request, TwRecord *document, TwReply *reply,
               GError **error)
{
  gint64 version = tw_request_get_version (request);

  if (version == 0 || version == document->version)
    return TRUE;
  tw_resource_fill_actions (ctx, resource, document);
  tw_reply_set_current (reply, ctx, document);
  return tw_row_refuse_stale (error);
}

/* The document as it is stored now: read again, unless what the step has left is just that. */
static TwRecord *
read_after (TwContext *ctx, const TwResource *resource, TwRecord *document, const char *action, GError **error)
{
  const TwAction *rules = tw_gate_find_action (resource, action);

  if (!rules || !rules->is_whole || !rules->is_whole (document))
    return tw_resource_read (ctx, resource, document->id, error);
  if (resource->complete && !resource->complete (ctx, document, error))
    return NULL;
  tw_resource_fill_actions (ctx, resource, document);
  return g_object_ref (document);
}

gboolean
tw_resource_act (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  const char *action = tw_request_param (request, "action");
  g_autoptr (TwRecord) arguments = NULL, document = NULL, after = NULL;
  gint64 id;

  if (!tw_request_param_id (request, "id", &id, error) || !is_asked_for (resource, action, error))
    return FALSE;
  arguments = new_arguments (resource, action);
  if (!tw_request_read (request, arguments, TW_CODEC_CREATE, error))
    return FALSE;
  document = resource->load (ctx, id, TRUE, error);
  if (!document || !check_version (ctx, resource, request, document, reply, error)
      || !tw_gate_run (ctx, resource, document, action, arguments, error))
    return FALSE;
  after = read_after (ctx, resource, document, action, error);
  if (!after)
    return FALSE;
  if (resource->kept)
    tw_known_keep (ctx, resource->document, after);
  tw_reply_record (reply, ctx, after);
  return TRUE;
}

/* ---- Many ---- */

typedef struct
{
  const TwResource *resource;
  const char *action;
  TwRecord *arguments;
  gint64 id;
  gint64 version;
  const char *state;
} Step;

static gboolean
step_cb (TwContext *ctx, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (TwRecord) document = step->resource->load (ctx, step->id, TRUE, error);

  if (!document || !tw_gate_run (ctx, step->resource, document, step->action, step->arguments, error))
    return FALSE;
  step->version = document->version;
  step->state = tw_gate_get_state (step->resource, document);
  return TRUE;
}

static void
append_result (GString *out, const Step *step, const GError *problem)
{
  g_string_append (out, out->str[out->len - 1] == '[' ? "{" : ",{");
  g_string_append_printf (out, "\"id\":%" G_GINT64_FORMAT, step->id);
  if (problem)
    {
      const TwProblemType *type = tw_error_get_problem ((TwErrorCode) problem->code);

      g_string_append_printf (out, ",\"ok\":false,\"status\":%u,\"type\":\"/problems/%s\",\"detail\":", type->status,
                              type->slug);
      tw_codec_append_string (out, problem->message);
    }
  else
    {
      g_string_append_printf (out, ",\"ok\":true,\"status\":200,\"version\":%" G_GINT64_FORMAT ",\"state\":",
                              step->version);
      tw_codec_append_string (out, step->state);
    }
  g_string_append_c (out, '}');
}

/* The ids of the body in ascending order, so that two bulk requests lock in the same order. */
static GArray *
read_ids (JsonObject *body, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonNode *node = body ? json_object_get_member (body, "ids") : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;

  if (n == 0 || n > TW_MAX_BULK)
    {
      tw_error_fault (error, "/ids", "out_of_range", _("Please name 1 to %d ids."), TW_MAX_BULK);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      gint64 id = JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_INT64
                    ? json_node_get_int (item) : 0;
      g_autofree char *pointer = g_strdup_printf ("/ids/%u", i);

      if (id <= 0)
        tw_error_fault (error, pointer, "wrong_type", _("An id is a positive number."));
      g_array_append_val (ids, id);
    }
  if (error && *error)
    return NULL;
  tw_ids_sort (ids);
  return g_steal_pointer (&ids);
}

/* The body without its ids: the fields of the action. */
static gboolean
read_arguments (JsonObject *body, TwRecord *arguments, GError **error)
{
  g_autoptr (JsonObject) rest = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (body);

  for (GList *l = names; l; l = l->next)
    if (!g_str_equal (l->data, "ids"))
      json_object_set_member (rest, l->data, json_object_dup_member (body, l->data));
  return tw_codec_read (arguments, rest, TW_CODEC_CREATE, error);
}

gboolean
tw_resource_act_on_many (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const TwResource *resource = data;
  g_autoptr (TwRecord) arguments = new_arguments (resource, tw_request_param (request, "action"));
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GString) out = g_string_new ("{\"items\":[");
  Step step = { resource, tw_request_param (request, "action"), arguments, 0, 0, NULL };

  if (!is_asked_for (resource, step.action, error))
    return FALSE;
  ids = read_ids (tw_request_get_json (request), error);
  if (!ids || !read_arguments (tw_request_get_json (request), arguments, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) problem = NULL;
      gboolean fatal;

      step.id = g_array_index (ids, gint64, i);
      if (i > 0 && step.id == g_array_index (ids, gint64, i - 1))
        continue;
      if (!tw_context_step (ctx, step_cb, &step, &fatal, &problem) && fatal)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      append_result (out, &step, problem);
    }
  g_string_append (out, "]}");
  tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}
