/* company.c: see company.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/sales/company.h"

static const char masters[]
  = "INSERT INTO price_list (id, code, name, currency, created_at, updated_at)"
    " VALUES (1, 'STD', 'Standard', 'CNY', NOW(6), NOW(6));"
    "INSERT INTO tax_class (id, code, name, rate, created_at, updated_at)"
    " VALUES (1, 'standard', 'Standard', 0.13, NOW(6), NOW(6)), (2, 'reduced', 'Reduced', 0.09, NOW(6), NOW(6));"
    "INSERT INTO payment_term (id, code, name, created_at, updated_at) VALUES (1, 'NET30', '30 days', NOW(6), NOW(6));"
    "INSERT INTO payment_term_instalment (payment_term_id, position, share, days) VALUES (1, 1, 1, 30);"
    "INSERT INTO warehouse (id, code, name, created_at, updated_at) VALUES (1, 'MAIN', 'Main', NOW(6), NOW(6));"
    "INSERT INTO product (id, sku, name, unit, price, cost, tax_class_id, kind, category, created_at, updated_at) VALUES"
    " (1, 'NW-1', 'Chai', 'box', 10, 6, 1, 'stocked', 'Beverages', NOW(6), NOW(6)),"
    " (2, 'NW-2', 'Chang', 'bottle', 25.5, 15, 1, 'stocked', 'Beverages', NOW(6), NOW(6)),"
    " (3, 'NW-3', 'Caviar', 'tin', 1000, 600, 2, 'stocked', 'Seafood', NOW(6), NOW(6)),"
    " (4, 'S-1', 'Tasting', 'hour', 100, 40, 1, 'service', 'Services', NOW(6), NOW(6));"
    "INSERT INTO price_list_item (price_list_id, product_id, min_quantity, price) VALUES (1, 1, 100, 9);"
    "INSERT INTO stock_level (product_id, warehouse_id, on_hand, created_at, updated_at)"
    " SELECT id, 1, 1000, NOW(6), NOW(6) FROM product WHERE kind = 'stocked';"
    "INSERT INTO stock_move (created_at, product_id, quantity, from_location, to_location, to_warehouse_id, document,"
    " document_id) SELECT NOW(6), product_id, on_hand, 'adjustment', 'warehouse', warehouse_id, 'receipt', 0"
    " FROM stock_level;"
    "INSERT INTO customer (id, code, name, price_list_id, payment_term_id, credit_limit, currency, sales_rep_id,"
    " created_at, updated_at) SELECT 1, 'ALFKI', 'Alfreds', 1, 1, 100000, 'CNY', id, NOW(6), NOW(6) FROM app_user"
    " WHERE user = 'sales';"
    "INSERT INTO customer (id, code, name, price_list_id, payment_term_id, credit_limit, currency, sales_rep_id,"
    " created_at, updated_at) SELECT 2, 'NEWCO', 'New Company', 1, 1, 100000, 'CNY', id, NOW(6), NOW(6) FROM app_user"
    " WHERE user = 'sales';"
    "INSERT INTO customer (id, code, name, price_list_id, payment_term_id, credit_limit, currency, sales_rep_id,"
    " created_at, updated_at) SELECT 3, 'POORR', 'Poor', 1, 1, 100, 'CNY', id, NOW(6), NOW(6) FROM app_user"
    " WHERE user = 'sales';"
    "INSERT INTO customer (id, code, name, price_list_id, payment_term_id, credit_limit, currency, sales_rep_id,"
    " created_at, updated_at) SELECT 4, 'OTHER', 'Of another rep', 1, 1, 100000, 'CNY', id, NOW(6), NOW(6)"
    " FROM app_user WHERE user = 'sales2';"
    "INSERT INTO customer_address (customer_id, kind, name, street, city, country, is_default)"
    " SELECT id, 'shipping', name, 'Obere Str. 57', 'Berlin', 'Germany', TRUE FROM customer;"
    "UPDATE app_user SET customer_id = 1 WHERE user = 'alfki';"
    "UPDATE app_user SET discount_limit = 0.1 WHERE user = 'sales';";

#define CONTENT(customer)                                                                                              \
  "CONCAT_WS('\\n', CONCAT('rules=', REPEAT('0', 64)), CONCAT('customer=', " customer "), 'ship_name=', 'ship_street='," \
  " 'ship_city=', 'ship_region=', 'ship_postal_code=', 'ship_country=', 'requested_date=', 'promised_date=',"          \
  " 'currency=CNY', 'exchange_rate=1', 'price_list=STD', 'payment_term=NET30', 'freight=0.00', 'special=false', '')"

/* An old order of ALFKI and POORR, so that they are no new customers: all that is known of it is that it was completed
 * before there was a log. */
