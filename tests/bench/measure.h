/* measure.h: the same work done by several clients at once, timed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two ways to do one thing are measured in turns of a second or so, so that whatever else the machine does weighs on
 * both alike.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One way to do the work. */
typedef struct
{
  const char *name;
  /* A client of its own, made on the first thread, used by one thread at a time. Never NULL. */
  gpointer (*open) (gpointer data);
  /* Does the work once; @round differs with every call of every client. FALSE is an error that the client saw. */
  gboolean (*work) (gpointer client, guint64 round);
  void (*close) (gpointer client);
  gpointer data;
} BenchSide;

/* What was measured, over all turns. */
typedef struct
{
  GArray *latencies; /* (element-type gint64) microseconds; sorted by bench_compare() and bench_figures_sort() */
  guint64 errors;
  double seconds;
  double own_cpu; /* seconds of CPU of this process: its clients */
  double server_cpu;
  double database_cpu;
} BenchFigures;

typedef struct
{
  int server;   /* process ids */
  int database;
} BenchProcesses;

/* For what is measured one by one: begun with none, each added, sorted before it is asked for percentiles. */
void bench_figures_init (BenchFigures *figures);
void bench_figures_add (BenchFigures *figures, gint64 usec);
void bench_figures_sort (BenchFigures *figures);
void bench_figures_clear (BenchFigures *figures);

/* @turns times each of @sides (two) for @seconds with @clients at once; figures[i] belong to sides[i]. */
void bench_compare (const BenchSide *sides, BenchProcesses processes, guint clients, guint turns, double seconds,
                    BenchFigures *figures);

/* Seconds of CPU that the process has used so far. */
double bench_cpu_of (int pid);
/* Of the processes that this one has started and that have ended. */
double bench_children_cpu (void);
/* MiB of memory of the process that are in use; 0 when it is not there. */
double bench_resident_of (int pid);

guint64 bench_count (const BenchFigures *figures);
double bench_rate (const BenchFigures *figures); /* done a second */
double bench_percentile (const BenchFigures *figures, double fraction); /* milliseconds */
/* Milliseconds of CPU for each operation. */
double bench_cpu_each (const BenchFigures *figures, double cpu_seconds);

G_END_DECLS
