/* dialog-fit.c: how wide a dialog is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/dialog-fit.h"

int
tw_dialog_fit (GtkWindow *dialog)
{
  GtkWindow *parent = gtk_window_get_transient_for (dialog);
  int room = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int width;

  g_object_get (dialog, "default-width", &width, NULL);
  if (room > 0 && room < width)
    width = room;
  gtk_window_set_default_size (dialog, width, -1);
  return width;
}
