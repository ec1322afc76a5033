/* measure.c: the same work done by several clients at once, timed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/measure.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef struct
{
  const BenchSide *side;
  gpointer client;
  gint64 until; /* monotonic */
  GArray *latencies;
  guint64 errors;
} Worker;

/* Never the same twice in a run of the program, so that keys made from it are fresh. */
static guint64
next_round (void)
{
  static gsize rounds; /* atomic */

  return (guint64) g_atomic_pointer_add (&rounds, 1);
}

static double
seconds_of (struct timespec time)
{
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

double
bench_cpu_of (int pid)
{
  struct timespec used;
  clockid_t clock;

  if (pid == 0 || clock_getcpuclockid (pid, &clock) != 0 || clock_gettime (clock, &used) != 0)
    return 0;
  return seconds_of (used);
}

double
bench_children_cpu (void)
{
  struct rusage used;

  getrusage (RUSAGE_CHILDREN, &used);
  return (double) (used.ru_utime.tv_sec + used.ru_stime.tv_sec)
         + (double) (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

double
bench_resident_of (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "\nVmRSS:")) == NULL)
    return 0;
  return (double) g_ascii_strtoull (line + strlen ("\nVmRSS:"), NULL, 10) / 1024;
}

static double
own_cpu (void)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return seconds_of (used);
}

static gpointer
work_cb (gpointer data)
{
  Worker *worker = data;

  while (TRUE)
    {
      gint64 begin = g_get_monotonic_time ();
      gint64 took;

      if (begin >= worker->until)
        return NULL;
      if (!worker->side->work (worker->client, next_round ()))
        worker->errors++;
      took = g_get_monotonic_time () - begin;
      g_array_append_val (worker->latencies, took);
    }
}

/* One side for one turn. */
static void
take_turn (const BenchSide *side, GPtrArray *clients, BenchProcesses processes, double seconds, BenchFigures *figures)
{
  g_autofree Worker *workers = g_new0 (Worker, clients->len);
  g_autofree GThread **threads = g_new0 (GThread *, clients->len);
  double server = bench_cpu_of (processes.server), database = bench_cpu_of (processes.database), own = own_cpu ();
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < clients->len; i++)
    {
      workers[i] = (Worker) { .side = side,
                              .client = g_ptr_array_index (clients, i),
                              .until = begin + (gint64) (seconds * G_USEC_PER_SEC),
                              .latencies = g_array_new (FALSE, FALSE, sizeof (gint64)) };
      threads[i] = g_thread_new (side->name, work_cb, &workers[i]);
    }
  for (guint i = 0; i < clients->len; i++)
    {
      g_thread_join (threads[i]);
      g_array_append_vals (figures->latencies, workers[i].latencies->data, workers[i].latencies->len);
      figures->errors += workers[i].errors;
      g_array_unref (workers[i].latencies);
    }
  figures->seconds += (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  figures->server_cpu += bench_cpu_of (processes.server) - server;
  figures->database_cpu += bench_cpu_of (processes.database) - database;
  figures->own_cpu += own_cpu () - own;
}

static int
compare_latencies (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

void
bench_figures_init (BenchFigures *figures)
{
  *figures = (BenchFigures) { .latencies = g_array_new (FALSE, FALSE, sizeof (gint64)) };
}

void
bench_figures_add (BenchFigures *figures, gint64 usec)
{
  g_array_append_val (figures->latencies, usec);
}

void
bench_figures_sort (BenchFigures *figures)
{
  g_array_sort (figures->latencies, compare_latencies);
}

void
bench_figures_clear (BenchFigures *figures)
{
  g_clear_pointer (&figures->latencies, g_array_unref);
}

void
bench_compare (const BenchSide *sides, BenchProcesses processes, guint n_clients, guint turns, double seconds,
               BenchFigures *figures)
{
  GPtrArray *clients[2];

  for (guint i = 0; i < 2; i++)
    {
      bench_figures_init (&figures[i]);
      clients[i] = g_ptr_array_new_with_free_func (sides[i].close);
      for (guint c = 0; c < n_clients; c++)
        g_ptr_array_add (clients[i], sides[i].open (sides[i].data));
      for (guint c = 0; c < n_clients; c++) /* so that every statement is prepared and every cache warm */
        if (!sides[i].work (g_ptr_array_index (clients[i], c), next_round ()))
          g_error ("%s: the work cannot be done", sides[i].name);
    }
  for (guint turn = 0; turn < turns; turn++)
    for (guint i = 0; i < 2; i++)
      take_turn (&sides[i], clients[i], processes, seconds, &figures[i]);
  for (guint i = 0; i < 2; i++)
    {
      bench_figures_sort (&figures[i]);
      g_ptr_array_unref (clients[i]);
    }
}

guint64
bench_count (const BenchFigures *figures)
{
  return figures->latencies->len;
}

double
bench_rate (const BenchFigures *figures)
{
  return (double) (bench_count (figures) - figures->errors) / figures->seconds;
}

double
bench_percentile (const BenchFigures *figures, double fraction)
{
  guint n = figures->latencies->len;
  guint at = MIN ((guint) (fraction * n), n - 1);

  return n > 0 ? (double) g_array_index (figures->latencies, gint64, at) / 1000 : 0;
}

double
bench_cpu_each (const BenchFigures *figures, double cpu_seconds)
{
  return cpu_seconds * 1000 / (double) MAX (bench_count (figures), 1);
}
