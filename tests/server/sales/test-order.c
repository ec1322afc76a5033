/* test-order.c: orders over HTTP, from entry to release
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/sales/company.h"

static TwTestServer *server;

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
  g_autoptr (TwTestReply) reply = tw_test_as (server, "sales", "POST", "/orders", small);

  tw_test_assert_status (reply, 201);
  tw_test_assert_member (reply, "state", "draft");
  tw_test_assert_member (reply, "net_total", "75.90"); /* 30 + 51 × 0.9 */
  tw_test_assert_member (reply, "tax_total", "9.87");  /* 9.867 */
  tw_test_assert_member (reply, "total", "85.77");
  tw_test_assert_member (reply, "author", "sales");
  tw_test_assert_member (reply, "sales_rep", "sales");
  tw_test_assert_member (reply, "price_list", "STD");
  tw_test_assert_member (reply, "payment_term", "NET30");
  tw_test_assert_member (reply, "warehouse", "MAIN");
  tw_test_assert_member (reply, "ship_city", "Berlin");
  tw_test_assert_member (reply, "margin", NULL);
  g_assert_cmpstr (json_object_get_string_member (get_line (reply, 0), "price"), ==, "10.00");
}

/* What was created is answered without reading it back: it must be what is read afterwards, to the letter. */
static void
assert_answer_is_what_is_stored (const char *body)
{
  g_autoptr (TwTestReply) created = tw_test_as (server, "sales", "POST", "/orders", body);
  g_autofree char *path = NULL;
  g_autoptr (TwTestReply) read = NULL;

  tw_test_assert_status (created, 201);
  path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, json_object_get_int_member (tw_test_reply_object (created), "id"));
  read = tw_test_as (server, "sales", "GET", path, NULL);
  tw_test_assert_status (read, 200);
  g_assert_cmpstr (created->text, ==, read->text);
}

static void
test_create_answers_what_is_stored (void)
{
  assert_answer_is_what_is_stored (small);
  assert_answer_is_what_is_stored ("{\"customer\":\"ALFKI\"}");
  /* Keys in another case, empty texts, a price and a tax class of its own, a product twice, and all of the head. */
  assert_answer_is_what_is_stored (
    "{\"customer\":\"alfki\",\"price_list\":\"std\",\"payment_term\":\"net30\",\"warehouse\":\"main\","
    "\"channel\":\"email\",\"po_reference\":\"\",\"contact\":\"\",\"notes\":\"first\\nsecond\",\"freight\":\"12.50\","
    "\"order_date\":\"2026-01-31\",\"requested_date\":\"2027-02-28\",\"special\":true,\"special_reason\":\"a trial\","
    "\"ship_name\":\"Another\",\"ship_street\":\"Street 1\",\"ship_city\":\"Town\",\"ship_country\":\"Land\","
    "\"lines\":[{\"product\":\"nw-1\",\"quantity\":\"1.25\",\"price\":\"10.333333\",\"discount\":\"0.125\","
    "\"description\":\"\",\"unit\":\"crate\"},{\"product\":\"NW-2\",\"quantity\":\"200\",\"tax_class\":\"STANDARD\","
    "\"promised_date\":\"2027-01-01\"},{\"product\":\"NW-1\",\"quantity\":\"1\"}]}");
}

static char *
get_price_of_new_order (void)
{
  g_autoptr (TwTestReply) reply
    = tw_test_as (server, "sales", "POST", "/orders",
                  "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"ED-1\",\"quantity\":\"1\"}]}");

  tw_test_assert_status (reply, 201);
  return g_strdup (json_object_get_string_member (get_line (reply, 0), "price"));
}

