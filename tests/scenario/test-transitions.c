/* test-transitions.c: every document × state × action × role, through HTTP, against the tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stage brings a fresh document to a state, by the steps of those whose work it is. At each stage every action of the
 * document's table is tried as every role. What must happen follows from the tables of transitions and permissions and
 * from the `actions` that the server showed to that role: what they allow is done and leads where the table says; all
 * else is refused and leaves no trace, asked for alone as well as in a crowd. A change of the document takes a fresh
 * one.
 */
#include <string.h>

#include "server/areas.h"
#include "server/core/resource.h"
#include "tests/scenario/stage.h"

typedef struct
{
  TwTestServer *server;
  const TwStage *stage;
  const TwResource *resource;
  gint64 id;
  char *version;
  TwTestReply *seen[TW_N_ROLES]; /* as each role reads the first of them, once asked */
} Walk;

static TwTestServer *server;

/* ---- The document at hand ---- */

static void
forget (Walk *walk)
{
  for (guint i = 0; i < TW_N_ROLES; i++)
    g_clear_pointer (&walk->seen[i], tw_test_reply_free);
  g_clear_pointer (&walk->version, g_free);
}

static void
read_now (Walk *walk, char **state, char **version)
{
  g_autoptr (TwTestReply) reply
    = tw_company_get (server, "auditor", "/%s/%" G_GINT64_FORMAT, walk->resource->path, walk->id);

  tw_test_assert_status (reply, 200);
  *state = tw_company_value (reply, g_str_equal (walk->stage->document, "customer") ? "status" : "state");
  *version = tw_company_value (reply, "version");
}

static void
make (Walk *walk)
{
  g_autofree char *state = NULL;

  g_clear_pointer (&walk->version, g_free);
  walk->id = walk->stage->make (server);
  read_now (walk, &state, &walk->version);
  if (!g_str_equal (state, walk->stage->state))
    g_error ("a %s is made %s, not %s", walk->stage->document, state, walk->stage->state);
}

static void
assert_untouched (Walk *walk, const char *action)
{
  g_autofree char *state = NULL;
  g_autofree char *version = NULL;

  read_now (walk, &state, &version);
  if (!g_str_equal (state, walk->stage->state) || !g_str_equal (version, walk->version))
    g_error ("%s %s: what was refused as %s left it %s, version %s instead of %s", walk->stage->document,
             walk->stage->name, action, state, version, walk->version);
}

/* As a role reads it. */
static TwTestReply *
see (Walk *walk, guint role)
{
  if (walk->seen[role] == NULL)
    walk->seen[role] = tw_company_get (server, tw_role_keys[role].key, "/%s/%" G_GINT64_FORMAT, walk->resource->path,
                                       walk->id);
  return walk->seen[role];
}

/* ---- What must happen ---- */

/* The server's word on an action for whoever read the document: 1 allowed, 0 not now, −1 not mentioned. */
static int
find_offer (TwTestReply *reply, const char *action)
{
  JsonArray *actions = json_object_get_array_member (tw_test_reply_object (reply), "actions");

  for (guint i = 0; i < json_array_get_length (actions); i++)
    {
      JsonObject *offer = json_array_get_object_element (actions, i);

      if (g_str_equal (json_object_get_string_member (offer, "action"), action))
        return json_object_get_boolean_member (offer, "allowed") ? 1 : 0;
    }
  return -1;
}

static gboolean
is_systems_own (const char *document, const char *action)
{
  const TwTransition *row = tw_transition_first (document);

  for (; row->document != NULL && g_str_equal (row->document, document); row++)
    if (g_str_equal (row->action, action) && row->from != NULL && !(row->flags & TW_ACTION_SYSTEM))
      return FALSE;
  return TRUE;
}

/* Whoever may not read a document is refused before anyone looks at it: to see that in one state is enough. */
static gboolean
is_tried (Walk *walk, guint role)
{
  g_autofree char *read = g_strconcat (walk->stage->document, ".read", NULL);
  gboolean first = walk->stage == tw_stages || !g_str_equal (walk->stage[-1].document, walk->stage->document);

  return first || tw_role_may ((TwRoles) (1u << role), read);
}

/* The status that the tables ask for; 0 when the server's offer decides. *words: what the problem must name. */
static guint
get_expected (Walk *walk, guint role, const char *action, const char **words)
{
  const char *document = walk->stage->document;
  const TwTransition *row = tw_transition_find (document, walk->stage->state, action);
  TwRoles roles = (TwRoles) (1u << role);
  g_autofree char *read = g_strconcat (document, ".read", NULL);

  *words = "";
  if (!tw_role_may (roles, read))
    {
      *words = g_intern_string (read);
      return 403;
    }
  if (is_systems_own (document, action))
    return 404;
  if (see (walk, role)->status == 404) /* somebody else's */
    return 404;
  if (row == NULL)
    return 409;
  if (tw_role_may (roles, row->permission))
    return 0;
  *words = row->permission;
  return 403;
}

