/* injection-sql.c: what SQL reads as its own, in every parameter of every route
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is answered by a mistake of ours, nothing is changed that was not asked for, and what may be stored is stored
 * to the letter.
 */
#include "tests/attack/injection.h"

#include <string.h>

#include "server/core/resource-private.h"
#include "shared/document/action.h"

static TwTestServer *server;

static const char *const payloads[] = {
  "' OR '1'='1' -- ",
  "\"; DROP TABLE carrier; -- `",
  "\\' UNION SELECT password_hash FROM app_user -- ",
  ") OR SLEEP(9) OR (`id` = :scope",
  "?? %s %n %_ @@version /*!50000 1*/ 0x27 ; \\",
};

static char *
escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/* Answered, and by no mistake of ours. Returns the status. */
static guint
assert_sound (const char *method, const char *path, const char *body)
{
  const char *text;
  guint status = tw_access_call (server, TW_INJECTION_USER, method, path, body, &text);

  if (status >= 500)
    g_error ("%s %s %s: %u %s", method, path, body, status, text);
  return status;
}

/* ---- Nothing else changes ---- */

/* What has changed since: entries of the log, tables, and the tables that an attack above would like. */
static char *
take_stock (void)
{
  return tw_company_query (
    server, "SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM change_log WHERE action NOT LIKE 'sign%'),"
            " (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()),"
            " (SELECT SUM(CRC32(CONCAT_WS('|', id, version, code, name))) FROM carrier),"
            " (SELECT SUM(CRC32(CONCAT_WS('|', id, version, code, name))) FROM customer),"
            " (SELECT SUM(CRC32(CONCAT_WS('|', id, version, sku, price))) FROM product),"
            " (SELECT SUM(CRC32(CONCAT_WS('|', id, version, number, state, total))) FROM sales_order),"
            " (SELECT SUM(CRC32(CONCAT_WS('|', id, version, user, status, password_hash))) FROM app_user))");
}

static void
assert_untouched (const char *before)
{
  g_autofree char *after = take_stock ();

  g_assert_cmpstr (before, ==, after);
}

/* ---- In the address ---- */

static void
test_path (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (strchr (route->path, '{') == NULL)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (payloads); j++)
        {
          g_autofree char *escaped = escape (payloads[j]);
          g_autofree char *in_id = g_strconcat ("1", escaped, NULL);
          g_autofree char *path = tw_access_fill_path (route->path, in_id, escaped);
          const char *body = g_str_equal (route->method, "GET") ? NULL : "{\"value\":\"\"}";

          g_assert_cmpuint (assert_sound (route->method, path, body), >=, 400);
        }
    }
  assert_untouched (before);
}

/* ---- In the query ---- */

static void
try_query (const TwRoute *route, const char *name, const char *payload)
{
  g_autofree char *value = escape (payload);
  g_autofree char *filled = tw_access_fill_path (route->path, "1", "none");
  g_autofree char *path = g_strdup_printf ("%s?%s=%s", filled, name, value);
  g_autofree char *as_name = g_strdup_printf ("%s?%s=1", filled, value);

  assert_sound (route->method, path, NULL);
  assert_sound (route->method, as_name, NULL);
}

/* One payload a column in turn; all of them in what every list has. */
static void
try_columns (const TwRoute *route, const TwList *list)
{
  static const char *const ops[] = { "", ".ne", ".lt", ".ge", ".in" };
  guint n = 0;

  for (const TwListColumn *column = list->columns; column->name != NULL; column++, n++)
    {
      g_autofree char *name = g_strconcat (column->name, ops[n % G_N_ELEMENTS (ops)], NULL);

      if (column->flags & TW_COLUMN_FILTER)
        try_query (route, name, payloads[n % G_N_ELEMENTS (payloads)]);
    }
}

static void
test_query (void)
{
  static const char *const names[] = { "sort", "fields", "after", "q", "limit", "offset", "format", "language", "from",
                                       "to", "date", "as_of", "currency", "customer", "order", "since", "dry_run",
                                       "store" };
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (!g_str_equal (route->method, "GET") || route->permission == NULL)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        try_query (route, names[j], payloads[(i + j) % G_N_ELEMENTS (payloads)]);
      if (route->handler == tw_resource_list)
        try_columns (route, ((const TwResource *) route->data)->list);
    }
  assert_untouched (before);
}

