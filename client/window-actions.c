/* window-actions.c: what the window's shortcuts and menus do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/password-dialog.h"
#include "client/window-private.h"
#include "shared/base/text.h"

static void
area_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_window_show_area (TW_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
nth_area_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwWindow *self = TW_WINDOW (widget);
  const char *id = tw_sidebar_get_nth (self->sidebar, (guint) (g_variant_get_int32 (parameter) - 1));

  if (id != NULL)
    tw_window_show_area (self, id);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *kind;
  gint64 id;

  g_variant_get (parameter, "(&sx)", &kind, &id);
  if (!tw_window_open_document (TW_WINDOW (widget), kind, id))
    tw_window_notify (widget, _("Your roles do not open this kind of document."));
}

/* Shortcuts of the window belong to the page that is shown: "win.search" becomes its "page.search". */
static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *page = tw_window_get_page (TW_WINDOW (widget));
  g_autofree char *own = g_strconcat ("page.", name + strlen ("win."), NULL);

  if (page != NULL && !gtk_widget_activate_action_variant (page, own, parameter))
    gtk_widget_error_bell (widget);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwWindow *self = TW_WINDOW (widget);
  GtkWidget *page = tw_window_get_page (self);

  if (page != NULL && gtk_widget_activate_action_variant (page, "page.back", NULL))
    return;
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_leaflet_navigate (TW_WINDOW (widget)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_child_focus (GTK_WIDGET (TW_WINDOW (widget)->sidebar), GTK_DIR_TAB_FORWARD);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_sidebar_open_menu (TW_WINDOW (widget)->sidebar);
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwWindow *self = TW_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *page = tw_window_get_page (self);

  if (page != NULL && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  else if (page == NULL || !gtk_widget_activate_action_variant (page, "page.next-pane", NULL))
    gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
}

static void
password_changed_cb (TwPasswordDialog *dialog, gpointer user_data)
{
  tw_window_notify (user_data, _("Your password was changed."));
}

static void
change_password_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TwPasswordDialog *dialog = tw_password_dialog_new (GTK_WINDOW (widget));

  g_signal_connect_object (dialog, "changed", G_CALLBACK (password_changed_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_session_sign_out (tw_session_get_default ());
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_events_retry (tw_session_get_events (tw_session_get_default ()));
  page_action (widget, "win.refresh", NULL);
}

void
tw_window_update_actions (TwWindow *self)
{
  static const char *const signed_in_only[]
    = { "win.area",   "win.nth-area", "win.open", "win.sign-out", "win.change-password", "win.back",
        "win.search", "win.new",      "win.save", "win.refresh",  "win.menu",            "win.next-pane" };
  gboolean signed_in = tw_session_is_signed_in (tw_session_get_default ());

  for (guint i = 0; i < G_N_ELEMENTS (signed_in_only); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), signed_in_only[i], signed_in);
}

void
tw_window_class_add_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.area", "s", area_action);
  gtk_widget_class_install_action (klass, "win.nth-area", "i", nth_area_action);
  gtk_widget_class_install_action (klass, "win.open", "(sx)", open_action);
  gtk_widget_class_install_action (klass, "win.refresh", NULL, page_action);
  gtk_widget_class_install_action (klass, "win.search", NULL, page_action);
  gtk_widget_class_install_action (klass, "win.new", NULL, page_action);
  gtk_widget_class_install_action (klass, "win.save", NULL, page_action);
  gtk_widget_class_install_action (klass, "win.back", NULL, back_action);
  gtk_widget_class_install_action (klass, "win.sidebar", NULL, sidebar_action);
  gtk_widget_class_install_action (klass, "win.menu", NULL, menu_action);
  gtk_widget_class_install_action (klass, "win.next-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (klass, "win.change-password", NULL, change_password_action);
  gtk_widget_class_install_action (klass, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (klass, "win.retry", NULL, retry_action);
}
