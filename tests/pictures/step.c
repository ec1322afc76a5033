/* step.c: doing in a window what a person would do, from one line of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/pictures/step.h"

#include <string.h>

#include "client/sign-in-page.h"
#include "client/widget/action-bar.h"
#include "client/widget/desk.h"
#include "client/widget/form-row.h"
#include "client/widget/line-editor.h"
#include "client/widget/value-entry.h"
#include "shared/base/text.h"

/* Quiet for this long is settled: longer than the longest pause that the client makes on purpose (400 ms). */
#define QUIET_MS 600
/* On a busy machine the time alone says little: so many turns of the main loop have nothing to do with the server. */
#define QUIET_TURNS 25
#define PATIENCE_MS 15000

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
tw_step_settle (void)
{
  TwApi *api = tw_session_get_api (tw_session_get_default ());
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;
  gint64 quiet_since = g_get_monotonic_time ();
  guint tick = g_timeout_add (20, tick_cb, NULL);
  guint turns = 0;

  while (g_get_monotonic_time () < end
         && (g_get_monotonic_time () - quiet_since < QUIET_MS * 1000 || turns < QUIET_TURNS))
    {
      g_main_context_iteration (NULL, TRUE);
      turns++;
      if (tw_api_count_pending (api) == 0)
        continue;
      quiet_since = g_get_monotonic_time ();
      turns = 0;
    }
  g_source_remove (tick);
}

static gboolean
fail (GError **error, const char *why)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, why);
  return FALSE;
}

/* The first widget of @type below @root that is mapped. */
static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
collect (GtkWidget *root, GType type, GPtrArray *found)
{
  if (!gtk_widget_get_mapped (root))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    g_ptr_array_add (found, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

/* The dialog on top, else the window. */
static GtkWidget *
find_top (TwWindow *window)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) one = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (one) == GTK_WINDOW (window) && gtk_widget_get_mapped (GTK_WIDGET (one)))
        return GTK_WIDGET (one);
    }
  return GTK_WIDGET (window);
}

/* By the widget that has it, which is not always one that can be named here. */
static gboolean
activate_below (GtkWidget *root, const char *name, GVariant *target)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (activate_below (child, name, target))
      return TRUE;
  return gtk_widget_activate_action_variant (root, name, target);
}

static gboolean
run_action (TwWindow *window, const char *step, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (step, &name, &target, error))
    return FALSE;
  if (!activate_below (find_top (window), name, target))
    return fail (error, "there is no such action");
  return TRUE;
}

static gboolean
press_button (TwWindow *window, const char *argument, GError **error)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  collect (find_top (window), GTK_TYPE_BUTTON, buttons);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (g_ptr_array_index (buttons, i)), _(argument)) == 0)
      {
        g_signal_emit_by_name (g_ptr_array_index (buttons, i), "clicked");
        return TRUE;
      }
  return fail (error, "no such button is shown");
}

static gboolean
set_server (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *page = find_widget (GTK_WIDGET (window), TW_TYPE_SIGN_IN_PAGE);

  if (page != NULL)
    tw_sign_in_page_prepare (TW_SIGN_IN_PAGE (page), argument, NULL, NULL);
  return tw_api_set_server (tw_session_get_api (tw_session_get_default ()), argument, error);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *ended = user_data;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, NULL);

  *ended = TRUE;
}

/* Behind the window's back, as an administrator or the clock does. */
static gboolean
end_session (TwWindow *window, const char *argument, GError **error)
{
  gboolean ended = FALSE;

  tw_api_call_async (tw_session_get_api (tw_session_get_default ()), "DELETE", "/session", NULL, 0, NULL, NULL,
                     ended_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  return TRUE;
}

static gboolean
select_row (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *list = find_widget (GTK_WIDGET (window), TW_TYPE_LIST_PAGE);
  g_autoptr (TwRecord) record = NULL;
  guint n = (guint) g_ascii_strtoull (argument, NULL, 10);

  if (list == NULL)
    return fail (error, "no list is shown");
  record = g_list_model_get_item (G_LIST_MODEL (tw_list_page_get_model (TW_LIST_PAGE (list))), n);
  if (record == NULL)
    return fail (error, "the list has no such row");
  tw_list_page_select (TW_LIST_PAGE (list), record->id);
  g_signal_emit_by_name (list, "record-chosen", record);
  return TRUE;
}

static gboolean
search_list (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *entry = find_widget (GTK_WIDGET (window), GTK_TYPE_SEARCH_ENTRY);

  if (entry == NULL)
    return fail (error, "no search entry is shown");
  gtk_editable_set_text (GTK_EDITABLE (entry), argument);
  return TRUE;
}

static gboolean
filter_list (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *list = find_widget (GTK_WIDGET (window), TW_TYPE_LIST_PAGE);

  if (list == NULL)
    return fail (error, "no list is shown");
  tw_record_list_set_filter (tw_list_page_get_model (TW_LIST_PAGE (list)), "state", argument);
  return TRUE;
}

static gboolean
press_action (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *bar = find_widget (GTK_WIDGET (window), TW_TYPE_ACTION_BAR);

  if (bar == NULL || !tw_action_bar_activate (TW_ACTION_BAR (bar), argument))
    return fail (error, "the document does not offer this now");
  return TRUE;
}

static GtkWidget *
find_editor (GtkWidget *top, const char *field)
{
  g_autoptr (GPtrArray) editors = tw_editor_collect (top);

  for (guint i = 0; i < editors->len; i++)
    if (g_strcmp0 (tw_editor_get_field (g_ptr_array_index (editors, i)), field) == 0
        && gtk_widget_get_mapped (g_ptr_array_index (editors, i)))
      return g_ptr_array_index (editors, i);
  return NULL;
}

static gboolean
set_field (TwWindow *window, const char *argument, GError **error)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  GtkWidget *editor = words[0] != NULL ? find_editor (find_top (window), words[0]) : NULL;
  GtkWidget *entry = editor != NULL && TW_IS_FORM_ROW (editor) ? tw_form_row_get_entry (TW_FORM_ROW (editor)) : NULL;

  if (entry == NULL || !TW_IS_VALUE_ENTRY (entry) || words[1] == NULL)
    return fail (error, "no such entry is shown");
  gtk_editable_set_text (GTK_EDITABLE (entry), words[1]);
  if (!tw_value_entry_commit (TW_VALUE_ENTRY (entry)))
    return fail (error, "the entry refuses this");
  return TRUE;
}