/* Those that change something take parameters too; with this body each is refused. */
static void
test_query_of_writes (void)
{
  static const char *const names[] = { "order", "store", "dry_run", "id", "version" };
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (g_str_equal (route->method, "GET") || route->permission == NULL)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autofree char *value = escape (payloads[(i + j) % G_N_ELEMENTS (payloads)]);
          g_autofree char *filled = tw_access_fill_path (route->path, TW_ACCESS_NO_ID, "none");
          g_autofree char *path = g_strdup_printf ("%s?%s=1%s", filled, names[j], value);

          g_assert_cmpuint (assert_sound (route->method, path, "{\"none\":1}"), >=, 400);
        }
    }
  assert_untouched (before);
}

/* Where the body is a sound one, the parameter is all that there is to refuse. */
static void
test_query_alone (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);
  g_autofree char *order = tw_company_order_body ("ALFKI", "P-1:1", NULL);
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *value = escape (payloads[i]);
      g_autofree char *check = g_strdup_printf ("/orders/check?order=1%s", value);
      g_autofree char *store = g_strdup_printf ("/carriers/import?store=good%s", value);
      g_autofree char *dry_run = g_strdup_printf ("/carriers/import?dry_run=1%s", value);
      g_autoptr (TwTestReply) checked = tw_company_post (server, TW_INJECTION_USER, check, order);
      g_autoptr (TwTestReply) stored
        = tw_test_call (server, token, "POST", store, "code,name\r\nQ,Q\r\n", "Content-Type", "text/csv", NULL);
      g_autoptr (TwTestReply) run
        = tw_test_call (server, token, "POST", dry_run, "code,name\r\nQ,Q\r\n", "Content-Type", "text/csv", NULL);

      tw_test_assert_problem (checked, 422, "/order");
      tw_test_assert_problem (stored, 422, "/store");
      tw_test_assert_problem (run, 422, "/dry_run");
    }
  assert_untouched (before);
}

typedef struct
{
  SoupWebsocketConnection *connection;
  GError *error;
} Upgrade;

static void
upgraded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Upgrade *upgrade = data;

  upgrade->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &upgrade->error);
}

/* The live events are no row of the route table, and read what they are asked for only when the connection is theirs:
 * what is no number is as none. */
static void
test_since (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *value = escape (payloads[i]);
      g_autofree char *path = g_strdup_printf ("/events?since=0%s", value);
      g_autofree char *uri = g_strconcat (tw_test_server_get_url (server), "/api/v1", path, NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
      g_autoptr (SoupSession) session = soup_session_new ();
      g_autoptr (TwTestReply) plain = tw_test_get (server, token, path);
      Upgrade upgrade = { NULL };

      g_assert_true (plain->status >= 400 && plain->status < 500);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
      soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, upgraded_cb,
                                            &upgrade);
      tw_test_wait_for (upgrade.connection != NULL || upgrade.error != NULL, 5);
      g_assert_no_error (upgrade.error);
      soup_websocket_connection_close (upgrade.connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      tw_test_wait_for (soup_websocket_connection_get_state (upgrade.connection) == SOUP_WEBSOCKET_STATE_CLOSED, 5);
      g_object_unref (upgrade.connection);
    }
  assert_untouched (before);
}

/* A cursor of our own form, whose parts lie. */
static void
test_cursor (void)
{
  static const char *const sorts[] = { "number", "-number", "customer_name", "id" };

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (payloads); j++)
      {
        g_autofree char *forged = g_strdup_printf ("%s\n1\n=%s", sorts[i], payloads[j]);
        g_autofree char *lying = g_strdup_printf ("%s\n1 %s\n-", sorts[i], payloads[j]);
        g_autofree char *a = g_base64_encode ((const guchar *) forged, strlen (forged));
        g_autofree char *b = g_base64_encode ((const guchar *) lying, strlen (lying));
        g_autofree char *first = g_strdup_printf ("/orders?sort=%s&after=%s", sorts[i], g_strdelimit (a, "+/=", '.'));
        g_autofree char *second = g_strdup_printf ("/orders?sort=%s&after=%s", sorts[i], g_strdelimit (b, "+/=", '.'));

        assert_sound ("GET", first, NULL);
        assert_sound ("GET", second, NULL);
      }
}

