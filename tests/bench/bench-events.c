/* bench-events.c: how soon fifty people see what one of them did
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-events [--smoke] [--seconds N]
 *
 * Fifty clients follow the live events over WebSocket, for people of five roles, one of whom may see her own orders
 * only. She creates orders; each counts from when its request was sent to when the last of the fifty has heard of it.
 * Prints rows of a table; ends with 1 when a figure misses its target.
 */
#include <stdio.h>
#include <string.h>

#include "tests/bench/followers.h"
#include "tests/bench/wire.h"
#include "tests/fixture/company.h"

#define FOLLOWERS 50
#define SMOKE_SECONDS 2
#define PATIENCE_SECONDS 30
#define P99_MS 300

/* Who follows. */
static const char *const people[] = { "sales", "sales_manager", "auditor", "finance", "warehouse" };

typedef struct
{
  const char *name;
  guint writers;
  gint64 pause; /* microseconds from one change of a writer to its next; 0: none */
  gboolean demanded; /* also of the short run */
} Row;

static const Row rows[] = {
  { "a change, ten a second", 1, 100 * 1000, TRUE },
  { "a change, fifty a second", 1, 20 * 1000, TRUE },
  { "a change, one writer without a pause", 1, 0, TRUE },
  { "a change, eight writers without a pause", 8, 0, FALSE },
};

typedef struct
{
  TwTestServer *server;
  char *token; /* of who writes */
  BenchFollowers *followers;
  const Row *row;
  guint row_number;
  gint64 until;
  gint errors; /* atomic */
} Place;

typedef struct
{
  Place *place;
  guint number;
} Writer;

/* FALSE is an error. */
static gboolean
change (Place *place, BenchWire *wire, const char *key)
{
  gint64 begin = g_get_monotonic_time ();
  guint status = bench_wire_call (wire, "POST", "/api/v1/orders",
                                  "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"1\"}]}", key);
  const char *id = status == 201 ? strstr (bench_wire_get_body (wire), "{\"id\":") : NULL;

  if (id == NULL)
    {
      fprintf (stderr, "create: %u %s\n", status, status != 0 ? bench_wire_get_body (wire) : "");
      return FALSE;
    }
  bench_followers_note (place->followers, g_ascii_strtoll (id + strlen ("{\"id\":"), NULL, 10), begin);
  return TRUE;
}

static gpointer
write_cb (gpointer data)
{
  const Writer *writer = data;
  Place *place = writer->place;
  BenchWire *wire = bench_wire_new (tw_test_server_get_port (place->server), place->token);
  gint64 due = g_get_monotonic_time ();

  for (guint i = 0; due < place->until; i++)
    {
      g_autofree char *key = g_strdup_printf ("events-%u-%u-%u", place->row_number, writer->number, i);

      if (!change (place, wire, key))
        g_atomic_int_inc (&place->errors);
      due = place->row->pause > 0 ? due + place->row->pause : g_get_monotonic_time ();
      g_usleep ((gulong) MAX (due - g_get_monotonic_time (), 0)); /* the pace of the writer */
    }
  bench_wire_free (wire);
  return NULL;
}

static void
write_all (Place *place, double seconds)
{
  g_autofree Writer *writers = g_new0 (Writer, place->row->writers);
  g_autofree GThread **threads = g_new0 (GThread *, place->row->writers);

  place->until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < place->row->writers; i++)
    {
      writers[i] = (Writer) { place, i };
      threads[i] = g_thread_new ("writer", write_cb, &writers[i]);
    }
  for (guint i = 0; i < place->row->writers; i++)
    g_thread_join (threads[i]);
}

/* Until everybody has heard of all that was there before. */
static void
catch_up (Place *place)
{
  BenchWire *wire = bench_wire_new (tw_test_server_get_port (place->server), place->token);
  BenchFigures figures;

  bench_figures_init (&figures);
  if (!change (place, wire, "events-first"))
    g_error ("the work cannot be done");
  bench_followers_take (place->followers, PATIENCE_SECONDS, &figures);
  if (figures.errors > 0)
    g_error ("not everybody hears of what happens");
  bench_figures_clear (&figures);
  bench_wire_free (wire);
}

static gboolean
run_row (Place *place, double seconds, gboolean smoke)
{
  int server = tw_test_server_get_pid (place->server), database = tw_test_server_get_mariadb_pid (place->server);
  gint64 begin = g_get_monotonic_time ();
  BenchFigures figures;
  gboolean met;

  bench_figures_init (&figures);
  place->errors = 0;
  figures.server_cpu = -bench_cpu_of (server);
  figures.database_cpu = -bench_cpu_of (database);
  write_all (place, seconds);
  figures.seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  bench_followers_take (place->followers, PATIENCE_SECONDS, &figures);
  figures.server_cpu += bench_cpu_of (server);
  figures.database_cpu += bench_cpu_of (database);
  bench_figures_sort (&figures);
  figures.errors += (guint) place->errors;
  met = figures.errors == 0 && bench_count (&figures) > 0;
  printf ("| %s | %u | %.1f | %.1f | %.1f | %.2f | %.2f | %" G_GUINT64_FORMAT " | ", place->row->name, FOLLOWERS,
          (double) bench_count (&figures) / figures.seconds, bench_percentile (&figures, 0.5),
          bench_percentile (&figures, 0.99), bench_cpu_each (&figures, figures.server_cpu),
          bench_cpu_each (&figures, figures.database_cpu), figures.errors);
  if (place->row->demanded && !smoke)
    {
      met = met && bench_percentile (&figures, 0.99) <= P99_MS;
      printf ("p99 ≤ %d ms, 0 errors: %s |\n", P99_MS, met ? "met" : "missed");
    }
  else
    {
      printf ("0 errors: %s |\n", met ? "met" : "missed");
    }
  fflush (stdout);
  bench_figures_clear (&figures);
  return met;
}

int
main (int argc, char **argv)
{
  gboolean smoke = FALSE, met = TRUE;
  double seconds = 20;
  const GOptionEntry entries[] = {
    { "smoke", 0, 0, G_OPTION_ARG_NONE, &smoke, "A short run that demands that everybody hears of everything", NULL },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each row takes", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  char *tokens[G_N_ELEMENTS (people)];
  Place place = { 0 };

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  place.server = tw_company_new_live ();
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    tokens[i] = tw_test_server_sign_in (place.server, people[i]);
  place.token = tokens[0];
  place.followers = bench_followers_new (tw_test_server_get_port (place.server), (const char *const *) tokens,
                                         G_N_ELEMENTS (tokens), FOLLOWERS);
  catch_up (&place);
  puts ("| work | clients | changes /s | p50 ms | p99 ms | server CPU ms | MariaDB CPU ms | errors | target |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|---|");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      place.row = &rows[i];
      place.row_number = i;
      if (!smoke || rows[i].demanded)
        met = run_row (&place, smoke ? SMOKE_SECONDS : seconds, smoke) && met;
    }
  bench_followers_free (place.followers);
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    g_free (tokens[i]);
  tw_test_server_free (place.server);
  return met ? 0 : 1;
}