/* Products and prices are remembered, but no longer than they hold. */
static void
test_price_change_holds_at_once (void)
{
  g_autoptr (TwTestReply) created
    = tw_test_as (server, "admin", "POST", "/products",
                  "{\"sku\":\"ED-1\",\"name\":\"Edition\",\"unit\":\"box\",\"price\":\"10\",\"tax_class\":\"standard\"}");
  g_autofree char *admin = tw_test_server_sign_in (server, "admin");
  g_autofree char *path = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (TwTestReply) changed = NULL;

  tw_test_assert_status (created, 201);
  path = g_strdup_printf ("/products/%" G_GINT64_FORMAT,
                          json_object_get_int_member (tw_test_reply_object (created), "id"));
  first = get_price_of_new_order ();
  changed = tw_test_call (server, admin, "PATCH", path, "{\"price\":\"11\"}",
                          "If-Match", "\"1\"", NULL);
  tw_test_assert_status (changed, 200);
  second = get_price_of_new_order ();
  /* What another server on the same database would do. */
  tw_test_server_script (server, "UPDATE product SET price = 12 WHERE sku = 'ED-1';"
                                 "UPDATE master_edition SET value = value + 1;");
  third = get_price_of_new_order ();
  g_assert_cmpstr (first, ==, "10.00");
  g_assert_cmpstr (second, ==, "11.00");
  g_assert_cmpstr (third, ==, "12.00");
}

static gint64
count_list (const char *user, const char *path)
{
  g_autoptr (TwTestReply) reply = tw_test_as (server, user, "GET", path, NULL);

  tw_test_assert_status (reply, 200);
  return json_object_get_int_member (tw_test_reply_object (reply), "total");
}

static gint64
count_of (const char *user)
{
  return count_list (user, "/orders?limit=1");
}

/* A rep's total is counted once and remembered; what changes hands is seen all the same. */
static void
test_total_after_change_of_hands (void)
{
  gint64 kept = tw_test_enter (server, "sales", small), gone = tw_test_enter (server, "sales", small);
  g_autofree char *order = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, gone);
  g_autofree char *draft = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, kept);
  g_autofree char *manager = tw_test_server_sign_in (server, "sales_manager");
  g_autofree char *customer = NULL;
  g_autoptr (TwTestReply) deleted = NULL, moved = NULL, list = NULL;
  gint64 own, others, moving;

  tw_test_server_script (server, "INSERT INTO list_mark (list, last_id, position, set_at)"
                                 " SELECT 'sales_order', MAX(id), COUNT(*), '2020-01-01' FROM sales_order;");
  own = count_of ("sales");
  others = count_of ("sales2");
  deleted = tw_test_as (server, "sales", "DELETE", order, NULL);
  tw_test_assert_status (deleted, 204);
  g_assert_cmpint (count_of ("sales"), ==, own - 1);
  list = tw_test_as (server, "sales_manager", "GET", "/customers?code=ALFKI", NULL);
  customer = g_strdup_printf ("/customers/%" G_GINT64_FORMAT, json_object_get_int_member (
    json_array_get_object_element (json_object_get_array_member (tw_test_reply_object (list), "items"), 0), "id"));
  moving = count_list ("sales_manager", "/orders?limit=1&customer=ALFKI");
  g_assert_cmpint (moving, >, 0);
  moved = tw_test_patch (server, manager, customer, 1, "{\"sales_rep\":\"sales2\"}");
  tw_test_assert_status (moved, 200);
  g_assert_cmpint (count_of ("sales2"), ==, others + moving);
  g_clear_pointer (&moved, tw_test_reply_free);
  moved = tw_test_patch (server, manager, customer, 2, "{\"sales_rep\":\"sales\"}");
  tw_test_assert_status (moved, 200);
  g_assert_cmpint (count_of ("sales2"), ==, others);
  g_clear_pointer (&moved, tw_test_reply_free);
  moved = tw_test_patch (server, manager, draft, 1, "{\"customer\":\"OTHER\"}");
  tw_test_assert_status (moved, 200);
  g_assert_cmpint (count_of ("sales2"), ==, others + 1);
}

static void
test_straight (void)
{
  gint64 id = tw_test_enter (server, "sales", small);
  g_autoptr (TwTestReply) reply = tw_test_act (server, "sales", id, "submit", "{}");

  tw_test_assert_status (reply, 200);
  tw_test_assert_member (reply, "state", "released");
  tw_test_assert_member (reply, "reservation_status", "full");
  tw_test_assert_member (reply, "approval_status", "none");
}

