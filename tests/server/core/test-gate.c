/* test-gate.c: documents over their routes, and the gate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/core/sample.h"

#include "server/core/audit.h"

static TwTestDatabase *database; /* of this program; main thread */
static TwPrincipal *sales, *manager, *auditor;
static guint n_warnings;

/* Warnings are counted: a 500 writes one. */
static GLogWriterOutput
count_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (!(level & G_LOG_LEVEL_WARNING))
    return g_log_writer_default (level, fields, n_fields, data);
  n_warnings++;
  return G_LOG_WRITER_HANDLED;
}

#define IF_MATCH(version) (const char *[]) { "If-Match", "\"" version "\"", NULL }

static TwReply *
ask (TwPrincipal *who, const char *method, const char *target, const char *body)
{
  return tw_sample_ask (database->owner, who, method, target, body, NULL);
}

static gint64
create (const char *code, const char *price)
{
  g_autofree char *body = g_strdup_printf ("{\"code\":\"%s\",\"name\":\"N\",\"price\":\"%s\"}", code, price);
  g_autoptr (TwReply) reply = ask (sales, "POST", "/samples", body);
  g_autoptr (JsonNode) answer = tw_sample_answer (reply, 201);

  return json_object_get_int_member (json_node_get_object (answer), "id");
}

static TwReply *
act (TwPrincipal *who, gint64 id, const char *action, const char *body)
{
  g_autofree char *target = g_strdup_printf ("/samples/%" G_GINT64_FORMAT "/actions/%s", id, action);

  return ask (who, "POST", target, body);
}

static void
assert_act (TwPrincipal *who, gint64 id, const char *action, const char *body, guint status)
{
  g_autoptr (TwReply) reply = act (who, id, action, body);

  if (tw_reply_get_status (reply) != status)
    g_test_message ("%s", (const char *) g_bytes_get_data (tw_reply_get_body (reply), NULL));
  g_assert_cmpuint (tw_reply_get_status (reply), ==, status);
}

static JsonNode *
read_back (TwPrincipal *who, gint64 id)
{
  g_autofree char *target = g_strdup_printf ("/samples/%" G_GINT64_FORMAT, id);
  g_autoptr (TwReply) reply = ask (who, "GET", target, NULL);

  return tw_sample_answer (reply, 200);
}

static void
assert_state (gint64 id, const char *state)
{
  g_autoptr (JsonNode) answer = read_back (sales, id);

  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "state"), ==, state);
}

static gint64
count_changes (gint64 id, const char *action)
{
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM change_log WHERE document = 'order' AND document_id = %"
                                          G_GINT64_FORMAT " AND action = '%s'", id, action);
  g_autofree char *text = tw_test_database_value (database->owner, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

static void
test_create (void)
{
  g_autoptr (TwReply) reply = ask (sales, "POST", "/samples", "{\"code\":\"C1\",\"name\":\"One\",\"price\":\"5.5\"}");
  g_autoptr (JsonNode) answer = tw_sample_answer (reply, 201);
  JsonObject *object = json_node_get_object (answer);
  g_autofree char *location
    = g_strdup_printf ("/api/v1/samples/%" G_GINT64_FORMAT, json_object_get_int_member (object, "id"));

  g_assert_cmpstr (tw_reply_get_location (reply), ==, location);
  g_assert_cmpstr (tw_reply_get_etag (reply), ==, "\"1\"");
  g_assert_cmpstr (json_object_get_string_member (object, "price"), ==, "5.50");
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "draft");
  g_assert_cmpint (count_changes (json_object_get_int_member (object, "id"), "create"), ==, 1);
}

static void
test_create_refused (void)
{
  static const struct
  {
    const char *body, *pointer;
  } cases[] = {
    { "{\"name\":\"x\"}", "/code" },
    { "{\"code\":\"x\",\"name\":\"x\",\"zzz\":1}", "/zzz" },
    { "{\"code\":\"x\",\"name\":\"x\",\"state\":\"confirmed\"}", "/state" },
    { "{\"code\":\"x\",\"name\":\"x\",\"price\":5}", "/price" },
    { "{\"code\":\"x\",\"name\":\"x\",\"price\":\"-1\"}", "/price" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TwReply) reply = ask (sales, "POST", "/samples", cases[i].body);
      g_autoptr (JsonNode) answer = tw_sample_answer (reply, 422);
      JsonArray *errors = json_object_get_array_member (json_node_get_object (answer), "errors");

      g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (errors, 0), "pointer"), ==,
                       cases[i].pointer);
    }
}

