/* reason-dialog.c: are you sure, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/reason-dialog.h"

#include "client/application.h"
#include "shared/base/text.h"

struct _TwReasonDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget *group;
  GtkEditable *reason_row;

  gboolean needs_reason;
};

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwReasonDialog, tw_reason_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
get_reason (TwReasonDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason_row)));
}

static void
update_cb (TwReasonDialog *self)
{
  g_autofree char *reason = get_reason (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "do", !self->needs_reason || *reason != '\0');
}

static void
tw_reason_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  TwReasonDialog *self = TW_REASON_DIALOG (dialog);
  g_autofree char *reason = get_reason (self);

  if (g_str_equal (response, "do"))
    g_signal_emit (self, signals[ANSWERED], 0, self->needs_reason ? reason : NULL);
}

static void
tw_reason_dialog_class_init (TwReasonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ADW_MESSAGE_DIALOG_CLASS (klass)->response = tw_reason_dialog_response;
  signals[ANSWERED] = g_signal_new ("answered", TW_TYPE_REASON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/reason-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TwReasonDialog, group);
  gtk_widget_class_bind_template_child (widget_class, TwReasonDialog, reason_row);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
}

static void
tw_reason_dialog_init (TwReasonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TwReasonDialog *
tw_reason_dialog_new (GtkWindow *parent, TwActionState *action)
{
  TwReasonDialog *self = g_object_new (TW_TYPE_REASON_DIALOG, "transient-for", parent, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  /* Translators: asks before an action; %s is the label of its button, such as “Cancel order” */
  g_autofree char *heading = g_strdup_printf (_("%s?"), action->label);

  self->needs_reason = action->needs_reason;
  adw_message_dialog_set_heading (dialog, heading);
  adw_message_dialog_set_body (dialog, action->needs_reason
                                         ? _("Please say why. The reason is kept with the document.")
                                         : _("This cannot be undone by a click."));
  adw_message_dialog_set_response_label (dialog, "do", action->label);
  adw_message_dialog_set_response_appearance (
    dialog, "do", action->danger ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  gtk_widget_set_visible (self->group, action->needs_reason);
  update_cb (self);
  return self;
}
