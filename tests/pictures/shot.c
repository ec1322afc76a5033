/* shot.c: a window as a PNG file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/pictures/shot.h"

#define PATIENCE_MS 10000

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* (transfer full) NULL while a new frame is on its way. */
static GskRenderNode *
draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  return gtk_snapshot_free_to_node (snapshot);
}

static GskRenderNode *
wait_for_frame (GtkWidget *window)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;
  guint tick = g_timeout_add (20, tick_cb, NULL);
  GskRenderNode *node;

  while ((node = draw (window)) == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  return node;
}

gboolean
tw_shot_save (GtkWidget *window, const char *file, GError **error)
{
  GskRenderNode *node = wait_for_frame (window);
  g_autoptr (GdkTexture) texture = NULL;
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);

  if (node == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s shows nothing", G_OBJECT_TYPE_NAME (window));
      return FALSE;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  if (!gdk_texture_save_to_png (texture, file))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be written", file);
      return FALSE;
    }
  return TRUE;
}