/* A search takes no wildcard and no quotation as its own. */
static void
test_search_is_literal (void)
{
  static const char *const everything[] = { "%", "_", "%25", "\\", "' OR '1'='1", "\" OR \"\"=\"" };

  for (guint i = 0; i < G_N_ELEMENTS (everything); i++)
    {
      g_autofree char *value = escape (everything[i]);
      g_autoptr (TwTestReply) reply = tw_company_get (server, TW_INJECTION_USER, "/products?q=%s", value);
      g_autoptr (TwTestReply) filter = tw_company_get (server, TW_INJECTION_USER, "/products?name=%s", value);

      tw_test_assert_status (reply, 200);
      tw_test_assert_status (filter, 200);
      g_assert_cmpint (tw_company_count (reply, "items"), ==, 0);
      g_assert_cmpint (tw_company_count (filter, "items"), ==, 0);
    }
}

/* ---- In headers ---- */

static void
test_headers (void)
{
  static const char *const names[] = { "Idempotency-Key", "If-Match", "If-None-Match", "Accept-Language",
                                       "Authorization", "Content-Type" };
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (payloads); j++)
      {
        g_autofree char *bearer = g_strconcat ("Bearer ", payloads[j], NULL);
        const char *value = g_str_equal (names[i], "Authorization") ? bearer : payloads[j];
        g_autoptr (TwTestReply) read = tw_test_call (server, token, "GET", "/orders/1", NULL, names[i], value, NULL);
        g_autoptr (TwTestReply) write
          = tw_test_call (server, token, "POST", "/carriers", "{\"none\":1}", names[i], value, NULL);

        g_assert_cmpuint (read->status, <, 500);
        g_assert_true (write->status >= 400 && write->status < 500);
      }
  assert_untouched (before);
}

/* A key is kept and found to the letter. */
static void
test_key (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);
  g_autoptr (TwTestReply) first = tw_test_call (server, token, "POST", "/carriers", "{\"code\":\"K1\",\"name\":\"K\"}",
                                                "Idempotency-Key", payloads[0], NULL);
  g_autoptr (TwTestReply) again = tw_test_call (server, token, "POST", "/carriers", "{\"code\":\"K1\",\"name\":\"K\"}",
                                                "Idempotency-Key", payloads[0], NULL);
  g_autoptr (TwTestReply) other = tw_test_call (server, token, "POST", "/carriers", "{\"code\":\"K2\",\"name\":\"K\"}",
                                                "Idempotency-Key", payloads[1], NULL);

  tw_test_assert_status (first, 201);
  tw_test_assert_status (again, 201);
  g_assert_cmpstr (first->text, ==, again->text);
  g_assert_cmpstr (tw_test_reply_header (again, "Idempotency-Replayed"), ==, "true");
  tw_test_assert_status (other, 201);
}

/* ---- In bodies ---- */

/* What is written of a type's fields: where it is no text, it is refused by its kind, and nobody comes to the texts. */
typedef enum
{
  ALL_FIELDS,
  TEXT_FIELDS,
} Fields;

/* All members of @type at once, and of one item of each list. */
static void
append_members (GString *body, GType type, Fields fields, const char *quoted)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];

      if ((field->flags & TW_SERVER) != 0
          || (fields == TEXT_FIELDS && field->kind != TW_KIND_TEXT && field->kind != TW_KIND_LIST))
        continue;
      if (body->str[body->len - 1] != '{')
        g_string_append_c (body, ',');
      g_string_append_printf (body, "\"%s\":", field->name);
      if (field->kind == TW_KIND_LIST)
        {
          g_string_append (body, "[{");
          append_members (body, field->item (), fields, quoted);
          g_string_append (body, "}]");
        }
      else
        g_string_append (body, quoted);
    }
}