static void
test_not_json (void)
{
  g_autoptr (TwReply) broken = ask (sales, "POST", "/samples", "{\"code\":");
  g_autoptr (TwReply) array = ask (sales, "POST", "/samples", "[]");
  g_autoptr (TwReply) text = tw_sample_ask (database->owner, sales, "POST", "/samples", "{}",
                                            (const char *[]) { "Content-Type", "text/plain", NULL });

  g_assert_cmpuint (tw_reply_get_status (broken), ==, 400);
  g_assert_cmpuint (tw_reply_get_status (array), ==, 400);
  g_assert_cmpuint (tw_reply_get_status (text), ==, 415);
}

static void
test_permission (void)
{
  g_autoptr (TwReply) reply = ask (auditor, "POST", "/samples", "{\"code\":\"P\",\"name\":\"x\"}");
  g_autoptr (JsonNode) answer = tw_sample_answer (reply, 403);
  const char *detail = json_object_get_string_member (json_node_get_object (answer), "detail");

  g_assert_nonnull (g_strstr_len (detail, -1, "order.create"));
}

static void
test_no_session (void)
{
  g_autoptr (TwReply) none = ask (NULL, "GET", "/samples", NULL);
  g_autoptr (TwReply) wrong = tw_sample_ask (database->owner, NULL, "GET", "/samples", NULL,
                                             (const char *[]) { "Authorization", "Bearer nonsense", NULL });

  g_assert_cmpuint (tw_reply_get_status (none), ==, 401);
  g_assert_cmpuint (tw_reply_get_status (wrong), ==, 401);
}

static void
test_patch (void)
{
  gint64 id = create ("PATCH", "1");
  g_autofree char *target = g_strdup_printf ("/samples/%" G_GINT64_FORMAT, id);
  g_autoptr (TwReply) bare = ask (sales, "PATCH", target, "{\"name\":\"B\"}");
  g_autoptr (TwReply) good
    = tw_sample_ask (database->owner, sales, "PATCH", target, "{\"name\":\"B\"}", IF_MATCH ("1"));
  g_autoptr (TwReply) stale
    = tw_sample_ask (database->owner, sales, "PATCH", target, "{\"name\":\"C\"}", IF_MATCH ("1"));
  g_autoptr (JsonNode) after = tw_sample_answer (good, 200);
  g_autoptr (JsonNode) problem = tw_sample_answer (stale, 412);
  JsonObject *current = json_object_get_object_member (json_node_get_object (problem), "current");

  g_assert_cmpuint (tw_reply_get_status (bare), ==, 428);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (after), "version"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (current, "name"), ==, "B");
  g_assert_cmpint (json_object_get_int_member (current, "version"), ==, 2);
  g_assert_cmpint (count_changes (id, "update"), ==, 1);
}

static void
test_not_modified (void)
{
  gint64 id = create ("ETAG", "1");
  g_autofree char *target = g_strdup_printf ("/samples/%" G_GINT64_FORMAT, id);
  g_autoptr (TwReply) same = tw_sample_ask (database->owner, sales, "GET", target, NULL,
                                            (const char *[]) { "If-None-Match", "\"1\"", NULL });
  g_autoptr (TwReply) other = tw_sample_ask (database->owner, sales, "GET", target, NULL,
                                             (const char *[]) { "If-None-Match", "\"7\"", NULL });

  g_assert_cmpuint (tw_reply_get_status (same), ==, 304);
  g_assert_null (tw_reply_get_body (same));
  g_assert_cmpuint (tw_reply_get_status (other), ==, 200);
}

static void
test_delete (void)
{
  gint64 id = create ("GONE", "1");
  g_autofree char *target = g_strdup_printf ("/samples/%" G_GINT64_FORMAT, id);
  g_autoptr (TwReply) gone = ask (sales, "DELETE", target, NULL);
  g_autoptr (TwReply) again = ask (sales, "GET", target, NULL);

  g_assert_cmpuint (tw_reply_get_status (gone), ==, 204);
  g_assert_cmpuint (tw_reply_get_status (again), ==, 404);
  g_assert_cmpint (count_changes (id, "delete"), ==, 1);
}

