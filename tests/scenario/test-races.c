/* test-races.c: two people do what only one of them can, in the same moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each race is run several times: exactly one wins, the other gets an answer that says why, and the books are right.
 */
#include <string.h>

#include "shared/base/date.h"
#include "tests/fixture/company.h"

#define ROUNDS 6
#define CLIENTS 16

typedef struct
{
  char *token;
  char *path;
  char *body;
  guint status;
  char *text;
} Runner;

static TwTestServer *server;

/* ---- The track ---- */

static GMutex lock;
static GCond go;
static guint n_ready;
static guint n_wanted;

/* All start when the last one is there. */
static void
line_up (void)
{
  g_mutex_lock (&lock);
  if (++n_ready == n_wanted)
    g_cond_broadcast (&go);
  while (n_ready < n_wanted)
    g_cond_wait (&go, &lock);
  g_mutex_unlock (&lock);
}

static gpointer
run (gpointer data)
{
  Runner *runner = data;
  g_autoptr (TwTestReply) reply = NULL;

  line_up ();
  reply = tw_test_post (server, runner->token, runner->path, runner->body);
  runner->status = reply->status;
  runner->text = g_strdup (reply->text);
  return NULL;
}

static Runner
new_runner (const char *user, const char *body, const char *format, ...) G_GNUC_PRINTF (3, 4);

static Runner
new_runner (const char *user, const char *body, const char *format, ...)
{
  Runner runner = { tw_test_server_sign_in (server, user), NULL, g_strdup (body), 0, NULL };
  va_list values;

  va_start (values, format);
  runner.path = g_strdup_vprintf (format, values);
  va_end (values);
  return runner;
}

static void
runner_clear (Runner *runner)
{
  g_free (runner->token);
  g_free (runner->path);
  g_free (runner->body);
  g_free (runner->text);
}

/* Runs them at once. Exactly one is answered with @won and each other one with @lost; the winner's index. */
static guint
race (Runner *runners, guint n, guint won, guint lost)
{
  GThread *threads[CLIENTS];
  guint winner = n;

  n_ready = 0;
  n_wanted = n;
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("runner", run, &runners[i]);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < n; i++)
    {
      if (runners[i].status == won && winner == n)
        winner = i;
      else if (runners[i].status != lost)
        g_error ("%s: wanted %u, got %u %s", runners[i].path, lost, runners[i].status, runners[i].text);
      runner_clear (&runners[i]);
    }
  g_assert_cmpuint (winner, <, n);
  return winner;
}

static char *
get_number (const char *kind, gint64 id)
{
  g_autoptr (TwTestReply) reply = tw_company_get (server, "auditor", "/%s/%" G_GINT64_FORMAT, kind, id);

  tw_test_assert_status (reply, 200);
  return tw_company_value (reply, "number");
}

/* ---- Races ---- */

#define ACTION "/%s/%" G_GINT64_FORMAT "/actions/%s"

/* The manager cancels the order while the warehouse begins to pick it. */
static void
test_cancel_or_pick (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 id = tw_company_release (server, "P-1:1");
      gint64 shipment = tw_company_find_shipment (server, id);
      Runner runners[]
        = { new_runner ("sales_manager", "{\"reason\":\"Called off\"}", ACTION, "orders", id, "cancel"),
            new_runner ("warehouse", "{}", ACTION, "shipments", shipment, "start_picking") };

      if (race (runners, 2, 200, 409) == 0)
        {
          tw_company_assert (server, "orders", id, "state", "cancelled", "lines.0.cancelled", "1");
          tw_company_assert (server, "shipments", shipment, "state", "cancelled");
        }
      else
        {
          tw_company_assert (server, "orders", id, "state", "in_fulfilment", "lines.0.picking", "1");
          tw_company_assert (server, "shipments", shipment, "state", "picking");
        }
    }
}

/* The rep withdraws what the manager signs. */
static void
test_withdraw_or_approve (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 id = tw_company_enter (server, "sales", "ALFKI", "P-2:1@5000");
      Runner runners[2];

      tw_company_do (server, "sales", "orders", id, "submit", NULL);
      runners[0] = new_runner ("sales", "{}", ACTION, "orders", id, "withdraw");
      runners[1] = new_runner ("manager", "{}", ACTION, "orders", id, "approve");
      if (race (runners, 2, 200, 409) == 0)
        tw_company_assert (server, "orders", id, "state", "draft", "lines.0.reserved", "0");
      else
        tw_company_assert (server, "orders", id, "state", "released", "lines.0.reserved", "1");
    }
}

/* Two dispatchers want the same shipment on their trip. */
static void
test_two_trips (void)
{
  g_autofree char *today = tw_date_format (tw_date_today ());

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 shipment = tw_company_find_shipment (server, tw_company_release (server, "P-1:1"));
      g_autofree char *number = get_number ("shipments", shipment);
      g_autofree char *body = g_strdup_printf (
        "{\"trip_date\":\"%s\",\"driver\":\"driver\",\"stops\":[{\"shipment\":\"%s\"}]}", today, number);
      Runner runners[2];

      tw_company_make_ready (server, shipment);
      runners[0] = new_runner ("dispatcher", body, "/trips");
      runners[1] = new_runner ("dispatcher", body, "/trips");
      race (runners, 2, 201, 422);
    }
}