/* An object of @type that says @payload; @first (nullable): a member more. (transfer full) */
static char *
make_body (GType type, Fields fields, const char *first, const char *payload)
{
  g_autoptr (GString) quoted = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new ("{");

  tw_codec_append_string (quoted, payload);
  if (first != NULL)
    g_string_append (body, first);
  append_members (body, type, fields, quoted->str);
  g_string_append_c (body, '}');
  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
test_body (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);

      if (route->body == NULL || route->permission == NULL)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (payloads); j++)
        {
          g_autofree char *path = tw_access_fill_path (route->path, TW_ACCESS_NO_ID, "none");
          g_autofree char *body = make_body (route->body (), ALL_FIELDS, NULL, payloads[j]);

          g_assert_cmpuint (assert_sound (route->method, path, body), >=, 400);
        }
    }
  assert_untouched (before);
}

/* ---- In what actions are told ---- */

static GType
get_arguments (const TwResource *resource, const char *action)
{
  const TwAction *rules = tw_gate_find_action (resource, action);

  return rules != NULL && rules->arguments != NULL ? rules->arguments () : tw_action_arguments_get_type ();
}

/* The actions that people may ask for, each once. (element-type utf8) (transfer container) */
static GPtrArray *
list_actions (const TwResource *resource)
{
  GPtrArray *actions = g_ptr_array_new ();
  const TwTransition *row = tw_transition_first (resource->document);

  for (; row != NULL && row->document != NULL && g_str_equal (row->document, resource->document); row++)
    if (row->from != NULL && (row->flags & TW_ACTION_SYSTEM) == 0
        && !g_ptr_array_find_with_equal_func (actions, row->action, g_str_equal, NULL))
      g_ptr_array_add (actions, (gpointer) row->action);
  return actions;
}

/* On nothing: of many, each is answered by itself. */
static void
try_action (const TwRoute *route, const char *action, Fields fields, const char *payload)
{
  gboolean many = route->handler == tw_resource_act_on_many;
  g_autofree char *path = tw_access_fill_path (route->path, TW_ACCESS_NO_ID, action);
  g_autofree char *body = make_body (get_arguments (route->data, action), fields,
                                     many ? "\"ids\":[" TW_ACCESS_NO_ID "]" : NULL, payload);
  const char *text;
  guint status = tw_access_call (server, TW_INJECTION_USER, "POST", path, body, &text);

  if (status >= 500 || strstr (text, "\"ok\":true") != NULL || (status < 400 && !many))
    g_error ("%s %s: %u %s", path, body, status, text);
}

static void
test_arguments (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *before = take_stock ();
  guint n = 0;

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      g_autoptr (GPtrArray) actions = NULL;

      if (route->handler != tw_resource_act && route->handler != tw_resource_act_on_many)
        continue;
      actions = list_actions (route->data);
      for (guint j = 0; j < actions->len; j++)
        for (guint k = 0; k < G_N_ELEMENTS (payloads); k++, n++)
          {
            try_action (route, g_ptr_array_index (actions, j), ALL_FIELDS, payloads[k]);
            try_action (route, g_ptr_array_index (actions, j), TEXT_FIELDS, payloads[k]);
          }
    }
  g_assert_cmpuint (n, >, 200);
  assert_untouched (before);
}

/* An attack in the place of the ids. */
static void
test_ids (void)
{
  const GPtrArray *routes = tw_router_get_routes ();
  g_autofree char *before = take_stock ();

  for (guint i = 0; i < routes->len; i++)
    {
      const TwRoute *route = g_ptr_array_index (routes, i);
      g_autoptr (GPtrArray) actions = NULL;

      if (route->handler != tw_resource_act_on_many)
        continue;
      actions = list_actions (route->data);
      for (guint j = 0; j < actions->len; j++)
        {
          g_autoptr (GString) body = g_string_new ("{\"ids\":[");
          g_autofree char *path = tw_access_fill_path (route->path, "", g_ptr_array_index (actions, j));

          tw_codec_append_string (body, payloads[(i + j) % G_N_ELEMENTS (payloads)]);
          g_string_append (body, "]}");
          g_assert_cmpuint (assert_sound ("POST", path, body->str), ==, 422);
        }
    }
  assert_untouched (before);
}

