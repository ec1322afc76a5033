/* test-order-states.c: quotations, holds, cancellations, deletion, reopening, credit and who sees what, over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order.h"
#include "tests/server/sales/company.h"

static TwTestServer *server;
static TwDb *db;

static const char small[] = "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"3\"}]}";
static const char large[] = "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"6\"}]}";
static const char reason[] = "{\"reason\":\"the customer asks for it\"}";

static void
run_timers (void)
{
  g_autoptr (GError) error = NULL;

  tw_sales_run_timers (db, &error);
  g_assert_no_error (error);
}

static gint64
enter_quotation (void)
{
  gint64 id = tw_test_enter (server, "sales", "{\"customer\":\"ALFKI\",\"valid_until\":\"2099-01-01\",\"lines\":["
                             "{\"product\":\"NW-1\",\"quantity\":\"3\",\"price\":\"9.50\"}]}");

  tw_test_expect (server, "sales", id, "quote", "{}", 200, "quoted");
  return id;
}

static void
test_quotation (void)
{
  gint64 id = enter_quotation ();
  g_autoptr (TwTestReply) accepted = tw_test_act (server, "sales", id, "accept", "{}");

  tw_test_assert_status (accepted, 200);
  tw_test_assert_member (accepted, "state", "draft");
  tw_test_assert_member (accepted, "net_total", "28.50");
  tw_test_expect (server, "sales", id, "submit", "{}", 200, "released");
}

static void
test_quotation_needs_date (void)
{
  gint64 id = tw_test_enter (server, "sales", small);

  tw_test_expect (server, "sales", id, "quote", "{}", 409, NULL);
}

static void
test_quotation_lost (void)
{
  gint64 id = enter_quotation ();

  tw_test_expect (server, "sales", id, "lose", "{}", 422, NULL);
  tw_test_expect (server, "sales", id, "lose", reason, 200, "lost");
}

static void
test_quotation_expires (void)
{
  gint64 id = enter_quotation ();
  g_autoptr (TwTestReply) before = NULL;
  g_autoptr (TwTestReply) after = NULL;

  run_timers ();
  before = tw_test_read_order (server, "sales", id);
  tw_test_assert_member (before, "state", "quoted");
  tw_test_order_script (server, "UPDATE sales_order SET valid_until = '2020-01-01' WHERE id = ORDER;", id);
  tw_test_expect (server, "sales", id, "accept", "{}", 409, NULL);
  tw_test_expect (server, "sales", id, "expire", "{}", 404, NULL);
  run_timers ();
  after = tw_test_read_order (server, "sales", id);
  tw_test_assert_member (after, "state", "lost");
}

static void
test_hold (void)
{
  gint64 id = tw_test_enter (server, "sales", small);

  tw_test_expect (server, "sales", id, "hold", "{\"hold\":\"credit\",\"reason\":\"x\"}", 403, NULL);
  tw_test_expect (server, "sales", id, "hold", "{\"hold\":\"legal\"}", 422, NULL);
  tw_test_expect (server, "sales", id, "hold", "{\"hold\":\"customer\",\"reason\":\"no rush\"}", 200, "draft");
  tw_test_expect (server, "sales", id, "hold", reason, 409, NULL);
  tw_test_expect (server, "finance", id, "resume", "{}", 409, NULL);
  tw_test_expect (server, "sales", id, "submit", "{}", 200, "confirmed");
  tw_test_expect (server, "planner", id, "release", "{}", 409, NULL);
  tw_test_expect (server, "sales", id, "resume", "{}", 200, "released");
}

static void
test_credit_hold_of_customer (void)
{
  gint64 id = tw_test_enter (server, "sales", small);
  g_autoptr (TwTestReply) submitted = NULL;

  tw_test_server_script (server, "UPDATE customer SET credit_hold = TRUE WHERE code = 'ALFKI';");
  submitted = tw_test_act (server, "sales", id, "submit", "{}");
  tw_test_assert_status (submitted, 200);
  tw_test_assert_member (submitted, "state", "confirmed");
  tw_test_assert_member (submitted, "hold", "credit");
  tw_test_expect (server, "finance", id, "resume", "{}", 200, "confirmed");
  tw_test_server_script (server, "UPDATE customer SET credit_hold = FALSE WHERE code = 'ALFKI';");
  run_timers ();
  g_clear_pointer (&submitted, tw_test_reply_free);
  submitted = tw_test_read_order (server, "sales", id);
  tw_test_assert_member (submitted, "state", "released");
}

static void
test_credit_exceeded (void)
{
  gint64 id = tw_test_enter (server, "sales", "{\"customer\":\"POORR\",\"lines\":[{\"product\":\"NW-1\","
                             "\"quantity\":\"20\"}]}");

  tw_test_expect (server, "sales", id, "submit", "{}", 200, "pending_approval");
  tw_test_expect (server, "manager", id, "approve", "{}", 409, NULL);
  tw_test_expect (server, "finance_manager", id, "approve", "{}", 200, "released");
}

static void
test_cancel (void)
{
  gint64 pending = tw_test_enter (server, "sales", large);
  gint64 released = tw_test_enter (server, "sales", small);
  g_autoptr (TwTestReply) gone = NULL;

  tw_test_expect (server, "sales", pending, "submit", "{}", 200, "pending_approval");
  tw_test_expect (server, "sales2", pending, "cancel", reason, 404, NULL);
  tw_test_expect (server, "sales", pending, "cancel", "{}", 422, NULL);
  tw_test_expect (server, "sales", pending, "cancel", reason, 200, "cancelled");
  tw_test_expect (server, "manager", pending, "approve", "{}", 409, NULL);
  tw_test_expect (server, "sales", released, "submit", "{}", 200, "released");
  tw_test_expect (server, "sales", released, "cancel", reason, 409, NULL);
  gone = tw_test_act (server, "sales_manager", released, "cancel", reason);
  tw_test_assert_status (gone, 200);
  tw_test_assert_member (gone, "state", "cancelled");
  tw_test_assert_member (gone, "reservation_status", "none");
  tw_test_assert_member (gone, "close_reason", "the customer asks for it");
}

static void
test_delete (void)
{
  gint64 id = tw_test_enter (server, "sales", small);
  gint64 submitted = tw_test_enter (server, "sales", large);
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  g_autofree char *other = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, submitted);
  g_autoptr (TwTestReply) removed = tw_test_as (server, "sales", "DELETE", path, NULL);
  g_autoptr (TwTestReply) gone = tw_test_read_order (server, "sales", id);
  g_autoptr (TwTestReply) kept = NULL;

  tw_test_assert_status (removed, 204);
  tw_test_assert_status (gone, 404);
  tw_test_expect (server, "sales", submitted, "submit", "{}", 200, NULL);
  tw_test_expect (server, "sales", submitted, "withdraw", "{}", 200, "draft");
  kept = tw_test_as (server, "sales", "DELETE", other, NULL);
  tw_test_assert_status (kept, 409);
}

static void
test_reopen (void)
{
  gint64 id = 1; /* an old order of ALFKI */

  tw_test_expect (server, "sales_manager", id, "reopen", "{}", 422, NULL);
  tw_test_expect (server, "sales_manager", id, "reopen", reason, 200, "completed");
  tw_test_expect (server, "sales_manager", id, "reopen", reason, 409, NULL);
  tw_test_expect (server, "finance", id, "reopen", reason, 403, NULL);
  tw_test_expect (server, "finance_manager", id, "reopen", reason, 200, "fulfilled");
  /* There was nothing to put right. */
  tw_test_expect (server, "sales", id, "complete", "{}", 403, NULL);
  tw_test_expect (server, "sales_manager", id, "complete", "{}", 200, "completed");
}

