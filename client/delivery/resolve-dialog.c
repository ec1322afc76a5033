/* resolve-dialog.c: how a problem is solved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/resolve-dialog.h"

#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "shared/document/shipment.h"

struct _TwResolveDialog
{
  TwActionDialog parent_instance;

  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (TwResolveDialog, tw_resolve_dialog, TW_TYPE_ACTION_DIALOG)

static void
tw_resolve_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  const char *detail = ((TwShipmentException *) document)->detail;
  GtkLabel *label = TW_RESOLVE_DIALOG (dialog)->detail;

  gtk_label_set_label (label, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (label), detail != NULL);
}

static void
tw_resolve_dialog_class_init (TwResolveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TW_ACTION_DIALOG_CLASS (klass)->begin = tw_resolve_dialog_begin;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_action_dialog_class_set_template (widget_class, "delivery/resolve-dialog.ui", tw_resolve_arguments_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwResolveDialog, detail);
}

static void
tw_resolve_dialog_init (TwResolveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
