/* dispatch-dialog.c: to which carrier the parcels go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/dispatch-dialog.h"

#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "shared/document/shipment.h"

struct _TwDispatchDialog
{
  TwActionDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (TwDispatchDialog, tw_dispatch_dialog, TW_TYPE_ACTION_DIALOG)

/* What is written on the shipment already does not have to be typed again. */
static void
tw_dispatch_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwDispatchArguments *dispatch = (TwDispatchArguments *) arguments;
  TwShipment *shipment = (TwShipment *) document;

  tw_record_set_string (&dispatch->carrier, shipment->carrier);
  tw_record_set_string (&dispatch->tracking_number, shipment->tracking_number);
}

static void
tw_dispatch_dialog_class_init (TwDispatchDialogClass *klass)
{
  TW_ACTION_DIALOG_CLASS (klass)->begin = tw_dispatch_dialog_begin;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_action_dialog_class_set_template (GTK_WIDGET_CLASS (klass), "delivery/dispatch-dialog.ui",
                                       tw_dispatch_arguments_get_type ());
}

static void
tw_dispatch_dialog_init (TwDispatchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
