/* bench-orders.c: orders through HTTP against the same rows straight through libmariadb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-orders [--smoke] [--seconds N] [--only WORK]
 *
 * Prints rows of a table and ends with 1 when a figure misses its target. The smoke run is short and looks at ratios
 * only, with room for sanitizers and a busy machine: it shows that the comparison works and that nothing became slower
 * by an order of magnitude.
 */
#include <stdio.h>
#include <string.h>

#include "server/db/list-mark.h"
#include "tests/bench/direct.h"
#include "tests/bench/measure.h"
#include "tests/bench/wire.h"
#include "tests/fixture/company.h"

#define TURNS 5
#define SMOKE_TURNS 2
#define SMOKE_SECONDS 0.3
#define SMOKE_RATIO 0.02
/* What the references of some orders begin with that the server created. */
#define SOUGHT "served-7"

/* Where both sides work. */
typedef struct
{
  TwTestServer *server;
  char *token;
  char *socket;
  char *password;
  gint64 order_id; /* one with five lines */
  char *order_path;
} Place;

typedef struct
{
  Place *place;
  BenchWire *wire;
  BenchDirect *direct;
} Client;

/* What is measured, and what is demanded of it; 0: nothing. */
typedef struct
{
  const char *name;
  gboolean (*served) (gpointer client, guint64 round);
  gboolean (*direct) (gpointer client, guint64 round);
  guint clients;
  double ratio;    /* at least */
  double p50_ms;   /* at most */
  double p99_ms;   /* at most */
  double cpu_ms;   /* of server and database, at most */
  double rate;     /* a second, at least */
  gboolean counts; /* what the rows before have created is counted: their marks are awaited (server/db/list-mark.h) */
} Row;

/* ---- The place ---- */

static Place *
place_new (void)
{
  Place *place = g_new0 (Place, 1);

  place->server = tw_company_new_live ();
  place->token = tw_test_server_sign_in (place->server, "sales");
  tw_test_server_find_database (place->server, &place->socket, &place->password);
  return place;
}

static void
place_free (Place *place)
{
  tw_test_server_free (place->server);
  g_free (place->token);
  g_free (place->socket);
  g_free (place->password);
  g_free (place->order_path);
  g_free (place);
}

/* ---- Through HTTP ---- */

static gpointer
open_served_cb (gpointer data)
{
  Client *client = g_new0 (Client, 1);

  client->place = data;
  client->wire = bench_wire_new (tw_test_server_get_port (client->place->server), client->place->token);
  return client;
}

static gboolean
create_served_cb (gpointer data, guint64 round)
{
  Client *client = data;
  char key[40], body[700];

  g_snprintf (key, sizeof key, "served-%" G_GUINT64_FORMAT, round);
  g_snprintf (body, sizeof body,
              "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"2\"},"
              "{\"product\":\"P-2\",\"quantity\":\"2\"},{\"product\":\"P-3\",\"quantity\":\"2\"},"
              "{\"product\":\"P-4\",\"quantity\":\"2\"},{\"product\":\"S-1\",\"quantity\":\"2\"}]}",
              key);
  return bench_wire_call (client->wire, "POST", "/api/v1/orders", body, key) == 201;
}

static gboolean
list_served_cb (gpointer data, guint64 round)
{
  Client *client = data;

  return bench_wire_call (client->wire, "GET", "/api/v1/orders?limit=100", NULL, NULL) == 200;
}

static gboolean
search_served_cb (gpointer data, guint64 round)
{
  Client *client = data;

  return bench_wire_call (client->wire, "GET", "/api/v1/orders?limit=100&q=" SOUGHT, NULL, NULL) == 200;
}

static gboolean
count_served_cb (gpointer data, guint64 round)
{
  Client *client = data;

  return bench_wire_call (client->wire, "GET", "/api/v1/orders?limit=1&state=draft", NULL, NULL) == 200;
}

static gboolean
read_served_cb (gpointer data, guint64 round)
{
  Client *client = data;

  return bench_wire_call (client->wire, "GET", client->place->order_path, NULL, NULL) == 200;
}