static gboolean
add_line (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *editor = find_widget (find_top (window), TW_TYPE_LINE_EDITOR);
  g_autofree char *row = g_strdelimit (g_strdup (argument), "|", '\t');
  GListModel *lines = editor != NULL ? tw_line_editor_get_lines (TW_LINE_EDITOR (editor)) : NULL;

  if (lines == NULL)
    return fail (error, "no line editor is shown");
  if (tw_line_editor_paste (TW_LINE_EDITOR (editor), g_list_model_get_n_items (lines), NULL, row) > 0)
    return fail (error, "a value could not be read");
  return TRUE;
}

static gboolean
focus_field (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *editor = find_widget (find_top (window), TW_TYPE_LINE_EDITOR);
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);

  if (editor == NULL || words[0] == NULL || words[1] == NULL
      || !tw_line_editor_focus_field (TW_LINE_EDITOR (editor), (guint) g_ascii_strtoull (words[0], NULL, 10), words[1]))
    return fail (error, "no such field can be edited");
  return TRUE;
}

static gboolean
show_history (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *detail = find_widget (GTK_WIDGET (window), TW_TYPE_DETAIL_PAGE);

  if (detail == NULL)
    return fail (error, "no document is shown");
  tw_detail_page_show_history (TW_DETAIL_PAGE (detail));
  return TRUE;
}

static gboolean
sign_in (TwWindow *window, const char *argument, GError **error)
{
  GtkWidget *page = find_widget (GTK_WIDGET (window), TW_TYPE_SIGN_IN_PAGE);
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);

  if (page == NULL || words[0] == NULL || words[1] == NULL)
    return fail (error, "the sign-in page is not shown");
  tw_sign_in_page_try (TW_SIGN_IN_PAGE (page), words[0], words[1]);
  return TRUE;
}

static gboolean
fill_rows (TwWindow *window, const char *argument, GError **error)
{
  g_auto (GStrv) texts = g_strsplit (argument, "|", -1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect (find_top (window), ADW_TYPE_ENTRY_ROW, rows);
  if (g_strv_length (texts) > rows->len)
    return fail (error, "so many rows are not shown");
  for (guint i = 0; texts[i] != NULL; i++)
    gtk_editable_set_text (GTK_EDITABLE (g_ptr_array_index (rows, i)), texts[i]);
  return TRUE;
}

typedef struct
{
  const char *word;
  gboolean (*run) (TwWindow *window, const char *argument, GError **error);
} Verb;

static const Verb verbs[] = {
  { "select", select_row },
  { "search", search_list },
  { "filter", filter_list },
  { "act", press_action },
  { "set", set_field },
  { "add-line", add_line },
  { "field", focus_field },
  { "history", show_history },
  { "sign-in", sign_in },
  { "fill", fill_rows },
  { "press", press_button },
  { "server", set_server },
  { "end-session", end_session },
};

gboolean
tw_step_run (TwWindow *window, const char *step, GError **error)
{
  gsize length = strcspn (step, " ");
  const char *argument = step[length] != '\0' ? step + length + 1 : "";
  gboolean done = FALSE;
  gboolean known = FALSE;

  if (*step == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (verbs) && !known; i++)
    if (strlen (verbs[i].word) == length && strncmp (step, verbs[i].word, length) == 0)
      {
        known = TRUE;
        done = verbs[i].run (window, argument, error);
      }
  if (!known)
    done = run_action (window, step, error);
  if (!done)
    g_prefix_error (error, "%s: ", step);
  return done;
}
