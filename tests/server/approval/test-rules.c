/* test-rules.c: approval rules as data: conditions, steps, who may write them, and what they ask of an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/policy/role.h"
#include "tests/server/sales/company.h"

static TwTestServer *server;

static const char small[] = "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"3\"}]}";

static gint64
make_rule (const char *body)
{
  g_autoptr (TwTestReply) reply = tw_test_as (server, "admin", "POST", "/approval-rules", body);

  tw_test_assert_status (reply, 201);
  return tw_test_reply_id (reply);
}

static void
switch_off (gint64 id)
{
  g_autofree char *path = g_strdup_printf ("/approval-rules/%" G_GINT64_FORMAT, id);
  g_autofree char *token = tw_test_server_sign_in (server, "admin");
  g_autoptr (TwTestReply) reply = tw_test_patch (server, token, path, 1, "{\"status\":\"inactive\"}");

  tw_test_assert_status (reply, 200);
}

/* How many steps an order would have. */
static guint
count_steps (const char *body)
{
  g_autoptr (TwTestReply) reply = tw_test_as (server, "sales", "POST", "/orders/check", body);

  tw_test_assert_status (reply, 200);
  return json_array_get_length (json_object_get_array_member (tw_test_reply_object (reply), "approvals"));
}

static void
test_refused (void)
{
  g_autoptr (TwTestReply) nobody = tw_test_as (server, "admin", "POST", "/approval-rules", "{\"code\":\"x\",\"name\":\"X\","
                                               "\"condition\":\"manual\",\"steps\":[{\"level\":1}]}");
  g_autoptr (TwTestReply) powerless
    = tw_test_as (server, "admin", "POST", "/approval-rules", "{\"code\":\"x\",\"name\":\"X\",\"condition\":\"manual\","
                  "\"steps\":[{\"level\":1,\"role\":\"warehouse\"}]}");
  g_autoptr (TwTestReply) uncategorised
    = tw_test_as (server, "admin", "POST", "/approval-rules", "{\"code\":\"x\",\"name\":\"X\",\"condition\":\"category\","
                  "\"steps\":[{\"level\":1,\"role\":\"approver\"}]}");
  g_autoptr (TwTestReply) sales = tw_test_as (server, "sales", "POST", "/approval-rules", "{}");

  tw_test_assert_problem (nobody, 422, "/steps/0/role");
  tw_test_assert_problem (powerless, 422, "/steps/0/role");
  tw_test_assert_problem (uncategorised, 422, "/category");
  tw_test_assert_status (sales, 403);
}

static void
test_manual (void)
{
  static const char special[] = "{\"customer\":\"ALFKI\",\"special\":true,\"special_reason\":\"a favour\",\"lines\":["
                                "{\"product\":\"NW-1\",\"quantity\":\"3\"}]}";
  gint64 uncovered = tw_test_enter (server, "sales", special);
  gint64 rule;

  tw_test_expect (server, "sales", uncovered, "submit", "{}", 422, NULL);
  rule = make_rule ("{\"code\":\"manual\",\"name\":\"Favours\",\"condition\":\"manual\","
                    "\"steps\":[{\"level\":2,\"user\":\"director\"}]}");
  g_assert_cmpuint (count_steps (small), ==, 0);
  tw_test_expect (server, "sales", uncovered, "submit", "{}", 200, "pending_approval");
  tw_test_expect (server, "director", uncovered, "approve", "{}", 200, "released");
  switch_off (rule);
}

static void
test_category (void)
{
  gint64 rule = make_rule ("{\"code\":\"fish\",\"name\":\"Fish\",\"condition\":\"category\",\"category\":\"Seafood\","
                           "\"steps\":[{\"level\":1,\"role\":\"approver\"}]}");

  g_assert_cmpuint (count_steps (small), ==, 0);
  g_assert_cmpuint (count_steps ("{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"1\"}]}"), ==, 1);
  switch_off (rule);
}

static void
test_margin (void)
{
  gint64 rule = make_rule ("{\"code\":\"margin\",\"name\":\"Margin\",\"condition\":\"margin\",\"threshold\":\"0.2\","
                           "\"steps\":[{\"level\":1,\"role\":\"approver\"}]}");

  g_assert_cmpuint (count_steps (small), ==, 0);
  g_assert_cmpuint (count_steps ("{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"1\","
                                 "\"price\":\"7\"}]}"), ==, 1);
  switch_off (rule);
}

