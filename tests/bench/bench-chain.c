/* bench-chain.c: orders from entry to the last payment, by everybody whose work it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-chain [--smoke] [--seconds N]
 *
 * One round is an order of five lines that needs a signature: create, submit, approve (which releases it), find its
 * shipment, pick, pack, deliver, invoice, post, pay: seventeen requests. Two companies of products are measured in
 * turns: sixty, and ten that everybody sells. All orders are of one customer, so they queue where one customer's do.
 * Prints rows of a table; ends with 1 when a figure misses its target.
 */
#include <stdio.h>
#include <string.h>

#include "tests/bench/measure.h"
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
} Place;

typedef struct
{
  const Place *place;
  BenchWire *wire;
  guint64 round;
  guint request; /* of this round */
} Client;

/* ---- The place ---- */

static void
place_fill (Place *place)
{
  for (guint i = 0; i < PRODUCTS; i++)
    {
      g_autofree char *sku = g_strdup_printf ("H-%u", i);

      tw_company_add_product (place->server, sku, "250");
      tw_company_receive (place->server, sku, "10000000");
    }
  for (guint i = 0; i < N_PEOPLE; i++)
    place->tokens[i] = tw_test_server_sign_in (place->server, people[i]);
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
                            (guint)((client->round * 7 + i) % client->place->products));
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

/* ---- The table ---- */

static gboolean
report (const char *name, guint clients, const BenchFigures *figures, gboolean smoke)
{
  gboolean demanded = !smoke && clients == 8;
  gboolean met = figures->errors == 0 && (!demanded || bench_rate (figures) >= CHAINS_A_SECOND);

  printf ("| %s | %u | %.1f | %.1f | %.1f | %.2f | %.2f | %" G_GUINT64_FORMAT " | %s |\n", name, clients,
          bench_rate (figures), bench_percentile (figures, 0.5), bench_percentile (figures, 0.99),
          bench_cpu_each (figures, figures->server_cpu), bench_cpu_each (figures, figures->database_cpu),
          figures->errors,
          demanded ? (met ? "≥ 60 /s, 0 errors: met" : "≥ 60 /s, 0 errors: missed")
          : met    ? "0 errors: met"
                   : "missed");
  fflush (stdout);
  return met;
}

static gboolean
run_row (Place *wide, Place *hot, guint clients, gboolean smoke, double seconds)
{
  BenchProcesses processes = { tw_test_server_get_pid (wide->server), tw_test_server_get_mariadb_pid (wide->server) };
  BenchSide sides[2]
      = { { "wide", open_cb, run_chain_cb, close_cb, wide }, { "hot", open_cb, run_chain_cb, close_cb, hot } };
  BenchFigures figures[2];
  gboolean met;

  bench_compare (sides, processes, clients, smoke ? 1 : TURNS, seconds, figures);
  met = report ("whole chain, sixty products", clients, &figures[0], smoke);
  met = report ("whole chain, ten hot products", clients, &figures[1], smoke) && met;
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
  Place wide = { .products = PRODUCTS }, hot;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  wide.server = tw_company_new_live ();
  place_fill (&wide);
  hot = wide;
  hot.products = HOT;
  puts ("| work | clients | chains /s | p50 ms | p99 ms | server CPU ms | MariaDB CPU ms | errors | target |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|---|");
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    if (!smoke || clients[i] == 8)
      met = run_row (&wide, &hot, clients[i], smoke, smoke ? SMOKE_SECONDS : seconds) && met;
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (wide.tokens[i]);
  tw_test_server_free (wide.server);
  return met ? 0 : 1;
}
