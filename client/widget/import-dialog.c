/* import-dialog.c: reads a table into the server, after showing what is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/import-dialog.h"

#include "client/application.h"
#include "client/widget/dialog-fit.h"
#include "client/widget/table.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

struct _TwImportDialog
{
  AdwWindow parent_instance;

  GtkWidget *choose_button;
  GtkLabel *file_label;
  GtkLabel *columns_label;
  GtkLabel *summary;
  TwTable *table;
  GtkCheckButton *good_only;
  GtkButton *import_button;
  GtkSpinner *spinner;

  char *route;
  GBytes *bytes; /* of the file that was tried; NULL until then */
  guint rows;
  guint good;
  char *key; /* idempotency key of the import that may have reached the server */
  GListStore *faults;
  GtkNativeDialog *chooser;
  GCancellable *cancellable;
};

enum
{
  IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const TwField import_fault_fields[] = {
  TW_INT (TwImportFault, row, N_ ("Row"), 0, G_MAXINT32, TW_SERVER),
  TW_TEXT (TwImportFault, column, N_ ("Column"), 60, TW_SERVER),
  TW_TEXT (TwImportFault, detail, N_ ("What is wrong"), 1000, TW_SERVER),
};
TW_DEFINE_RECORD (TwImportFault, tw_import_fault, "import_fault", N_ ("Row"), import_fault_fields)

G_DEFINE_FINAL_TYPE (TwImportDialog, tw_import_dialog, ADW_TYPE_WINDOW)

static TwApi *
get_api (void)
{
  return tw_session_get_api (tw_session_get_default ());
}

static guint
count_wanted (TwImportDialog *self)
{
  return self->good == self->rows || gtk_check_button_get_active (self->good_only) ? self->good : 0;
}

static void
update_cb (TwImportDialog *self)
{
  guint wanted = count_wanted (self);
  g_autofree char *label
    = wanted > 0 ? g_strdup_printf (tw_text_plural ("_Import %u Row", "_Import %u Rows", wanted), wanted)
                 : g_strdup (_("_Import"));
  gboolean busy = gtk_spinner_get_spinning (self->spinner);

  gtk_button_set_label (self->import_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), wanted > 0 && !busy);
  gtk_widget_set_sensitive (self->choose_button, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->good_only), self->good > 0 && self->good < self->rows);
}

static void
set_busy (TwImportDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  update_cb (self);
}

static void
show_summary (TwImportDialog *self, const char *text)
{
  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *text != '\0');
}

/* ---- What the server says ------------------------------------------------------------------------------------ */

static void
add_fault (TwImportDialog *self, gint64 row, const char *column, const char *detail)
{
  g_autoptr (TwImportFault) fault = tw_import_fault_new ();

  fault->row = row;
  fault->column = g_strdup (column);
  fault->detail = g_strdup (detail);
  g_list_store_append (self->faults, fault);
}

static const char *
member (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static void
take_result (TwImportDialog *self, JsonObject *result)
{
  gboolean told = json_object_has_member (result, "errors");
  JsonArray *errors = told ? json_object_get_array_member (result, "errors") : NULL;
  guint bad;

  self->rows = (guint) json_object_get_int_member_with_default (result, "rows", 0);
  self->good = (guint) json_object_get_int_member_with_default (result, "good", 0);
  bad = self->rows - self->good;
  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *fault = json_array_get_object_element (errors, i);

      add_fault (self, json_object_get_int_member_with_default (fault, "row", 0), member (fault, "column"),
                 member (fault, "detail"));
    }
  if (bad > 0)
    {
      g_autofree char *text = g_strdup_printf (
        tw_text_plural ("%u row cannot be imported as it is.", "%u rows cannot be imported as they are.", bad), bad);

      show_summary (self, text);
    }
  else
    {
      g_autofree char *text
        = g_strdup_printf (tw_text_plural ("%u row is ready.", "%u rows are ready.", self->rows), self->rows);

      show_summary (self, text);
    }
}

/* Faults of the heading come as a refusal of the whole file. */
static void
show_error (TwImportDialog *self, const GError *error)
{
  GPtrArray *faults = error->domain == TW_ERROR ? tw_error_get_faults (error) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_summary (self, error->message);
  for (guint i = 0; faults != NULL && i < faults->len; i++)
    {
      TwFault *fault = g_ptr_array_index (faults, i);

      add_fault (self, 0, fault->pointer[0] == '/' ? fault->pointer + 1 : fault->pointer, fault->detail);
    }
}

/* ---- Trying -------------------------------------------------------------------------------------------------- */

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *answer = reply != NULL ? tw_api_reply_get_object (reply) : NULL;

  if (answer != NULL)
    take_result (self, answer);
  else if (error != NULL)
    show_error (self, error);
  set_busy (self, FALSE);
}