static void
test_secret_is_never_shown (void)
{
  g_autoptr (TwReply) made
    = ask (manager, "POST", "/samples", "{\"code\":\"COST\",\"name\":\"x\",\"price\":\"9\",\"cost\":\"7.77\"}");
  g_autoptr (JsonNode) answer = tw_sample_answer (made, 201);
  gint64 id = json_object_get_int_member (json_node_get_object (answer), "id");
  g_autofree char *history = g_strdup_printf ("/samples/%" G_GINT64_FORMAT "/history", id);
  g_autofree char *one = g_strdup_printf ("/samples/%" G_GINT64_FORMAT, id);
  const char *const targets[] = { one, history, "/samples?code=COST", "/samples/export?code=COST" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (TwReply) closed = ask (sales, "GET", targets[i], NULL);
      g_autoptr (TwReply) opened = ask (manager, "GET", targets[i], NULL);
      g_autofree char *hidden = tw_sample_body (closed);
      g_autofree char *shown = tw_sample_body (opened);

      g_assert_cmpuint (tw_reply_get_status (closed), ==, 200);
      g_assert_null (g_strstr_len (hidden, -1, "7.77"));
      g_assert_nonnull (g_strstr_len (shown, -1, "7.77"));
    }
}

static void
test_submit (void)
{
  gint64 small = create ("SMALL", "50"), big = create ("BIG", "500");

  assert_act (sales, small, "submit", NULL, 200);
  assert_act (sales, big, "submit", "{}", 200);
  assert_state (small, "confirmed");
  assert_state (big, "pending_approval");
  g_assert_cmpint (count_changes (big, "submit"), ==, 1);
}

static void
test_guard (void)
{
  gint64 id = create ("FREE", "0");

  assert_act (sales, id, "submit", NULL, 409);
  assert_state (id, "draft");
  g_assert_cmpint (count_changes (id, "submit"), ==, 0);
}

static void
test_wrong_state (void)
{
  gint64 id = create ("STATE", "50");

  assert_act (sales, id, "withdraw", NULL, 409);
  assert_act (sales, id, "dance", NULL, 404);
}

static void
test_system_step_is_refused (void)
{
  gint64 id = create ("TIMER", "50");

  assert_act (sales, id, "quote", NULL, 200);
  assert_act (sales, id, "expire", NULL, 404);
  assert_state (id, "quoted");
}

static gboolean
expire_cb (TwDb *db, gpointer data, GError **error)
{
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "timer");
  g_autoptr (TwRecord) document = tw_sample_resource.load (&ctx, *(gint64 *) data, TRUE, error);

  return document && tw_gate_run (&ctx, &tw_sample_resource, document, "expire", NULL, error);
}

static void
test_system_step (void)
{
  gint64 id = create ("EXPIRE", "50");
  g_autoptr (GError) error = NULL;

  assert_act (sales, id, "quote", NULL, 200);
  g_assert_true (tw_db_transaction (database->owner, expire_cb, &id, &error));
  g_assert_no_error (error);
  assert_state (id, "lost");
}

static void
test_reason (void)
{
  gint64 id = create ("REASON", "50");

  assert_act (sales, id, "quote", NULL, 200);
  assert_act (sales, id, "lose", NULL, 422);
  assert_act (sales, id, "lose", "{\"reason\":\"  \"}", 422);
  assert_act (sales, id, "lose", "{\"reason\":\"too dear\"}", 200);
  assert_state (id, "lost");
}

static void
test_authorship (void)
{
  g_autoptr (TwReply) made = ask (manager, "POST", "/samples", "{\"code\":\"OWN\",\"name\":\"x\",\"price\":\"500\"}");
  g_autoptr (JsonNode) answer = tw_sample_answer (made, 201);
  gint64 own = json_object_get_int_member (json_node_get_object (answer), "id");
  gint64 foreign = create ("FOREIGN", "500");

  assert_act (manager, own, "submit", NULL, 200);
  assert_act (manager, own, "approve", NULL, 409); /* never one's own */
  assert_act (sales, own, "withdraw", NULL, 409);  /* only the author */
  assert_act (sales, foreign, "submit", NULL, 200);
  assert_act (sales, foreign, "approve", NULL, 403);
  assert_act (manager, foreign, "approve", NULL, 200);
  assert_state (own, "pending_approval");
  assert_state (foreign, "confirmed");
}

