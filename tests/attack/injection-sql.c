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
                                       "to", "date", "as_of", "currency", "customer", "order" };
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

/* All texts of @type at once, and of one item of each list. */
static void
append_texts (GString *body, GType type, const char *quoted)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);

  g_string_append_c (body, '{');
  for (guint i = 0; i < info->n_fields; i++)
    {
      const TwField *field = &info->fields[i];

      if (field->flags & TW_SERVER)
        continue;
      if (body->str[body->len - 1] != '{')
        g_string_append_c (body, ',');
      g_string_append_printf (body, "\"%s\":", field->name);
      if (field->kind == TW_KIND_LIST)
        {
          g_string_append_c (body, '[');
          append_texts (body, field->item (), quoted);
          g_string_append_c (body, ']');
        }
      else
        g_string_append (body, quoted);
    }
  g_string_append_c (body, '}');
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
          g_autoptr (GString) quoted = g_string_new (NULL);
          g_autoptr (GString) body = g_string_new (NULL);

          tw_codec_append_string (quoted, payloads[j]);
          append_texts (body, route->body (), quoted->str);
          g_assert_cmpuint (assert_sound (route->method, path, body->str), >=, 400);
        }
    }
  assert_untouched (before);
}

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
  g_test_add_func ("/injection/sql/cursor", test_cursor);
  g_test_add_func ("/injection/sql/search-is-literal", test_search_is_literal);
  g_test_add_func ("/injection/sql/headers", test_headers);
  g_test_add_func ("/injection/sql/key", test_key);
  g_test_add_func ("/injection/sql/body", test_body);
  g_test_add_func ("/injection/sql/verbatim", test_verbatim);
  g_test_add_func ("/injection/sql/cells", test_cells);
}
