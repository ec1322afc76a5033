/* window-private.h: the window's members, shared by its files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/sidebar.h"
#include "client/sign-in-page.h"
#include "client/widget/banner.h"
#include "client/window.h"

G_BEGIN_DECLS

struct _TwWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *stack; /* "sign-in", "main" */
  TwSignInPage *sign_in_page;
  AdwLeaflet *leaflet;
  TwSidebar *sidebar;
  GtkStack *areas;
  TwBanner *banner;
};

void tw_window_class_add_actions (GtkWidgetClass *klass);
/* Enables what can be done now. */
void tw_window_update_actions (TwWindow *self);

G_END_DECLS