static void
close_served_cb (gpointer data)
{
  Client *client = data;

  bench_wire_free (client->wire);
  g_free (client);
}

/* ---- Straight through libmariadb ---- */

static gpointer
open_direct_cb (gpointer data)
{
  Client *client = g_new0 (Client, 1);

  client->place = data;
  client->direct = bench_direct_new (client->place->socket, "tradewind_owner", client->place->password, "tradewind");
  return client;
}

static gboolean
create_direct_cb (gpointer data, guint64 round)
{
  Client *client = data;
  char key[40];

  g_snprintf (key, sizeof key, "direct-%" G_GUINT64_FORMAT, round);
  return bench_direct_create (client->direct, key);
}

static gboolean
list_direct_cb (gpointer data, guint64 round)
{
  return bench_direct_list (((Client *) data)->direct);
}

static gboolean
search_direct_cb (gpointer data, guint64 round)
{
  return bench_direct_search (((Client *) data)->direct, SOUGHT);
}

static gboolean
count_direct_cb (gpointer data, guint64 round)
{
  return bench_direct_count (((Client *) data)->direct);
}

static gboolean
read_direct_cb (gpointer data, guint64 round)
{
  Client *client = data;

  return bench_direct_read (client->direct, client->place->order_id);
}

static void
close_direct_cb (gpointer data)
{
  Client *client = data;

  bench_direct_free (client->direct);
  g_free (client);
}

/* ---- The table ---- */

static const Row rows[] = {
  { "create an order of 5 lines", create_served_cb, create_direct_cb, 1, .p50_ms = 3 },
  { "create an order of 5 lines", create_served_cb, create_direct_cb, 8, .ratio = 0.5, .p99_ms = 15, .cpu_ms = 1 },
  { "create an order of 5 lines", create_served_cb, create_direct_cb, 16 },
  { "list of 100 orders", list_served_cb, list_direct_cb, 1, .p50_ms = 5, .counts = TRUE },
  { "list of 100 orders", list_served_cb, list_direct_cb, 8, .rate = 2500, .counts = TRUE },
  { "search for a reference", search_served_cb, search_direct_cb, 1, .counts = TRUE },
  { "search for a reference", search_served_cb, search_direct_cb, 8, .counts = TRUE },
  { "count of all drafts", count_served_cb, count_direct_cb, 1, .counts = TRUE },
  { "count of all drafts", count_served_cb, count_direct_cb, 8, .counts = TRUE },
  { "order with its lines", read_served_cb, read_direct_cb, 1, .p50_ms = 3 },
  { "order with its lines", read_served_cb, read_direct_cb, 8, .rate = 5000 },
};