static void
test_one_signature (void)
{
  gint64 id = tw_test_enter (server, "sales", "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"5\"}]}");
  g_autoptr (TwTestReply) submitted = tw_test_act (server, "sales", id, "submit", "{}");
  g_autoptr (TwTestReply) own = NULL;
  g_autoptr (TwTestReply) wrong = NULL;
  g_autoptr (TwTestReply) signed_ = NULL;

  tw_test_assert_status (submitted, 200);
  tw_test_assert_member (submitted, "state", "pending_approval");
  tw_test_assert_member (submitted, "approval_status", "pending");
  own = tw_test_act (server, "sales", id, "approve", "{}");
  tw_test_assert_status (own, 403);
  wrong = tw_test_act (server, "director", id, "approve", "{}");
  tw_test_assert_status (wrong, 409);
  signed_ = tw_test_act (server, "manager", id, "approve", "{\"comment\":\"fine\"}");
  tw_test_assert_status (signed_, 200);
  tw_test_assert_member (signed_, "state", "released");
  tw_test_assert_member (signed_, "approval_status", "approved");
}

/* ---- Signing ---- */

static gint64
submit (const char *body)
{
  gint64 id = tw_test_enter (server, "sales", body);
  g_autoptr (TwTestReply) reply = tw_test_act (server, "sales", id, "submit", "{}");

  tw_test_assert_status (reply, 200);
  return id;
}

static gboolean
is_in_inbox (const char *user, gint64 id)
{
  g_autoptr (TwTestReply) reply = tw_test_as (server, user, "GET", "/approvals?limit=500", NULL);
  JsonArray *items;

  tw_test_assert_status (reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    if (json_object_get_int_member (json_array_get_object_element (items, i), "order_id") == id)
      return TRUE;
  return FALSE;
}

static const char large[] = "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"10\"}]}";

static void
test_two_levels (void)
{
  gint64 id = submit (large);

  g_assert_true (is_in_inbox ("manager", id));
  g_assert_true (is_in_inbox ("sales_manager", id));
  g_assert_false (is_in_inbox ("director", id));
  tw_test_expect (server, "director", id, "approve", "{}", 409, NULL);
  tw_test_expect (server, "sales_manager", id, "approve", "{}", 200, "pending_approval");
  g_assert_false (is_in_inbox ("manager", id));
  tw_test_expect (server, "manager", id, "approve", "{}", 409, NULL);
  g_assert_true (is_in_inbox ("director", id));
  tw_test_expect (server, "director", id, "approve", "{}", 200, "released");
  g_assert_false (is_in_inbox ("director", id));
}

static void
test_delegation (void)
{
  g_autoptr (TwTestReply) foreign = tw_test_as (server, "manager", "POST", "/delegations", "{\"principal\":\"director\","
                                          "\"delegate\":\"manager\",\"valid_from\":\"2020-01-01\","
                                          "\"valid_to\":\"2099-01-01\"}");
  g_autoptr (TwTestReply) given = tw_test_as (server, "director", "POST", "/delegations", "{\"principal\":\"director\","
                                        "\"delegate\":\"finance_manager\",\"valid_from\":\"2020-01-01\","
                                        "\"valid_to\":\"2099-01-01\"}");
  g_autoptr (TwTestReply) signed_ = NULL;
  gint64 id = submit (large);
  JsonArray *steps, *signatures;

  tw_test_assert_problem (foreign, 422, "/principal");
  tw_test_assert_status (given, 201);
  tw_test_expect (server, "manager", id, "approve", "{}", 200, "pending_approval");
  g_assert_true (is_in_inbox ("finance_manager", id));
  signed_ = tw_test_act (server, "finance_manager", id, "approve", "{\"comment\":\"for her\"}");
  tw_test_assert_status (signed_, 200);
  tw_test_assert_member (signed_, "state", "released");
  steps = json_object_get_array_member (tw_test_reply_object (signed_), "approvals");
  signatures = json_object_get_array_member (json_array_get_object_element (steps, 1), "signatures");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (signatures, 0), "on_behalf_of"), ==,
                   "director");
}

