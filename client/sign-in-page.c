/* sign-in-page.c: server, user, password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sign-in-page.h"

#include "client/application.h"
#include "client/net/session.h"
#include "shared/base/error.h"
#include "shared/base/text.h"

struct _TwSignInPage
{
  AdwBin parent_instance;

  GtkEditable *server_row;
  GtkEditable *user_row;
  GtkEditable *password_row;
  GtkLabel *message_label;
  GtkRevealer *message_revealer;
  GtkButton *sign_in_button;
  GtkStack *button_stack;

  GCancellable *cancellable; /* while signing in */
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwSignInPage, tw_sign_in_page, ADW_TYPE_BIN)

static void
show_message (TwSignInPage *self, const char *message)
{
  if (message != NULL)
    gtk_label_set_label (self->message_label, message);
  gtk_revealer_set_reveal_child (self->message_revealer, message != NULL);
  if (message != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->message_label), GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
}

static void
set_working (TwSignInPage *self, gboolean working)
{
  gtk_stack_set_visible_child_name (self->button_stack, working ? "working" : "ready");
  /* Not insensitive, which would take the cursor away. */
  gtk_editable_set_editable (self->server_row, !working);
  gtk_editable_set_editable (self->user_row, !working);
  gtk_editable_set_editable (self->password_row, !working);
}

static void
focus_first_empty (TwSignInPage *self)
{
  GtkEditable *rows[] = { self->server_row, self->user_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*gtk_editable_get_text (rows[i]) == '\0')
      {
        gtk_widget_grab_focus (GTK_WIDGET (rows[i]));
        return;
      }
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->cancellable);
  if (tw_session_sign_in_finish (TW_SESSION (source), result, &error))
    {
      gtk_editable_set_text (self->password_row, "");
      set_working (self, FALSE);
      show_message (self, NULL);
      g_signal_emit (self, signals[SIGNED_IN], 0);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_working (self, FALSE);
  if (g_error_matches (error, TW_ERROR, TW_ERROR_UNAUTHENTICATED))
    {
      show_message (self, _("The user name or the password is not right."));
      gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
      gtk_editable_select_region (self->password_row, 0, -1);
    }
  else
    {
      show_message (self, error->message);
      focus_first_empty (self);
    }
}

static gboolean
check_filled (TwSignInPage *self)
{
  if (*gtk_editable_get_text (self->user_row) == '\0')
    {
      show_message (self, _("Please enter your user name."));
      gtk_widget_grab_focus (GTK_WIDGET (self->user_row));
      return FALSE;
    }
  if (*gtk_editable_get_text (self->password_row) == '\0')
    {
      show_message (self, _("Please enter your password."));
      gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
      return FALSE;
    }
  return TRUE;
}

static void
sign_in_cb (TwSignInPage *self)
{
  TwSession *session = tw_session_get_default ();
  g_autoptr (GError) error = NULL;
  g_autofree char *user = g_strstrip (g_strdup (gtk_editable_get_text (self->user_row)));

  if (self->cancellable != NULL)
    return;
  if (!tw_api_set_server (tw_session_get_api (session), gtk_editable_get_text (self->server_row), &error))
    {
      show_message (self, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
      return;
    }
  if (!check_filled (self))
    return;
  set_working (self, TRUE);
  self->cancellable = g_cancellable_new ();
  tw_session_sign_in_async (session, user, gtk_editable_get_text (self->password_row), self->cancellable, signed_in_cb,
                            g_object_ref (self));
}

static void
cancel_cb (TwSignInPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  set_working (self, FALSE);
  focus_first_empty (self);
}

static void
tw_sign_in_page_dispose (GObject *object)
{
  TwSignInPage *self = TW_SIGN_IN_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (tw_sign_in_page_parent_class)->dispose (object);
}

static void
tw_sign_in_page_class_init (TwSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_sign_in_page_dispose;
  signals[SIGNED_IN]
    = g_signal_new ("signed-in", TW_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TwSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, TwSignInPage, user_row);
  gtk_widget_class_bind_template_child (widget_class, TwSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, TwSignInPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, TwSignInPage, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, TwSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, TwSignInPage, button_stack);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_start);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_stop);
}

static void
tw_sign_in_page_init (TwSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tw_sign_in_page_prepare (TwSignInPage *self, const char *server, const char *user, const char *message)
{
  gtk_editable_set_text (self->server_row, server);
  if (user != NULL && *user != '\0')
    gtk_editable_set_text (self->user_row, user);
  gtk_editable_set_text (self->password_row, "");
  show_message (self, message);
  focus_first_empty (self);
}

void
tw_sign_in_page_try (TwSignInPage *self, const char *user, const char *password)
{
  gtk_editable_set_text (self->user_row, user);
  gtk_editable_set_text (self->password_row, password);
  sign_in_cb (self);
}
