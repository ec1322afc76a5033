/* test-crash.c: the server and its database are killed while eight clients enter and submit orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A client repeats what was not answered under the same Idempotency-Key. Whatever was answered is there afterwards, and
 * everything is there once.
 */
#include <signal.h>
#include <string.h>

#include "tests/fixture/company.h"

#define CLIENTS 8
#define ROUNDS 3
#define BETWEEN 25 /* answered orders between two kills */

typedef struct
{
  guint number;
  char *token;
  GArray *ids; /* gint64: the order that the nth reference of this client was answered with */
} Client;

static TwTestServer *server;

/* Shared by the clients and the test, under the lock. */
static GMutex lock;
static GCond changed;
static guint n_done;    /* orders entered and submitted, both answered */
static guint n_waiting; /* clients that got no answer and wait for the server */
static gboolean is_down;
static gboolean is_over;

/* ---- Clients ---- */

static gboolean
goes_on (void)
{
  gboolean over;

  g_mutex_lock (&lock);
  over = is_over;
  g_mutex_unlock (&lock);
  return !over;
}

/* The server gave no answer: it is down, or was, and its address may be another one when it is back. */
static void
wait_until_back (void)
{
  g_mutex_lock (&lock);
  n_waiting++;
  g_cond_broadcast (&changed);
  while (is_down)
    g_cond_wait (&changed, &lock);
  n_waiting--;
  g_mutex_unlock (&lock);
}

/* Repeats a POST until it is answered by something else than that the database is away. */
static TwTestReply *
insist (Client *client, const char *path, const char *body, const char *key)
{
  while (TRUE)
    {
      TwTestReply *reply
        = tw_test_call (server, client->token, "POST", path, body, "Idempotency-Key", key, NULL);

      if (reply->status != 0 && reply->status != 503 && strstr (reply->text, "/problems/in-progress") == NULL)
        return reply;
      if (reply->status == 0)
        wait_until_back ();
      else
        g_usleep (5000); /* as Retry-After asks, only sooner */
      tw_test_reply_free (reply);
    }
}

static void
sell (Client *client, guint n)
{
  g_autofree char *reference = g_strdup_printf ("CRASH-%u-%u", client->number, n);
  g_autofree char *more = g_strdup_printf ("\"po_reference\":\"%s\"", reference);
  g_autofree char *body = tw_company_order_body ("ALFKI", "P-4:1", more);
  g_autofree char *submit_key = g_strconcat (reference, "-submit", NULL);
  g_autoptr (TwTestReply) entered = insist (client, "/orders", body, reference);
  g_autoptr (TwTestReply) submitted = NULL;
  g_autofree char *path = NULL;
  gint64 id;

  tw_test_assert_status (entered, 201);
  id = json_object_get_int_member (tw_test_reply_object (entered), "id");
  path = g_strdup_printf ("/orders/%" G_GINT64_FORMAT "/actions/submit", id);
  submitted = insist (client, path, "{}", submit_key);
  tw_test_assert_status (submitted, 200);
  g_array_append_val (client->ids, id);
  g_mutex_lock (&lock);
  n_done++;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
}

static gpointer
run (gpointer data)
{
  for (guint n = 0; goes_on (); n++)
    sell (data, n);
  return NULL;
}

/* ---- Kills ---- */

static void
wait_for_orders (guint more)
{
  g_mutex_lock (&lock);
  for (guint until = n_done + more; n_done < until;)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
}

static void
kill_server (void)
{
  g_mutex_lock (&lock);
  is_down = TRUE;
  g_mutex_unlock (&lock);
  g_assert_cmpint (kill (tw_test_server_get_pid (server), SIGKILL), ==, 0);
  g_mutex_lock (&lock);
  while (n_waiting < CLIENTS)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
  tw_test_server_wait (server);
  tw_test_server_start (server);
  g_mutex_lock (&lock);
  is_down = FALSE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
}

static void
kill_database (void)
{
  g_assert_cmpint (kill (tw_test_server_get_mariadb_pid (server), SIGKILL), ==, 0);
}

/* ---- What is left ---- */

static void
assert_there (const Client *client)
{
  for (guint n = 0; n < client->ids->len; n++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT GROUP_CONCAT(id, ' ', state) FROM sales_order WHERE po_reference = 'CRASH-%u-%u'", client->number, n);
      g_autofree char *expected
        = g_strdup_printf ("%" G_GINT64_FORMAT " released", g_array_index (client->ids, gint64, n));
      g_autofree char *found = tw_company_query (server, sql);

      g_assert_cmpstr (found, ==, expected);
    }
}

static void
assert_once (void)
{
  g_autofree char *twice = tw_company_query (
    server, "SELECT COUNT(*) - COUNT(DISTINCT po_reference) FROM sales_order WHERE po_reference LIKE 'CRASH-%'");
  g_autofree char *shipments = tw_company_query (
    server, "SELECT COUNT(*) - COUNT(DISTINCT s.order_id) FROM shipment s JOIN sales_order o ON o.id = s.order_id"
            " WHERE o.po_reference LIKE 'CRASH-%'");
  g_autofree char *reserved = tw_company_query (
    server, "SELECT (SELECT SUM(l.reserved) FROM order_line l JOIN product p ON p.id = l.product_id WHERE p.sku = 'P-4')"
            " = (SELECT SUM(s.reserved) FROM stock_level s JOIN product p ON p.id = s.product_id WHERE p.sku = 'P-4')");

  g_assert_cmpstr (twice, ==, "0");
  g_assert_cmpstr (shipments, ==, "0");
  g_assert_cmpstr (reserved, ==, "1");
}

static void
test_kills (gconstpointer data)
{
  void (*kill_it) (void) = (void (*) (void)) data;
  Client clients[CLIENTS];
  GThread *threads[CLIENTS];
  static guint first;

  is_over = FALSE;
  for (guint i = 0; i < CLIENTS; i++)
    clients[i] = (Client) { first + i, tw_test_server_sign_in (server, "sales"), g_array_new (FALSE, FALSE, 8) };
  for (guint i = 0; i < CLIENTS; i++)
    threads[i] = g_thread_new ("client", run, &clients[i]);
  for (guint round = 0; round < ROUNDS; round++)
    {
      wait_for_orders (BETWEEN);
      kill_it ();
    }
  wait_for_orders (BETWEEN);
  g_mutex_lock (&lock);
  is_over = TRUE;
  g_mutex_unlock (&lock);
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_thread_join (threads[i]);
      assert_there (&clients[i]);
      g_array_unref (clients[i].ids);
      g_free (clients[i].token);
    }
  assert_once ();
  first += CLIENTS;
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_data_func ("/crash/server-killed", (gconstpointer) kill_server, test_kills);
  g_test_add_data_func ("/crash/verify-after-server", server, tw_company_test_verify);
  g_test_add_data_func ("/crash/database-killed", (gconstpointer) kill_database, test_kills);
  g_test_add_data_func ("/crash/verify-after-database", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
