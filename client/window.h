/* window.h: the one window: sign-in, or sidebar and areas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/application.h"

G_BEGIN_DECLS

#define TW_TYPE_WINDOW (tw_window_get_type ())
G_DECLARE_FINAL_TYPE (TwWindow, tw_window, TW, WINDOW, AdwApplicationWindow)

/* Actions that any widget inside may use:
 *   win.area (s)        shows an area by its id
 *   win.open ((sx))     shows a document: kind and id; id 0 begins a new one
 *   win.refresh, win.search, win.new, win.save, win.back  go to the page that is shown
 *   win.retry           looks for a lost server now */
TwWindow *tw_window_new (TwApplication *application);

void tw_window_show_area (TwWindow *self, const char *id);
/* FALSE when no area that this user has shows documents of @kind. */
gboolean tw_window_open_document (TwWindow *self, const char *kind, gint64 id);
/* The page of the area that is shown, NULL when signed out. (transfer none) */
GtkWidget *tw_window_get_page (TwWindow *self);

/* A short notice over whatever is shown. Finds the window of @widget; does nothing when it is in none. */
void tw_window_notify (GtkWidget *widget, const char *text);

G_END_DECLS
