/* load.c: fills a data directory with as many orders as are asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   load --data-dir DIR --orders N [--verify]
 *
 * An empty DIR gets the demonstration company first; what is in DIR is then multiplied.
 */
#include <stdio.h>
#include <stdlib.h>

#include <gio/gio.h>

#include "tests/bench/multiply.h"

static char *data_dir;
static gint64 orders = 1000;
static gboolean verify;

static const GOptionEntry entries[] = {
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, "the data directory of a server that does not run", "DIR" },
  { "orders", 0, 0, G_OPTION_ARG_INT64, &orders, "how many orders there are to be (default: 1000)", "N" },
  { "verify", 0, 0, G_OPTION_ARG_NONE, &verify, "runs verify afterwards", NULL },
  G_OPTION_ENTRY_NULL,
};

static gboolean
run_server (const char *command, GError **error)
{
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, error, TW_SERVER_PROGRAM, "--data-dir", data_dir, command, NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, error);
}

static void
say (const char *what, gint64 begin)
{
  printf ("%s: %.1f s\n", what, (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  fflush (stdout);
}

static gboolean
build_company (GError **error)
{
  g_autofree char *database = g_build_filename (data_dir, "database", NULL);
  gint64 begin = g_get_monotonic_time ();

  if (g_file_test (database, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!run_server ("demo", error))
    return FALSE;
  say ("the demonstration company", begin);
  return TRUE;
}

static gboolean
load (GError **error)
{
  BenchMultiplied done;
  gint64 begin;

  if (!build_company (error))
    return FALSE;
  begin = g_get_monotonic_time ();
  if (!bench_multiply (data_dir, (guint64)orders, &done, error))
    return FALSE;
  printf ("%" G_GUINT64_FORMAT " orders, %" G_GUINT64_FORMAT
          " changes (%u copies, %u groups of customers and products)\n",
          done.orders, done.changes, done.copies, done.groups);
  say ("multiplied", begin);
  begin = g_get_monotonic_time ();
  if (verify && !run_server ("verify", error))
    return FALSE;
  if (verify)
    say ("verified", begin);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- fills a data directory with orders");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || data_dir == NULL || orders < 1)
    {
      fprintf (stderr, "load: %s\n", error != NULL ? error->message : "--data-dir DIR and --orders N are needed");
      return EXIT_FAILURE;
    }
  if (load (&error))
    return EXIT_SUCCESS;
  fprintf (stderr, "load: %s\n", error->message);
  return EXIT_FAILURE;
}
