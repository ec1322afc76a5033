/* test-router.c: paths find their rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/router.h"

static gboolean
nothing (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return TRUE;
}

static const TwRoute table[] = {
  { "GET", "/orders", "order.read", nothing, TW_ROUTE_READ, "list" },
  { "POST", "/orders", "order.create", nothing, 0, "create" },
  { "GET", "/orders/export", "order.read", nothing, TW_ROUTE_READ, "export" },
  { "GET", "/orders/{id}", "order.read", nothing, TW_ROUTE_READ, "read" },
  { "PATCH", "/orders/{id}", "order.write", nothing, TW_ROUTE_IF_MATCH, "change" },
  { "POST", "/orders/{id}/actions/{action}", NULL, nothing, TW_ROUTE_ANY_USER, "act" },
  { "POST", "/orders/actions/{action}", NULL, nothing, TW_ROUTE_ANY_USER, "act on many" },
  { NULL },
};

static TwRequest *
new_request (const char *method, const char *path)
{
  return tw_request_new ("1", method, path, NULL);
}

static void
assert_finds (const char *method, const char *path, const char *summary)
{
  g_autoptr (TwRequest) request = new_request (method, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *allow = NULL;
  const TwRoute *route = tw_router_find (request, &allow, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (route->summary, ==, summary);
}

static void
assert_fails (const char *method, const char *path, TwErrorCode code, const char *allowed)
{
  g_autoptr (TwRequest) request = new_request (method, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *allow = NULL;

  g_assert_null (tw_router_find (request, &allow, &error));
  g_assert_error (error, TW_ERROR, (int) code);
  g_assert_cmpstr (allow, ==, allowed);
}

static void
test_find (void)
{
  assert_finds ("GET", "/orders", "list");
  assert_finds ("HEAD", "/orders", "list");
  assert_finds ("POST", "/orders", "create");
  assert_finds ("GET", "/orders/17", "read");
  assert_finds ("PATCH", "/orders/17", "change");
}

static void
test_literal_first (void)
{
  assert_finds ("GET", "/orders/export", "export");
  assert_finds ("GET", "/orders/exports", "read");
  assert_finds ("POST", "/orders/actions/submit", "act on many");
  assert_finds ("POST", "/orders/5/actions/submit", "act");
}

static void
test_refused (void)
{
  assert_fails ("GET", "/", TW_ERROR_NOT_FOUND, NULL);
  assert_fails ("GET", "/order", TW_ERROR_NOT_FOUND, NULL);
  assert_fails ("GET", "/orders/", TW_ERROR_NOT_FOUND, NULL);
  assert_fails ("GET", "/orders/1/2", TW_ERROR_NOT_FOUND, NULL);
  assert_fails ("GET", "orders", TW_ERROR_NOT_FOUND, NULL);
  assert_fails ("GET", "/orders/%00", TW_ERROR_NOT_FOUND, NULL);
  assert_fails ("GET", "/orders/%ff", TW_ERROR_NOT_FOUND, NULL);
  assert_fails ("DELETE", "/orders", TW_ERROR_METHOD, "GET, POST");
  assert_fails ("POST", "/orders/1", TW_ERROR_METHOD, "GET, PATCH");
}

static void
test_parameters (void)
{
  g_autoptr (TwRequest) request = new_request ("POST", "/orders/42/actions/sub%20mit");
  g_autoptr (GError) error = NULL;
  g_autofree char *allow = NULL;
  gint64 id;

  g_assert_nonnull (tw_router_find (request, &allow, &error));
  g_assert_cmpstr (tw_request_param (request, "action"), ==, "sub mit");
  g_assert_true (tw_request_param_id (request, "id", &id, &error));
  g_assert_cmpint (id, ==, 42);
}

static void
test_bad_ids (void)
{
  static const char *const bad[] = { "0", "-1", "+1", "1.0", "x", "9223372036854775808", "1%20" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/orders/", bad[i], NULL);
      g_autoptr (TwRequest) request = new_request ("GET", path);
      g_autoptr (GError) error = NULL;
      g_autofree char *allow = NULL;
      gint64 id;

      g_assert_nonnull (tw_router_find (request, &allow, &error));
      g_assert_false (tw_request_param_id (request, "id", &id, &error));
      g_assert_error (error, TW_ERROR, TW_ERROR_NOT_FOUND);
    }
}

static void
test_headers (void)
{
  g_autoptr (TwRequest) request = tw_request_new ("1", "GET", "/orders", "a=1&b=x+y%26z");

  tw_request_set_header (request, "authorization", "bearer abc ");
  tw_request_set_header (request, "If-Match", "\"12\"");
  tw_request_set_header (request, "Idempotency-Key", "k");
  g_assert_cmpstr (tw_request_get_token (request), ==, "abc");
  g_assert_cmpint (tw_request_get_version (request), ==, 12);
  g_assert_cmpstr (tw_request_get_key (request), ==, "k");
  g_assert_cmpstr (tw_request_query (request, "a"), ==, "1");
  g_assert_cmpstr (tw_request_query (request, "b"), ==, "x y&z");
  g_assert_null (tw_request_query (request, "c"));
  g_assert_null (tw_request_get_error (request));
}

static void
test_malformed (void)
{
  g_autoptr (TwRequest) twice = tw_request_new ("1", "GET", "/orders", "a=1&a=2");
  g_autoptr (TwRequest) version = new_request ("GET", "/orders");
  g_autoptr (TwRequest) key = new_request ("GET", "/orders");
  g_autofree char *long_key = g_strnfill (256, 'k');

  tw_request_set_header (version, "If-Match", "12");
  tw_request_set_header (key, "Idempotency-Key", long_key);
  g_assert_error (tw_request_get_error (twice), TW_ERROR, TW_ERROR_MALFORMED);
  g_assert_error (tw_request_get_error (version), TW_ERROR, TW_ERROR_MALFORMED);
  g_assert_error (tw_request_get_error (key), TW_ERROR, TW_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tw_router_add_table (table);
  g_test_add_func ("/router/find", test_find);
  g_test_add_func ("/router/literal-first", test_literal_first);
  g_test_add_func ("/router/refused", test_refused);
  g_test_add_func ("/router/parameters", test_parameters);
  g_test_add_func ("/router/bad-ids", test_bad_ids);
  g_test_add_func ("/router/headers", test_headers);
  g_test_add_func ("/router/malformed", test_malformed);
  return g_test_run ();
}
