/* frames.h: what a window has painted, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are g_get_monotonic_time(). Waiting runs the default main context and ends the program after a minute.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _BenchFrames BenchFrames;

/* @window is presented, and outlives it. */
BenchFrames *bench_frames_new (GtkWidget *window);
void bench_frames_free (BenchFrames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchFrames, bench_frames_free)

/* Waits until a frame has been painted that began after this call; when it was. */
gint64 bench_frames_wait (BenchFrames *self);
/* Waits until a frame has been painted in which @shown holds; when it was. @what: named when that never happens. */
gint64 bench_frames_wait_for (BenchFrames *self, const char *what, gboolean (*shown) (gpointer data), gpointer data);
/* Waits until @time, which may have passed. */
void bench_frames_wait_until (gint64 time);

/* Begins to watch the main loop; the longest that it stood still since then, in microseconds. */
void bench_frames_watch (BenchFrames *self);
gint64 bench_frames_end_watch (BenchFrames *self);

/* Adds to @adjustment in each of @n frames; the times between two painted frames in microseconds.
 * (element-type gint64) (transfer full) */
GArray *bench_frames_scroll (BenchFrames *self, GtkAdjustment *adjustment, double step, guint n);

/* Of the rows of @view that can be seen, how many there are and how many have no text in the first column. */
void bench_frames_look (GtkColumnView *view, guint *rows, guint *blank);
/* Whether rows can be seen, and all of them say something. A predicate for bench_frames_wait_for(). */
gboolean bench_frames_has_rows (gpointer view);

G_END_DECLS
