/* user-password-dialog.c: an administrator gives somebody a new password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/user-password-dialog.h"

#include "client/application.h"
#include "client/net/body.h"
#include "client/net/session.h"
#include "shared/base/text.h"
#include "shared/document/password.h"

struct _TwUserPasswordDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *group;
  GtkEditable *new_row;
  GtkEditable *again_row;
  GtkLabel *message;
  GtkWidget *set_button;

  gint64 user_id;
  GCancellable *cancellable;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwUserPasswordDialog, tw_user_password_dialog, ADW_TYPE_WINDOW)

static void
show_message (TwUserPasswordDialog *self, const char *text)
{
  gtk_label_set_label (self->message, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *text != '\0');
}

static void
update_cb (TwUserPasswordDialog *self)
{
  gtk_widget_set_sensitive (self->set_button, *gtk_editable_get_text (self->new_row) != '\0'
                                                && *gtk_editable_get_text (self->again_row) != '\0');
}

static void
set_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwUserPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);

  if (reply != NULL)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  update_cb (self);
  show_message (self, error->message);
}

static void
set_cb (TwUserPasswordDialog *self)
{
  g_autofree char *path = g_strdup_printf ("/users/%" G_GINT64_FORMAT "/password", self->user_id);
  g_autoptr (TwNewPassword) password = tw_new_password_new ();
  g_autoptr (GString) body = NULL;

  if (!gtk_widget_get_sensitive (self->set_button))
    return;
  if (!g_str_equal (gtk_editable_get_text (self->new_row), gtk_editable_get_text (self->again_row)))
    {
      show_message (self, _("The two new passwords are not the same."));
      gtk_widget_grab_focus (GTK_WIDGET (self->again_row));
      return;
    }
  show_message (self, "");
  gtk_widget_set_sensitive (self->set_button, FALSE);
  password->password = g_strdup (gtk_editable_get_text (self->new_row));
  body = tw_body_create (TW_RECORD (password), NULL);
  tw_api_call_async (tw_session_get_api (tw_session_get_default ()), "PUT", path, body, 0, NULL, self->cancellable,
                     set_finished_cb, g_object_ref (self));
}

static void
tw_user_password_dialog_dispose (GObject *object)
{
  TwUserPasswordDialog *self = TW_USER_PASSWORD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (tw_user_password_dialog_parent_class)->dispose (object);
}

static void
tw_user_password_dialog_class_init (TwUserPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_user_password_dialog_dispose;
  signals[CHANGED] = g_signal_new ("changed", TW_TYPE_USER_PASSWORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/admin/user-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TwUserPasswordDialog, group);
  gtk_widget_class_bind_template_child (widget_class, TwUserPasswordDialog, new_row);
  gtk_widget_class_bind_template_child (widget_class, TwUserPasswordDialog, again_row);
  gtk_widget_class_bind_template_child (widget_class, TwUserPasswordDialog, message);
  gtk_widget_class_bind_template_child (widget_class, TwUserPasswordDialog, set_button);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tw_user_password_dialog_init (TwUserPasswordDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwUserPasswordDialog *
tw_user_password_dialog_new (GtkWindow *parent, TwUser *user)
{
  TwUserPasswordDialog *self = g_object_new (TW_TYPE_USER_PASSWORD_DIALOG, "transient-for", parent, NULL);
  g_autofree char *title = g_markup_escape_text (user->name, -1); /* a group reads markup */

  self->user_id = TW_RECORD (user)->id;
  adw_preferences_group_set_title (self->group, title);
  return self;
}