/* ---- Who sees what ---- */

static void
test_own_customers (void)
{
  gint64 id = tw_test_enter (server, "sales2", "{\"customer\":\"OTHER\",\"lines\":[]}");
  g_autoptr (TwTestReply) own = tw_test_read_order (server, "sales2", id);
  g_autoptr (TwTestReply) other = tw_test_read_order (server, "sales", id);
  g_autoptr (TwTestReply) manager = tw_test_read_order (server, "sales_manager", id);
  g_autoptr (TwTestReply) foreign = tw_test_as (server, "sales", "POST", "/orders", "{\"customer\":\"OTHER\"}");
  g_autoptr (TwTestReply) list = tw_test_as (server, "sales2", "GET", "/orders", NULL);

  tw_test_assert_status (own, 200);
  tw_test_assert_status (other, 404);
  tw_test_assert_status (manager, 200);
  tw_test_assert_problem (foreign, 422, "/customer");
  tw_test_assert_status (list, 200);
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (list), "total"), ==, 1);
  tw_test_expect (server, "sales2", id, "submit", "{}", 409, NULL);
}

static void
test_customer_orders_for_itself (void)
{
  gint64 id = tw_test_enter (server, "alfki", small);
  g_autoptr (TwTestReply) own = tw_test_read_order (server, "alfki", id);
  g_autoptr (TwTestReply) priced = tw_test_as (server, "alfki", "POST", "/orders", "{\"customer\":\"ALFKI\",\"lines\":["
                                               "{\"product\":\"NW-1\",\"quantity\":\"1\",\"price\":\"0.01\"}]}");
  g_autoptr (TwTestReply) foreign = tw_test_as (server, "alfki", "POST", "/orders", "{\"customer\":\"NEWCO\"}");

  tw_test_assert_status (own, 200);
  tw_test_assert_member (own, "channel", "portal");
  tw_test_assert_problem (priced, 422, "/lines/0/price");
  tw_test_assert_problem (foreign, 422, "/customer");
  tw_test_expect (server, "alfki", id, "submit", "{}", 200, "released");
}

