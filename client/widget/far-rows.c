/* far-rows.c: rows of a table that nobody can see take no part in its work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/far-rows.h"

/* Hiding makes the table lay out anew, so it waits until nobody scrolls. */
#define REST_MS 200

#define TW_TYPE_FAR_ROWS (tw_far_rows_get_type ())
G_DECLARE_FINAL_TYPE (TwFarRows, tw_far_rows, TW, FAR_ROWS, GObject)

struct _TwFarRows
{
  GObject parent_instance;

  GtkColumnView *view;  /* borrowed: it owns this */
  GdkFrameClock *clock; /* while the view is realized */
  gulong handler;
  double value; /* how far it is scrolled */
  float edge;   /* where the last title stood when rows were last put below the titles */
  guint source;
};

G_DEFINE_FINAL_TYPE (TwFarRows, tw_far_rows, G_TYPE_OBJECT)

/* Its children are the header and the list of rows. */
static GtkWidget *
get_list (TwFarRows *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

/* ---- A row --------------------------------------------------------------------------------------------------- */

/* What a cell holds makes its face when it is first shown. */
static gboolean
is_shown (GtkWidget *cell)
{
  GtkWidget *child = gtk_widget_get_first_child (cell);

  return gtk_widget_get_visible (cell) && (child == NULL || gtk_widget_get_visible (child));
}

static void
show_cell (GtkWidget *cell)
{
  GtkWidget *child = gtk_widget_get_first_child (cell);

  gtk_widget_set_visible (cell, TRUE);
  if (child != NULL)
    gtk_widget_set_visible (child, TRUE);
}

/* Any of its cells but, of those that are shown, the first, which always is. */
static gboolean
has_cells (GtkWidget *row, gboolean visible)
{
  GtkWidget *cell = gtk_widget_get_first_child (row);

  if (visible && cell != NULL)
    cell = gtk_widget_get_next_sibling (cell);
  for (; cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    if (visible ? gtk_widget_get_visible (cell) : !is_shown (cell))
      return TRUE;
  return FALSE;
}

static void
show_cells (GtkWidget *row)
{
  gtk_widget_set_size_request (row, -1, -1);
  for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    show_cell (cell);
}

/* The row stays as high as it is, or the list would not know how long it is. */
static void
hide_cells (GtkWidget *row, int width)
{
  int height;

  if (!has_cells (row, TRUE))
    return;
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_set_size_request (row, -1, height);
  for (GtkWidget *cell = gtk_widget_get_last_child (row); cell != gtk_widget_get_first_child (row);
       cell = gtk_widget_get_prev_sibling (cell))
    gtk_widget_set_visible (cell, FALSE);
}

static gboolean
has_focus (GtkWidget *row)
{
  return (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* ---- What is near -------------------------------------------------------------------------------------------- */

/* Rows from @first to before @end, in the order of the list. */
typedef struct
{
  guint first;
  guint end;
} Range;

/* The rows that GTK found a place for: the others are out of sight. */
static Range
find_seen (GtkWidget *list)
{
  Range seen = { G_MAXUINT, 0 };
  guint i = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row), i++)
    if (gtk_widget_get_child_visible (row))
      {
        seen.first = MIN (seen.first, i);
        seen.end = i + 1;
      }
  return seen;
}

/* So many more on both sides that scrolling by a step seldom has to show any. */
static Range
widen (Range seen)
{
  guint margin = seen.end > seen.first ? (seen.end - seen.first + 1) / 2 : 0;

  return (Range) { seen.first - MIN (margin, seen.first), seen.end + margin };
}

static gboolean
hide_cb (gpointer user_data)
{
  TwFarRows *self = user_data;
  GtkWidget *list = get_list (self);
  Range near = widen (find_seen (list));
  guint i = 0;

  self->source = 0;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL && near.end > 0;
       row = gtk_widget_get_next_sibling (row), i++)
    if ((i < near.first || i >= near.end) && !has_focus (row))
      hide_cells (row, gtk_widget_get_width (list));
  return G_SOURCE_REMOVE;
}

static void
show_range (GtkWidget *list, Range near)
{
  guint i = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row), i++)
    if (i >= near.first && i < near.end && has_cells (row, FALSE))
      show_cells (row);
}

static void
hide_soon (TwFarRows *self)
{
  double value = gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)));

  if (self->source != 0 && value == self->value)
    return;
  self->value = value;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (REST_MS, hide_cb, self);
}

/* Where the last child of @row begins. */
static float
find_edge (GtkWidget *row)
{
  GtkWidget *last = gtk_widget_get_last_child (row);
  graphene_rect_t place;

  return last != NULL && gtk_widget_compute_bounds (last, row, &place) ? place.origin.x : 0;
}

/* When columns change their width while cells are hidden, GTK moves the titles, but not always the rows that are seen.
 * Once for each place of the last title. */
static void
align_rows (TwFarRows *self, GtkWidget *list)
{
  float edge = find_edge (gtk_widget_get_first_child (GTK_WIDGET (self->view)));

  if (edge == self->edge)
    return;
  self->edge = edge;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_queue_allocate (row);
}

/* It says what the row is, and how high. */
static void
show_first (GtkWidget *row)
{
  GtkWidget *first = gtk_widget_get_first_child (row);

  if (first != NULL && !is_shown (first))
    show_cell (first);
}

/* The rows have their places, and are not painted yet: what is shown now is laid out within the same frame. */
static void
laid_out_cb (TwFarRows *self)
{
  GtkWidget *list = get_list (self);
  gboolean any_far = FALSE, any_missing = FALSE;
  Range near;
  guint i = 0;

  if (!gtk_widget_get_mapped (list))
    return;
  near = widen (find_seen (list));
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row), i++)
    {
      show_first (row);
      any_missing = any_missing || (gtk_widget_get_child_visible (row) && has_cells (row, FALSE));
      any_far = any_far || ((i < near.first || i >= near.end) && has_cells (row, TRUE) && !has_focus (row));
    }
  if (any_missing)
    show_range (list, near);
  align_rows (self, list);
  if (any_far)
    hide_soon (self);
}

static void
unrealized_cb (TwFarRows *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->clock != NULL)
    g_clear_signal_handler (&self->handler, self->clock);
  g_clear_object (&self->clock);
}

static void
realized_cb (TwFarRows *self)
{
  unrealized_cb (self);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self->view)));
  /* After the window's own handler, which lays out. */
  self->handler = g_signal_connect_data (self->clock, "layout", G_CALLBACK (laid_out_cb), self, NULL,
                                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
tw_far_rows_dispose (GObject *object)
{
  unrealized_cb (TW_FAR_ROWS (object));
  G_OBJECT_CLASS (tw_far_rows_parent_class)->dispose (object);
}

static void
tw_far_rows_class_init (TwFarRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tw_far_rows_dispose;
}

static void
tw_far_rows_init (TwFarRows *self)
{
}

void
tw_far_rows_hide (GtkColumnView *view)
{
  TwFarRows *self = g_object_new (TW_TYPE_FAR_ROWS, NULL);

  self->view = view;
  g_signal_connect_object (view, "realize", G_CALLBACK (realized_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (view, "unrealize", G_CALLBACK (unrealized_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (view), "tw-far-rows", self, g_object_unref);
  if (gtk_widget_get_realized (GTK_WIDGET (view)))
    realized_cb (self);
}

void
tw_far_rows_show_row_of (GtkWidget *widget)
{
  GtkWidget *cell = gtk_widget_get_parent (widget);

  if (cell != NULL && gtk_widget_get_parent (cell) != NULL)
    show_cells (gtk_widget_get_parent (cell));
}