/* A rule that wants a state that the table does not have is our own fault, and nothing is stored. */
static void
test_table_decides (void)
{
  gint64 id = create ("TABLE", "50");

  assert_act (sales, id, "quote", NULL, 200);
  n_warnings = 0;
  assert_act (sales, id, "accept", NULL, 500);
  g_assert_cmpuint (n_warnings, ==, 1);
  assert_state (id, "quoted");
}

static JsonObject *
find_action (JsonArray *actions, const char *action)
{
  for (guint i = 0; i < json_array_get_length (actions); i++)
    {
      JsonObject *object = json_array_get_object_element (actions, i);

      if (g_str_equal (json_object_get_string_member (object, "action"), action))
        return object;
    }
  return NULL;
}

static void
test_actions (void)
{
  gint64 id = create ("ACTIONS", "0");
  g_autoptr (JsonNode) mine = read_back (sales, id);
  g_autoptr (JsonNode) theirs = read_back (auditor, id);
  JsonArray *actions = json_object_get_array_member (json_node_get_object (mine), "actions");
  JsonObject *submit = find_action (actions, "submit");

  g_assert_false (json_object_get_boolean_member (submit, "allowed"));
  g_assert_cmpstr (json_object_get_string_member (submit, "reason"), ==, "There is no price.");
  g_assert_true (json_object_get_boolean_member (submit, "primary"));
  g_assert_true (json_object_get_boolean_member (find_action (actions, "quote"), "allowed"));
  g_assert_null (find_action (actions, "approve"));
  g_assert_cmpuint (
    json_array_get_length (json_object_get_array_member (json_node_get_object (theirs), "actions")), ==, 0);
}

static void
test_bulk (void)
{
  gint64 good = create ("BULK1", "50"), bad = create ("BULK2", "0"), last = create ("BULK3", "60");
  g_autofree char *body = g_strdup_printf ("{\"ids\":[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",999999,%" G_GINT64_FORMAT
                                           "]}", last, bad, good);
  g_autoptr (TwReply) reply = ask (sales, "POST", "/samples/actions/submit", body);
  g_autoptr (JsonNode) answer = tw_sample_answer (reply, 200);
  JsonArray *items = json_object_get_array_member (json_node_get_object (answer), "items");
  static const guint expected[] = { 200, 409, 200, 404 };

  g_assert_cmpuint (json_array_get_length (items), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (items, i), "status"), ==, expected[i]);
  assert_state (good, "confirmed");
  assert_state (bad, "draft");
  assert_state (last, "confirmed");
}

static void
test_bulk_refused (void)
{
  g_autoptr (TwReply) none = ask (sales, "POST", "/samples/actions/submit", "{\"ids\":[]}");
  g_autoptr (TwReply) text = ask (sales, "POST", "/samples/actions/submit", "{\"ids\":[\"1\"]}");
  g_autoptr (TwReply) missing = ask (sales, "POST", "/samples/actions/submit", NULL);

  g_assert_cmpuint (tw_reply_get_status (none), ==, 422);
  g_assert_cmpuint (tw_reply_get_status (text), ==, 422);
  g_assert_cmpuint (tw_reply_get_status (missing), ==, 422);
}

static void
test_history (void)
{
  gint64 id = create ("HISTORY", "50");
  g_autofree char *target = g_strdup_printf ("/samples/%" G_GINT64_FORMAT "/history?limit=1", id);
  g_autofree char *rest = NULL;
  g_autoptr (TwReply) reply = NULL, second = NULL;
  g_autoptr (JsonNode) answer = NULL, older = NULL;
  JsonObject *page, *item;

  assert_act (sales, id, "submit", "{\"comment\":\"please\"}", 200);
  reply = ask (sales, "GET", target, NULL);
  answer = tw_sample_answer (reply, 200);
  page = json_node_get_object (answer);
  item = json_array_get_object_element (json_object_get_array_member (page, "items"), 0);
  g_assert_cmpint (json_object_get_int_member (page, "total"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (item, "action"), ==, "submit");
  g_assert_cmpstr (json_object_get_string_member (item, "user"), ==, "sales");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (item, "after"), "state"), ==,
                   "confirmed");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (item, "after"), "comment"), ==,
                   "please");
  rest = g_strdup_printf ("%s&after=%s", target, json_object_get_string_member (page, "next"));
  second = ask (sales, "GET", rest, NULL);
  older = tw_sample_answer (second, 200);
  page = json_node_get_object (older);
  item = json_array_get_object_element (json_object_get_array_member (page, "items"), 0);
  g_assert_cmpstr (json_object_get_string_member (item, "action"), ==, "create");
  g_assert_true (json_object_get_null_member (page, "next"));
}

