/* hold-dialog.c: what an order is held for, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/sales/hold-dialog.h"

#include "client/application.h"
#include "client/net/body.h"
#include "shared/base/text.h"
#include "shared/document/order-hold.h"
#include "shared/document/order.h"

struct _TwHoldDialog
{
  AdwMessageDialog parent_instance;

  AdwComboRow *kind_row;
  GtkEditable *reason_row;
};

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwHoldDialog, tw_hold_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
get_reason (TwHoldDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason_row)));
}

static void
update_cb (TwHoldDialog *self)
{
  g_autofree char *reason = get_reason (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "hold", *reason != '\0');
}

static void
tw_hold_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  TwHoldDialog *self = TW_HOLD_DIALOG (dialog);
  g_autoptr (TwOrderHold) hold = NULL;
  g_autoptr (GString) body = NULL;

  if (!g_str_equal (response, "hold"))
    return;
  hold = tw_order_hold_new ();
  hold->hold = tw_order_hold_keys[adw_combo_row_get_selected (self->kind_row)].key;
  hold->reason = get_reason (self);
  body = tw_body_create (TW_RECORD (hold), NULL);
  g_signal_emit (self, signals[ANSWERED], 0, body);
}

static void
tw_hold_dialog_class_init (TwHoldDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ADW_MESSAGE_DIALOG_CLASS (klass)->response = tw_hold_dialog_response;
  signals[ANSWERED] = g_signal_new ("answered", TW_TYPE_HOLD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_GSTRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/sales/hold-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TwHoldDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, TwHoldDialog, reason_row);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
}

static void
tw_hold_dialog_init (TwHoldDialog *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (const TwKey *key = tw_order_hold_keys; key->key != NULL; key++)
    gtk_string_list_append (kinds, _(key->label));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (kinds));
  /* The last one says least: what most holds are. */
  adw_combo_row_set_selected (self->kind_row, g_list_model_get_n_items (G_LIST_MODEL (kinds)) - 1);
  update_cb (self);
}

TwHoldDialog *
tw_hold_dialog_new (GtkWindow *parent)
{
  return g_object_new (TW_TYPE_HOLD_DIALOG, "transient-for", parent, NULL);
}
