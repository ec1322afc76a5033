/* company-masters.c: the people, masters, rules and goods of the company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/scenario/company.h"

#include "shared/policy/role.h"

/* One record that somebody enters. */
typedef struct
{
  const char *user;
  const char *path;
  const char *body;
} Entry;

static const Entry masters[] = {
  { "admin", "/tax-classes", "{\"code\":\"standard\",\"name\":\"Standard\",\"rate\":\"0.13\"}" },
  { "admin", "/tax-classes", "{\"code\":\"reduced\",\"name\":\"Reduced\",\"rate\":\"0.09\"}" },
  { "admin", "/tax-classes", "{\"code\":\"service\",\"name\":\"Services\",\"rate\":\"0.06\"}" },
  { "admin", "/tax-classes", "{\"code\":\"zero\",\"name\":\"Free of tax\",\"rate\":\"0\"}" },
  { "admin", "/payment-terms",
    "{\"code\":\"NET30\",\"name\":\"30 days\",\"instalments\":[{\"share\":\"1\",\"days\":30}]}" },
  { "admin", "/warehouses", "{\"code\":\"MAIN\",\"name\":\"Main\",\"city\":\"Berlin\"}" },
  { "admin", "/warehouses", "{\"code\":\"EAST\",\"name\":\"East\",\"city\":\"Warszawa\"}" },
  { "admin", "/carriers", "{\"code\":\"SPEEDY\",\"name\":\"Speedy Express\"}" },
  { "planner", "/products",
    "{\"sku\":\"P-1\",\"name\":\"Chai\",\"category\":\"Beverages\",\"unit\":\"box\",\"price\":\"10\",\"cost\":\"6.13\","
    "\"tax_class\":\"standard\",\"weight\":\"0.5\",\"barcode\":\"6900000000012\"}" },
  { "planner", "/products",
    "{\"sku\":\"P-2\",\"name\":\"Chang\",\"category\":\"Beverages\",\"unit\":\"bottle\",\"price\":\"25.5\","
    "\"cost\":\"15.77\",\"tax_class\":\"standard\",\"weight\":\"1.2\"}" },
  { "planner", "/products",
    "{\"sku\":\"P-3\",\"name\":\"Caviar\",\"category\":\"Seafood\",\"unit\":\"tin\",\"price\":\"1000\","
    "\"cost\":\"613.31\",\"tax_class\":\"reduced\",\"weight\":\"0.2\"}" },
  { "planner", "/products",
    "{\"sku\":\"P-4\",\"name\":\"Seed\",\"unit\":\"bag\",\"price\":\"1\",\"cost\":\"0.47\",\"tax_class\":\"zero\"}" },
  { "planner", "/products",
    "{\"sku\":\"S-1\",\"name\":\"Tasting\",\"unit\":\"hour\",\"price\":\"100\",\"cost\":\"41.19\","
    "\"tax_class\":\"service\",\"kind\":\"service\"}" },
  { "sales_manager", "/price-lists",
    "{\"code\":\"STD\",\"name\":\"Standard\",\"currency\":\"CNY\",\"items\":["
    "{\"product\":\"P-1\",\"min_quantity\":\"100\",\"price\":\"9\"}]}" },
  { "warehouse", "/receipts",
    "{\"warehouse\":\"MAIN\",\"reason\":\"opening\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"100000\"},"
    "{\"product\":\"P-2\",\"quantity\":\"100000\"},{\"product\":\"P-3\",\"quantity\":\"100000\"},"
    "{\"product\":\"P-4\",\"quantity\":\"100000\"}]}" },
  { "warehouse", "/receipts",
    "{\"warehouse\":\"EAST\",\"reason\":\"opening\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"50\"},"
    "{\"product\":\"P-2\",\"quantity\":\"50\"}]}" },
};

/* Code, rep and credit limit. */
static const char *const customers[][3] = {
  { "ALFKI", "sales", "1000000" },
  { "NEWCO", "sales", "1000000" },
  { "POORR", "sales", "100" },
  { "BERGS", "sales2", "1000000" },
};

