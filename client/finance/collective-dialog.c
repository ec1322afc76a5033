/* collective-dialog.c: one invoice for all deliveries of a customer in a period
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/collective-dialog.h"

#include <string.h>

#include "client/application.h"
#include "client/net/body.h"
#include "client/widget/dialog-fit.h"
#include "client/widget/editor.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

struct _TwCollectiveDialog
{
  AdwWindow parent_instance;

  GtkLabel *message;
  GtkWidget *form;
  GtkWidget *create_button;
  GtkSpinner *spinner;

  GPtrArray *editors; /* borrowed */
  TwInvoiceRequest *request;
  char *key; /* idempotency key of the attempt that may have reached the server */
  GCancellable *cancellable;
};

enum
{
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwCollectiveDialog, tw_collective_dialog, ADW_TYPE_WINDOW)

static void
show_message (TwCollectiveDialog *self, const char *text)
{
  gtk_label_set_label (self->message, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *text != '\0');
}

static void
set_busy (TwCollectiveDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->create_button, !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static gboolean
show_fault (TwCollectiveDialog *self, TwFault *fault)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      TwEditor *editor = g_ptr_array_index (self->editors, i);

      if (fault->pointer[0] == '/' && g_str_equal (tw_editor_get_field (editor), fault->pointer + 1))
        {
          tw_editor_show_fault (editor, "", fault->detail);
          return TRUE;
        }
    }
  return FALSE;
}

static void
show_error (TwCollectiveDialog *self, const GError *error)
{
  GPtrArray *faults = error->domain == TW_ERROR ? tw_error_get_faults (error) : NULL;
  gboolean placed = faults != NULL && faults->len > 0;

  for (guint i = 0; faults != NULL && i < faults->len; i++)
    placed = show_fault (self, g_ptr_array_index (faults, i)) && placed;
  show_message (self, placed ? "" : error->message);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwCollectiveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwRecord) invoice = tw_api_record_finish (TW_API (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!g_error_matches (error, TW_ERROR, TW_ERROR_UNAVAILABLE))
    g_clear_pointer (&self->key, g_free);
  set_busy (self, FALSE);
  if (invoice == NULL)
    {
      show_error (self, error);
      return;
    }
  g_signal_emit (self, signals[CREATED], 0, invoice);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
commit (TwCollectiveDialog *self)
{
  gboolean good = TRUE;

  for (guint i = 0; i < self->editors->len; i++)
    {
      tw_editor_show_fault (g_ptr_array_index (self->editors, i), "", NULL);
      good = tw_editor_commit (g_ptr_array_index (self->editors, i)) && good;
    }
  return good;
}

void
tw_collective_dialog_create (TwCollectiveDialog *self)
{
  g_autoptr (GString) body = NULL;

  if (!gtk_widget_get_sensitive (self->create_button))
    return;
  show_message (self, "");
  if (!commit (self))
    return;
  if (self->request->customer == NULL || *self->request->customer == '\0')
    {
      tw_editor_show_fault (g_ptr_array_index (self->editors, 0), "", _("Please choose a customer."));
      tw_form_row_focus (g_ptr_array_index (self->editors, 0));
      return;
    }
  body = tw_body_create (TW_RECORD (self->request), NULL);
  if (self->key == NULL)
    self->key = g_uuid_string_random ();
  set_busy (self, TRUE);
  tw_api_create_async (tw_session_get_api (tw_session_get_default ()), tw_invoice_get_type (), "/invoices", body,
                       self->key, self->cancellable, created_cb, g_object_ref (self));
}

/* ---- Callbacks ----------------------------------------------------------------------------------------------- */

static void
edited_cb (TwCollectiveDialog *self)
{
  g_clear_pointer (&self->key, g_free); /* another body is another attempt */
}

static void
create_cb (TwCollectiveDialog *self)
{
  tw_collective_dialog_create (self);
}

static void
create_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_collective_dialog_create (TW_COLLECTIVE_DIALOG (widget));
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_collective_dialog_dispose (GObject *object)
{
  TwCollectiveDialog *self = TW_COLLECTIVE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->editors, 0);
  G_OBJECT_CLASS (tw_collective_dialog_parent_class)->dispose (object);
}

static void
tw_collective_dialog_finalize (GObject *object)
{
  TwCollectiveDialog *self = TW_COLLECTIVE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->request);
  g_ptr_array_unref (self->editors);
  g_free (self->key);
  G_OBJECT_CLASS (tw_collective_dialog_parent_class)->finalize (object);
}

static void
tw_collective_dialog_class_init (TwCollectiveDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_collective_dialog_dispose;
  object_class->finalize = tw_collective_dialog_finalize;
  signals[CREATED] = g_signal_new ("created", TW_TYPE_COLLECTIVE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, TW_TYPE_RECORD);
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/finance/collective-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TwCollectiveDialog, message);
  gtk_widget_class_bind_template_child (widget_class, TwCollectiveDialog, form);
  gtk_widget_class_bind_template_child (widget_class, TwCollectiveDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, TwCollectiveDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_install_action (widget_class, "dialog.do", NULL, create_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.do", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "dialog.do", NULL);
}

static void
tw_collective_dialog_init (TwCollectiveDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->request = tw_invoice_request_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->editors = tw_editor_collect (self->form);
  for (guint i = 0; i < self->editors->len; i++)
    g_signal_connect_object (g_ptr_array_index (self->editors, i), "edited", G_CALLBACK (edited_cb), self,
                             G_CONNECT_SWAPPED);
}

TwCollectiveDialog *
tw_collective_dialog_new (GtkWindow *parent, const char *customer)
{
  TwCollectiveDialog *self = g_object_new (TW_TYPE_COLLECTIVE_DIALOG, "transient-for", parent, NULL);

  self->request->customer = g_strdup (customer);
  for (guint i = 0; i < self->editors->len; i++)
    {
      tw_editor_set_editable (g_ptr_array_index (self->editors, i), TRUE);
      tw_editor_set_record (g_ptr_array_index (self->editors, i), TW_RECORD (self->request));
    }
  tw_dialog_fit (GTK_WINDOW (self));
  gtk_widget_child_focus (self->form, GTK_DIR_TAB_FORWARD);
  return self;
}

TwInvoiceRequest *
tw_collective_dialog_get_request (TwCollectiveDialog *self)
{
  return self->request;
}
