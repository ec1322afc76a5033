/* test-stock-race.c: 64 clients want more than there is, and exactly what is there is sold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/sales/company.h"

#define CLIENTS 64
#define TURNS 5   /* orders a client enters */
#define WANTED 4  /* pieces an order: 1,280 in all of 1,000 */

static TwTestServer *server;

typedef struct
{
  char *token;
  guint failures;
} Client;

static gboolean
sell (Client *client)
{
  g_autoptr (TwTestReply) entered = tw_test_post (
    server, client->token, "/orders",
    "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"RACE\",\"quantity\":\"4\"}]}");
  g_autoptr (TwTestReply) submitted = NULL;
  g_autofree char *path = NULL;

  if (entered->status != 201)
    return FALSE;
  path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/actions/submit",
                          json_object_get_int_member (tw_test_reply_object (entered), "id"));
  submitted = tw_test_post (server, client->token, path, "{}");
  return submitted->status == 200;
}

static gpointer
run (gpointer data)
{
  Client *client = data;

  for (guint i = 0; i < TURNS; i++)
    if (!sell (client))
      client->failures++;
  return NULL;
}

static char *
get_value (const char *sql)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autofree char *query = g_strdup_printf ("SELECT CAST((%s) AS INT) AS value", sql);
  g_autoptr (TwStatement) s = tw_db_prepare (db, query);
  g_autoptr (GError) error = NULL;
  gboolean found;

  tw_statement_step (s, &found, &error);
  g_assert_no_error (error);
  return g_strdup (tw_column_text (s, "value"));
}

static void
assert_value (const char *sql, const char *expected)
{
  g_autofree char *value = get_value (sql);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_race (void)
{
  Client clients[CLIENTS];
  GThread *threads[CLIENTS];
  guint failures = 0;

  for (guint i = 0; i < CLIENTS; i++)
    {
      g_autofree char *user = g_strdup_printf ("rep%u", i);

      tw_test_server_add_user (server, user, "sales_manager");
      clients[i] = (Client) { tw_test_server_sign_in (server, user), 0 };
    }
  for (guint i = 0; i < CLIENTS; i++)
    threads[i] = g_thread_new ("client", run, &clients[i]);
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_thread_join (threads[i]);
      failures += clients[i].failures;
      g_free (clients[i].token);
    }
  /* A lost race is never a person's problem. */
  g_assert_cmpuint (failures, ==, 0);
  assert_value ("SELECT SUM(l.reserved) FROM order_line l JOIN product p ON p.id = l.product_id WHERE p.sku = 'RACE'",
                "1000");
  assert_value ("SELECT SUM(l.backordered) FROM order_line l JOIN product p ON p.id = l.product_id"
                " WHERE p.sku = 'RACE'",
                "280");
  assert_value ("SELECT reserved FROM stock_level l JOIN product p ON p.id = l.product_id WHERE p.sku = 'RACE'",
                "1000");
}

static void
test_verify (void)
{
  static const char *const verify[] = { "verify", NULL };
  g_autofree char *output = NULL;
  int status = tw_test_server_command (server, verify, NULL, &output);

  if (status != 0)
    g_error ("verify found:\n%s", output);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestReply) receipt = NULL;
  g_autofree char *token = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_test_server_new (NULL);
  tw_test_company_make (server);
  tw_test_company_sign_history (server);
  tw_test_server_script (server, "INSERT INTO product (sku, name, unit, price, cost, tax_class_id, kind, created_at,"
                                 " updated_at) VALUES ('RACE', 'Race', 'box', 1, 0.5, 1, 'stocked', NOW(6), NOW(6));");
  token = tw_test_server_sign_in (server, "warehouse");
  receipt = tw_test_post (server, token, "/receipts",
                          "{\"warehouse\":\"MAIN\",\"reason\":\"opening\",\"lines\":[{\"product\":\"RACE\","
                          "\"quantity\":\"1000\"}]}");
  tw_test_assert_status (receipt, 201);
  g_test_add_func ("/stock-race/sells-exactly-what-is-there", test_race);
  g_test_add_func ("/stock-race/verify", test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
