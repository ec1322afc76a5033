/* text-box.c: an entry for text of several lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/text-box.h"

/* Pixels: three lines of text. */
#define HEIGHT 66

GtkWidget *
tw_text_box_create_view (void)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  return view;
}

/* By itself a text view asks for the height that its text had when it was narrowest. */
GtkWidget *
tw_text_box_create_frame (GtkWidget *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "text-field");
  return scroller;
}
