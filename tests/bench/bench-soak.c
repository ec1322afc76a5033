/* bench-soak.c: whether the server stays as it is, hour after hour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-soak [--smoke] [--seconds N]
 *
 * Eight clients create orders, submit and cancel them, read them and look at lists, and come back on a new connection
 * now and then. Meanwhile the server's memory, descriptors and threads are looked at; what they are at the end is
 * compared with what they were when all was warm: the last quarter of the time with the second.
 * Prints rows of a table; ends with 1 when a figure misses its target.
 */
#include <stdio.h>
#include <string.h>

#include "tests/bench/measure.h"
#include "tests/bench/wire.h"
#include "tests/fixture/company.h"

#define CLIENTS 8
#define ROUNDS_A_CONNECTION 50
#define SECONDS 600
#define SMOKE_SECONDS 4
#define SAMPLES 60 /* one each ten seconds of 600 */
#define SMOKE_SAMPLES 16
/* After the start and a few questions. */
#define IDLE_SECONDS 5

#define IDLE_MIB 40
#define LOAD_MIB 80
/* What the allocator keeps differs by so much from one minute to the next. */
#define GROWTH_MIB 2
/* Connections that are just being opened and closed. */
#define GROWTH_DESCRIPTORS 2

typedef struct
{
  TwTestServer *server;
  char *token;
  char *manager;
  gint64 until;
  gint rounds; /* atomic */
  gint errors; /* atomic */
} Place;

typedef struct
{
  Place *place;
  guint number;
  BenchWire *wire;
  guint round;
} Client;

/* What the server is seen to have. */
typedef struct
{
  double resident; /* MiB */
  double descriptors;
  double threads;
} Sample;

/* ---- The load ---- */

static gboolean
call (Client *client, const char *token, const char *method, const char *path, const char *body)
{
  g_autofree char *key = g_strdup_printf ("soak-%u-%u-%s", client->number, client->round, path);
  guint status;

  bench_wire_set_token (client->wire, token);
  status = bench_wire_call (client->wire, method, path, body, body != NULL ? key : NULL);
  if (status == 200 || status == 201)
    return TRUE;
  fprintf (stderr, "%s %s: %u %s\n", method, path, status, status != 0 ? bench_wire_get_body (client->wire) : "");
  return FALSE;
}

static gboolean
work (Client *client)
{
  static const char *const lists[] = { "/api/v1/orders?limit=100", "/api/v1/orders?state=cancelled&limit=100",
                                       "/api/v1/stock?limit=100", "/api/v1/customers?q=alf&limit=100" };
  Place *place = client->place;
  g_autofree char *order = NULL;
  g_autofree char *submit = NULL;
  g_autofree char *cancel = NULL;
  const char *id;

  if (!call (client, place->token, "POST", "/api/v1/orders",
             "{\"customer\":\"ALFKI\",\"lines\":[{\"product\":\"P-1\",\"quantity\":\"2\"},{\"product\":\"P-2\","
             "\"quantity\":\"1\"},{\"product\":\"P-4\",\"quantity\":\"5\"}]}"))
    return FALSE;
  id = strstr (bench_wire_get_body (client->wire), "{\"id\":");
  if (id == NULL)
    return FALSE;
  order = g_strdup_printf ("/api/v1/orders/%" G_GINT64_FORMAT, g_ascii_strtoll (id + strlen ("{\"id\":"), NULL, 10));
  submit = g_strconcat (order, "/actions/submit", NULL);
  cancel = g_strconcat (order, "/actions/cancel", NULL);
  return call (client, place->token, "POST", submit, "{}") && call (client, place->token, "GET", order, NULL)
         && call (client, place->token, "GET", lists[client->round % G_N_ELEMENTS (lists)], NULL)
         && call (client, place->manager, "POST", cancel, "{\"reason\":\"A soak\"}");
}

static gpointer
client_cb (gpointer data)
{
  Client *client = data;
  Place *place = client->place;

  for (client->round = 0; g_get_monotonic_time () < place->until; client->round++)
    {
      if (client->round % ROUNDS_A_CONNECTION == 0)
        {
          g_clear_pointer (&client->wire, bench_wire_free);
          client->wire = bench_wire_new (tw_test_server_get_port (place->server), place->token);
        }
      g_atomic_int_inc (work (client) ? &place->rounds : &place->errors);
    }
  g_clear_pointer (&client->wire, bench_wire_free);
  return NULL;
}

/* ---- What is seen ---- */

static double
count_entries (int pid, const char *what)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, what);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  double n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static Sample
look_at (int pid)
{
  return (Sample) { bench_resident_of (pid), count_entries (pid, "fd"), count_entries (pid, "task") };
}

