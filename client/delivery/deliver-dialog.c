/* deliver-dialog.c: who took the goods, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/deliver-dialog.h"

#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/widget/time-entry.h"
#include "shared/base/text.h"
#include "shared/document/shipment.h"

struct _TwDeliverDialog
{
  TwActionDialog parent_instance;

  GtkLabel *place;
  TwTimeEntry *time;
  GtkLabel *time_fault;
};

G_DEFINE_FINAL_TYPE (TwDeliverDialog, tw_deliver_dialog, TW_TYPE_ACTION_DIALOG)

static void
tw_deliver_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  TwShipment *shipment = (TwShipment *) document;
  const char *customer = shipment->customer_name != NULL ? shipment->customer_name : "";
  /* Translators: number of a shipment, and the customer it goes to */
  g_autofree char *text = g_strdup_printf (_("%s to %s"), shipment->number, customer);

  gtk_label_set_label (TW_DELIVER_DIALOG (dialog)->place, text);
}

static void
show_time_fault (TwDeliverDialog *self, const char *detail)
{
  tw_value_entry_show_fault (TW_VALUE_ENTRY (self->time), detail);
  gtk_label_set_label (self->time_fault, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->time_fault), detail != NULL);
}

static gboolean
tw_deliver_dialog_collect (TwActionDialog *dialog, TwRecord *arguments)
{
  TwDeliverDialog *self = TW_DELIVER_DIALOG (dialog);

  if (!tw_value_entry_commit (TW_VALUE_ENTRY (self->time)))
    {
      g_autofree char *why = g_strdup (gtk_widget_get_tooltip_text (GTK_WIDGET (self->time)));

      show_time_fault (self, why);
      gtk_widget_grab_focus (GTK_WIDGET (self->time));
      return FALSE;
    }
  ((TwDeliverArguments *) arguments)->delivered_at = tw_time_entry_get_time (self->time);
  return TRUE;
}

static gboolean
tw_deliver_dialog_show_fault (TwActionDialog *dialog, const TwFault *fault)
{
  if (fault != NULL && !g_str_equal (fault->pointer, "/delivered_at"))
    return FALSE;
  show_time_fault (TW_DELIVER_DIALOG (dialog), fault != NULL ? fault->detail : NULL);
  return TRUE;
}

static void
tw_deliver_dialog_class_init (TwDeliverDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TwActionDialogClass *dialog_class = TW_ACTION_DIALOG_CLASS (klass);

  dialog_class->begin = tw_deliver_dialog_begin;
  dialog_class->collect = tw_deliver_dialog_collect;
  dialog_class->show_fault = tw_deliver_dialog_show_fault;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  g_type_ensure (TW_TYPE_TIME_ENTRY);
  tw_action_dialog_class_set_template (widget_class, "delivery/deliver-dialog.ui", tw_deliver_arguments_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwDeliverDialog, place);
  gtk_widget_class_bind_template_child (widget_class, TwDeliverDialog, time);
  gtk_widget_class_bind_template_child (widget_class, TwDeliverDialog, time_fault);
}

static void
tw_deliver_dialog_init (TwDeliverDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