/* Two clerks invoice the same delivery, and post the same invoice. */
static void
test_two_invoices (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 id = tw_company_release (server, "P-1:1"), invoice;
      g_autofree char *number = get_number ("orders", id);
      g_autofree char *body = g_strdup_printf ("{\"order\":\"%s\"}", number);
      g_autofree char *sql = g_strdup_printf ("SELECT MAX(id) FROM invoice WHERE order_id = %" G_GINT64_FORMAT, id);
      g_autofree char *found = NULL;
      Runner drafts[2], posts[2];

      tw_company_fulfil (server, id);
      drafts[0] = new_runner ("finance", body, "/invoices");
      drafts[1] = new_runner ("finance_manager", body, "/invoices");
      race (drafts, 2, 201, 422);
      found = tw_company_query (server, sql);
      invoice = g_ascii_strtoll (found, NULL, 10);
      posts[0] = new_runner ("finance", "{}", ACTION, "invoices", invoice, "post");
      posts[1] = new_runner ("finance_manager", "{}", ACTION, "invoices", invoice, "post");
      race (posts, 2, 200, 409);
      tw_company_assert (server, "orders", id, "lines.0.invoiced", "1");
    }
}

/* Two payments for one invoice: what is open is paid once. */
static void
test_two_payments (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 id = tw_company_release (server, "P-1:1"), invoice, payments[2];
      g_autofree char *number = NULL, *body = NULL;
      Runner runners[2];

      tw_company_fulfil (server, id);
      invoice = tw_company_invoice (server, id);
      number = get_number ("invoices", invoice);
      body = g_strdup_printf ("{\"lines\":[{\"invoice\":\"%s\",\"amount\":\"11.30\"}]}", number);
      for (guint i = 0; i < 2; i++)
        {
          payments[i] = tw_company_take_money (server, "ALFKI", "11.30");
          runners[i] = new_runner ("finance", body, ACTION, "payments", payments[i], "allocate");
        }
      race (runners, 2, 200, 422);
      tw_company_assert (server, "invoices", invoice, "state", "paid", "paid", "11.30", "open_amount", "0.00");
      tw_company_assert (server, "orders", id, "state", "completed");
    }
}

/* The money is allocated, or given back to one who asks: once. Then it is paid out once. */
static void
test_two_refunds (void)
{
  static const char *const asked = "{\"amount\":\"11.30\",\"reason\":\"Paid twice\"}";

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 payment = tw_company_take_money (server, "ALFKI", "11.30"), refund;
      g_autofree char *id = NULL;
      Runner asks[2], answers[2], pays[2];

      asks[0] = new_runner ("finance", asked, ACTION, "payments", payment, "refund");
      asks[1] = new_runner ("finance", asked, ACTION, "payments", payment, "refund");
      race (asks, 2, 200, 409);
      tw_company_assert (server, "payments", payment, "state", "received", "refunding", "11.30");
      id = tw_company_query (server, "SELECT MAX(id) FROM refund");
      refund = g_ascii_strtoll (id, NULL, 10);
      answers[0] = new_runner ("finance_manager", "{}", ACTION, "refunds", refund, "approve");
      answers[1] = new_runner ("finance", "{}", ACTION, "refunds", refund, "withdraw");
      if (race (answers, 2, 200, 409) == 1)
        continue;
      pays[0] = new_runner ("finance", "{}", ACTION, "refunds", refund, "pay_out");
      pays[1] = new_runner ("finance_manager", "{}", ACTION, "refunds", refund, "pay_out");
      race (pays, 2, 200, 409);
      tw_company_assert (server, "payments", payment, "state", "allocated", "refunded", "11.30");
    }
}

static void
test_refund_or_allocate (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 id = tw_company_release (server, "P-1:1"), payment = tw_company_take_money (server, "ALFKI", "11.30");
      Runner runners[2];

      tw_company_fulfil (server, id);
      tw_company_invoice (server, id);
      runners[0]
        = new_runner ("finance", "{\"amount\":\"11.30\",\"reason\":\"x\"}", ACTION, "payments", payment, "refund");
      runners[1] = new_runner ("finance", "{}", ACTION, "payments", payment, "allocate");
      if (race (runners, 2, 200, 409) == 0)
        tw_company_assert (server, "payments", payment, "refunding", "11.30", "allocated", "0.00");
      else
        tw_company_assert (server, "payments", payment, "refunding", "0.00", "allocated", "11.30");
    }
}

