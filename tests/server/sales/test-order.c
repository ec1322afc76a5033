/* test-order.c: orders over HTTP, from entry to release
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/sales/company.h"

static TwTestServer *server;

static TwTestReply *
call (const char *user, const char *method, const char *path, const char *body)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *key = g_uuid_string_random ();

  return tw_test_call (server, token, method, path, body, "Idempotency-Key", key, NULL);
}

static TwTestReply *
act (const char *user, gint64 id, const char *action, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/actions/%s", id, action);

  return call (user, "POST", path, body);
}

static gint64
get_id (TwTestReply *reply)
{
  return json_object_get_int_member (tw_test_reply_object (reply), "id");
}

static gint64
enter (const char *body)
{
  g_autoptr (TwTestReply) reply = call ("sales", "POST", "/orders", body);

  tw_test_assert_status (reply, 201);
  return get_id (reply);
}

static void
assert_member (TwTestReply *reply, const char *member, const char *expected)
{
  g_autofree char *value = tw_test_reply_get (reply, member);

  g_assert_cmpstr (value, ==, expected);
}

static JsonObject *
get_line (TwTestReply *reply, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (tw_test_reply_object (reply), "lines"), i);
}

static const char small[] = "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"3\"},"
                            "{\"product\":\"NW-2\",\"quantity\":\"2\",\"discount\":\"0.1\"}]}";

static void
test_create (void)
{
  g_autoptr (TwTestReply) reply = call ("sales", "POST", "/orders", small);

  tw_test_assert_status (reply, 201);
  assert_member (reply, "state", "draft");
  assert_member (reply, "net_total", "75.90"); /* 30 + 51 × 0.9 */
  assert_member (reply, "tax_total", "9.87");  /* 9.867 */
  assert_member (reply, "total", "85.77");
  assert_member (reply, "author", "sales");
  assert_member (reply, "sales_rep", "sales");
  assert_member (reply, "price_list", "STD");
  assert_member (reply, "payment_term", "NET30");
  assert_member (reply, "warehouse", "MAIN");
  assert_member (reply, "ship_city", "Berlin");
  assert_member (reply, "margin", NULL);
  g_assert_cmpstr (json_object_get_string_member (get_line (reply, 0), "price"), ==, "10.00");
}

static void
test_straight (void)
{
  gint64 id = enter (small);
  g_autoptr (TwTestReply) reply = act ("sales", id, "submit", "{}");

  tw_test_assert_status (reply, 200);
  assert_member (reply, "state", "released");
  assert_member (reply, "reservation_status", "full");
  assert_member (reply, "approval_status", "none");
}

static void
test_one_signature (void)
{
  gint64 id = enter ("{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"5\"}]}");
  g_autoptr (TwTestReply) submitted = act ("sales", id, "submit", "{}");
  g_autoptr (TwTestReply) own = NULL;
  g_autoptr (TwTestReply) wrong = NULL;
  g_autoptr (TwTestReply) signed_ = NULL;

  tw_test_assert_status (submitted, 200);
  assert_member (submitted, "state", "pending_approval");
  assert_member (submitted, "approval_status", "pending");
  own = act ("sales", id, "approve", "{}");
  tw_test_assert_status (own, 403);
  wrong = act ("director", id, "approve", "{}");
  tw_test_assert_status (wrong, 409);
  signed_ = act ("manager", id, "approve", "{\"comment\":\"fine\"}");
  tw_test_assert_status (signed_, 200);
  assert_member (signed_, "state", "released");
  assert_member (signed_, "approval_status", "approved");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_company_make (server);
  g_test_add_func ("/order/create", test_create);
  g_test_add_func ("/order/submit/straight", test_straight);
  g_test_add_func ("/order/approve/one-signature", test_one_signature);
  result = g_test_run ();
  tw_test_server_free (server);
  return result;
}