static const char history[]
  = "INSERT INTO sales_order (id, number, customer_id, order_date, currency, price_list_id, payment_term_id,"
    " warehouse_id, author_id, editor_id, approval_round, digest, created_at, updated_at)"
    " SELECT c.id, CONCAT('OLD-', c.id), c.id, '2020-01-01', 'CNY', 1, 1, 1, u.id, u.id, 1, SHA2(" CONTENT ("c.code") ", 256),"
    " '2020-01-01', '2020-01-01' FROM customer c JOIN app_user u ON u.user = 'sales' WHERE c.code IN ('ALFKI', 'POORR');"
    "INSERT INTO approval (order_id, round, digest, rule_version, state, created_at)"
    " SELECT id, 1, digest, REPEAT('0', 64), 'complete', created_at FROM sales_order;"
    "UPDATE sales_order SET state = 'completed';"
    "INSERT INTO change_log (at, source, document, document_id, version, action, after_values)"
    " SELECT created_at, 'test', 'order', id, 1, 'create', '{\"state\":\"completed\"}' FROM sales_order;";

static const char rules[]
  = "INSERT INTO approval_rule (id, code, name, condition_key, threshold, created_at, updated_at) VALUES"
    " (1, 'total-5000', 'From 5,000', 'amount', 5000, NOW(6), NOW(6)),"
    " (2, 'total-10000', 'From 10,000', 'amount', 10000, NOW(6), NOW(6)),"
    " (3, 'discount-15', 'Discount', 'discount', 0.15, NOW(6), NOW(6)),"
    " (4, 'credit', 'Credit', 'credit', 0, NOW(6), NOW(6)),"
    " (5, 'new', 'New customer', 'new_customer', 0, NOW(6), NOW(6));"
    "INSERT INTO approval_rule_step (approval_rule_id, position, level, role, user_id, hours)"
    " SELECT r.id, 1, 1, 'sales_manager', u.id, 24 FROM approval_rule r JOIN app_user u ON u.user = 'manager'"
    " WHERE r.code IN ('total-5000', 'discount-15', 'new');"
    "INSERT INTO approval_rule_step (approval_rule_id, position, level, user_id)"
    " SELECT r.id, 1, 2, u.id FROM approval_rule r JOIN app_user u ON u.user = 'director'"
    " WHERE r.code = 'total-10000';"
    "INSERT INTO approval_rule_step (approval_rule_id, position, level, role)"
    " SELECT id, 1, 1, 'finance_manager' FROM approval_rule WHERE code = 'credit';";

void
tw_test_company_make (TwTestServer *server)
{
  static const char *const people[][2] = {
    { "sales", "sales" }, { "sales2", "sales" }, { "sales_manager", "sales_manager" }, { "manager", "approver" },
    { "director", "approver" }, { "finance", "finance" }, { "finance_manager", "finance_manager" },
    { "planner", "planner" }, { "auditor", "auditor" }, { "alfki", "customer" }, { "admin", "admin" },
    { "warehouse", "warehouse" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    tw_test_server_add_user (server, people[i][0], people[i][1]);
  tw_test_server_script (server, masters);
  tw_test_server_script (server, history);
  tw_test_server_script (server, rules);
}

TwTestReply *
tw_test_as (TwTestServer *server, const char *user, const char *method, const char *path, const char *body)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  g_autofree char *key = g_uuid_string_random ();

  return tw_test_call (server, token, method, path, body, "Idempotency-Key", key, NULL);
}

TwTestReply *
tw_test_act (TwTestServer *server, const char *user, gint64 id, const char *action, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/actions/%s", id, action);

  return tw_test_as (server, user, "POST", path, body);
}

void
tw_test_expect (TwTestServer *server, const char *user, gint64 id, const char *action, const char *body, guint status,
                const char *state)
{
  g_autoptr (TwTestReply) reply = tw_test_act (server, user, id, action, body);

  tw_test_assert_status (reply, status);
  if (state != NULL)
    tw_test_assert_member (reply, "state", state);
}

gint64
tw_test_enter (TwTestServer *server, const char *user, const char *body)
{
  g_autoptr (TwTestReply) reply = tw_test_as (server, user, "POST", "/orders", body);

  tw_test_assert_status (reply, 201);
  return tw_test_reply_id (reply);
}

TwTestReply *
tw_test_read_order (TwTestServer *server, const char *user, gint64 id)
{
  g_autofree char *path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT, id);

  return tw_test_as (server, user, "GET", path, NULL);
}

void
tw_test_assert_member (TwTestReply *reply, const char *member, const char *expected)
{
  g_autofree char *value = tw_test_reply_get (reply, member);

  g_assert_cmpstr (value, ==, expected);
}

gint64
tw_test_reply_id (TwTestReply *reply)
{
  return json_object_get_int_member (tw_test_reply_object (reply), "id");
}

void
tw_test_order_script (TwTestServer *server, const char *sql, gint64 id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_auto (GStrv) parts = g_strsplit (sql, "ORDER", -1);
  g_autofree char *script = g_strjoinv (number, parts);

  tw_test_server_script (server, script);
}
