/* fuzz-route.c: the address, headers and body of a request, over the whole route table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input: a method, a space and a target below /api/v1; header lines; an empty line; the body. It goes as far as a
 * request goes without a database: route, parameters, JSON, record, table of an import, and the handler until its first
 * statement, which reads the parameters that only it knows. Whatever is refused must be answered with a problem that is
 * JSON, and nothing may be our own fault (500).
 */
#include "tests/fuzz/input.h"

#include <string.h>

#include "server/areas.h"
#include "server/core/frame.h"
#include "server/core/resource-private.h"
#include "server/core/router.h"
#include "server/sheet/sheet.h"
#include "shared/base/error.h"
#include "tests/fuzz/no-database.h"

/* No header may be split or forged by what a request said. */
static void
header_cb (const char *name, const char *value, gpointer data)
{
  for (const char *p = value; *p != '\0'; p++)
    g_assert_true ((guchar) *p >= 0x20 && *p != 0x7f);
}

static void
check_refusal (TwRequest *request, const GError *error)
{
  g_autoptr (TwReply) reply = tw_frame_fail (request, error);
  GBytes *body = tw_reply_get_body (reply);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpuint (tw_reply_get_status (reply), >=, 400);
  g_assert_cmpuint (tw_reply_get_status (reply), <, 500);
  node = tw_codec_parse (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &problem);
  g_assert_no_error (problem);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "status"), ==,
                   tw_reply_get_status (reply));
  tw_reply_each_header (reply, header_cb, NULL);
}

/* The row's path with the parameters put in is the path that was asked for. */
static void
check_match (const TwRoute *route, TwRequest *request)
{
  g_autoptr (GPtrArray) asked = tw_request_split_path (request);
  g_auto (GStrv) segments = g_strsplit (route->path + 1, "/", -1);

  g_assert_cmpuint (g_strv_length (segments), ==, asked->len);
  for (guint i = 0; i < asked->len; i++)
    {
      g_autofree char *name = NULL;

      if (segments[i][0] == '{')
        name = g_strndup (segments[i] + 1, strlen (segments[i]) - 2);
      g_assert_cmpstr (name != NULL ? tw_request_param (request, name) : segments[i], ==,
                       g_ptr_array_index (asked, i));
    }
}

static GType
find_arguments (const TwRoute *route, TwRequest *request)
{
  const TwResource *resource = route->data;
  const char *action = tw_request_param (request, "action");

  for (const TwAction *row = resource->actions; row != NULL && row->action != NULL; row++)
    if (g_str_equal (row->action, action) && row->arguments != NULL)
      return row->arguments ();
  return G_TYPE_INVALID;
}

/* The record that the row's handler would read from the body. */
static gboolean
read_body (const TwRoute *route, TwRequest *request, GError **error)
{
  GType type = route->body != NULL ? route->body () : G_TYPE_INVALID;
  TwCodecMode mode = g_str_equal (route->method, "PATCH") ? TW_CODEC_PATCH : TW_CODEC_CREATE;
  g_autoptr (TwRecord) record = NULL;

  if (!tw_request_parse (request, error))
    return FALSE;
  if (route->handler == tw_resource_act)
    type = find_arguments (route, request);
  if (type == G_TYPE_INVALID)
    return TRUE;
  record = g_object_new (type, NULL);
  return tw_request_read (request, record, mode, error);
}

static gboolean
read_id (const TwRoute *route, TwRequest *request, GError **error)
{
  gint64 id;

  return strstr (route->path, "{id}") == NULL || tw_request_param_id (request, "id", &id, error);
}

/* The table of an import, if it is one. */
static gboolean
read_sheet (TwRequest *request, GError **error)
{
  const char *type = tw_request_get_content_type (request);
  GBytes *body = tw_request_get_body (request);
  g_autoptr (GPtrArray) rows = NULL;

  if (!tw_sheet_is_type (type) || body == NULL)
    return TRUE;
  rows = tw_sheet_read (type, body, error);
  return rows != NULL;
}

/* What the handler reads by itself: filters and format of a list or an export, language of a form, days of a statement,
 * pages of a history. A handler has no effect but SQL (route.h); one that comes to a statement has refused nothing
 * before. */
static gboolean
handle (const TwRoute *route, TwRequest *request, GError **error)
{
  TwContext ctx = tw_fuzz_no_database (TRUE);
  g_autoptr (TwReply) reply = tw_reply_new ();
  g_autoptr (GError) problem = NULL;
  gboolean done;

  if (route->prepare != NULL || ((route->flags & TW_ROUTE_IF_MATCH) != 0 && tw_request_get_version (request) == 0))
    return TRUE;
  done = route->handler (&ctx, request, reply, route->data, &problem);
  tw_fuzz_forget (&ctx);
  if (done)
    tw_reply_each_header (reply, header_cb, NULL);
  if (done || g_error_matches (problem, TW_ERROR, TW_ERROR_RETRY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
run (TwRequest *request, GError **error)
{
  g_autofree char *allow = NULL;
  const TwRoute *route = tw_router_find (request, &allow, error);

  if (route == NULL)
    {
      g_autoptr (TwReply) reply = tw_reply_new ();

      tw_reply_set_allow (reply, allow);
      tw_reply_each_header (reply, header_cb, NULL);
      return FALSE;
    }
  check_match (route, request);
  if (tw_request_get_error (request) != NULL)
    {
      g_propagate_error (error, g_error_copy (tw_request_get_error (request)));
      return FALSE;
    }
  return read_id (route, request, error)
         && ((route->flags & TW_ROUTE_RAW_BODY) ? read_sheet (request, error) : read_body (route, request, error))
         && handle (route, request, error);
}

/* ---- From bytes ---- */

/* The method and the target, which is split as the listener splits it. */
static TwRequest *
read_first_line (TwFuzzInput *input)
{
  g_autofree char *line = tw_fuzz_line (input);
  char *target = strchr (line, ' ');
  char *query;

  if (target == NULL)
    return NULL;
  *target++ = '\0';
  target[strcspn (target, "#")] = '\0';
  query = strchr (target, '?');
  if (query != NULL)
    *query++ = '\0';
  return tw_request_new ("fuzz", line, target, query);
}

static void
read_headers (TwRequest *request, TwFuzzInput *input)
{
  while (input->at < input->end)
    {
      g_autofree char *line = tw_fuzz_line (input);
      char *value = strchr (line, ':');

      if (*line == '\0')
        return;
      if (value == NULL)
        continue;
      *value++ = '\0';
      tw_request_set_header (request, line, g_strchug (value));
    }
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  tw_fuzz_begin ();
  tw_areas_register ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  TwFuzzInput input = tw_fuzz_input (data, size);
  g_autoptr (TwRequest) request = read_first_line (&input);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  if (request == NULL)
    return 0;
  read_headers (request, &input);
  body = g_bytes_new (input.at, (gsize) (input.end - input.at));
  tw_request_set_body (request, body);
  tw_text_set_language (tw_request_get_language (request));
  if (!run (request, &error))
    check_refusal (request, error);
  return 0;
}
