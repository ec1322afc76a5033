/* bench-chain.c: orders from entry to the last payment, by everybody whose work it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-chain [--smoke] [--seconds N]
 *
 * One round is an order of five lines that needs a signature: create, submit, approve (which releases it), find its
 * shipment, pick, pack, deliver, invoice, post, pay: seventeen requests; or the statements with which the server does
 * it, straight through libmariadb, in turns. Of sixty products, and of ten that everybody sells. All orders are of one
 * customer, so they queue where one customer's do. Prints rows of a table; ends with 1 when a figure misses its target.
 */
#include <stdio.h>
#include <string.h>

#include "tests/bench/measure.h"
#include "tests/bench/recording.h"
#include "tests/bench/replay.h"
#include "tests/bench/wire.h"
#include "tests/fixture/company.h"

#define TURNS 4
#define SMOKE_SECONDS 0.5
#define PRODUCTS 60
#define HOT 10
#define LINES 5
#define CHAINS_A_SECOND 60
/* 5 × 4 × 250.00 and 13 % tax: above the first threshold, below the second. */
#define TOTAL "5650.00"

typedef enum
{
  SALES,
  MANAGER,
  WAREHOUSE,
  DISPATCHER,
  FINANCE,
  N_PEOPLE,
} Person;

static const char *const people[N_PEOPLE] = { "sales", "manager", "warehouse", "dispatcher", "finance" };

typedef struct
{
  TwTestServer *server;
  char *tokens[N_PEOPLE];
  guint products;
  BenchRecording *recording; /* of one chain */
  gint64 first_product;            /* id */
  char *socket, *password;         /* of the database */
} Place;

typedef struct
{
  const Place *place;
  BenchWire *wire;
  guint64 round;
  guint request; /* of this round */
} Client;

/* Which products a round is about. */
static guint
pick_product (const Place *place, guint64 round, guint line)
{
  return (guint) ((round * 7 + line) % place->products);
}

/* ---- The place ---- */

static void
place_init (Place *place)
{
  place->server = tw_company_new_live ();
  place->products = PRODUCTS;
  bench_recording_prepare (place->server);
  for (guint i = 0; i < PRODUCTS; i++)
    {
      g_autofree char *sku = g_strdup_printf ("H-%u", i);

      tw_company_add_product (place->server, sku, "250");
      tw_company_receive (place->server, sku, "10000000");
    }
  for (guint i = 0; i < N_PEOPLE; i++)
    place->tokens[i] = tw_test_server_sign_in (place->server, people[i]);
  place->first_product = bench_recording_find_first_product (place->server);
  tw_test_server_find_database (place->server, &place->socket, &place->password);
}

static void
place_clear (Place *place)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (place->tokens[i]);
  g_free (place->socket);
  g_free (place->password);
  bench_recording_free (place->recording);
  tw_test_server_free (place->server);
}

/* ---- A round ---- */

/* The id that @member is followed by in the last answer; 0 when it is not there. */
static gint64
find_id (Client *client, const char *member)
{
  const char *begin = strstr (bench_wire_get_body (client->wire), member);

  return begin != NULL ? g_ascii_strtoll (begin + strlen (member), NULL, 10) : 0;
}

static gboolean
call (Client *client, Person person, const char *method, const char *path, const char *body)
{
  g_autofree char *key = g_strdup_printf ("chain-%" G_GUINT64_FORMAT "-%u", client->round, client->request++);
  guint status;

  bench_wire_set_token (client->wire, client->place->tokens[person]);
  status = bench_wire_call (client->wire, method, path, body, g_str_equal (method, "POST") ? key : NULL);
  if (status == 200 || status == 201)
    return TRUE;
  fprintf (stderr, "%s %s: %u %s\n", method, path, status, status != 0 ? bench_wire_get_body (client->wire) : "");
  return FALSE;
}

static gboolean
act (Client *client, Person person, const char *kind, gint64 id, const char *action, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/%s/%" G_GINT64_FORMAT "/actions/%s", kind, id, action);

  return call (client, person, "POST", path, body != NULL ? body : "{}");
}

/* *id of what was made, and its number when @number is wanted. */
static gboolean
create (Client *client, Person person, const char *path, const char *body, gint64 *id, char **number)
{
  const char *begin;

  if (!call (client, person, "POST", path, body))
    return FALSE;
  *id = find_id (client, "{\"id\":");
  if (number == NULL)
    return *id > 0;
  begin = strstr (bench_wire_get_body (client->wire), "\"number\":\"");
  if (begin == NULL)
    return FALSE;
  begin += strlen ("\"number\":\"");
  *number = g_strndup (begin, strcspn (begin, "\""));
  return *id > 0;
}

