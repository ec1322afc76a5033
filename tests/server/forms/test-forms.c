/* test-forms.c: invoices, statements, pick lists and delivery notes as PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>

#include "tests/server/sales/company.h"

static TwTestServer *server;

#define N_LINES 45

static TwTestReply *
call (const char *user, const char *path, const char *body, guint status)
{
  g_autofree char *token = tw_test_server_sign_in (server, user);
  TwTestReply *reply = body != NULL ? tw_test_post (server, token, path, body) : tw_test_get (server, token, path);

  tw_test_assert_status (reply, status);
  return reply;
}

/* The text of the PDF at @path, as @user gets it. */
static char *
print (const char *user, const char *path)
{
  g_autoptr (TwTestReply) reply = call (user, path, NULL, 200);
  g_autofree char *file = NULL;
  const char *argv[] = { "pdftotext", "-layout", NULL, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status, fd;

  g_assert_cmpstr (tw_test_reply_header (reply, "Content-Type"), ==, "application/pdf");
  fd = g_file_open_tmp ("tradewind-form-XXXXXX.pdf", &file, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (file, reply->text, reply->length, &error);
  g_assert_no_error (error);
  argv[2] = file;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_unlink (file);
  return text;
}

#define assert_has(text, part)                                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (strstr ((text), (part)) == NULL)                                                                               \
      g_error ("%s:%d: no “%s” in:\n%s", __FILE__, __LINE__, (part), (text));                                          \
  }                                                                                                                    \
  G_STMT_END
#define assert_has_not(text, part)                                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (strstr ((text), (part)) != NULL)                                                                               \
      g_error ("%s:%d: “%s” in:\n%s", __FILE__, __LINE__, (part), (text));                                             \
  }                                                                                                                    \
  G_STMT_END

/* ---- The company ---- */

static const char *const settings[][2] = {
  { "company_name", "信风贸易有限公司" },
  { "company_address", "上海市浦东新区世纪大道 100 号" },
  { "company_tax_id", "91310000MA1FL0000X" },
  { "company_bank", "中国银行上海分行 6217 0000 1234 5678" },
  { "large_credit_note", "999999" },
};

static void
put_settings (void)
{
  g_autofree char *token = tw_test_server_sign_in (server, "admin");

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *path = g_strconcat ("/settings/", settings[i][0], NULL);
      g_autofree char *body = g_strdup_printf ("{\"value\":\"%s\"}", settings[i][1]);
      g_autoptr (TwTestReply) reply = tw_test_call (server, token, "PUT", path, body, NULL);

      tw_test_assert_status (reply, 200);
    }
}

static const char masters[]
  = "UPDATE customer SET language = 'zh_CN', local_name = '阿尔弗雷德食品', tax_id = 'DE 811 907 980' WHERE id = 1;"
    "INSERT INTO customer_address (customer_id, kind, name, street, city, postal_code, country, is_default)"
    " VALUES (1, 'billing', 'Alfreds Futterkiste', 'Obere Str. 57', 'Berlin', '12209', 'Germany', TRUE);"
    "INSERT INTO payment_term (id, code, name, created_at, updated_at) VALUES (9, 'HALVES', 'Halves', NOW(6), NOW(6));"
    "INSERT INTO payment_term_instalment (payment_term_id, position, share, days) VALUES (9, 1, 0.5, 10),"
    " (9, 2, 0.5, 40);";

