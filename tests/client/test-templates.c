/* test-templates.c: every template can be made into its widget, every area into its page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gtk4-builder-tool knows no libadwaita type; this makes each widget class of the client that has a template, where
 * anything the template and the class disagree about is a critical, which ends the test.
 */
#include "client/areas.h"
#include "client/password-dialog.h"
#include "client/sidebar.h"
#include "client/sign-in-page.h"
#include "client/widget/action-bar.h"
#include "client/widget/banner.h"
#include "client/widget/cell.h"
#include "client/widget/date-entry.h"
#include "client/widget/decimal-entry.h"
#include "client/widget/desk.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/line-editor.h"
#include "client/widget/lookup-entry.h"
#include "client/widget/status-pill.h"
#include "client/widget/timeline.h"
#include "client/window.h"

#define UI TW_RESOURCE_PATH "/ui"

static void
test_widget (gconstpointer data)
{
  GType (*get_type) (void) = data;
  GtkWidget *widget = g_object_ref_sink (g_object_new (get_type (), NULL));

  g_assert_true (GTK_IS_WIDGET (widget));
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
}

/* Whoever opens an area gets its page, also when no server answers. */
static void
test_area (gconstpointer data)
{
  const TwArea *area = data;
  GtkWidget *page;

  if (area->page != NULL)
    page = g_object_new (area->page (), NULL);
  else
    page = tw_desk_new (area->list (), area->detail != NULL ? area->detail () : G_TYPE_INVALID);
  g_object_ref_sink (page);
  g_assert_nonnull (area->group);
  g_assert_true (area->permission == NULL || strchr (area->permission, '.') != NULL);
  g_object_unref (page);
}

static void
test_window (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApplication) application = tw_application_new_for_server ("http://127.0.0.1:1", "en", &error);
  TwWindow *window;

  g_assert_no_error (error);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  window = tw_window_new (application);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Templates that are no class of their own: rows of lists, popovers. */
static void
test_builder_file (gconstpointer data)
{
  g_autofree char *path = g_strconcat (UI "/", data, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();

  gtk_builder_add_from_resource (builder, path, &error);
  g_assert_no_error (error);
}

/* A folder's templates: those that begin with an object instead of a template. */
static void
add_builder_files (const char *folder)
{
  g_autofree char *path = g_strconcat (UI "/", folder, NULL);
  g_auto (GStrv) names = g_resources_enumerate_children (path, 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *file = g_strconcat (folder, names[i], NULL);
      g_autofree char *full = g_strconcat (UI "/", file, NULL);
      g_autofree char *name = g_strconcat ("/client/templates/", file, NULL);
      g_autoptr (GBytes) bytes = NULL;

      if (g_str_has_suffix (names[i], "/"))
        {
          add_builder_files (file);
          continue;
        }
      bytes = g_resources_lookup_data (full, 0, NULL);
      if (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "<template") == NULL)
        g_test_add_data_func_full (name, g_strdup (file), test_builder_file, g_free);
    }
}

static const struct
{
  const char *name;
  GType (*get_type) (void);
} widgets[] = {
  { "sign-in-page", tw_sign_in_page_get_type },     { "sidebar", tw_sidebar_get_type },
  { "password-dialog", tw_password_dialog_get_type }, { "action-bar", tw_action_bar_get_type },
  { "banner", tw_banner_get_type },                 { "cell", tw_cell_get_type },
  { "date-entry", tw_date_entry_get_type },         { "decimal-entry", tw_decimal_entry_get_type },
  { "form-row", tw_form_row_get_type },             { "form", tw_form_get_type },
  { "line-editor", tw_line_editor_get_type },       { "lookup-entry", tw_lookup_entry_get_type },
  { "status-pill", tw_status_pill_get_type },       { "timeline", tw_timeline_get_type },
};

int
main (int argc, char **argv)
{
  g_autoptr (TwSession) session = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  tw_application_prepare ("en");
  session = tw_session_new ("http://127.0.0.1:1");
  tw_session_set_default (session);
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_autofree char *name = g_strconcat ("/client/templates/widget/", widgets[i].name, NULL);

      g_test_add_data_func (name, widgets[i].get_type, test_widget);
    }
  for (const TwArea *area = tw_areas; area->id != NULL; area++)
    {
      g_autofree char *name = g_strconcat ("/client/templates/area/", area->id, NULL);

      g_test_add_data_func (name, area, test_area);
    }
  add_builder_files ("");
  g_test_add_func ("/client/templates/window", test_window);
  status = g_test_run ();
  tw_session_set_default (NULL);
  return status;
}