static gboolean
enter (Client *client, gint64 *id, char **number)
{
  g_autoptr (GString) body = g_string_new ("{\"customer\":\"ALFKI\",\"lines\":[");

  for (guint i = 0; i < LINES; i++)
    g_string_append_printf (body, "%s{\"product\":\"H-%u\",\"quantity\":\"4\"}", i > 0 ? "," : "",
                            pick_product (client->place, client->round, i));
  g_string_append (body, "]}");
  return create (client, SALES, "/api/v1/orders", body->str, id, number);
}

static gboolean
ship (Client *client, gint64 order)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/shipments?order_id=%" G_GINT64_FORMAT, order);
  gint64 id;

  if (!call (client, WAREHOUSE, "GET", path, NULL))
    return FALSE;
  id = find_id (client, "{\"id\":");
  return id > 0 && act (client, WAREHOUSE, "shipments", id, "start_picking", NULL)
         && act (client, WAREHOUSE, "shipments", id, "pick", NULL)
         && act (client, WAREHOUSE, "shipments", id, "pack", NULL)
         && act (client, WAREHOUSE, "shipments", id, "ready", NULL)
         && act (client, DISPATCHER, "shipments", id, "dispatch",
                 "{\"carrier\":\"SPEEDY\",\"tracking_number\":\"SP 1\"}")
         && act (client, DISPATCHER, "shipments", id, "deliver", "{\"receiver\":\"Maria Anders\"}");
}

static gboolean
settle (Client *client, const char *number)
{
  g_autofree char *body = g_strdup_printf ("{\"order\":\"%s\"}", number);
  gint64 invoice, payment;

  return create (client, FINANCE, "/api/v1/invoices", body, &invoice, NULL)
         && act (client, FINANCE, "invoices", invoice, "post", NULL)
         && create (client, FINANCE, "/api/v1/payments",
                    "{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":\"" TOTAL "\",\"reference\":\"B 1\"}",
                    &payment, NULL)
         && act (client, FINANCE, "payments", payment, "receive", NULL)
         && act (client, FINANCE, "payments", payment, "allocate", NULL);
}

static gboolean
run_chain_cb (gpointer data, guint64 round)
{
  Client *client = data;
  g_autofree char *number = NULL;
  gint64 order;

  client->round = round;
  client->request = 0;
  return enter (client, &order, &number) && act (client, SALES, "orders", order, "submit", NULL)
         && act (client, MANAGER, "orders", order, "approve", NULL) && ship (client, order) && settle (client, number);
}

static gpointer
open_cb (gpointer data)
{
  Client *client = g_new0 (Client, 1);

  client->place = data;
  client->wire = bench_wire_new (tw_test_server_get_port (client->place->server), client->place->tokens[SALES]);
  return client;
}

static void
close_cb (gpointer data)
{
  Client *client = data;

  bench_wire_free (client->wire);
  g_free (client);
}

/* ---- The same, straight through libmariadb ---- */

typedef struct
{
  const Place *place;
  BenchReplay *replay;
} Player;

/* Rounds that no client comes to, and that name the first five products. */
#define FIRST_ROUND (G_GUINT64_CONSTANT (1000000000) * PRODUCTS)

static gboolean
work_once_cb (TwTestServer *server, gboolean again)
{
  Place place = { .server = server, .products = PRODUCTS };
  g_autoptr (BenchWire) wire = NULL;
  Client client = { .place = &place };
  gboolean done;

  for (guint i = 0; i < N_PEOPLE; i++)
    place.tokens[i] = tw_test_server_sign_in (server, people[i]);
  client.wire = wire = bench_wire_new (tw_test_server_get_port (server), place.tokens[SALES]);
  done = run_chain_cb (&client, FIRST_ROUND + (again ? PRODUCTS : 0));
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (place.tokens[i]);
  return done;
}

static gboolean
play_cb (gpointer data, guint64 round)
{
  Player *player = data;
  g_autoptr (GArray) products = g_array_sized_new (FALSE, FALSE, sizeof (gint64), LINES);

  for (guint i = 0; i < LINES; i++)
    {
      gint64 id = player->place->first_product + pick_product (player->place, round, i);

      g_array_append_val (products, id);
    }
  tw_ids_sort (products);
  return bench_replay_run (player->replay, round, (const gint64 *) products->data);
}