/* ---- Before it is stored ---- */

static JsonObject *
find_check (TwTestReply *reply, const char *check)
{
  JsonArray *checks = json_object_get_array_member (tw_test_reply_object (reply), "checks");

  for (guint i = 0; i < json_array_get_length (checks); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (checks, i), "check"), check))
      return json_array_get_object_element (checks, i);
  g_assert_not_reached ();
}

static void
test_check (void)
{
  g_autoptr (TwTestReply) reply
    = tw_test_as (server, "sales", "POST", "/orders/check", "{\"customer\":\"NEWCO\",\"lines\":["
                  "{\"product\":\"NW-3\",\"quantity\":\"2000\",\"price\":\"500\",\"discount\":\"0.2\"}]}");
  JsonArray *steps;

  tw_test_assert_status (reply, 200);
  tw_test_assert_member (reply, "net_total", "800000.00");
  tw_test_assert_member (reply, "total", "872000.00");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "customer"), "result"), ==, "needs_signature");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "discount"), "result"), ==, "needs_signature");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "credit"), "result"), ==, "needs_signature");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "price"), "result"), ==, "warn");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "stock"), "result"), ==, "warn");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "margin"), "result"), ==, "warn");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "address"), "result"), ==, "pass");
  g_assert_true (json_object_get_null_member (find_check (reply, "margin"), "facts"));
  steps = json_object_get_array_member (tw_test_reply_object (reply), "approvals");
  g_assert_cmpuint (json_array_get_length (steps), ==, 3);
}

static void
test_duplicate (void)
{
  g_autoptr (TwTestReply) reply = NULL;

  tw_test_enter (server, "sales", "{\"customer\":\"ALFKI\",\"po_reference\":\"PO-77\",\"lines\":[]}");
  reply = tw_test_as (server, "sales", "POST", "/orders/check", "{\"customer\":\"ALFKI\",\"po_reference\":\"PO-77\"}");
  tw_test_assert_status (reply, 200);
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "duplicate"), "result"), ==, "warn");
  g_assert_cmpstr (json_object_get_string_member (find_check (reply, "lines"), "result"), ==, "block");
}

static void
test_blocked (void)
{
  gint64 id = tw_test_enter (server, "sales", "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-1\","
                             "\"quantity\":\"1\",\"unit\":\"pallet\"}]}");
  g_autoptr (TwTestReply) reply = tw_test_act (server, "sales", id, "submit", "{}");

  tw_test_assert_problem (reply, 422, "/lines/0/unit");
}

