/* metrics.h: counters, gauges and latency histograms for /metrics
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One registry a process, behind a mutex; any thread. Names and label texts are constants of the code, never input, so
 * the registry stays small.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @labels is Prometheus label text, e.g. `method="GET",status="200"`, nullable. */
void tw_metrics_count (const char *name, const char *labels, gint64 delta);
void tw_metrics_set (const char *name, const char *labels, gint64 value);
/* Adds a duration to histogram @name (in seconds on the page). */
void tw_metrics_observe (const char *name, const char *labels, gint64 usec);
/* Exposition format 0.0.4. */
void tw_metrics_write (GString *out);
void tw_metrics_reset (void);

G_END_DECLS