/* An order of many lines, delivered by one shipment: 45 × 3 × 14.00 = 1,890.00, freight 30.00. */
static void
add_order (void)
{
  g_autoptr (GString) sql = g_string_new (masters);

  g_string_append (
    sql, "INSERT INTO sales_order (number, customer_id, order_date, currency, price_list_id, payment_term_id,"
         " warehouse_id, author_id, editor_id, approval_round, digest, net_total, freight, tax_total, total,"
         " total_company, line_count, created_at, updated_at) SELECT 'SO-F-1', 1, '2026-01-05', 'CNY', 1, 9, 1, id, id,"
         " 1, REPEAT('0', 64), 1890, 30, 245.7, 2165.7, 2165.7, 45, NOW(6), NOW(6) FROM app_user WHERE user = 'sales';"
         "SET @order = LAST_INSERT_ID();"
         "INSERT INTO approval (order_id, round, digest, rule_version, state, created_at)"
         " VALUES (@order, 1, REPEAT('0', 64), REPEAT('0', 64), 'complete', NOW(6));"
         "INSERT INTO shipment (number, state, order_id, customer_id, warehouse_id, ship_name, ship_street, ship_city,"
         " created_at, updated_at) VALUES ('SH-F-1', 'packed', @order, 1, 1, 'Alfreds Lager', 'Hafen 9', 'Hamburg',"
         " NOW(6), NOW(6));"
         "SET @shipment = LAST_INSERT_ID();"
         "INSERT INTO parcel (shipment_id, position, sscc, weight, length, width, height)"
         " VALUES (@shipment, 1, '340123450000000017', 12.5, 40, 30, 20);"
         "SET @parcel = LAST_INSERT_ID();");
  for (guint i = 1; i <= N_LINES; i++)
    g_string_append_printf (
      sql, "INSERT INTO order_line (order_id, position, product_id, description, quantity, unit, list_price, price,"
           " tax_class_id, tax_rate, net, cost, delivered) VALUES (@order, %u, %u, '商品 Item %u', 3, 'box', 14, 14, 1,"
           " 0.13, 42, 6, 3);"
           "INSERT INTO shipment_line (shipment_id, order_line_id, product_id, quantity, picked, packed)"
           " VALUES (@shipment, LAST_INSERT_ID(), %u, 3, 3, 3);",
      i, i % 3 + 1, i, i % 3 + 1);
  g_string_append (sql, "INSERT INTO parcel_line (parcel_id, shipment_line_id, quantity)"
                        " SELECT @parcel, MIN(id), 3 FROM shipment_line WHERE shipment_id = @shipment;"
                        "UPDATE sales_order SET state = 'fulfilled' WHERE id = @order;");
  tw_test_server_script (server, sql->str);
}

static char *
get_path (TwTestReply *reply, const char *below)
{
  g_autofree char *id = tw_test_reply_get (reply, "id");

  return g_strconcat ("/invoices/", id, below, NULL);
}

/* ---- Invoice ---- */

static void
assert_invoice (const char *text)
{
  assert_has (text, "信风贸易有限公司");
  assert_has (text, "91310000MA1FL0000X");
  assert_has (text, "DE 811 907 980");
  assert_has (text, "Obere Str. 57");
  assert_has (text, "商品 Item 45");
  assert_has (text, "1,890.00");
  assert_has (text, "245.70");
  assert_has (text, "2,165.70");
  assert_has (text, "13 %");
  assert_has (text, "1,082.85");
  assert_has (text, "6217 0000 1234 5678");
}

static void
test_invoice (void)
{
  g_autoptr (TwTestReply) draft = call ("finance", "/invoices", "{\"order\":\"SO-F-1\"}", 201), posted = NULL;
  g_autoptr (TwTestReply) refused = NULL, french = NULL;
  g_autofree char *post = get_path (draft, "/actions/post"), *pdf = get_path (draft, "/pdf");
  g_autofree char *english = get_path (draft, "/pdf?language=en"), *bad = get_path (draft, "/pdf?language=fr");
  g_autofree char *draft_text = NULL, *chinese = NULL, *text = NULL, *number = NULL;

  draft_text = print ("finance", english);
  assert_has_not (draft_text, "INV-");
  posted = call ("finance", post, "{}", 200);
  number = tw_test_reply_get (posted, "number");
  chinese = print ("finance", pdf);
  assert_invoice (chinese);
  assert_has (chinese, number);
  assert_has (chinese, "发票");
  assert_has (chinese, "第 2 页");
  assert_has (chinese, "阿尔弗雷德食品");
  assert_has (chinese, "人民币贰仟壹佰陆拾伍元柒角整");
  text = print ("finance", english);
  assert_invoice (text);
  assert_has (text, "Page 2 of");
  assert_has_not (text, "人民币");
  french = call ("finance", bad, NULL, 422);
  refused = call ("warehouse", pdf, NULL, 403);
}

static void
test_credit_note (void)
{
  g_autoptr (TwTestReply) invoices = call ("finance", "/invoices?kind=invoice&state=posted", NULL, 200), credited = NULL;
  g_autoptr (TwTestReply) notes = NULL;
  JsonArray *items = json_object_get_array_member (tw_test_reply_object (invoices), "items");
  gint64 id = json_object_get_int_member (json_array_get_object_element (items, 0), "id");
  g_autofree char *credit = g_strdup_printf ("/invoices/%" G_GINT64_FORMAT "/actions/credit", id);
  g_autofree char *pdf = NULL, *text = NULL;

  credited = call ("finance", credit, "{\"reason\":\"damaged in transit\"}", 200);
  notes = call ("finance", "/invoices?kind=credit_note", NULL, 200);
  items = json_object_get_array_member (tw_test_reply_object (notes), "items");
  id = json_object_get_int_member (json_array_get_object_element (items, 0), "id");
  pdf = g_strdup_printf ("/invoices/%" G_GINT64_FORMAT "/pdf?language=en", id);
  text = print ("finance", pdf);
  assert_has (text, "Credit note");
  assert_has (text, "damaged in transit");
  assert_has (text, "INV-");
  assert_has (text, "2,165.70");
  assert_has_not (text, "6217 0000 1234 5678");
}