/* Code, condition, threshold and steps of each rule. */
static const char *const rules[][4] = {
  { "total-5000", "amount", "5000", "{\"level\":1,\"role\":\"sales_manager\",\"user\":\"manager\",\"hours\":24}" },
  { "total-10000", "amount", "10000", "{\"level\":2,\"user\":\"director\"}" },
  { "total-50000", "amount", "50000", "{\"level\":3,\"user\":\"gm\"}" },
  { "discount-15", "discount", "0.15", "{\"level\":1,\"role\":\"sales_manager\",\"user\":\"manager\"}" },
  { "discount-25", "discount", "0.25", "{\"level\":2,\"user\":\"director\"}" },
  { "credit", "credit", "0", "{\"level\":1,\"role\":\"finance_manager\"}" },
  { "new-customer", "new_customer", "0", "{\"level\":1,\"role\":\"sales_manager\",\"user\":\"manager\"}" },
  { "special", "manual", "0", "{\"level\":1,\"role\":\"sales_manager\",\"user\":\"manager\"}" },
};

static void
add_people (TwTestServer *server)
{
  static const char *const more[][2] = {
    { "sales2", "sales" }, { "driver2", "driver" }, { "manager", "approver" }, { "director", "approver" },
    { "gm", "approver" },  { "customer2", "customer" },
  };

  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    tw_test_server_add_user (server, tw_role_keys[i].key, tw_role_keys[i].key);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    tw_test_server_add_user (server, more[i][0], more[i][1]);
}

/* The rep enters the customer, and the finance manager says how much it may owe. */
static void
add_customer (TwTestServer *server, const char *code, const char *rep, const char *limit)
{
  g_autofree char *body = g_strdup_printf (
    "{\"code\":\"%s\",\"name\":\"Company %s\",\"price_list\":\"STD\",\"payment_term\":\"NET30\",\"currency\":\"CNY\","
    "\"tax_id\":\"DE 1\",\"addresses\":[{\"kind\":\"shipping\",\"street\":\"Obere Str. 57\",\"city\":\"Berlin\","
    "\"country\":\"Germany\",\"is_default\":true}],\"contacts\":[{\"name\":\"Maria Anders\",\"is_default\":true}]}",
    code, code);
  g_autofree char *credit = g_strdup_printf ("{\"credit_limit\":\"%s\"}", limit);
  gint64 id = tw_company_create (server, rep, "/customers", body);

  tw_company_change (server, "finance_manager", "customers", id, credit);
}

static void
add_rule (TwTestServer *server, const char *const *rule)
{
  g_autofree char *body = g_strdup_printf (
    "{\"code\":\"%s\",\"name\":\"%s\",\"condition\":\"%s\",\"threshold\":\"%s\",\"steps\":[%s]}", rule[0], rule[0],
    rule[1], rule[2], rule[3]);

  tw_company_create (server, "admin", "/approval-rules", body);
}

static void
link_contact (TwTestServer *server, const char *user, const char *customer)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "admin", "/users?user=%s", user);
  g_autofree char *id = tw_company_value (reply, "items.0.id");
  g_autofree char *body = g_strdup_printf ("{\"customer\":\"%s\"}", customer);

  tw_company_change (server, "admin", "users", g_ascii_strtoll (id, NULL, 10), body);
}

/* A customer's first order, from entry to the last payment, before there are rules. */
static void
complete_first_order (TwTestServer *server)
{
  gint64 id = tw_company_release (server, "P-1:1");

  tw_company_fulfil (server, id);
  tw_company_invoice (server, id);
  tw_company_do (server, "finance", "payments", tw_company_take_money (server, "ALFKI", "11.30"), "allocate", NULL);
  tw_company_assert (server, "orders", id, "state", "completed");
}

TwTestServer *
tw_company_new (void)
{
  TwTestServer *server = tw_test_server_new (NULL);

  add_people (server);
  for (guint i = 0; i < G_N_ELEMENTS (masters); i++)
    tw_company_create (server, masters[i].user, masters[i].path, masters[i].body);
  for (guint i = 0; i < G_N_ELEMENTS (customers); i++)
    add_customer (server, customers[i][0], customers[i][1], customers[i][2]);
  link_contact (server, "customer", "ALFKI");
  link_contact (server, "customer2", "BERGS");
  complete_first_order (server);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    add_rule (server, rules[i]);
  return server;
}
