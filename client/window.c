/* window.c: the one window: sign-in, or sidebar and areas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/areas.h"
#include "client/widget/desk.h"
#include "client/window-private.h"
#include "shared/base/text.h"

G_DEFINE_FINAL_TYPE (TwWindow, tw_window, ADW_TYPE_APPLICATION_WINDOW)

static GSettings *
get_settings (TwWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return TW_IS_APPLICATION (application) ? tw_application_get_settings (TW_APPLICATION (application)) : NULL;
}

static GtkWidget *
ensure_area (TwWindow *self, const TwArea *area)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->areas, area->id);

  if (page != NULL)
    return page;
  if (area->page != NULL)
    page = g_object_new (area->page (), NULL);
  else
    page = tw_desk_new (area->list (), area->detail != NULL ? area->detail () : G_TYPE_INVALID);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), "narrow") != NULL)
    g_object_bind_property (self->leaflet, "folded", page, "narrow", G_BINDING_SYNC_CREATE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, _(area->label), -1);
  gtk_stack_add_named (self->areas, page, area->id);
  return page;
}

static void
drop_areas (TwWindow *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->areas))) != NULL)
    gtk_stack_remove (self->areas, page);
}

/* Those that nobody sees are hidden: the stack alone would leave their style to be looked at with the window's. */
static void
show_page (TwWindow *self, GtkWidget *page)
{
  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->areas, page);
  for (GtkWidget *other = gtk_widget_get_first_child (GTK_WIDGET (self->areas)); other != NULL;
       other = gtk_widget_get_next_sibling (other))
    gtk_widget_set_visible (other, other == page);
}

void
tw_window_show_area (TwWindow *self, const char *id)
{
  const TwArea *area = tw_area_find (id);
  GSettings *settings = get_settings (self);

  if (area == NULL || !tw_sidebar_select (self->sidebar, id))
    return;
  show_page (self, ensure_area (self, area));
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  if (settings != NULL)
    g_settings_set_string (settings, "area", id);
}

gboolean
tw_window_open_document (TwWindow *self, const char *kind, gint64 id)
{
  const TwArea *area = tw_area_find_document (kind);
  GtkWidget *page;

  if (area == NULL || !tw_area_is_open (area))
    return FALSE;
  tw_window_show_area (self, area->id);
  page = ensure_area (self, area);
  if (TW_IS_DESK (page))
    tw_desk_open (TW_DESK (page), id);
  return TRUE;
}

GtkWidget *
tw_window_get_page (TwWindow *self)
{
  return tw_session_is_signed_in (tw_session_get_default ()) ? gtk_stack_get_visible_child (self->areas) : NULL;
}

void
tw_window_notify (GtkWidget *widget, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *title = g_markup_escape_text (text, -1); /* a toast reads markup */

  if (TW_IS_WINDOW (root))
    adw_toast_overlay_add_toast (TW_WINDOW (root)->toasts, adw_toast_new (title));
}

/* ---- Signed in and out --------------------------------------------------------------------------------------- */

static void
show_main (TwWindow *self)
{
  GSettings *settings = get_settings (self);
  g_autofree char *area = settings != NULL ? g_settings_get_string (settings, "area") : g_strdup ("");
  const char *first;

  drop_areas (self);
  tw_sidebar_rebuild (self->sidebar);
  gtk_stack_set_visible_child_name (self->stack, "main");
  first = tw_sidebar_get_nth (self->sidebar, 0);
  if (tw_sidebar_select (self->sidebar, area))
    tw_window_show_area (self, area);
  else if (first != NULL)
    tw_window_show_area (self, first);
  tw_window_update_actions (self);
}

static void
show_sign_in (TwWindow *self, const char *message)
{
  GSettings *settings = get_settings (self);
  g_autofree char *user = settings != NULL ? g_settings_get_string (settings, "user") : NULL;
  TwApi *api = tw_session_get_api (tw_session_get_default ());

  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  drop_areas (self);
  tw_sign_in_page_prepare (self->sign_in_page, tw_api_get_server (api), user, message);
  tw_window_update_actions (self);
}

static void
signed_in_cb (TwSignInPage *page, gpointer user_data)
{
  TwWindow *self = user_data;
  TwSession *session = tw_session_get_default ();
  GSettings *settings = get_settings (self);

  if (settings != NULL)
    {
      g_settings_set_string (settings, "server", tw_api_get_server (tw_session_get_api (session)));
      g_settings_set_string (settings, "user", tw_session_get_user (session));
    }
  show_main (self);
}

static void
signed_in_changed_cb (TwSession *session, GParamSpec *pspec, gpointer user_data)
{
  TwWindow *self = user_data;

  if (!tw_session_is_signed_in (session)
      && gtk_stack_get_visible_child (self->stack) != GTK_WIDGET (self->sign_in_page))
    show_sign_in (self, NULL);
}

static void
expired_cb (TwSession *session, gpointer user_data)
{
  show_sign_in (user_data, _("Your session has ended. Please sign in again; what you typed has been kept."));
}

static void
reachable_changed_cb (TwApi *api, GParamSpec *pspec, gpointer user_data)
{
  TwWindow *self = user_data;

  tw_banner_set_revealed (self->banner,
                          !tw_api_is_reachable (api) && tw_session_is_signed_in (tw_session_get_default ()));
}

static void
area_chosen_cb (TwSidebar *sidebar, const char *id, gpointer user_data)
{
  tw_window_show_area (user_data, id);
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
restore_size (TwWindow *self)
{
  GSettings *settings = get_settings (self);
  int width, height;

  if (settings == NULL)
    return;
  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
tw_window_close_request (GtkWindow *window)
{
  GSettings *settings = get_settings (TW_WINDOW (window));
  int width, height;

  if (settings != NULL)
    {
      gtk_window_get_default_size (window, &width, &height);
      g_settings_set (settings, "window-size", "(ii)", width, height);
      g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
    }
  return GTK_WINDOW_CLASS (tw_window_parent_class)->close_request (window);
}

static void
tw_window_class_init (TwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = tw_window_close_request;

  g_type_ensure (TW_TYPE_SIGN_IN_PAGE);
  g_type_ensure (TW_TYPE_SIDEBAR);
  g_type_ensure (TW_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, TwWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TwWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TwWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, TwWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TwWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, TwWindow, areas);
  gtk_widget_class_bind_template_child (widget_class, TwWindow, banner);
  gtk_widget_class_bind_template_callback (widget_class, signed_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, area_chosen_cb);
  tw_window_class_add_actions (widget_class);
}

static void
tw_window_init (TwWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwWindow *
tw_window_new (TwApplication *application)
{
  TwWindow *self = g_object_new (TW_TYPE_WINDOW, "application", application, NULL);
  TwSession *session = tw_session_get_default ();

  g_signal_connect_object (session, "notify::signed-in", G_CALLBACK (signed_in_changed_cb), self, 0);
  g_signal_connect_object (session, "expired", G_CALLBACK (expired_cb), self, 0);
  g_signal_connect_object (tw_session_get_api (session), "notify::reachable", G_CALLBACK (reachable_changed_cb), self,
                           0);
  restore_size (self);
  if (tw_session_is_signed_in (session))
    show_main (self);
  else
    show_sign_in (self, NULL);
  return self;
}