/* What is offered is what the tables give this role in this state, and nothing else. */
static void
assert_offer (Walk *walk, guint role, const char *action, gboolean expected)
{
  TwTestReply *reply = see (walk, role);
  gboolean offered;

  if (reply->status != 200)
    return;
  offered = find_offer (reply, action) >= 0;
  if (offered != expected)
    g_error ("%s %s: %s is %soffered to %s: %s", walk->stage->document, walk->stage->name, action,
             offered ? "" : "not ", tw_role_keys[role].key, reply->text);
}

/* Whether the system's own steps can lead from one state to another. */
static gboolean
follows (const char *document, const char *from, const char *to, guint depth)
{
  const TwTransition *row = tw_transition_first (document);

  if (g_strcmp0 (from, to) == 0)
    return TRUE;
  for (; depth > 0 && row->document != NULL && g_str_equal (row->document, document); row++)
    if (row->from != NULL && row->to != NULL && g_str_equal (row->from, from) && !g_str_equal (row->from, row->to)
        && tw_role_may (TW_ROLE_SYSTEM, row->permission) && follows (document, row->to, to, depth - 1))
      return TRUE;
  return FALSE;
}

/* The state that a step left is one of the table's for it, or what the system made of that at once. */
static void
assert_led (Walk *walk, const char *action)
{
  const char *document = walk->stage->document;
  const TwTransition *row = tw_transition_first (document);
  g_autofree char *state = NULL;
  g_autofree char *version = NULL;

  read_now (walk, &state, &version);
  if (g_str_equal (version, walk->version))
    g_error ("%s %s: %s left version %s", document, walk->stage->name, action, version);
  for (; row->document != NULL && g_str_equal (row->document, document); row++)
    if (g_strcmp0 (row->from, walk->stage->state) == 0 && g_str_equal (row->action, action)
        && follows (document, row->to != NULL ? row->to : row->from, state, 4))
      return;
  g_error ("%s: %s leads from %s to %s, which the table does not have", document, action, walk->stage->state, state);
}

/* ---- Trying ---- */

static TwTestReply *
try_as (Walk *walk, guint role, const char *action)
{
  return tw_company_act (server, tw_role_keys[role].key, walk->resource->path, walk->id, action,
                         tw_stage_get_body (walk->stage->document, action));
}

static void
complain (Walk *walk, guint role, const char *action, guint expected, TwTestReply *reply)
{
  g_error ("%s %s: %s by %s: wanted %u, got %u %s", walk->stage->document, walk->stage->name, action,
           tw_role_keys[role].key, expected, reply->status, reply->text);
}

/* The same action by the route for many, with this document alone among its ids. */
static TwTestReply *
try_in_a_crowd (Walk *walk, guint role, const char *action)
{
  const char *fields = tw_stage_get_body (walk->stage->document, action) + 1; /* after its brace */
  g_autofree char *path = g_strdup_printf ("/%s/actions/%s", walk->resource->path, action);
  g_autofree char *body = g_strdup_printf ("{\"ids\":[%" G_GINT64_FORMAT "]%s%s", walk->id,
                                           g_str_equal (fields, "}") ? "" : ",", fields);

  return tw_company_post (server, tw_role_keys[role].key, path, body);
}

/* Whether the request as a whole is refused, before it comes to any of its ids. */
static gboolean
is_refused_whole (Walk *walk, guint role, const char *action)
{
  g_autofree char *read = g_strconcat (walk->stage->document, ".read", NULL);

  return !tw_role_may ((TwRoles) (1u << role), read) || is_systems_own (walk->stage->document, action);
}

/* In a crowd each document has an answer of its own: the one that it gets alone. */
static void
assert_closed_in_a_crowd (Walk *walk, guint role, const char *action, guint expected, const char *words)
{
  g_autoptr (TwTestReply) reply = try_in_a_crowd (walk, role, action);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, walk->id);
  g_autofree char *key = g_strdup_printf ("%u", expected);
  g_autofree char *answered = tw_company_value (reply, "items.0.id");
  g_autofree char *ok = tw_company_value (reply, "items.0.ok");
  g_autofree char *status = tw_company_value (reply, "items.0.status");
  gboolean right = strstr (reply->text, words) != NULL;

  if (is_refused_whole (walk, role, action))
    right = right && reply->status == expected;
  else
    right = right && reply->status == 200 && tw_company_count (reply, "items") == 1 && g_str_equal (answered, id)
            && g_str_equal (ok, "false") && g_str_equal (status, key);
  if (!right)
    complain (walk, role, action, expected, reply);
}