static gpointer
open_player_cb (gpointer data)
{
  Player *player = g_new0 (Player, 1);

  player->place = data;
  player->replay = bench_replay_new (player->place->recording, player->place->socket, "tradewind_owner",
                                     player->place->password);
  return player;
}

/* What was replayed went the whole way: a change that met no row would have cost less. */
static void
check_replayed (const Place *place)
{
  static const char sql[] = "SELECT COUNT(*) AS n, COALESCE(SUM(o.state = 'completed'), 0) AS done,"
                            " COALESCE(SUM((SELECT SUM(i.paid = o.total) FROM invoice i WHERE i.order_id = o.id)), 0)"
                            " AS paid FROM sales_order o WHERE o.number LIKE 'SO-____-______-%'";
  g_autoptr (TwDb) db = tw_test_server_open_database (place->server);
  g_autoptr (TwStatement) count = tw_db_prepare (db, sql);
  g_autoptr (GError) error = NULL;
  gboolean found;

  tw_statement_step (count, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tw_column_int (count, "n"), >, 0);
  g_assert_cmpint (tw_column_int (count, "done"), ==, tw_column_int (count, "n"));
  g_assert_cmpint (tw_column_int (count, "paid"), ==, tw_column_int (count, "n"));
}

static void
close_player_cb (gpointer data)
{
  Player *player = data;

  bench_replay_free (player->replay);
  g_free (player);
}

/* ---- The table ---- */

static gboolean
report (const char *name, guint clients, const BenchFigures *served, const BenchFigures *direct, gboolean smoke)
{
  gboolean demanded = !smoke && clients == 8;
  guint64 errors = served->errors + direct->errors;
  gboolean met = errors == 0 && (!demanded || bench_rate (served) >= CHAINS_A_SECOND);

  printf ("| %s | %u | %.1f | %.1f | %.2f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.2f | %.2f | %" G_GUINT64_FORMAT
          " | %s |\n",
          name, clients, bench_rate (served), bench_rate (direct), bench_rate (served) / bench_rate (direct),
          bench_percentile (served, 0.5), bench_percentile (served, 0.99), bench_percentile (direct, 0.5),
          bench_percentile (direct, 0.99), bench_cpu_each (served, served->server_cpu),
          bench_cpu_each (served, served->database_cpu), bench_cpu_each (direct, direct->own_cpu),
          bench_cpu_each (direct, direct->database_cpu), errors,
          demanded ? (met ? "≥ 60 /s, 0 errors: met" : "≥ 60 /s, 0 errors: missed")
          : met    ? "0 errors: met"
                   : "missed");
  fflush (stdout);
  return met;
}

static gboolean
run_row (const char *name, Place *place, guint clients, gboolean smoke, double seconds)
{
  BenchProcesses processes
    = { tw_test_server_get_pid (place->server), tw_test_server_get_mariadb_pid (place->server) };
  BenchSide sides[2] = { { "served", open_cb, run_chain_cb, close_cb, place },
                         { "direct", open_player_cb, play_cb, close_player_cb, place } };
  BenchFigures figures[2];
  gboolean met;

  bench_compare (sides, processes, clients, smoke ? 1 : TURNS, seconds, figures);
  met = report (name, clients, &figures[0], &figures[1], smoke);
  check_replayed (place);
  bench_figures_clear (&figures[0]);
  bench_figures_clear (&figures[1]);
  return met;
}

int
main (int argc, char **argv)
{
  static const guint clients[] = { 1, 8, 16 };
  gboolean smoke = FALSE, met = TRUE;
  double seconds = 3;
  const GOptionEntry entries[] = {
    { "smoke", 0, 0, G_OPTION_ARG_NONE, &smoke, "A short run that demands no errors only", NULL },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each turn takes", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Place wide = { 0 }, hot;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  place_init (&wide);
  wide.recording = bench_recording_new (wide.server, work_once_cb);
  hot = wide;
  hot.products = HOT;
  puts ("| work | clients | server /s | direct /s | ratio | p50 ms | p99 ms | direct p50 | direct p99 | server CPU ms |"
        " MariaDB CPU ms | direct CPU ms | its MariaDB CPU ms | errors | target |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    if (!smoke || clients[i] == 8)
      {
        met = run_row ("whole chain, sixty products", &wide, clients[i], smoke, smoke ? SMOKE_SECONDS : seconds) && met;
        met = run_row ("whole chain, ten hot products", &hot, clients[i], smoke, smoke ? SMOKE_SECONDS : seconds)
              && met;
      }
  place_clear (&wide);
  return met ? 0 : 1;
}
