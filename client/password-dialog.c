/* password-dialog.c: changing one's own password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/password-dialog.h"

#include "client/application.h"
#include "client/net/session.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

struct _TwPasswordDialog
{
  AdwWindow parent_instance;

  GtkEditable *old_row;
  GtkEditable *new_row;
  GtkEditable *again_row;
  GtkLabel *message_label;
  GtkRevealer *message_revealer;
  GtkWidget *change_button;

  GCancellable *cancellable;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwPasswordDialog, tw_password_dialog, ADW_TYPE_WINDOW)

static void
show_message (TwPasswordDialog *self, const char *message)
{
  gtk_label_set_label (self->message_label, message);
  gtk_revealer_set_reveal_child (self->message_revealer, *message != '\0');
}

static void
update_button_cb (TwPasswordDialog *self)
{
  gtk_widget_set_sensitive (self->change_button, *gtk_editable_get_text (self->old_row) != '\0'
                                                   && *gtk_editable_get_text (self->new_row) != '\0'
                                                   && *gtk_editable_get_text (self->again_row) != '\0');
}

static void
password_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (tw_session_change_password_finish (TW_SESSION (source), result, &error))
    {
      g_signal_emit (self, signals[CHANGED], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->change_button, TRUE);
  show_message (self, error->message);
}

static void
change_cb (TwPasswordDialog *self)
{
  if (!gtk_widget_get_sensitive (self->change_button))
    return;
  if (!g_str_equal (gtk_editable_get_text (self->new_row), gtk_editable_get_text (self->again_row)))
    {
      show_message (self, _("The two new passwords are not the same."));
      gtk_widget_grab_focus (GTK_WIDGET (self->again_row));
      return;
    }
  gtk_widget_set_sensitive (self->change_button, FALSE);
  tw_session_change_password_async (tw_session_get_default (), gtk_editable_get_text (self->old_row),
                                    gtk_editable_get_text (self->new_row), self->cancellable, password_changed_cb,
                                    g_object_ref (self));
}

static void
tw_password_dialog_dispose (GObject *object)
{
  TwPasswordDialog *self = TW_PASSWORD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (tw_password_dialog_parent_class)->dispose (object);
}

static void
tw_password_dialog_class_init (TwPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_password_dialog_dispose;
  signals[CHANGED]
    = g_signal_new ("changed", TW_TYPE_PASSWORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TwPasswordDialog, old_row);
  gtk_widget_class_bind_template_child (widget_class, TwPasswordDialog, new_row);
  gtk_widget_class_bind_template_child (widget_class, TwPasswordDialog, again_row);
  gtk_widget_class_bind_template_child (widget_class, TwPasswordDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, TwPasswordDialog, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, TwPasswordDialog, change_button);
  gtk_widget_class_bind_template_callback (widget_class, update_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tw_password_dialog_init (TwPasswordDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwPasswordDialog *
tw_password_dialog_new (GtkWindow *parent)
{
  return g_object_new (TW_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);
}