/* The tables close it to this role, by either route. */
static void
try_closed (Walk *walk, guint role, const char *action, guint expected, const char *words)
{
  g_autoptr (TwTestReply) reply = NULL;

  assert_offer (walk, role, action, FALSE);
  reply = try_as (walk, role, action);
  if (reply->status != expected || strstr (reply->text, words) == NULL)
    complain (walk, role, action, expected, reply);
  assert_closed_in_a_crowd (walk, role, action, expected, words);
}

/* The tables open it to this role: then it happens exactly when it was offered. */
static void
try_open (Walk *walk, guint role, const char *action)
{
  gboolean allowed = find_offer (see (walk, role), action) == 1;
  const TwTransition *row = tw_transition_find (walk->stage->document, walk->stage->state, action);
  g_autoptr (TwTestReply) reply = NULL;

  assert_offer (walk, role, action, TRUE);
  if (allowed && (row->flags & TW_ACTION_REASON))
    tw_company_refuse (server, tw_role_keys[role].key, walk->resource->path, walk->id, action, "{}", 422, "/reason");
  reply = try_as (walk, role, action);
  if (reply->status != (allowed ? 200 : 409))
    complain (walk, role, action, allowed ? 200 : 409, reply);
  if (!allowed)
    {
      assert_closed_in_a_crowd (walk, role, action, 409, "");
      return;
    }
  assert_led (walk, action);
  make (walk);
}

/* First those to whom it is closed: whoever it is open to takes a fresh document, on which no trace of them would be
 * found. */
static void
try_action (Walk *walk, const char *action)
{
  const char *words;

  for (guint role = 0; tw_role_keys[role].key != NULL; role++)
    {
      guint expected = get_expected (walk, role, action, &words);

      if (expected != 0 && is_tried (walk, role))
        try_closed (walk, role, action, expected, words);
    }
  assert_untouched (walk, action);
  for (guint role = 0; tw_role_keys[role].key != NULL; role++)
    if (get_expected (walk, role, action, &words) == 0)
      try_open (walk, role, action);
  assert_untouched (walk, action);
}

static void
test_stage (gconstpointer data)
{
  const TwStage *stage = data;
  Walk walk = { server, stage, tw_resource_find (stage->document), 0, NULL, { NULL } };
  g_autoptr (GHashTable) tried = g_hash_table_new (g_str_hash, g_str_equal);
  const TwTransition *row = tw_transition_first (stage->document);

  make (&walk);
  for (; row->document != NULL && g_str_equal (row->document, stage->document); row++)
    if (row->from != NULL && g_hash_table_add (tried, (gpointer) row->action))
      try_action (&walk, row->action);
  forget (&walk);
}

/* ---- All of them ---- */

static gboolean
has_stage (const char *document, const char *state)
{
  for (const TwStage *stage = tw_stages; stage->document != NULL; stage++)
    if (g_str_equal (stage->document, document) && g_str_equal (stage->state, state))
      return TRUE;
  return FALSE;
}

/* Every state that the tables know has a stage. A shipment is planned and released in one transaction. */
static void
test_complete (void)
{
  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    if (row->to != NULL && !has_stage (row->document, row->to) && !g_str_equal (row->to, "planned"))
      g_error ("no stage for %s %s", row->document, row->to);
}

/* Each change of a state that the audit log has is a row of the table: whatever the path that it took. */
static void
test_log (void)
{
  g_autofree char *steps = tw_company_query (
    server, "SELECT GROUP_CONCAT(DISTINCT document, ' ', JSON_VALUE(before_values, '$.state'), ' ', action, ' ',"
            " JSON_VALUE(after_values, '$.state') SEPARATOR '\\n') FROM change_log WHERE JSON_VALUE(before_values,"
            " '$.state') IS NOT NULL AND JSON_VALUE(after_values, '$.state') IS NOT NULL AND action <> 'change'");
  g_auto (GStrv) lines = g_strsplit (steps, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 50);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

      if (!tw_transition_allows (words[0], words[1], words[2], words[3]))
        g_error ("the log has a step that the table has not: %s", lines[i]);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tw_areas_register ();
  server = tw_company_new ();
  tw_stage_prepare (server);
  g_test_add_func ("/transitions/complete", test_complete);
  for (const TwStage *stage = tw_stages; stage->document != NULL; stage++)
    {
      g_autofree char *path = g_strdup_printf ("/transitions/%s-%s", stage->document, stage->name);

      g_test_add_data_func (path, stage, test_stage);
    }
  g_test_add_func ("/transitions/log", test_log);
  g_test_add_data_func ("/transitions/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