static void
test_reject_and_rework (void)
{
  gint64 id = submit (large);
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwTestReply) back = NULL;
  g_autoptr (TwTestReply) frozen = NULL;
  g_autoptr (TwTestReply) noted = NULL;
  g_autoptr (TwTestReply) patched = NULL;
  g_autoptr (TwTestReply) again = NULL;
  g_autoptr (TwTestReply) now = tw_test_get (server, token, path);
  gint64 version = json_object_get_int_member (tw_test_reply_object (now), "version");

  frozen = tw_test_patch (server, token, path, version, "{\"freight\":\"5.00\"}");
  tw_test_assert_status (frozen, 409);
  noted = tw_test_patch (server, token, path, version, "{\"notes\":\"ring twice\"}");
  tw_test_assert_status (noted, 200);
  tw_test_assert_member (noted, "state", "pending_approval");
  tw_test_expect (server, "manager", id, "reject", "{}", 422, NULL);
  back = tw_test_act (server, "manager", id, "reject", "{\"reason\":\"too dear\"}");
  tw_test_assert_status (back, 200);
  tw_test_assert_member (back, "state", "draft");
  tw_test_assert_member (back, "approval_status", "rejected");
  version = json_object_get_int_member (tw_test_reply_object (back), "version");
  patched = tw_test_patch (server, token, path, version,
                           "{\"lines\":[{\"product\":\"NW-3\",\"quantity\":\"1\"}]}");
  tw_test_assert_status (patched, 200);
  tw_test_assert_member (patched, "total", "1090.00");
  again = tw_test_act (server, "sales", id, "submit", "{}");
  tw_test_assert_status (again, 200);
  tw_test_assert_member (again, "state", "released");
}

static void
test_author_never_signs (void)
{
  g_autoptr (TwTestReply) entered = tw_test_as (server, "sales_manager", "POST", "/orders", large);
  gint64 id;

  tw_test_assert_status (entered, 201);
  id = tw_test_reply_id (entered);
  tw_test_expect (server, "sales_manager", id, "submit", "{}", 200, "pending_approval");
  g_assert_false (is_in_inbox ("sales_manager", id));
  tw_test_expect (server, "sales_manager", id, "approve", "{}", 409, NULL);
  tw_test_expect (server, "sales_manager", id, "withdraw", "{}", 200, "draft");
}

/* A digest that is not that of the content is refused, whoever changed it. */
static void
test_tampered (void)
{
  gint64 id = submit (large);

  tw_test_order_script (server, "UPDATE order_line SET price = 1 WHERE order_id = ORDER;", id);
  tw_test_expect (server, "manager", id, "approve", "{}", 409, NULL);
  tw_test_order_script (server, "UPDATE order_line SET price = 1000 WHERE order_id = ORDER;", id);
  tw_test_expect (server, "manager", id, "approve", "{}", 200, "pending_approval");
}

/* ---- Changing a draft ---- */

static void
test_change (void)
{
  gint64 id = tw_test_enter (server, "sales", small);
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);
  g_autofree char *token = tw_test_server_sign_in (server, "sales");
  g_autoptr (TwTestReply) before = tw_test_read_order (server, "sales", id);
  gint64 line = json_object_get_int_member (get_line (before, 0), "id");
  g_autofree char *lines = g_strdup_printf ("{\"customer\":\"NEWCO\",\"lines\":[{\"id\":%" G_GINT64_FORMAT
                                            ",\"product\":\"NW-1\",\"quantity\":\"100\"}]}", line);
  g_autoptr (TwTestReply) changed = tw_test_patch (server, token, path, 1, lines);
  g_autoptr (TwTestReply) stale = tw_test_patch (server, token, path, 1, "{\"notes\":\"late\"}");
  g_autoptr (TwTestReply) blind = tw_test_as (server, "sales", "PATCH", path, "{\"notes\":\"blind\"}");
  g_autoptr (TwTestReply) foreign = tw_test_patch (server, token, path, 2, "{\"lines\":[{\"id\":999999,"
                                                   "\"product\":\"NW-1\",\"quantity\":\"1\"}]}");

  tw_test_assert_status (changed, 200);
  tw_test_assert_member (changed, "ship_name", "New Company");
  tw_test_assert_member (changed, "revision", "1");
  g_assert_cmpint (json_object_get_int_member (get_line (changed, 0), "id"), ==, line);
  g_assert_cmpstr (json_object_get_string_member (get_line (changed, 0), "price"), ==, "9.00");
  tw_test_assert_status (stale, 412);
  tw_test_assert_status (blind, 428);
  tw_test_assert_problem (foreign, 422, "/lines/0/id");
}

