/* column-fit.c: columns that show themselves only where there is room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/column-fit.h"

/* What a column needs that has no width of its own. */
#define LEAST_WIDTH 120

/* Kept with the view. */
typedef struct
{
  GtkColumnView *view; /* it owns this */
  GPtrArray *columns;
  int needed;
  gboolean wide;
  guint source;
} Fit;

static void
fit_free (gpointer data)
{
  Fit *fit = data;

  g_clear_handle_id (&fit->source, g_source_remove);
  g_ptr_array_unref (fit->columns);
  g_free (fit);
}

/* Taken out, not made invisible: GTK 4.8 keeps room for an invisible column of fixed width. */
static gboolean
apply_cb (gpointer user_data)
{
  Fit *fit = user_data;
  guint position = 0;

  fit->source = 0;
  for (guint i = 0; i < fit->columns->len; i++)
    {
      TwListColumn *column = g_ptr_array_index (fit->columns, i);
      GtkColumnViewColumn *shown = g_object_get_data (G_OBJECT (column), "shown");
      gboolean wanted = fit->wide || !tw_list_column_get_wide_only (column);

      if (wanted && gtk_column_view_column_get_column_view (shown) == NULL)
        gtk_column_view_insert_column (fit->view, position, shown);
      else if (!wanted && gtk_column_view_column_get_column_view (shown) != NULL)
        gtk_column_view_remove_column (fit->view, shown);
      position += wanted ? 1 : 0;
    }
  return G_SOURCE_REMOVE;
}

/* Comes in the middle of a layout, which must not change what is laid out. */
static void
width_changed_cb (GtkAdjustment *adjustment, GParamSpec *pspec, gpointer user_data)
{
  Fit *fit = g_object_get_data (user_data, "column-fit");
  gboolean wide = gtk_adjustment_get_page_size (adjustment) >= fit->needed;

  if (wide == fit->wide)
    return;
  fit->wide = wide;
  if (fit->source == 0)
    fit->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_cb, fit, NULL);
}

void
tw_column_fit (GtkColumnView *view, GPtrArray *columns, GType type, int extra)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));
  Fit *fit = g_new0 (Fit, 1);

  fit->view = view;
  fit->columns = g_ptr_array_ref (columns);
  fit->needed = extra;
  for (guint i = 0; i < columns->len; i++)
    {
      int width = tw_list_column_get_width (g_ptr_array_index (columns, i), type);

      fit->needed += width > 0 ? width : LEAST_WIDTH;
    }
  g_object_set_data_full (G_OBJECT (view), "column-fit", fit, fit_free);
  apply_cb (fit);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (width_changed_cb), view, 0);
}
