/* pictures.c: renders the scenes of scenes.list from a running server's data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>

#include "client/model/draft-store.h"
#include "client/window.h"
#include "tests/pictures/scene.h"
#include "tests/pictures/shot.h"
#include "tests/pictures/step.h"

typedef struct
{
  char *server;
  char *scenes;
  char *out;
  char *language;
  char *scheme;
  char *password;
  char *only;
  int width;
  int height;
} Options;

typedef struct
{
  gboolean done;
  GError *error;
} SignIn;

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *sign_in = user_data;

  tw_session_sign_in_finish (TW_SESSION (source), result, &sign_in->error);
  sign_in->done = TRUE;
}

static gboolean
become (TwSession *session, const TwScene *scene, const char *password, GError **error)
{
  SignIn sign_in = { 0 };

  if (g_strcmp0 (tw_session_get_user (session), scene->user) == 0)
    return TRUE;
  tw_session_sign_out (session);
  if (scene->user == NULL)
    return TRUE;
  tw_session_sign_in_async (session, scene->user, password, NULL, signed_in_cb, &sign_in);
  while (!sign_in.done)
    g_main_context_iteration (NULL, TRUE);
  if (sign_in.error != NULL)
    g_propagate_error (error, sign_in.error);
  return sign_in.error == NULL;
}

static gboolean
save_all_windows (const Options *options, const TwScene *scene, GtkWidget *window, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s/%s.png", options->out, scene->name);
  g_autofree char *dialog = g_strdup_printf ("%s/%s.dialog.png", options->out, scene->name);
  GListModel *all = gtk_window_get_toplevels ();

  if (!tw_shot_save (window, file, error))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) one = g_list_model_get_item (all, i);

      if (one != window && gtk_widget_get_mapped (one) && !tw_shot_save (one, dialog, error))
        return FALSE;
    }
  return TRUE;
}

static void
close_windows (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_destroy (link->data);
}

/* What one scene has typed is none of the next one's business. */
static void
drop_drafts (const char *folder)
{
  g_autofree char *drafts = g_build_filename (folder, "tradewind", "drafts", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!tw_draft_store_flush (tw_draft_store_get_default (), &error))
    g_printerr ("pictures: %s\n", error->message);
  dir = g_dir_open (drafts, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (drafts, name, NULL);

      g_unlink (file);
    }
}

static gboolean
render (TwApplication *application, const Options *options, const TwScene *scene, GError **error)
{
  TwWindow *window;

  if (!tw_api_set_server (tw_session_get_api (tw_application_get_session (application)), options->server, error)
      || !become (tw_application_get_session (application), scene, options->password, error))
    return FALSE;
  window = tw_window_new (application);
  gtk_window_unmaximize (GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (window), options->width, options->height);
  gtk_window_present (GTK_WINDOW (window));
  tw_step_settle ();
  for (guint i = 0; scene->steps[i] != NULL; i++)
    {
      if (!tw_step_run (window, scene->steps[i], error))
        return FALSE;
      tw_step_settle ();
    }
  return save_all_windows (options, scene, GTK_WIDGET (window), error);
}

static int
render_all (TwApplication *application, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scenes = tw_scene_read (options->scenes, &error);
  int failed = 0;

  if (scenes == NULL)
    {
      g_printerr ("pictures: %s\n", error->message);
      return 1;
    }
  for (guint i = 0; i < scenes->len; i++)
    {
      TwScene *scene = g_ptr_array_index (scenes, i);
      g_autoptr (GError) why = NULL;

      if (options->only != NULL && !g_pattern_match_simple (options->only, scene->name))
        continue;
      if (!render (application, options, scene, &why))
        {
          g_printerr ("pictures: %s: %s\n", scene->name, why->message);
          failed = 1;
        }
      close_windows ();
      drop_drafts (g_get_user_data_dir ());
    }
  return failed;
}

/* A person's own drafts are no part of a picture, and not to be dropped by one. */
static char *
make_home (GError **error)
{
  g_autofree char *home = g_dir_make_tmp ("tw-pictures-XXXXXX", error);

  if (home != NULL)
    g_setenv ("XDG_DATA_HOME", home, TRUE);
  return g_steal_pointer (&home);
}

static void
remove_home (const char *home)
{
  g_autofree char *inner = g_build_filename (home, "tradewind", NULL);
  g_autofree char *drafts = g_build_filename (inner, "drafts", NULL);

  drop_drafts (home);
  g_rmdir (drafts);
  g_rmdir (inner);
  g_rmdir (home);
}

static int
read_options (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &options->server, "Where the server is", "URL" },
    { "scenes", 0, 0, G_OPTION_ARG_FILENAME, &options->scenes, "The list of scenes", "FILE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "Where pictures go", "FOLDER" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &options->language, "Language", "LL" },
    { "scheme", 0, 0, G_OPTION_ARG_STRING, &options->scheme, "light or dark", "SCHEME" },
    { "password", 0, 0, G_OPTION_ARG_STRING, &options->password, "Of all users", "WORD" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &options->only, "Scenes whose name matches", "PATTERN" },
    { "width", 0, 0, G_OPTION_ARG_INT, &options->width, "Of the window", "PIXELS" },
    { "height", 0, 0, G_OPTION_ARG_INT, &options->height, "Of the window", "PIXELS" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && options->scenes != NULL && options->out != NULL
      && options->server != NULL)
    return 0;
  g_printerr ("pictures: %s\n", error != NULL ? error->message : "--server, --scenes and --out are needed");
  return 2;
}

int
main (int argc, char **argv)
{
  Options options = { .width = 1280, .height = 800 };
  g_autoptr (TwApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *home = NULL;
  int status = read_options (&options, &argc, &argv);

  if (status != 0)
    return status;
  home = make_home (&error);
  application = home != NULL ? tw_application_new_for_server (options.server, options.language, &error) : NULL;
  if (application == NULL || !g_application_register (G_APPLICATION (application), NULL, &error))
    {
      g_printerr ("pictures: %s\n", error->message);
      return 1;
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), g_strcmp0 (options.scheme, "dark") == 0
                                                                          ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                          : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Noto Sans 10", "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  status = render_all (application, &options);
  remove_home (home);
  return status;
}