static gboolean
has_reason (gint64 order, const char *reason)
{
  g_autoptr (TwTestReply) history = tw_company_get (server, "auditor", "/orders/%" G_GINT64_FORMAT "/history", order);
  gint64 n = tw_company_count (history, "items");

  for (gint64 i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("items.%" G_GINT64_FORMAT ".reason", i);
      g_autofree char *found = tw_company_value (history, path);

      if (g_str_equal (found, reason))
        return TRUE;
    }
  return FALSE;
}

/* A reason that is taken is kept to the letter (but for the blanks around it), of one order and of many. */
static void
test_reason (void)
{
  GType type = get_arguments (tw_resource_find ("order"), "hold");

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      gint64 held = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
      gint64 of_many = tw_company_enter (server, "sales", "ALFKI", "P-1:1");
      g_autofree char *ids = g_strdup_printf ("\"ids\":[%" G_GINT64_FORMAT "]", of_many);
      g_autofree char *body = make_body (type, TEXT_FIELDS, NULL, payloads[i]);
      g_autofree char *bulk = make_body (type, TEXT_FIELDS, ids, payloads[i]);
      g_autofree char *reason = g_strstrip (g_strdup (payloads[i]));
      g_autoptr (TwTestReply) reply = NULL;

      tw_company_do (server, TW_INJECTION_USER, "orders", held, "hold", body);
      reply = tw_company_post (server, TW_INJECTION_USER, "/orders/actions/hold", bulk);
      tw_test_assert_status (reply, 200);
      g_assert_nonnull (strstr (reply->text, "\"ok\":true"));
      g_assert_true (has_reason (held, reason));
      g_assert_true (has_reason (of_many, reason));
    }
}

/* ---- In what a session is asked with ---- */

static char *
quote_credentials (const char *user, const char *password)
{
  GString *body = g_string_new ("{\"user\":");

  tw_codec_append_string (body, user);
  g_string_append (body, ",\"password\":");
  tw_codec_append_string (body, password);
  g_string_append_c (body, '}');
  return g_string_free (body, FALSE);
}

/* Nobody comes in by a name or a password that ends in SQL. Of a user of its own, who has five free attempts; the
 * address has thirty. */
static void
test_sign_in (void)
{
  g_autofree char *before = NULL;

  tw_test_server_add_user (server, "attacked", "auditor");
  before = take_stock ();
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *name = g_strconcat ("attacked", payloads[i], NULL);
      g_autofree char *password = g_strconcat (TW_TEST_PASSWORD, payloads[i], NULL);
      g_autofree char *by_name = quote_credentials (name, TW_TEST_PASSWORD);
      g_autofree char *by_password = quote_credentials ("attacked", password);
      g_autoptr (TwTestReply) first = tw_test_call (server, NULL, "POST", "/session", by_name, NULL);
      g_autoptr (TwTestReply) second = tw_test_call (server, NULL, "POST", "/session", by_password, NULL);

      tw_test_assert_status (first, 401);
      tw_test_assert_status (second, 401);
    }
  assert_untouched (before);
}

static void
test_new_password (void)
{
  g_autofree char *token = NULL, *before = NULL;

  tw_test_server_add_user (server, "changing", "auditor");
  token = tw_test_server_sign_in (server, "changing");
  before = take_stock ();
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GString) body = g_string_new ("{\"password\":");
      g_autofree char *fresh = g_strconcat ("six tall herons in fog ", payloads[i], NULL);
      g_autoptr (TwTestReply) reply = NULL;

      tw_codec_append_string (body, payloads[i]);
      g_string_append (body, ",\"new_password\":");
      tw_codec_append_string (body, fresh);
      g_string_append_c (body, '}');
      reply = tw_test_call (server, token, "PUT", "/session/password", body->str, NULL);
      tw_test_assert_problem (reply, 422, "/password");
    }
  assert_untouched (before);
}

