/* test-wire.c: invoices and payments over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/sales/company.h"

static TwTestServer *server;

static TwTestReply *
call (const char *user, const char *path, const char *body, guint status)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  TwTestReply *reply = body != NULL ? tw_test_post (server, token, path, body) : tw_test_get (server, token, path);

  tw_test_assert_status (reply, status);
  return reply;
}

static void
assert_member (TwTestReply *reply, const char *member, const char *expected)
{
  g_autofree char *found = tw_test_reply_get (reply, member);

  g_assert_cmpstr (found, ==, expected);
}

static char *
get_path (const char *kind, TwTestReply *reply, const char *below)
{
  g_autofree char *id = tw_test_reply_get (reply, "id");

  return g_strconcat ("/", kind, "/", id, below, NULL);
}

/* An order that has been delivered in the stock's absence: this is about money. */
static void
add_order (const char *number)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO sales_order (number, customer_id, order_date, currency, price_list_id, payment_term_id, warehouse_id,"
    " author_id, editor_id, approval_round, digest, net_total, tax_total, total, total_company, line_count, created_at,"
    " updated_at) SELECT '%s', 1, '2026-01-05', 'CNY', 1, 1, 1, id, id, 1, REPEAT('0', 64), 100, 13, 113, 113, 1,"
    " NOW(6), NOW(6) FROM app_user WHERE user = 'sales';"
    "SET @order = LAST_INSERT_ID();"
    "INSERT INTO approval (order_id, round, digest, rule_version, state, created_at)"
    " VALUES (@order, 1, REPEAT('0', 64), REPEAT('0', 64), 'complete', NOW(6));"
    "INSERT INTO order_line (order_id, position, product_id, quantity, unit, list_price, price, tax_class_id, tax_rate,"
    " net, cost, delivered) VALUES (@order, 1, 1, 10, 'box', 10, 10, 1, 0.13, 100, 6, 10);"
    "UPDATE sales_order SET state = 'fulfilled' WHERE id = @order;",
    number);

  tw_test_server_script (server, sql);
}

static void
test_money (void)
{
  g_autoptr (TwTestReply) draft = NULL, posted = NULL, payment = NULL, received = NULL, allocated = NULL, again = NULL;
  g_autoptr (TwTestReply) paid = NULL, open = NULL, journal = NULL, order = NULL, twice = NULL;
  g_autofree char *post = NULL, *receive = NULL, *allocate = NULL, *invoice = NULL;

  add_order ("SO-W-1");
  draft = call ("finance", "/invoices", "{\"order\":\"SO-W-1\"}", 201);
  assert_member (draft, "total", "113.00");
  assert_member (draft, "number", NULL);
  g_assert_true (g_str_has_prefix (tw_test_reply_header (draft, "Location"), "/api/v1/invoices/"));
  twice = call ("finance", "/invoices", "{\"order\":\"SO-W-1\"}", 422);
  tw_test_assert_problem (twice, 422, "/order");
  post = get_path ("invoices", draft, "/actions/post");
  posted = call ("finance", post, "{}", 200);
  assert_member (posted, "state", "posted");
  again = call ("finance", post, "{}", 409);
  open = call ("finance", "/receivables?customer=ALFKI", NULL, 200);
  assert_member (open, "total", "1");
  payment = call ("finance", "/payments", "{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":\"150.00\"}", 201);
  receive = get_path ("payments", payment, "/actions/receive");
  allocate = get_path ("payments", payment, "/actions/allocate");
  received = call ("finance", receive, "{}", 200);
  allocated = call ("finance", allocate, "{}", 200);
  assert_member (allocated, "unallocated", "37.00");
  invoice = get_path ("invoices", draft, "");
  paid = call ("finance", invoice, NULL, 200);
  assert_member (paid, "state", "paid");
  journal = call ("auditor", "/journal?document=invoice", NULL, 200);
  order = call ("finance", "/orders?state=completed&q=SO-W-1", NULL, 200);
  assert_member (order, "total", "1");
}

static void
test_date (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, "finance"), *path = NULL, *post = NULL;
  g_autoptr (TwTestReply) draft = NULL, changed = NULL, total = NULL, future = NULL, posted = NULL, late = NULL;

  add_order ("SO-W-2");
  draft = call ("finance", "/invoices", "{\"order\":\"SO-W-2\"}", 201);
  path = get_path ("invoices", draft, "");
  post = get_path ("invoices", draft, "/actions/post");
  changed = tw_test_patch (server, token, path, 1, "{\"invoice_date\":\"2026-02-03\"}");
  tw_test_assert_status (changed, 200);
  assert_member (changed, "invoice_date", "2026-02-03");
  total = tw_test_patch (server, token, path, 2, "{\"total\":\"1.00\"}");
  tw_test_assert_problem (total, 422, "/total");
  future = tw_test_patch (server, token, path, 2, "{\"invoice_date\":\"2999-01-01\"}");
  tw_test_assert_problem (future, 422, "/invoice_date");
  posted = call ("finance", post, "{}", 200);
  assert_member (posted, "number", "INV-2026-000002");
  late = tw_test_patch (server, token, path, 3, "{\"invoice_date\":\"2026-02-04\"}");
  tw_test_assert_status (late, 409);
}

static void
test_refused (void)
{
  g_autoptr (TwTestReply) sales = call ("sales", "/invoices", "{\"order\":\"SO-W-2\"}", 403);
  g_autoptr (TwTestReply) none = call ("finance", "/invoices", "{\"order\":\"SO-NO\"}", 422);
  g_autoptr (TwTestReply) both = call ("finance", "/invoices", "{\"order\":\"SO-W-2\",\"customer\":\"ALFKI\"}", 422);
  g_autoptr (TwTestReply) neither = call ("finance", "/invoices", "{}", 422);
  g_autoptr (TwTestReply) total = call ("finance", "/invoices", "{\"order\":\"SO-W-2\",\"total\":\"1.00\"}", 422);
  g_autoptr (TwTestReply) money = call ("finance", "/payments",
                                        "{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":-1}", 422);
  g_autoptr (TwTestReply) number = call ("finance", "/payments",
                                         "{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":\"-1\"}", 422);

  tw_test_assert_problem (none, 422, "/order");
  tw_test_assert_problem (both, 422, "/customer");
  tw_test_assert_problem (neither, 422, "/order");
  tw_test_assert_problem (total, 422, "/total");
  tw_test_assert_problem (money, 422, "/amount");
  tw_test_assert_problem (number, 422, "/amount");
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) own = NULL;

  g_test_init (&argc, &argv, NULL);
  server = own = tw_test_server_new (NULL);
  tw_test_company_make (server);
  g_test_add_func ("/finance/wire/money", test_money);
  g_test_add_func ("/finance/wire/date", test_date);
  g_test_add_func ("/finance/wire/refused", test_refused);
  return g_test_run ();
}
