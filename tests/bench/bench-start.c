/* bench-start.c: how long the demonstration, a start and an answer take, and what the server keeps in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-start
 *
 * Prints rows of a table and ends with 1 when a figure misses its target.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/measure.h"
#include "tests/bench/wire.h"
#include "tests/fixture/server.h"

#define STARTS 5
#define REQUESTS 500

#define DEMO_SECONDS 60
#define START_SECONDS 0.15
#define RESIDENT_MIB 60

typedef struct
{
  double wall; /* seconds */
  double cpu;
} Took;

static gboolean
report (const char *name, double value, const char *unit, double cpu, double most)
{
  gboolean met = value <= most;

  printf ("| %s | %.2f %s | %.2f s | ≤ %g %s: %s |\n", name, value, unit, cpu, most, unit, met ? "met" : "missed");
  fflush (stdout);
  return met;
}

/* The command and the database that it works on, which runs already. */
static Took
build_demonstration (TwTestServer *server)
{
  static const char *const words[] = { "demo", NULL };
  int database = tw_test_server_get_mariadb_pid (server);
  double cpu = bench_cpu_of (database) + bench_children_cpu ();
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *output = NULL;
  Took took;

  if (tw_test_server_command (server, words, NULL, &output) != 0)
    g_error ("the demonstration cannot be built: %s", output);
  took.wall = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  took.cpu = bench_cpu_of (database) + bench_children_cpu () - cpu;
  return took;
}

static int
compare_walls (const void *a, const void *b)
{
  double x = ((const Took *) a)->wall, y = ((const Took *) b)->wall;

  return (x > y) - (x < y);
}

/* From the call of the program to the line that it is ready, its database included; the middle of some. */
static Took
start_again (TwTestServer *server)
{
  Took all[STARTS];

  for (guint i = 0; i < STARTS; i++)
    {
      gint64 begin;

      tw_test_server_terminate (server);
      tw_test_server_wait (server);
      begin = g_get_monotonic_time ();
      tw_test_server_start (server);
      all[i].wall = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
      all[i].cpu = bench_cpu_of (tw_test_server_get_pid (server))
                   + bench_cpu_of (tw_test_server_get_mariadb_pid (server));
    }
  qsort (all, STARTS, sizeof *all, compare_walls);
  return all[STARTS / 2];
}

/* What the people of a company look at all day. */
static void
look_around (TwTestServer *server)
{
  static const char *const paths[]
    = { "/api/v1/orders?limit=100", "/api/v1/orders/1", "/api/v1/customers?limit=100", "/api/v1/products?limit=100",
        "/api/v1/shipments?limit=100", "/api/v1/invoices?limit=100", "/api/v1/stock?limit=100",
        "/api/v1/orders?state=completed&sort=-total&limit=100" };
  g_autofree char *token = tw_test_server_sign_in (server, "auditor");
  BenchWire *wire = bench_wire_new (tw_test_server_get_port (server), token);

  for (guint i = 0; i < REQUESTS; i++)
    {
      const char *path = paths[i % G_N_ELEMENTS (paths)];
      guint status = bench_wire_call (wire, "GET", path, NULL, NULL);

      if (status != 200)
        g_error ("%s: %u", path, status);
    }
  bench_wire_free (wire);
}

int
main (int argc, char **argv)
{
  g_autoptr (TwTestServer) server = tw_test_server_new (NULL);
  Took took;
  gboolean met;

  puts ("| what | measured | CPU | target |\n|---|--:|--:|---|");
  took = build_demonstration (server);
  met = report ("the demonstration company", took.wall, "s", took.cpu, DEMO_SECONDS);
  took = start_again (server);
  met = report ("start with an existing database", took.wall, "s", took.cpu, START_SECONDS) && met;
  look_around (server);
  met = report ("resident memory after the demonstration and 500 requests",
                bench_resident_of (tw_test_server_get_pid (server)), "MiB",
                bench_cpu_of (tw_test_server_get_pid (server)), RESIDENT_MIB)
        && met;
  return met ? 0 : 1;
}