static void
try_bytes (TwImportDialog *self)
{
  g_autofree char *path = g_strconcat (self->route, "/import?dry_run=1", NULL);

  tw_api_upload_sheet_async (get_api (), path, self->bytes, NULL, self->cancellable, tried_cb, g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    {
      show_error (self, error);
      set_busy (self, FALSE);
      return;
    }
  self->bytes = g_bytes_new_take (contents, length);
  try_bytes (self);
}

void
tw_import_dialog_load (TwImportDialog *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  gtk_label_set_label (self->file_label, name);
  g_list_store_remove_all (self->faults);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->key, g_free);
  gtk_check_button_set_active (self->good_only, FALSE);
  self->rows = self->good = 0;
  show_summary (self, "");
  set_busy (self, TRUE);
  g_file_load_contents_async (file, self->cancellable, read_cb, g_object_ref (self));
}

static void
file_chosen_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  TwImportDialog *self = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    tw_import_dialog_load (self, file);
  g_clear_object (&self->chooser);
}

static void
choose_cb (TwImportDialog *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_("Import"), GTK_WINDOW (self),
                                                                  GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL));
  gtk_file_filter_set_name (filter, _("Tables (XLSX, CSV)"));
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (self->chooser);
}

/* ---- Importing ----------------------------------------------------------------------------------------------- */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *answer = reply != NULL ? tw_api_reply_get_object (reply) : NULL;

  /* The same key again finds out whether an attempt without an answer was carried out. */
  if (!g_error_matches (error, TW_ERROR, TW_ERROR_UNAVAILABLE))
    g_clear_pointer (&self->key, g_free);
  set_busy (self, FALSE);
  if (answer == NULL)
    {
      g_list_store_remove_all (self->faults);
      if (error != NULL)
        show_error (self, error);
      return;
    }
  g_signal_emit (self, signals[IMPORTED], 0, (guint) json_object_get_int_member_with_default (answer, "stored", 0));
  gtk_window_destroy (GTK_WINDOW (self));
}

void
tw_import_dialog_import (TwImportDialog *self)
{
  g_autofree char *path
    = g_strconcat (self->route, "/import", self->good < self->rows ? "?store=good" : "", NULL);

  if (self->bytes == NULL || count_wanted (self) == 0 || gtk_spinner_get_spinning (self->spinner))
    return;
  if (self->key == NULL)
    self->key = g_uuid_string_random ();
  set_busy (self, TRUE);
  tw_api_upload_sheet_async (get_api (), path, self->bytes, self->key, self->cancellable, imported_cb,
                           g_object_ref (self));
}

static void
import_cb (TwImportDialog *self)
{
  tw_import_dialog_import (self);
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_import_dialog_dispose (GObject *object)
{
  TwImportDialog *self = TW_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (tw_import_dialog_parent_class)->dispose (object);
}

static void
tw_import_dialog_finalize (GObject *object)
{
  TwImportDialog *self = TW_IMPORT_DIALOG (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->faults);
  g_free (self->route);
  g_free (self->key);
  G_OBJECT_CLASS (tw_import_dialog_parent_class)->finalize (object);
}

static void
tw_import_dialog_class_init (TwImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_import_dialog_dispose;
  object_class->finalize = tw_import_dialog_finalize;
  signals[IMPORTED] = g_signal_new ("imported", TW_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (TW_TYPE_TABLE);
  g_type_ensure (tw_import_fault_get_type ());
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, file_label);
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, columns_label);
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, table);
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, good_only);
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, TwImportDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tw_import_dialog_init (TwImportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->faults = g_list_store_new (tw_import_fault_get_type ());
  gtk_widget_init_template (GTK_WIDGET (self));
  tw_table_set_model (self->table, G_LIST_MODEL (self->faults));
  update_cb (self);
}

/* The names that the heading of the file may have; those that must be there are marked. */
static char *
list_columns (GType type)
{
  const TwRecordInfo *info = tw_record_type_get_info (type);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].kind != TW_KIND_LIST && (info->fields[i].flags & TW_SERVER) == 0)
      g_ptr_array_add (names, g_strconcat (info->fields[i].name,
                                           (info->fields[i].flags & TW_REQUIRED) != 0 ? "*" : "", NULL));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

TwImportDialog *
tw_import_dialog_new (GtkWindow *parent, const char *route, GType type)
{
  TwImportDialog *self = g_object_new (TW_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  g_autofree char *columns = list_columns (type);

  self->route = g_strdup (route);
  gtk_label_set_label (self->columns_label, columns);
  tw_dialog_fit (GTK_WINDOW (self));
  return self;
}
