/* test-bodies.c: whatever a request's body says wrongly is refused by name, for every body that any route takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The routes, the actions and the fields of their bodies are those that the server registers.
 */
#include <string.h>

#include "server/areas.h"
#include "server/core/gate.h"
#include "server/core/router.h"
#include "shared/document/action.h"
#include "tests/fixture/company.h"

/* A body that somebody may send somewhere. */
typedef struct
{
  const char *method;
  char *path;
  GType (*type) (void);
  gboolean patch;
} Case;

static void
case_free (gpointer data)
{
  g_free (((Case *) data)->path);
  g_free (data);
}

static TwTestServer *server;
static GPtrArray *cases;

static TwTestReply *
send (const Case *c, const char *body)
{
  g_autofree char *token = tw_test_server_sign_in (server, "writer");

  return tw_test_call (server, token, c->method, c->path, body, "If-Match", "\"1\"", NULL);
}

/* The code of the fault at a field; "" when there is none. (transfer full) */
static char *
find_code (TwTestReply *reply, const char *name)
{
  g_autofree char *pointer = g_strconcat ("/", name, NULL);
  gint64 n = tw_company_count (reply, "errors");

  for (gint64 i = 0; i < n; i++)
    {
      g_autofree char *at = g_strdup_printf ("errors.%" G_GINT64_FORMAT ".pointer", i);
      g_autofree char *code_at = g_strdup_printf ("errors.%" G_GINT64_FORMAT ".code", i);
      g_autofree char *found = tw_company_value (reply, at);

      if (g_str_equal (found, pointer))
        return tw_company_value (reply, code_at);
    }
  return g_strdup ("");
}

/* ---- Wrong types ---- */

/* A JSON value that no field of the kind takes. */
static const char *
get_wrong_value (TwKind kind)
{
  switch (kind)
    {
    case TW_KIND_INT:
    case TW_KIND_BOOL:
      return "\"3\"";
    case TW_KIND_STRINGS:
    case TW_KIND_LIST:
      return "{\"a\":1}";
    default:
      return "3.5";
    }
}

static const char *
get_expected_code (const Case *c, const TwField *field)
{
  if (field->flags & TW_SERVER)
    return "read_only";
  if (c->patch && (field->flags & TW_FIXED))
    return "fixed";
  return "wrong_type";
}

/* Every field wrong at once, and each is named. */
static void
test_wrong_types (gconstpointer data)
{
  const Case *c = data;
  const TwRecordInfo *info = tw_record_type_get_info (c->type ());
  g_autoptr (GString) body = g_string_new ("{");
  g_autoptr (TwTestReply) reply = NULL;

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].kind != TW_KIND_JSON)
      g_string_append_printf (body, "%s\"%s\":%s", body->len > 1 ? "," : "", info->fields[i].name,
                              get_wrong_value (info->fields[i].kind));
  g_string_append_c (body, '}');
  reply = send (c, body->str);
  tw_test_assert_status (reply, 422);
  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];
      g_autofree char *code = find_code (reply, field->name);

      if (field->kind != TW_KIND_JSON && !g_str_equal (code, get_expected_code (c, field)))
        g_error ("%s %s: the fault of %s is “%s”: %s", c->method, c->path, field->name, code, reply->text);
    }
}

static void
test_unknown_key (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (TwTestReply) reply = send (c, "{\"nonsense\":1,\"is_admin\":true}");
  g_autofree char *code = find_code (reply, "nonsense");
  g_autofree char *other = find_code (reply, "is_admin");

  tw_test_assert_status (reply, 422);
  g_assert_cmpstr (code, ==, "unknown_key");
  g_assert_cmpstr (other, ==, "unknown_key");
}

/* What is no JSON object, or not quite JSON. */
static void
test_not_an_object (gconstpointer data)
{
  static const char *const bodies[] = { "[]", "3", "\"text\"", "null", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":1}x" };
  const Case *c = data;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (TwTestReply) reply = send (c, bodies[i]);

      if (reply->status != 400)
        g_error ("%s %s with %s: %u %s", c->method, c->path, bodies[i], reply->status, reply->text);
    }
}

/* ---- Too long ---- */

static gboolean
is_taken (const Case *c, const TwField *field)
{
  return !(field->flags & TW_SERVER) && !(c->patch && (field->flags & TW_FIXED));
}

