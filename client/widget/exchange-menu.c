/* exchange-menu.c: a list's way out to files and in from them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/exchange-menu.h"

#include <string.h>

#include "client/widget/import-dialog.h"
#include "client/widget/list-page.h"
#include "client/window.h"
#include "shared/base/text.h"

struct _TwExchangeMenu
{
  AdwBin parent_instance;

  GMenu *import_section;

  char *import_permission;
  GtkNativeDialog *chooser; /* while it is open */
  GCancellable *cancellable;
};

enum
{
  PROP_0,
  PROP_IMPORT_PERMISSION,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwExchangeMenu, tw_exchange_menu, ADW_TYPE_BIN)

/* A download on its way to a file. */
typedef struct
{
  TwExchangeMenu *menu;
  GFile *file;
  GBytes *bytes;
} Download;

static void
download_free (Download *download)
{
  g_object_unref (download->menu);
  g_object_unref (download->file);
  g_clear_pointer (&download->bytes, g_bytes_unref);
  g_free (download);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Download, download_free)

static TwListPage *
get_list (TwExchangeMenu *self)
{
  return TW_LIST_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self), TW_TYPE_LIST_PAGE));
}

static void
tell (TwExchangeMenu *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tw_window_notify (GTK_WIDGET (self), error->message);
}

/* ---- Export -------------------------------------------------------------------------------------------------- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Download) download = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (download->file);
  g_autofree char *text = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      tell (download->menu, error);
      return;
    }
  /* Translators: %s is the name of a file */
  text = g_strdup_printf (_("Saved as %s."), name);
  tw_window_notify (GTK_WIDGET (download->menu), text);
}

static void
downloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Download) download = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  GFile *file = download->file;
  GCancellable *cancellable = download->menu->cancellable;

  if (reply == NULL)
    {
      tell (download->menu, error);
      return;
    }
  download->bytes = g_bytes_ref (reply->bytes);
  g_file_replace_contents_bytes_async (file, reply->bytes, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, written_cb,
                                       g_steal_pointer (&download));
}

void
tw_exchange_menu_export (TwExchangeMenu *self, const char *format, GFile *file)
{
  TwListPage *list = get_list (self);
  g_autofree char *route = tw_record_list_get_path (tw_list_page_get_model (list), "/export");
  g_autoptr (GString) path = g_string_new (route);
  Download *download = g_new0 (Download, 1);

  download->menu = g_object_ref (self);
  download->file = g_object_ref (file);
  tw_api_append_query (path, "format", format);
  tw_api_get_async (tw_session_get_api (tw_session_get_default ()), path->str, self->cancellable, downloaded_cb,
                    download);
}

static void
target_chosen_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  TwExchangeMenu *self = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    tw_exchange_menu_export (self, g_object_get_data (G_OBJECT (chooser), "format"), file);
  g_clear_object (&self->chooser);
}

static void
export_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TwExchangeMenu *self = TW_EXCHANGE_MENU (widget);
  const char *format = g_variant_get_string (parameter, NULL);
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;

  g_object_get (get_list (self), "title", &title, NULL);
  name = g_strdup_printf ("%s.%s", title, format);
  g_set_object (&self->chooser, NULL);
  self->chooser = GTK_NATIVE_DIALOG (
    gtk_file_chooser_native_new (_("Export"), GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Save"), NULL));
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_object_set_data_full (G_OBJECT (self->chooser), "format", g_strdup (format), g_free);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (target_chosen_cb), self, 0);
  gtk_native_dialog_show (self->chooser);
}

/* ---- Import -------------------------------------------------------------------------------------------------- */

static void
imported_cb (TwExchangeMenu *self, guint stored)
{
  g_autofree char *text
    = g_strdup_printf (tw_text_plural ("%u row was imported.", "%u rows were imported.", stored), stored);

  tw_record_list_refresh (tw_list_page_get_model (get_list (self)));
  tw_window_notify (GTK_WIDGET (self), text);
}

/* The list's route without the filters that are fixed in it. */
static char *
get_route (TwRecordList *model)
{
  const char *route = tw_record_list_get_route (model);

  return g_strndup (route, strcspn (route, "?"));
}

static void
import_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TwExchangeMenu *self = TW_EXCHANGE_MENU (widget);
  TwRecordList *model = tw_list_page_get_model (get_list (self));
  g_autofree char *route = get_route (model);
  TwImportDialog *dialog = tw_import_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), route,
                                                 tw_record_list_get_record_type (model));

  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_exchange_menu_constructed (GObject *object)
{
  TwExchangeMenu *self = TW_EXCHANGE_MENU (object);
  gboolean may = self->import_permission != NULL
                 && tw_session_may (tw_session_get_default (), self->import_permission);

  G_OBJECT_CLASS (tw_exchange_menu_parent_class)->constructed (object);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exchange.import", may);
  if (!may)
    g_menu_remove_all (self->import_section);
}

static void
tw_exchange_menu_dispose (GObject *object)
{
  TwExchangeMenu *self = TW_EXCHANGE_MENU (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (tw_exchange_menu_parent_class)->dispose (object);
}

static void
tw_exchange_menu_finalize (GObject *object)
{
  g_free (TW_EXCHANGE_MENU (object)->import_permission);
  G_OBJECT_CLASS (tw_exchange_menu_parent_class)->finalize (object);
}

static void
tw_exchange_menu_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IMPORT_PERMISSION)
    TW_EXCHANGE_MENU (object)->import_permission = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_exchange_menu_class_init (TwExchangeMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tw_exchange_menu_constructed;
  object_class->dispose = tw_exchange_menu_dispose;
  object_class->finalize = tw_exchange_menu_finalize;
  object_class->set_property = tw_exchange_menu_set_property;
  properties[PROP_IMPORT_PERMISSION] = g_param_spec_string (
    "import-permission", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/exchange-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, TwExchangeMenu, import_section);
  gtk_widget_class_install_action (widget_class, "exchange.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "exchange.import", NULL, import_action);
}

static void
tw_exchange_menu_init (TwExchangeMenu *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
