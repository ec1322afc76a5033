/* application.c: the program: options, language, session, windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/application.h"

#include <libintl.h>
#include <locale.h>

#include "client/installation.h"
#include "client/model/draft-store.h"
#include "client/window.h"
#include "shared/base/text.h"
#include "tradewind-resources.h"

#define DEFAULT_SERVER "http://127.0.0.1:8080"

struct _TwApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* nullable */
  TwSession *session;
  char *desktop_language; /* LANGUAGE as the program found it, nullable */
};

G_DEFINE_FINAL_TYPE (TwApplication, tw_application, ADW_TYPE_APPLICATION)

/* gettext goes by LANGUAGE as soon as the locale is any but C; the locale itself may not be generated on this
 * machine. */
static void
set_process_language (const char *language)
{
  g_autofree char *locale = NULL;

  /* What was translated before is forgotten only when the locale changes, and it may be the same for two languages. */
  setlocale (LC_ALL, "C");
  if (language == NULL || *language == '\0')
    {
      setlocale (LC_ALL, "");
      return;
    }
  locale = g_strdup_printf ("%s.UTF-8", g_str_equal (language, "en") ? "en_US" : language);
  g_setenv ("LANGUAGE", language, TRUE);
  if (setlocale (LC_ALL, locale) == NULL)
    setlocale (LC_ALL, "C.UTF-8");
}

static GtkTextDirection
language_direction (const char *language)
{
  static const char *const right_to_left[] = { "ar", "fa", "he", "ur" };

  for (guint i = 0; language != NULL && i < G_N_ELEMENTS (right_to_left); i++)
    if (g_str_has_prefix (language, right_to_left[i]))
      return GTK_TEXT_DIR_RTL;
  return GTK_TEXT_DIR_LTR;
}

/* Of the languages that the person prefers, the first that there is a catalogue for. English needs none. */
static char *
present_language (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");
  g_autofree char *locale_dir = tw_installation_get_locale_dir ();

  for (guint i = 0; names[i] != NULL && !g_str_has_prefix (names[i], "en"); i++)
    {
      g_autofree char *catalogue = g_build_filename (locale_dir, names[i], "LC_MESSAGES", GETTEXT_DOMAIN ".mo", NULL);

      if (g_file_test (catalogue, G_FILE_TEST_EXISTS))
        return g_strdup (names[i]);
    }
  return g_strdup ("en");
}

/* The server's sentences come in the window's language. */
static void
tell_language (TwApplication *self)
{
  g_autofree char *language = present_language ();

  tw_api_set_language (tw_session_get_api (self->session), language);
}

void
tw_application_prepare (const char *language)
{
  g_autofree char *locale_dir = tw_installation_get_locale_dir ();

  set_process_language (language);
  bindtextdomain (GETTEXT_DOMAIN, locale_dir);
  bind_textdomain_codeset (GETTEXT_DOMAIN, "UTF-8");
  textdomain (GETTEXT_DOMAIN);
  g_resources_register (tradewind_get_resource ());
}

static void
add_window (TwApplication *self)
{
  TwWindow *window = tw_window_new (self);

  gtk_window_present (GTK_WINDOW (window));
}

void
tw_application_set_language (TwApplication *self, const char *language)
{
  g_autoptr (GList) old = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));
  gboolean had_window = old != NULL;

  if (*language == '\0' && self->desktop_language == NULL)
    g_unsetenv ("LANGUAGE");
  set_process_language (*language != '\0' ? language : self->desktop_language);
  gtk_widget_set_default_direction (language_direction (language));
  tell_language (self);
  /* The new window first: an application without windows ends. */
  if (had_window)
    add_window (self);
  for (GList *link = old; link != NULL; link = link->next)
    gtk_window_destroy (link->data);
}

static void
apply_color_scheme (TwApplication *self)
{
  g_autofree char *scheme = self->settings != NULL ? g_settings_get_string (self->settings, "color-scheme") : NULL;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_strcmp0 (scheme, "dark") == 0    ? ADW_COLOR_SCHEME_FORCE_DARK
                                      : g_strcmp0 (scheme, "light") == 0 ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                                         : ADW_COLOR_SCHEME_DEFAULT);
}

static void
color_scheme_changed_cb (GSettings *settings, const char *key, gpointer user_data)
{
  apply_color_scheme (user_data);
}

static void
language_changed_cb (GSettings *settings, const char *key, gpointer user_data)
{
  g_autofree char *language = g_settings_get_string (settings, "language");

  tw_application_set_language (user_data, language);
}

/* ---- Actions ------------------------------------------------------------------------------------------------- */

static void
quit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static void
about_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);

  adw_show_about_window (parent, "application-name", _("Tradewind"), "application-icon", TW_APPLICATION_ID, "version",
                         TW_VERSION, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _("From the order to the money in the bank"), "translator-credits",
                         /* Translators: your names, one a line */
                         C_ ("credits", "translator-credits"), NULL);
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_activated_cb },
  { .name = "about", .activate = about_activated_cb },
};

typedef struct
{
  const char *action;
  const char *accels[4];
} Accel;