/* One character more than each text holds. */
static void
test_too_long (gconstpointer data)
{
  const Case *c = data;
  const TwRecordInfo *info = tw_record_type_get_info (c->type ());
  g_autoptr (GString) body = g_string_new ("{");
  g_autoptr (TwTestReply) reply = NULL;

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].kind == TW_KIND_TEXT && is_taken (c, &info->fields[i]))
      {
        g_autofree char *text = g_strnfill ((gsize) info->fields[i].max + 1, 'x');

        g_string_append_printf (body, "%s\"%s\":\"%s\"", body->len > 1 ? "," : "", info->fields[i].name, text);
      }
  g_string_append_c (body, '}');
  reply = send (c, body->str);
  tw_test_assert_status (reply, 422);
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].kind == TW_KIND_TEXT && is_taken (c, &info->fields[i]))
      {
        g_autofree char *code = find_code (reply, info->fields[i].name);

        if (!g_str_equal (code, "too_long"))
          g_error ("%s %s: the fault of %s is “%s”: %s", c->method, c->path, info->fields[i].name, code, reply->text);
      }
}

static gboolean
has_texts (const Case *c)
{
  const TwRecordInfo *info = tw_record_type_get_info (c->type ());

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].kind == TW_KIND_TEXT && is_taken (c, &info->fields[i]))
      return TRUE;
  return FALSE;
}

/* ---- All of them ---- */

static void
add_test (const Case *c, const char *name, GTestDataFunc function)
{
  g_autofree char *words = g_strdelimit (g_strdup (c->path + 1), "/", '-');
  g_autofree char *path = g_strdup_printf ("/bodies/%s-%s/%s", c->method, words, name);

  g_test_add_data_func (path, c, function);
}

/* @path is taken. */
static void
add (const char *method, char *path, GType (*type) (void))
{
  Case *c = g_new0 (Case, 1);

  *c = (Case) { method, path, type, g_str_equal (method, "PATCH") };
  g_ptr_array_add (cases, c);
  add_test (c, "wrong-types", test_wrong_types);
  add_test (c, "unknown-key", test_unknown_key);
  add_test (c, "not-an-object", test_not_an_object);
  if (has_texts (c))
    add_test (c, "too-long", test_too_long);
}

/* Each action once, though it may be possible in several states. */
static void
add_actions (const TwResource *resource)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const TwTransition *row = tw_transition_first (resource->document);

  for (; row->document != NULL && g_str_equal (row->document, resource->document); row++)
    {
      const TwAction *rules = tw_gate_find_action (resource, row->action);

      if (row->from == NULL || (row->flags & TW_ACTION_SYSTEM) || !g_hash_table_add (seen, (gpointer) row->action))
        continue;
      add ("POST", g_strdup_printf ("/%s/1/actions/%s", resource->path, row->action),
           rules != NULL && rules->arguments != NULL ? rules->arguments : tw_action_arguments_get_type);
    }
}

static void
add_route (const TwRoute *route)
{
  g_auto (GStrv) parts = g_strsplit (route->path, "{id}", 2);

  if (route->body != NULL && strstr (route->path, "{action}") == NULL && strstr (route->path, "session") == NULL)
    add (route->method, g_strjoinv ("1", parts), route->body);
  if (g_str_has_suffix (route->path, "{id}/actions/{action}"))
    add_actions (route->data);
}

int
main (int argc, char **argv)
{
  const GPtrArray *routes;
  g_autofree char *token = NULL, *before = NULL, *after = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  tw_areas_register ();
  server = tw_company_new ();
  tw_test_server_add_user (server, "writer",
                           "sales_manager,planner,warehouse,quality,dispatcher,finance_manager,after_sales,admin");
  cases = g_ptr_array_new_with_free_func (case_free);
  token = tw_test_server_sign_in (server, "writer"); /* which is logged, and once */
  before = tw_company_query (server, "SELECT COUNT(*) FROM change_log");
  routes = tw_router_get_routes ();
  for (guint i = 0; i < routes->len; i++)
    add_route (g_ptr_array_index (routes, i));
  status = g_test_run ();
  /* Nothing of all that was stored. */
  after = tw_company_query (server, "SELECT COUNT(*) FROM change_log");
  g_assert_cmpstr (after, ==, before);
  tw_test_server_free (server);
  g_ptr_array_unref (cases);
  return status;
}
