/* calm.c: somebody who works on while the server is under attack
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/attack/calm.h"

#include <stdio.h>
#include <string.h>

#include "tests/attack/raw.h"

#define FROM 200
#define PAUSE_USEC 20000
/* Milliseconds that a machine with nothing else to do stays below. */
#define QUIET_P99 50.0

struct _TwCalm
{
  TwTestServer *server;
  char *requests[2]; /* asked in turn */
  GThread *thread;
  gint stopping; /* atomic */
  gint asked;    /* atomic */
  GArray *times; /* of double, milliseconds */
  guint failed;
  guint last_status;
};

static gboolean
ask (TwCalm *self, const char *request)
{
  g_autoptr (GSocket) socket = tw_raw_dial (self->server, FROM);
  g_autofree char *answer = NULL;

  tw_raw_say (socket, request, -1);
  answer = tw_raw_hear (socket, NULL);
  self->last_status = tw_raw_status (answer);
  return self->last_status == 200;
}

static gpointer
calm_thread (gpointer data)
{
  TwCalm *self = data;
  guint turn = 0;

  while (!g_atomic_int_get (&self->stopping))
    {
      gint64 start = g_get_monotonic_time ();
      double took;

      if (!ask (self, self->requests[turn++ % G_N_ELEMENTS (self->requests)]))
        self->failed++;
      took = (double) (g_get_monotonic_time () - start) / 1000.0;
      g_array_append_val (self->times, took);
      g_atomic_int_inc (&self->asked);
      g_usleep (PAUSE_USEC);
    }
  return NULL;
}

/* (transfer full) */
static char *
write_request (const char *path, const char *token)
{
  return g_strdup_printf ("GET /api/v1%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n",
                          path, token);
}

TwCalm *
tw_calm_start (TwTestServer *server, const char *token)
{
  TwCalm *self = g_new0 (TwCalm, 1);

  self->server = server;
  self->requests[0] = write_request ("/session", token);
  self->requests[1] = write_request ("/orders?limit=20", token);
  self->times = g_array_new (FALSE, FALSE, sizeof (double));
  self->thread = g_thread_new ("calm", calm_thread, self);
  return self;
}

void
tw_calm_wait (TwCalm *self, guint n)
{
  tw_test_wait_for ((guint) g_atomic_int_get (&self->asked) >= n, 120);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
percentile (GArray *sorted, double fraction)
{
  return g_array_index (sorted, double, (guint) (fraction * (sorted->len - 1)));
}

/* What sanitizers make of a server's time. */
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 4.0
#else
#define SANITIZED 1.0
#endif

/* What the machine alone takes longer, when it is busy with other things: 1 on a machine that is not. */
static double
judge_machine (double quiet_p99)
{
  return SANITIZED * MAX (1.0, quiet_p99 / QUIET_P99);
}

double
tw_calm_measure_quiet (TwTestServer *server, const char *token)
{
  TwCalm *calm = tw_calm_start (server, token);

  tw_calm_wait (calm, 100);
  return judge_machine (tw_calm_finish (calm, "nothing", G_MAXDOUBLE));
}

double
tw_calm_finish (TwCalm *self, const char *attack, double p99)
{
  double median, last;
  guint failed, last_status;

  g_atomic_int_set (&self->stopping, 1);
  g_thread_join (self->thread);
  g_array_sort (self->times, compare);
  median = percentile (self->times, 0.5);
  last = percentile (self->times, 0.99);
  failed = self->failed;
  last_status = self->last_status;
  g_test_message ("%s: %u requests meanwhile, p50 %.1f ms, p99 %.1f ms, longest %.1f ms, %u failed", attack,
                  self->times->len, median, last, percentile (self->times, 1), failed);
  g_array_unref (self->times);
  for (guint i = 0; i < G_N_ELEMENTS (self->requests); i++)
    g_free (self->requests[i]);
  g_free (self);
  if (failed > 0)
    g_error ("%s: %u requests of a normal client were not answered, the last status was %u", attack, failed,
             last_status);
  g_assert_cmpfloat (last, <, p99);
  return last;
}

/* ---- The process ---- */

double
tw_calm_peak_memory (TwTestServer *server)
{
  g_autofree char *file = g_strdup_printf ("/proc/%d/status", tw_test_server_get_pid (server));
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);
  return (double) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024.0;
}

void
tw_calm_reset_peak (TwTestServer *server)
{
  g_autofree char *file = g_strdup_printf ("/proc/%d/clear_refs", tw_test_server_get_pid (server));
  FILE *out = fopen (file, "w");

  g_assert_nonnull (out);
  fputs ("5", out); /* see proc(5) */
  g_assert_cmpint (fclose (out), ==, 0);
}

guint
tw_calm_count_descriptors (TwTestServer *server)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/fd", tw_test_server_get_pid (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

guint
tw_calm_count_connections (TwTestServer *server)
{
  static const char name[] = "tradewind_connections{} ";
  g_autoptr (TwTestReply) reply = tw_test_get (server, NULL, "//metrics");
  const char *line = strstr (reply->text, name);

  tw_test_assert_status (reply, 200);
  g_assert_nonnull (line);
  return (guint) g_ascii_strtoull (line + strlen (name), NULL, 10);
}

void
tw_calm_make_memory_honest (void)
{
  g_autofree char *options = g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "",
                                          ":quarantine_size_mb=4:thread_local_quarantine_size_kb=64", NULL);

  g_setenv ("ASAN_OPTIONS", options, TRUE);
}