static const Accel accels[] = {
  { "app.quit", { "<Control>q" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "win.refresh", { "F5" } },
  { "win.search", { "<Control>f", "F3" } },
  { "win.new", { "<Control>n", "F2" } },
  { "win.save", { "<Control>s" } },
  { "win.back", { "<Alt>Left", "Back" } },
  { "win.menu", { "F10" } },
  { "win.next-pane", { "F6" } },
  { "win.sign-out", { "<Control><Shift>q" } },
};

static void
add_accels (TwApplication *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].accels);
  /* Alt+1 … Alt+9 open the areas in the order of the sidebar. */
  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.nth-area(%d)", i);
      g_autofree char *accel = g_strdup_printf ("<Alt>%d", i);
      const char *one[] = { accel, NULL };

      gtk_application_set_accels_for_action (GTK_APPLICATION (self), action, one);
    }
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_application_startup (GApplication *application)
{
  TwApplication *self = TW_APPLICATION (application);

  G_APPLICATION_CLASS (tw_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (TW_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  if (self->settings != NULL)
    {
      g_autoptr (GAction) language = g_settings_create_action (self->settings, "language");
      g_autoptr (GAction) scheme = g_settings_create_action (self->settings, "color-scheme");

      g_action_map_add_action (G_ACTION_MAP (self), language);
      g_action_map_add_action (G_ACTION_MAP (self), scheme);
      g_signal_connect_object (self->settings, "changed::language", G_CALLBACK (language_changed_cb), self, 0);
      g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (color_scheme_changed_cb), self, 0);
    }
  add_accels (self);
  apply_color_scheme (self);
}

static void
tw_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    add_window (TW_APPLICATION (application));
}

static void
tw_application_shutdown (GApplication *application)
{
  TwApplication *self = TW_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (!tw_draft_store_flush (tw_draft_store_get_default (), &error))
    g_warning ("drafts were not kept: %s", error->message);
  if (self->session != NULL)
    tw_session_sign_out (self->session);
  G_APPLICATION_CLASS (tw_application_parent_class)->shutdown (application);
}

static char *
choose_language (TwApplication *self, GVariantDict *options)
{
  char *language = NULL;

  if (!g_variant_dict_lookup (options, "lang", "s", &language) && self->settings != NULL)
    language = g_settings_get_string (self->settings, "language");
  return language;
}

static char *
choose_server (TwApplication *self, GVariantDict *options)
{
  char *server = NULL;

  if (!g_variant_dict_lookup (options, "server", "s", &server) && self->settings != NULL)
    server = g_settings_get_string (self->settings, "server");
  return server != NULL && *server != '\0' ? server : g_strdup (DEFAULT_SERVER);
}

static gboolean
open_session (TwApplication *self, const char *server, const char *language, GError **error)
{
  tw_application_prepare (language);
  gtk_widget_set_default_direction (language_direction (language));
  self->session = tw_session_new (DEFAULT_SERVER);
  if (!tw_api_set_server (tw_session_get_api (self->session), server, error))
    return FALSE;
  tell_language (self);
  tw_session_set_default (self->session);
  return TRUE;
}

static int
tw_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  TwApplication *self = TW_APPLICATION (application);
  g_autofree char *language = choose_language (self, options);
  g_autofree char *server = choose_server (self, options);
  g_autoptr (GError) error = NULL;

  if (!open_session (self, server, language, &error))
    {
      g_printerr ("%s: %s\n", server, error->message);
      return 2;
    }
  return -1;
}

static void
tw_application_dispose (GObject *object)
{
  TwApplication *self = TW_APPLICATION (object);

  if (self->session != NULL)
    tw_session_set_default (NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (tw_application_parent_class)->dispose (object);
}

static void
tw_application_finalize (GObject *object)
{
  g_free (TW_APPLICATION (object)->desktop_language);
  G_OBJECT_CLASS (tw_application_parent_class)->finalize (object);
}

static void
tw_application_class_init (TwApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = tw_application_dispose;
  object_class->finalize = tw_application_finalize;
  application_class->startup = tw_application_startup;
  application_class->activate = tw_application_activate;
  application_class->shutdown = tw_application_shutdown;
  application_class->handle_local_options = tw_application_handle_local_options;
}

static const GOptionEntry options[] = {
  { "server", 's', 0, G_OPTION_ARG_STRING, NULL, N_ ("Address of the server"), "URL" },
  { "lang", 'l', 0, G_OPTION_ARG_STRING, NULL, N_ ("Language of the window, for example zh_CN"), "LANGUAGE" },
  { NULL },
};

static void
tw_application_init (TwApplication *self)
{
  self->settings = tw_installation_open_settings ();
  self->desktop_language = g_strdup (g_getenv ("LANGUAGE"));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

TwApplication *
tw_application_new (void)
{
  return g_object_new (TW_TYPE_APPLICATION, "application-id", TW_APPLICATION_ID, "resource-base-path", TW_RESOURCE_PATH,
                       "flags", G_APPLICATION_NON_UNIQUE, NULL);
}

TwApplication *
tw_application_new_for_server (const char *server, const char *language, GError **error)
{
  g_autoptr (TwApplication) self = tw_application_new ();

  /* Without a name on the bus, so that several can follow one another in a process. */
  g_application_set_application_id (G_APPLICATION (self), NULL);
  if (!open_session (self, server, language, error))
    return NULL;
  return g_steal_pointer (&self);
}

TwSession *
tw_application_get_session (TwApplication *self)
{
  return self->session;
}

GSettings *
tw_application_get_settings (TwApplication *self)
{
  return self->settings;
}