static void
test_documents (void)
{
  gint64 id = tw_test_enter (server, "sales", small);
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/documents", id);
  g_autoptr (TwTestReply) reply = NULL;
  JsonArray *items;

  tw_test_expect (server, "sales", id, "submit", "{}", 200, "released");
  reply = tw_test_as (server, "sales", "GET", path, NULL);
  tw_test_assert_status (reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items, 0), "document"), ==,
                   "shipment");
}

static void
test_escalation (void)
{
  gint64 id = tw_test_enter (server, "sales", large);

  tw_test_expect (server, "sales", id, "submit", "{}", 200, "pending_approval");
  tw_test_expect (server, "director", id, "approve", "{}", 409, NULL);
  tw_test_order_script (server, "UPDATE approval_step SET due_at = '2020-01-01' WHERE approval_id IN"
                        " (SELECT id FROM approval WHERE order_id = ORDER);", id);
  run_timers ();
  tw_test_expect (server, "director", id, "approve", "{}", 200, "released");
}

/* Last: what all the tests have left behind holds together, and what is broken on purpose is found. */
static gboolean
verify (char **output)
{
  const char *const words[] = { "verify", NULL };

  return tw_test_server_command (server, words, NULL, output) == 0;
}

static void
assert_found (const char *breaking, const char *mending, const char *problem)
{
  g_autofree char *output = NULL;

  tw_test_server_script (server, breaking);
  g_assert_false (verify (&output));
  if (strstr (output, problem) == NULL)
    g_error ("not found: %s in\n%s", problem, output);
  tw_test_server_script (server, mending);
}

static void
test_verify (void)
{
  g_autofree char *output = NULL;

  tw_test_server_script (server, "DELETE FROM approval WHERE order_id IN (1, 3); DELETE FROM order_reopening;"
                         "DELETE FROM sales_order WHERE id IN (1, 3);");
  if (!verify (&output))
    g_error ("%s", output);
  assert_found ("UPDATE sales_order SET delivery_status = 'full' WHERE number LIKE 'SO-%-000001';",
                "UPDATE sales_order SET delivery_status = 'none' WHERE number LIKE 'SO-%-000001';",
                "delivery_status is stored as full and computed as none");
  assert_found ("UPDATE order_line SET net = net + 1 ORDER BY id LIMIT 1;",
                "UPDATE order_line SET net = net - 1 ORDER BY id LIMIT 1;", "is not lines, freight and tax");
  assert_found ("UPDATE approval_signature SET digest = REPEAT('0', 64) ORDER BY id LIMIT 1;",
                "UPDATE approval_signature g JOIN approval a ON a.id = g.approval_id SET g.digest = a.digest;",
                "too few signatures");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_company_make (server);
  tw_test_company_sign_history (server);
  db = tw_test_server_open_database (server);
  g_test_add_func ("/order/quote/accepted", test_quotation);
  g_test_add_func ("/order/quote/needs-date", test_quotation_needs_date);
  g_test_add_func ("/order/quote/lost", test_quotation_lost);
  g_test_add_func ("/order/quote/expires", test_quotation_expires);
  g_test_add_func ("/order/hold", test_hold);
  g_test_add_func ("/order/hold/of-customer", test_credit_hold_of_customer);
  g_test_add_func ("/order/submit/credit-exceeded", test_credit_exceeded);
  g_test_add_func ("/order/submit/blocked", test_blocked);
  g_test_add_func ("/order/cancel", test_cancel);
  g_test_add_func ("/order/delete", test_delete);
  g_test_add_func ("/order/reopen", test_reopen);
  g_test_add_func ("/order/see/own-customers", test_own_customers);
  g_test_add_func ("/order/see/customer", test_customer_orders_for_itself);
  g_test_add_func ("/order/check", test_check);
  g_test_add_func ("/order/check/duplicate", test_duplicate);
  g_test_add_func ("/order/documents", test_documents);
  g_test_add_func ("/order/approve/escalation", test_escalation);
  g_test_add_func ("/verify/orders", test_verify);
  result = g_test_run ();
  tw_db_close (db);
  tw_test_server_free (server);
  return result;
}