static void
test_audit (void)
{
  g_autoptr (TwReply) made
    = ask (manager, "POST", "/samples", "{\"code\":\"AUDIT\",\"name\":\"x\",\"cost\":\"8.88\"}");
  g_autoptr (JsonNode) answer = tw_sample_answer (made, 201);
  g_autofree char *target = g_strdup_printf ("/audit?document=order&document_id=%" G_GINT64_FORMAT,
                                             json_object_get_int_member (json_node_get_object (answer), "id"));
  g_autoptr (TwPrincipal) admin = tw_principal_new (9, "admin", "A", "en", TW_ROLE_ADMIN, 0, 0);
  g_autoptr (TwReply) refused = ask (sales, "GET", target, NULL);
  g_autoptr (TwReply) opened = ask (auditor, "GET", target, NULL);
  g_autoptr (TwReply) closed = ask (admin, "GET", target, NULL);
  g_autofree char *shown = tw_sample_body (opened);
  g_autofree char *hidden = tw_sample_body (closed);

  g_assert_cmpuint (tw_reply_get_status (refused), ==, 403);
  g_assert_cmpuint (tw_reply_get_status (opened), ==, 200);
  g_assert_cmpuint (tw_reply_get_status (closed), ==, 200);
  g_assert_nonnull (g_strstr_len (shown, -1, "8.88"));
  g_assert_null (g_strstr_len (hidden, -1, "8.88"));
  g_assert_null (g_strstr_len (hidden, -1, "\"cost\""));
  g_assert_nonnull (g_strstr_len (hidden, -1, "\"code\":\"AUDIT\",\"name\":\"x\""));
  g_assert_nonnull (g_strstr_len (hidden, -1, "\"user\":\"sales_manager\""));
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestDatabase) own = NULL;

  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_cb, NULL, NULL);
  database = own = tw_test_database_new (tw_test_schema_folder ());
  tw_sample_prepare (database);
  tw_sample_add_routes ();
  tw_audit_add_routes ();
  sales = tw_sample_principal ("sales");
  manager = tw_sample_principal ("sales_manager");
  auditor = tw_sample_principal ("auditor");
  g_test_add_func ("/resource/create", test_create);
  g_test_add_func ("/resource/create-refused", test_create_refused);
  g_test_add_func ("/resource/not-json", test_not_json);
  g_test_add_func ("/resource/permission", test_permission);
  g_test_add_func ("/resource/no-session", test_no_session);
  g_test_add_func ("/resource/patch", test_patch);
  g_test_add_func ("/resource/not-modified", test_not_modified);
  g_test_add_func ("/resource/delete", test_delete);
  g_test_add_func ("/resource/secret-is-never-shown", test_secret_is_never_shown);
  g_test_add_func ("/gate/submit", test_submit);
  g_test_add_func ("/gate/guard", test_guard);
  g_test_add_func ("/gate/wrong-state", test_wrong_state);
  g_test_add_func ("/gate/system-step-is-refused", test_system_step_is_refused);
  g_test_add_func ("/gate/system-step", test_system_step);
  g_test_add_func ("/gate/reason", test_reason);
  g_test_add_func ("/gate/authorship", test_authorship);
  g_test_add_func ("/gate/table-decides", test_table_decides);
  g_test_add_func ("/gate/actions", test_actions);
  g_test_add_func ("/gate/bulk", test_bulk);
  g_test_add_func ("/gate/bulk-refused", test_bulk_refused);
  g_test_add_func ("/resource/history", test_history);
  g_test_add_func ("/audit/list", test_audit);
  return g_test_run ();
}