static GArray *
watch (Place *place, double every)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  int pid = tw_test_server_get_pid (place->server);

  for (gint64 due = g_get_monotonic_time (); due < place->until; due += (gint64) (every * G_USEC_PER_SEC))
    {
      Sample sample;

      g_usleep ((gulong) MAX (due - g_get_monotonic_time (), 0)); /* the pace of looking */
      sample = look_at (pid);
      g_array_append_val (samples, sample);
    }
  return samples;
}

/* The samples, under load. */
static GArray *
soak (Place *place, double seconds, double every)
{
  Client clients[CLIENTS] = { 0 };
  GThread *threads[CLIENTS];
  GArray *samples;

  place->until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < CLIENTS; i++)
    {
      clients[i].place = place;
      clients[i].number = i;
      threads[i] = g_thread_new ("client", client_cb, &clients[i]);
    }
  samples = watch (place, every);
  for (guint i = 0; i < CLIENTS; i++)
    g_thread_join (threads[i]);
  return samples;
}

/* Over the samples of one quarter of the time, 0 to 3. */
static Sample
average (const GArray *samples, guint quarter)
{
  guint first = samples->len * quarter / 4, end = samples->len * (quarter + 1) / 4, n = MAX (end - first, 1);
  Sample sum = { 0 };

  for (guint i = first; i < end; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);

      sum.resident += sample->resident / n;
      sum.descriptors += sample->descriptors / n;
      sum.threads += sample->threads / n;
    }
  return sum;
}

static double
find_peak (const GArray *samples)
{
  double peak = 0;

  for (guint i = 0; i < samples->len; i++)
    peak = MAX (peak, g_array_index (samples, Sample, i).resident);
  return peak;
}

/* ---- The table ---- */

static gboolean
report (const char *what, double value, double most, gboolean demanded)
{
  gboolean met = !demanded || value <= most;

  printf ("| %s | %.2f | ", what, value);
  if (demanded)
    printf ("≤ %g: %s ", most, met ? "met" : "missed");
  puts ("|");
  fflush (stdout);
  return met;
}

static gboolean
report_all (const Place *place, const GArray *samples, double idle, double seconds, gboolean smoke)
{
  Sample early = average (samples, 1), late = average (samples, 3);
  gboolean met;

  met = report ("resident memory, idle, MiB", idle, IDLE_MIB, !smoke);
  met = report ("resident memory under load, at most, MiB", find_peak (samples), LOAD_MIB, !smoke) && met;
  met = report ("its growth from the second quarter of the time to the last, MiB", late.resident - early.resident,
                GROWTH_MIB, !smoke)
        && met;
  report ("descriptors in the second quarter", early.descriptors, 0, FALSE);
  met = report ("their growth to the last quarter", late.descriptors - early.descriptors, GROWTH_DESCRIPTORS, !smoke)
        && met;
  report ("threads in the second quarter", early.threads, 0, FALSE);
  met = report ("their growth to the last quarter", late.threads - early.threads, 0, !smoke) && met;
  report ("rounds of five requests a second", place->rounds / seconds, 0, FALSE);
  met = report ("errors", place->errors, 0, TRUE) && met;
  return met && place->rounds > 0;
}

/* What a company's server is left with when nobody works: after a start, and an answer or two. */
static double
measure_idle (Place *place)
{
  BenchWire *wire;

  tw_test_server_restart (place->server);
  wire = bench_wire_new (tw_test_server_get_port (place->server), place->token);
  if (bench_wire_call (wire, "GET", "/api/v1/orders?limit=100", NULL, NULL) != 200)
    g_error ("the work cannot be done");
  bench_wire_free (wire);
  g_usleep (IDLE_SECONDS * G_USEC_PER_SEC); /* idle is measured by doing nothing */
  return bench_resident_of (tw_test_server_get_pid (place->server));
}

int
main (int argc, char **argv)
{
  gboolean smoke = FALSE, met;
  double seconds = 0, idle;
  const GOptionEntry entries[] = {
    { "smoke", 0, 0, G_OPTION_ARG_NONE, &smoke, "A short run that demands no errors only", NULL },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long the load lasts (default: 600)", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) samples = NULL;
  Place place = { 0 };

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (seconds <= 0)
    seconds = smoke ? SMOKE_SECONDS : SECONDS;
  place.server = tw_company_new_live ();
  place.token = tw_test_server_sign_in (place.server, "sales");
  place.manager = tw_test_server_sign_in (place.server, "sales_manager");
  idle = smoke ? bench_resident_of (tw_test_server_get_pid (place.server)) : measure_idle (&place);
  samples = soak (&place, seconds, seconds / (smoke ? SMOKE_SAMPLES : SAMPLES));
  printf ("| %.0f s at %d clients | measured | target |\n|---|--:|---|\n", seconds, CLIENTS);
  met = report_all (&place, samples, idle, seconds, smoke);
  g_free (place.token);
  g_free (place.manager);
  tw_test_server_free (place.server);
  return met ? 0 : 1;
}