static void
test_faults (void)
{
  g_autoptr (TwTestReply) reply
    = tw_test_as (server, "sales", "POST", "/orders", "{\"customer\":\"ALFKI\",\"lines\":["
                  "{\"product\":\"NOPE\",\"quantity\":\"1\"},{\"product\":\"NW-1\",\"quantity\":\"1\"},"
                  "{\"product\":\"NADA\",\"quantity\":\"1\"}]}");
  g_autoptr (TwTestReply) huge = tw_test_as (server, "sales", "POST", "/orders", "{\"customer\":\"ALFKI\",\"lines\":["
                                             "{\"product\":\"NW-1\",\"quantity\":\"999999999999\","
                                             "\"price\":\"999999999999\"}]}");
  g_autoptr (TwTestReply) total = tw_test_as (server, "sales", "POST", "/orders", "{\"customer\":\"ALFKI\","
                                              "\"total\":\"1.00\"}");

  tw_test_assert_problem (reply, 422, "/lines/0/product");
  tw_test_assert_problem (reply, 422, "/lines/2/product");
  tw_test_assert_problem (huge, 422, "/lines/0/quantity");
  tw_test_assert_problem (total, 422, "/total");
}

/* ---- Import ---- */

static TwTestReply *
import (const char *csv)
{
  g_autofree char *token = tw_test_server_sign_in (server, "sales");

  return tw_test_call (server, token, "POST", "/orders/import", csv, "Content-Type", "text/csv", NULL);
}

static void
test_import (void)
{
  g_autoptr (TwTestReply) stored = import ("customer,po_reference,product,quantity,price\n"
                                           "ALFKI,I-1,NW-1,3,\nALFKI,I-2,NW-2,1,20\nALFKI,I-1,NW-2,2,\n");
  g_autoptr (TwTestReply) bad = import ("customer,po_reference,product,quantity\n"
                                        "ALFKI,I-3,NW-1,3\nALFKI,I-3,NW-9,1\nALFKI,I-4,NW-1,1\n");
  g_autoptr (TwTestReply) first = tw_test_as (server, "sales", "GET", "/orders?po_reference=I-1", NULL);
  g_autoptr (TwTestReply) none = tw_test_as (server, "sales", "GET", "/orders?po_reference=I-4", NULL);
  JsonObject *order, *fault;

  tw_test_assert_status (stored, 200);
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (stored), "stored"), ==, 3);
  order = json_array_get_object_element (json_object_get_array_member (tw_test_reply_object (first), "items"), 0);
  g_assert_cmpint (json_object_get_int_member (order, "line_count"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (order, "channel"), ==, "import");
  g_assert_cmpstr (json_object_get_string_member (order, "net_total"), ==, "81.00");
  tw_test_assert_status (bad, 422);
  fault = json_array_get_object_element (json_object_get_array_member (tw_test_reply_object (bad), "errors"), 0);
  g_assert_cmpint (json_object_get_int_member (fault, "row"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (fault, "column"), ==, "product");
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (none), "total"), ==, 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_company_make (server);
  g_test_add_func ("/order/create", test_create);
  g_test_add_func ("/order/create/answers-what-is-stored", test_create_answers_what_is_stored);
  g_test_add_func ("/order/create/price-change-holds-at-once", test_price_change_holds_at_once);
  g_test_add_func ("/order/total-after-change-of-hands", test_total_after_change_of_hands);
  g_test_add_func ("/order/submit/straight", test_straight);
  g_test_add_func ("/order/approve/one-signature", test_one_signature);
  g_test_add_func ("/order/approve/two-levels", test_two_levels);
  g_test_add_func ("/order/approve/delegation", test_delegation);
  g_test_add_func ("/order/approve/reject-and-rework", test_reject_and_rework);
  g_test_add_func ("/order/approve/author-never-signs", test_author_never_signs);
  g_test_add_func ("/order/approve/tampered", test_tampered);
  g_test_add_func ("/order/change", test_change);
  g_test_add_func ("/order/faults", test_faults);
  g_test_add_func ("/order/import", test_import);
  result = g_test_run ();
  tw_test_server_free (server);
  return result;
}
