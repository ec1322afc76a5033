/* approval-page.c: an order as whoever has to sign it reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/approval/approval-page.h"

#include "client/approval/chain-panel.h"
#include "client/net/body.h"
#include "client/sales/check-panel.h"
#include "client/sales/order-closures.h"
#include "client/window.h"
#include "shared/base/text.h"

struct _TwApprovalPage
{
  TwDetailPage parent_instance;

  /* Template widgets */
  GtkLabel *obstacle;
  GtkEntry *comment;

  const char *signing; /* the decision on its way, nullable */
  gboolean going_on;   /* one was signed: the next takes the keyboard */
};

G_DEFINE_FINAL_TYPE (TwApprovalPage, tw_approval_page, TW_TYPE_DETAIL_PAGE)

static const char *const decisions[] = { "approve", "return", "reject" };

static TwOrder *
get_order (TwApprovalPage *self)
{
  return (TwOrder *) tw_detail_page_get_record (TW_DETAIL_PAGE (self));
}

static TwActionState *
find_action (TwOrder *order, const char *name)
{
  for (guint i = 0; order != NULL && i < tw_record_count (order->actions); i++)
    {
      TwActionState *action = tw_record_nth (order->actions, i);

      if (g_strcmp0 (action->action, name) == 0)
        return action;
    }
  return NULL;
}

static gboolean
may_sign (TwOrder *order, const char *decision)
{
  TwActionState *action = find_action (order, decision);

  return action != NULL && action->allowed;
}

static char *
get_comment (TwApprovalPage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->comment))));
}

/* Why the buttons are dead, in the server's words. */
static void
update_obstacle (TwApprovalPage *self)
{
  TwOrder *order = get_order (self);
  TwActionState *approve = find_action (order, "approve");
  const char *why = NULL;

  if (approve != NULL && !approve->allowed)
    why = approve->reason;
  else if (approve == NULL && order != NULL)
    why = _("This order does not wait for your signature.");
  gtk_label_set_label (self->obstacle, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle), why != NULL);
}

static void
update_actions (TwApprovalPage *self)
{
  TwOrder *order = get_order (self);
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autofree char *name = g_strconcat ("approval.", decisions[i], NULL);
      gboolean may = may_sign (order, decisions[i]);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), name, may);
      any = any || may;
    }
  gtk_editable_set_editable (GTK_EDITABLE (self->comment), any);
  update_obstacle (self);
}

/* ---- Signing ------------------------------------------------------------------------------------------------- */

/* Sending back or rejecting without a word helps nobody: the cursor goes to where the reason is missing. */
static gboolean
ask_for_reason (TwApprovalPage *self, TwActionState *action, const char *comment)
{
  if (!action->needs_reason || *comment != '\0')
    return FALSE;
  gtk_widget_add_css_class (GTK_WIDGET (self->comment), "error");
  gtk_label_set_label (self->obstacle, _("Please say why. The reason is kept with the document."));
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->comment));
  return TRUE;
}

static void
sign (TwApprovalPage *self, const char *decision)
{
  TwActionState *action = find_action (get_order (self), decision);
  g_autoptr (TwActionArguments) arguments = tw_action_arguments_new ();
  g_autofree char *comment = get_comment (self);

  if (action == NULL || ask_for_reason (self, action, comment))
    return;
  if (*comment != '\0')
    tw_record_set_string (action->needs_reason ? &arguments->reason : &arguments->comment, comment);
  self->signing = decision;
  tw_detail_page_run_action (TW_DETAIL_PAGE (self), decision, tw_body_create (TW_RECORD (arguments), NULL));
}

static void
sign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (g_str_equal (name + strlen ("approval."), decisions[i]))
      sign (TW_APPROVAL_PAGE (widget), decisions[i]);
}

static char *
describe_done (const char *decision, const char *number)
{
  if (g_str_equal (decision, "approve"))
    return g_strdup_printf (_("%s is signed."), number);
  if (g_str_equal (decision, "return"))
    return g_strdup_printf (_("%s went back to its author."), number);
  return g_strdup_printf (_("%s is rejected."), number);
}

/* After the desk has seen it: the inbox goes on. */
static void
stored_cb (TwApprovalPage *self, TwRecord *record)
{
  g_autofree char *text = NULL;

  if (self->signing == NULL)
    return;
  text = describe_done (self->signing, ((TwOrder *) record)->number);
  self->signing = NULL;
  self->going_on = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->comment), "");
  tw_window_notify (GTK_WIDGET (self), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "page.next-record", NULL);
}

static void
comment_changed_cb (TwApprovalPage *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->comment), "error");
  update_obstacle (self);
}

/* ---- As a detail page ---------------------------------------------------------------------------------------- */

static void
tw_approval_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwApprovalPage *self = TW_APPROVAL_PAGE (page);

  update_actions (self);
  if (self->going_on)
    gtk_widget_grab_focus (GTK_WIDGET (self->comment));
  self->going_on = FALSE;
}

static void
tw_approval_page_class_init (TwApprovalPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);

  page_class->shown = tw_approval_page_shown;
  g_type_ensure (TW_TYPE_CHECK_PANEL);
  g_type_ensure (TW_TYPE_CHAIN_PANEL);
  tw_detail_page_class_set_template (widget_class, "approval/approval-page.ui", tw_order_get_type ());
  tw_order_bind_closures (widget_class);
  gtk_widget_class_bind_template_child (widget_class, TwApprovalPage, obstacle);
  gtk_widget_class_bind_template_child (widget_class, TwApprovalPage, comment);
  gtk_widget_class_bind_template_callback (widget_class, comment_changed_cb);
  gtk_widget_class_install_action (widget_class, "approval.approve", NULL, sign_action);
  gtk_widget_class_install_action (widget_class, "approval.return", NULL, sign_action);
  gtk_widget_class_install_action (widget_class, "approval.reject", NULL, sign_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "approval.approve", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "approval.approve", NULL);
}

static void
tw_approval_page_init (TwApprovalPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_after (self, "stored", G_CALLBACK (stored_cb), NULL);
}
