/* frames.c: what a window has painted, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/frames.h"

#define PATIENCE_USEC (60 * G_USEC_PER_SEC)
#define BEAT_MS 5

struct _BenchFrames
{
  GdkFrameClock *clock;
  gboolean painting; /* this frame has a paint phase */
  guint64 painted;   /* frames */
  gint64 last;       /* when the last one was painted */

  /* While it scrolls */
  GtkAdjustment *adjustment; /* nullable */
  double step;
  guint steps;
  GArray *intervals; /* nullable */

  /* While it is watched */
  guint beat;
  gint64 last_beat;
  gint64 standstill; /* the longest */
};

static void
update_cb (BenchFrames *self)
{
  if (self->adjustment == NULL || self->steps == 0)
    return;
  self->steps--;
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + self->step);
}

static void
paint_cb (BenchFrames *self)
{
  self->painting = TRUE;
}

static void
after_paint_cb (BenchFrames *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 interval = now - self->last;

  if (!self->painting)
    return;
  self->painting = FALSE;
  if (self->intervals != NULL && self->last != 0)
    g_array_append_val (self->intervals, interval);
  self->painted++;
  self->last = now;
}

BenchFrames *
bench_frames_new (GtkWidget *window)
{
  BenchFrames *self = g_new0 (BenchFrames, 1);

  self->clock = g_object_ref (gtk_widget_get_frame_clock (window));
  g_signal_connect_swapped (self->clock, "update", G_CALLBACK (update_cb), self);
  g_signal_connect_swapped (self->clock, "paint", G_CALLBACK (paint_cb), self);
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  return self;
}

void
bench_frames_free (BenchFrames *self)
{
  g_clear_handle_id (&self->beat, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->clock, self);
  g_object_unref (self->clock);
  g_free (self);
}

/* ---- Waiting ---- */

static gboolean
out_of_patience_cb (gpointer what)
{
  g_error ("not shown within a minute: %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

static gint64
wait_for_frame (BenchFrames *self, const char *what)
{
  guint64 before = self->painted;
  guint patience = g_timeout_add (PATIENCE_USEC / 1000, out_of_patience_cb, (gpointer) what);

  while (self->painted == before)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  return self->last;
}

gint64
bench_frames_wait (BenchFrames *self)
{
  return wait_for_frame (self, "the next frame");
}

gint64
bench_frames_wait_for (BenchFrames *self, const char *what, gboolean (*shown) (gpointer data), gpointer data)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_USEC;
  gint64 painted;

  do
    painted = wait_for_frame (self, what);
  while (!shown (data) && painted < until);
  if (!shown (data))
    g_error ("not shown within a minute: %s", what);
  return painted;
}

static gboolean
due_cb (gpointer due)
{
  *(gboolean *) due = TRUE;
  return G_SOURCE_REMOVE;
}

void
bench_frames_wait_until (gint64 time)
{
  gint64 left = time - g_get_monotonic_time ();
  gboolean due = left <= 0;

  if (!due)
    g_timeout_add_full (G_PRIORITY_HIGH, (guint) (left / 1000), due_cb, &due, NULL);
  while (!due)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
beat_cb (gpointer data)
{
  BenchFrames *self = data;
  gint64 now = g_get_monotonic_time ();

  self->standstill = MAX (self->standstill, now - self->last_beat);
  self->last_beat = now;
  return G_SOURCE_CONTINUE;
}

void
bench_frames_watch (BenchFrames *self)
{
  self->standstill = 0;
  self->last_beat = g_get_monotonic_time ();
  self->beat = g_timeout_add_full (G_PRIORITY_HIGH, BEAT_MS, beat_cb, self, NULL);
}

gint64
bench_frames_end_watch (BenchFrames *self)
{
  beat_cb (self);
  g_clear_handle_id (&self->beat, g_source_remove);
  return MAX (self->standstill - BEAT_MS * 1000, 0);
}

GArray *
bench_frames_scroll (BenchFrames *self, GtkAdjustment *adjustment, double step, guint n)
{
  self->adjustment = adjustment;
  self->step = step;
  self->steps = n + 1; /* the first frame ends no interval */
  self->last = 0;
  self->intervals = g_array_new (FALSE, FALSE, sizeof (gint64));
  gdk_frame_clock_begin_updating (self->clock);
  while (self->intervals->len < n)
    bench_frames_wait (self);
  gdk_frame_clock_end_updating (self->clock);
  self->adjustment = NULL;
  return g_steal_pointer (&self->intervals);
}

/* ---- Looking ---- */

static gboolean
says_something (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says_something (child))
      return TRUE;
  return FALSE;
}

static gboolean
can_be_seen (GtkWidget *row, GtkWidget *list)
{
  graphene_rect_t place;

  return gtk_widget_get_mapped (row) && gtk_widget_compute_bounds (row, list, &place)
         && place.origin.y < (float) gtk_widget_get_height (list) && place.origin.y + place.size.height > 0;
}

/* The rows are the children of the view's last child; the other one is the header. */
void
bench_frames_look (GtkColumnView *view, guint *rows, guint *blank)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (view));

  *rows = *blank = 0;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (can_be_seen (row, list))
      {
        *rows += 1;
        *blank += !says_something (gtk_widget_get_first_child (row));
      }
}

gboolean
bench_frames_has_rows (gpointer view)
{
  guint rows, blank;

  bench_frames_look (view, &rows, &blank);
  return rows > 0 && blank == 0;
}