/* ---- Statement ---- */

static void
test_statement (void)
{
  g_autoptr (TwTestReply) json = call ("finance", "/customers/1/statement", NULL, 200);
  g_autoptr (TwTestReply) backwards = call ("finance", "/customers/1/statement?from=2026-03-01&to=2026-02-01", NULL, 422);
  g_autoptr (TwTestReply) nonsense = call ("finance", "/customers/1/statement?from=yesterday", NULL, 422);
  g_autoptr (TwTestReply) forbidden = call ("sales", "/customers/1/statement", NULL, 403);
  g_autofree char *closing = tw_test_reply_get (json, "closing");
  g_autofree char *text = print ("finance", "/customers/1/statement?format=pdf&language=en");
  g_autoptr (TwTestReply) ageing = call ("finance", "/ageing", NULL, 200);
  g_autoptr (TwTestReply) unaged = call ("finance", "/ageing?to=soon", NULL, 422);

  tw_test_assert_problem (nonsense, 422, "/from");
  tw_test_assert_problem (backwards, 422, "/to");
  tw_test_assert_problem (unaged, 422, "/to");
  g_assert_cmpint (json_object_get_int_member (tw_test_reply_object (ageing), "total"), ==, 0);
  g_assert_cmpstr (closing, ==, "0.00");
  assert_has (text, "Statement of account");
  assert_has (text, "INV-");
  assert_has (text, "CN-");
  assert_has (text, "Opening balance");
}

/* ---- Shipment ---- */

static void
test_pick_list (void)
{
  g_autofree char *text = print ("warehouse", "/shipments/1/pick-list/pdf");

  assert_has (text, "Pick list");
  assert_has (text, "SH-F-1");
  assert_has (text, "NW-1");
  assert_has (text, "Chai");
  assert_has (text, "Picked by");
  assert_has_not (text, "14.00");
}

static void
test_delivery_note (void)
{
  g_autofree char *text = print ("warehouse", "/shipments/1/delivery-note/pdf?language=en");

  assert_has (text, "Delivery note");
  assert_has (text, "Alfreds Lager");
  assert_has (text, "340123450000000017");
  assert_has (text, "40 × 30 × 20");
  assert_has (text, "Received by");
  assert_has_not (text, "14.00");
}

/* What an address asks for is read before anything is looked up: a wrong parameter is refused of what is not there. */
static void
test_parameters_first (void)
{
  static const char *const asked[][3] = {
    { "finance", "/invoices/999/pdf?language=fr", "/language" },
    { "warehouse", "/shipments/999/pick-list/pdf?language=fr", "/language" },
    { "warehouse", "/shipments/999/delivery-note/pdf?language=fr", "/language" },
    { "finance", "/customers/999/statement?language=fr", "/language" },
    { "finance", "/customers/999/statement?currency=cny", "/currency" },
    { "finance", "/customers/999/statement?format=odt", "/format" },
    { "finance", "/invoices/999/history?limit=0", "/limit" },
  };
  g_autoptr (TwTestReply) check = call ("sales", "/orders/check?order=none", "{\"customer\":\"NOBODY\"}", 422);

  tw_test_assert_problem (check, 422, "/order");
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (TwTestReply) reply = call (asked[i][0], asked[i][1], NULL, 422);

      tw_test_assert_problem (reply, 422, asked[i][2]);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) own = NULL;

  g_test_init (&argc, &argv, NULL);
  server = own = tw_test_server_new (NULL);
  tw_test_company_make (server);
  put_settings ();
  add_order ();
  g_test_add_func ("/forms/invoice", test_invoice);
  g_test_add_func ("/forms/credit-note", test_credit_note);
  g_test_add_func ("/forms/statement", test_statement);
  g_test_add_func ("/forms/pick-list", test_pick_list);
  g_test_add_func ("/forms/delivery-note", test_delivery_note);
  g_test_add_func ("/forms/parameters-first", test_parameters_first);
  return g_test_run ();
}