/* ---- What may be stored ---- */

static void
assert_kept (const char *path, const char *member, const char *expected)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, TW_INJECTION_USER, "%s", path);
  g_autofree char *found = tw_company_value (reply, member);

  tw_test_assert_status (reply, 200);
  g_assert_cmpstr (found, ==, expected);
}

/* Stored as it came, and found again by itself and by a search. */
static void
test_verbatim (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GString) quoted = g_string_new (NULL);
      g_autofree char *body = NULL, *more = NULL, *order = NULL, *by_id = NULL, *by_name = NULL;
      g_autofree char *escaped = escape (payloads[i]);
      gint64 id;

      tw_codec_append_string (quoted, payloads[i]);
      body = g_strdup_printf ("{\"code\":\"V%u\",\"name\":%s}", i, quoted->str);
      id = tw_company_create (server, TW_INJECTION_USER, "/carriers", body);
      by_id = g_strdup_printf ("/carriers/%" G_GINT64_FORMAT, id);
      by_name = g_strdup_printf ("/carriers?name=%s", escaped);
      assert_kept (by_id, "name", payloads[i]);
      assert_kept (by_name, "items.0.name", payloads[i]);
      assert_kept (by_name, "total", "1");
      more = g_strdup_printf ("\"po_reference\":%s,\"notes\":%s,\"ship_name\":%s,\"ship_street\":\"1\","
                              "\"ship_city\":\"1\"", quoted->str, quoted->str, quoted->str);
      order = tw_company_order_body ("ALFKI", "P-1:1", more);
      id = tw_company_create (server, "sales", "/orders", order);
      tw_company_assert (server, "orders", id, "po_reference", payloads[i], "notes", payloads[i], "ship_name",
                         payloads[i]);
    }
}

/* ---- In files ---- */

static void
test_cells (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, TW_INJECTION_USER);

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_auto (GStrv) parts = g_strsplit (payloads[i], "\"", -1);
      g_autofree char *cell = g_strjoinv ("\"\"", parts);
      g_autofree char *csv = g_strdup_printf ("code,name\r\nF%u,\"%s\"\r\n", i, cell);
      g_autofree char *header = g_strdup_printf ("\"%s\",name\r\n1,2\r\n", cell);
      g_autofree char *path = g_strdup_printf ("/carriers?code=F%u", i);
      g_autoptr (TwTestReply) stored
        = tw_test_call (server, token, "POST", "/carriers/import", csv, "Content-Type", "text/csv", NULL);
      g_autoptr (TwTestReply) refused
        = tw_test_call (server, token, "POST", "/carriers/import", header, "Content-Type", "text/csv", NULL);

      tw_test_assert_status (stored, 200);
      tw_test_assert_status (refused, 422);
      assert_kept (path, "items.0.name", payloads[i]);
    }
}

void
tw_injection_add_sql (TwTestServer *company)
{
  server = company;
  g_test_add_func ("/injection/sql/path", test_path);
  g_test_add_func ("/injection/sql/query", test_query);
  g_test_add_func ("/injection/sql/query-of-writes", test_query_of_writes);
  g_test_add_func ("/injection/sql/query-alone", test_query_alone);
  g_test_add_func ("/injection/sql/since", test_since);
  g_test_add_func ("/injection/sql/cursor", test_cursor);
  g_test_add_func ("/injection/sql/search-is-literal", test_search_is_literal);
  g_test_add_func ("/injection/sql/headers", test_headers);
  g_test_add_func ("/injection/sql/key", test_key);
  g_test_add_func ("/injection/sql/body", test_body);
  g_test_add_func ("/injection/sql/arguments", test_arguments);
  g_test_add_func ("/injection/sql/ids", test_ids);
  g_test_add_func ("/injection/sql/reason", test_reason);
  g_test_add_func ("/injection/sql/sign-in", test_sign_in);
  g_test_add_func ("/injection/sql/new-password", test_new_password);
  g_test_add_func ("/injection/sql/verbatim", test_verbatim);
  g_test_add_func ("/injection/sql/cells", test_cells);
}