/* Sixteen want the last piece: all are answered well, one has it and the others wait for the next. */
static void
test_last_piece (void)
{
  Runner runners[CLIENTS];
  gint64 ids[CLIENTS];
  guint n = 0;

  tw_company_add_product (server, "LAST", "1.00");
  tw_company_receive (server, "LAST", "1");
  for (guint i = 0; i < CLIENTS; i++)
    {
      ids[i] = tw_company_enter (server, "sales", "ALFKI", "LAST:1");
      runners[i] = new_runner ("sales", "{}", ACTION, "orders", ids[i], "submit");
    }
  race (runners, CLIENTS, 200, 200);
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_autoptr (TwTestReply) reply = tw_company_get (server, "sales", "/orders/%" G_GINT64_FORMAT, ids[i]);
      g_autofree char *reserved = tw_company_value (reply, "lines.0.reserved");

      n += g_str_equal (reserved, "1");
    }
  g_assert_cmpuint (n, ==, 1);
  tw_company_assert_stock (server, "LAST", "reserved", "1");
  tw_company_assert_stock (server, "LAST", "backordered", "15");
}

/* Orders of the same products in opposite order do not stop each other. */
static void
test_opposite_lines (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      Runner runners[CLIENTS];

      for (guint i = 0; i < CLIENTS; i++)
        {
          gint64 id = tw_company_enter (server, "sales", "ALFKI", i % 2 == 0 ? "P-1:1 P-2:1 P-4:1" : "P-4:1 P-2:1 P-1:1");

          runners[i] = new_runner ("sales", "{}", ACTION, "orders", id, "submit");
        }
      race (runners, CLIENTS, 200, 200);
    }
}

/* ---- A trip takes what somebody is about to send ---- */

typedef struct
{
  Runner runner;
  GThread *thread;
  gint64 shipment;
  gint64 trip;
} Taking;

static gboolean
run_for (TwDb *db, const char *sql, gint64 shipment, gint64 trip, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, sql);
  gboolean found;

  tw_bind_int (s, "shipment", shipment);
  if (trip != 0)
    tw_bind_int (s, "trip", trip);
  return tw_statement_step (s, &found, error);
}

/* Until somebody waits for a row that this transaction has locked. */
static gboolean
wait_for_waiter (TwDb *db, GError **error)
{
  for (gboolean found = FALSE; !found;)
    {
      g_autoptr (TwStatement) s
        = tw_db_prepare (db, "SELECT 1 AS waits FROM information_schema.GLOBAL_STATUS"
                             " WHERE VARIABLE_NAME = 'INNODB_ROW_LOCK_CURRENT_WAITS' AND VARIABLE_VALUE > 0");

      if (!tw_statement_step (s, &found, error))
        return FALSE;
      g_thread_yield ();
    }
  return TRUE;
}

static gboolean
take_onto_trip_cb (TwDb *db, gpointer data, GError **error)
{
  Taking *taking = data;

  if (!run_for (db, "SELECT id FROM shipment WHERE id = :shipment FOR UPDATE", taking->shipment, 0, error))
    return FALSE;
  n_ready = 0;
  n_wanted = 1;
  taking->thread = g_thread_new ("runner", run, &taking->runner);
  return wait_for_waiter (db, error)
         && run_for (db, "INSERT INTO trip_stop (trip_id, position, shipment_id, open_shipment_id)"
                         " VALUES (:trip, 2, :shipment, :shipment)", taking->shipment, taking->trip, error);
}

/* What a step has left in memory knows of no trip; the view of the statement that waits for the row does not either. */
static void
test_trip_or_dispatch (void)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autoptr (GError) error = NULL;
  gint64 other = tw_company_find_shipment (server, tw_company_release (server, "P-1:1"));
  gint64 shipment = tw_company_find_shipment (server, tw_company_release (server, "P-1:1"));
  Taking taking = { new_runner ("dispatcher", "{}", ACTION, "shipments", shipment, "dispatch"), NULL, shipment, 0 };

  tw_company_make_ready (server, other);
  tw_company_make_ready (server, shipment);
  taking.trip = tw_company_add_trip (server, "driver", other);
  tw_db_transaction (db, take_onto_trip_cb, &taking, &error);
  g_assert_no_error (error);
  g_thread_join (taking.thread);
  g_assert_cmpuint (taking.runner.status, ==, 409);
  g_assert_nonnull (strstr (taking.runner.text, "trip"));
  runner_clear (&taking.runner);
  g_assert_true (run_for (db, "DELETE FROM trip_stop WHERE open_shipment_id = :shipment", shipment, 0, &error));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = tw_company_new ();
  g_test_add_func ("/races/cancel-or-pick", test_cancel_or_pick);
  g_test_add_func ("/races/withdraw-or-approve", test_withdraw_or_approve);
  g_test_add_func ("/races/two-trips", test_two_trips);
  g_test_add_func ("/races/trip-or-dispatch", test_trip_or_dispatch);
  g_test_add_func ("/races/two-invoices", test_two_invoices);
  g_test_add_func ("/races/two-payments", test_two_payments);
  g_test_add_func ("/races/two-refunds", test_two_refunds);
  g_test_add_func ("/races/refund-or-allocate", test_refund_or_allocate);
  g_test_add_func ("/races/last-piece", test_last_piece);
  g_test_add_func ("/races/opposite-lines", test_opposite_lines);
  g_test_add_data_func ("/races/verify", server, tw_company_test_verify);
  status = g_test_run ();
  tw_test_server_free (server);
  return status;
}