/* All holders of the role sign; the same rules of two conditions make one step. */
static void
test_all_of_a_role (void)
{
  static const char fish[] = "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"1\"}]}";
  gint64 rule = make_rule ("{\"code\":\"all\",\"name\":\"All\",\"condition\":\"category\",\"category\":\"Seafood\","
                           "\"steps\":[{\"level\":1,\"role\":\"approver\",\"mode\":\"all\"}]}");
  gint64 id = tw_test_enter (server, "sales", fish);

  tw_test_expect (server, "sales", id, "submit", "{}", 200, "pending_approval");
  tw_test_expect (server, "manager", id, "approve", "{}", 200, "pending_approval");
  tw_test_expect (server, "manager", id, "approve", "{}", 409, NULL);
  tw_test_expect (server, "director", id, "approve", "{}", 200, "released");
  switch_off (rule);
}

static void
test_union (void)
{
  /* 5,000 and new customer ask for the same step. */
  g_assert_cmpuint (count_steps ("{\"customer\":\"NEWCO\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"5\"}]}"), ==, 1);
  g_assert_cmpuint (count_steps ("{\"customer\":\"NEWCO\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"10\"}]}"), ==, 2);
}

/* Cost and margin stay away from those who may not read them, also in the history. */
static void
test_secrets (void)
{
  gint64 id = tw_test_enter (server, "sales", "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"1\","
                             "\"price\":\"1\"}]}");
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/history", id);
  g_autoptr (TwTestReply) submitted = tw_test_act (server, "sales", id, "submit", "{}");
  g_autoptr (TwTestReply) order = tw_test_read_order (server, "sales", id);
  g_autoptr (TwTestReply) history = tw_test_as (server, "sales", "GET", path, NULL);
  g_autoptr (TwTestReply) list = tw_test_as (server, "sales", "GET", "/orders", NULL);
  g_autoptr (TwTestReply) filter = tw_test_as (server, "sales", "GET", "/orders?margin.lt=0", NULL);
  g_autoptr (TwTestReply) manager = tw_test_read_order (server, "sales_manager", id);

  tw_test_assert_status (submitted, 200);
  tw_test_assert_status (history, 200);
  g_assert_null (strstr (order->text, "\"cost\""));
  g_assert_null (strstr (order->text, "\"margin\":\""));
  g_assert_null (strstr (order->text, "-5"));
  g_assert_null (strstr (history->text, "cost"));
  g_assert_null (strstr (history->text, "margin"));
  g_assert_null (strstr (list->text, "margin"));
  tw_test_assert_status (filter, 422);
  g_assert_nonnull (strstr (manager->text, "\"cost\":\"6.00\""));
}

/* Approvers find whom they can name as delegate, without reading the users: exactly those who may sign. */
static void
test_signers (void)
{
  g_autoptr (TwTestReply) all = tw_test_as (server, "manager", "GET", "/signers?limit=200", NULL);
  g_autoptr (TwTestReply) named = tw_test_as (server, "manager", "GET", "/signers?q=direct", NULL);
  g_autoptr (TwTestReply) refused = tw_test_as (server, "sales", "GET", "/signers", NULL);
  g_autoptr (TwTestReply) users = tw_test_as (server, "admin", "GET", "/users?status=active&limit=200", NULL);
  JsonArray *rows = json_object_get_array_member (tw_test_reply_object (users), "items");
  guint n = 0;

  tw_test_assert_status (all, 200);
  tw_test_assert_status (refused, 403);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonArray *roles = json_object_get_array_member (row, "roles");
      g_autofree char *user = g_strdup_printf ("\"user\":\"%s\"", json_object_get_string_member (row, "user"));
      TwRoles held = 0;

      for (guint j = 0; j < json_array_get_length (roles); j++)
        held |= tw_role_from_key (json_array_get_string_element (roles, j));
      g_assert_true (tw_role_may (held, "order.approve") == (strstr (all->text, user) != NULL));
      n += tw_role_may (held, "order.approve") ? 1 : 0;
    }
  g_assert_cmpuint (n, >, 2);
  g_assert_nonnull (strstr (named->text, "\"user\":\"director\""));
  g_assert_null (strstr (named->text, "\"user\":\"manager\""));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_company_make (server);
  g_test_add_func ("/approval-rule/refused", test_refused);
  g_test_add_func ("/approval-rule/manual", test_manual);
  g_test_add_func ("/approval-rule/category", test_category);
  g_test_add_func ("/approval-rule/margin", test_margin);
  g_test_add_func ("/approval-rule/all-of-a-role", test_all_of_a_role);
  g_test_add_func ("/approval-rule/union", test_union);
  g_test_add_func ("/approval-rule/secrets", test_secrets);
  g_test_add_func ("/delegation/signers", test_signers);
  result = g_test_run ();
  tw_test_server_free (server);
  return result;
}