static void
print_head (void)
{
  puts ("| work | clients | served /s | direct /s | ratio | p50 ms | p99 ms | direct p50 ms |"
        " direct p99 ms | server CPU ms | its MariaDB CPU ms | direct CPU ms | its MariaDB CPU ms | errors | target |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
}

/* One demand among those of the row. */
static void
demand (GString *text, gboolean *met, gboolean asked, gboolean reached, const char *format, double bound)
{
  if (!asked)
    return;
  g_string_append (text, text->len > 0 ? ", " : "");
  g_string_append_printf (text, format, bound);
  g_string_append (text, reached ? ": met" : ": missed");
  *met = *met && reached;
}

static char *
judge (const Row *row, const BenchFigures *served, double ratio, gboolean *met)
{
  GString *text = g_string_new (NULL);

  demand (text, met, row->ratio > 0, ratio >= row->ratio, "ratio ≥ %.2f", row->ratio);
  demand (text, met, row->p50_ms > 0, bench_percentile (served, 0.5) <= row->p50_ms, "p50 ≤ %.0f ms", row->p50_ms);
  demand (text, met, row->p99_ms > 0, bench_percentile (served, 0.99) <= row->p99_ms, "p99 ≤ %.0f ms", row->p99_ms);
  demand (text, met, row->cpu_ms > 0,
          bench_cpu_each (served, served->server_cpu) + bench_cpu_each (served, served->database_cpu) <= row->cpu_ms,
          "CPU ≤ %.1f ms", row->cpu_ms);
  demand (text, met, row->rate > 0, bench_rate (served) >= row->rate, "≥ %.0f /s", row->rate);
  return g_string_free (text, FALSE);
}

/* Prints the row; FALSE when something demanded is not so. */
static gboolean
report (const Row *row, const BenchFigures *served, const BenchFigures *direct, gboolean smoke)
{
  double ratio = bench_rate (served) / bench_rate (direct);
  gboolean met = served->errors + direct->errors == 0 && (!smoke || ratio >= SMOKE_RATIO);
  g_autofree char *target = smoke ? g_strdup (met ? "" : "missed") : judge (row, served, ratio, &met);

  printf ("| %s | %u | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.3f | %.3f | %.3f | %.3f | %" G_GUINT64_FORMAT
          " | %s |\n",
          row->name, row->clients, bench_rate (served), bench_rate (direct), ratio, bench_percentile (served, 0.5),
          bench_percentile (served, 0.99), bench_percentile (direct, 0.5), bench_percentile (direct, 0.99),
          bench_cpu_each (served, served->server_cpu), bench_cpu_each (served, served->database_cpu),
          bench_cpu_each (direct, direct->own_cpu), bench_cpu_each (direct, direct->database_cpu),
          served->errors + direct->errors, target);
  fflush (stdout);
  return met;
}

/* Waits until the orders are counted up to their last mark but one. */
static void
await_marks (Place *place)
{
  g_autoptr (TwDb) db = tw_test_server_open_database (place->server);
  g_autoptr (TwStatement) rest
    = tw_db_prepare (db, "SELECT COUNT(*) AS n FROM sales_order WHERE id > COALESCE((SELECT MAX(last_id) FROM list_mark"
                         " WHERE list = 'sales_order' AND position > 0), 0)");
  g_autoptr (GError) error = NULL;
  gboolean found;

  for (;;)
    {
      tw_statement_reset (rest);
      if (!tw_statement_step (rest, &found, &error))
        g_error ("%s", error->message);
      if (tw_column_int (rest, "n") <= 2 * TW_LIST_MARK_ROWS)
        return;
      g_usleep (G_USEC_PER_SEC);
    }
}

static gboolean
run_row (Place *place, const Row *row, gboolean smoke, double seconds)
{
  BenchProcesses processes = { tw_test_server_get_pid (place->server),
                               tw_test_server_get_mariadb_pid (place->server) };
  BenchSide sides[2] = { { "served", open_served_cb, row->served, close_served_cb, place },
                         { "direct", open_direct_cb, row->direct, close_direct_cb, place } };
  BenchFigures figures[2];
  gboolean met;

  if (row->counts && !smoke)
    await_marks (place);
  bench_compare (sides, processes, row->clients, smoke ? SMOKE_TURNS : TURNS, seconds, figures);
  met = report (row, &figures[0], &figures[1], smoke);
  bench_figures_clear (&figures[0]);
  bench_figures_clear (&figures[1]);
  return met;
}

int
main (int argc, char **argv)
{
  gboolean smoke = FALSE, met = TRUE;
  double seconds = 1;
  g_autofree char *only = NULL;
  const GOptionEntry entries[] = {
    { "smoke", 0, 0, G_OPTION_ARG_NONE, &smoke, "A short run that looks at ratios only", NULL },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each turn takes", "N" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Only the rows whose work has this text", "WORK" },
    { NULL },
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Place *place;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  place = place_new ();
  place->order_id = tw_company_enter (place->server, "sales", "ALFKI", "P-1:2 P-2:2 P-3:2 P-4:2 S-1:2");
  place->order_path = g_strdup_printf ("/api/v1/orders/%" G_GINT64_FORMAT, place->order_id);
  print_head ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    /* One client's pace says more about the machine's other work. */
    if ((!smoke || rows[i].clients > 1) && (!only || strstr (rows[i].name, only)))
      met = run_row (place, &rows[i], smoke, smoke ? SMOKE_SECONDS : seconds) && met;
  place_free (place);
  return met ? 0 : 1;
}
