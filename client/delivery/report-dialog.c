/* report-dialog.c: what went wrong on the way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/report-dialog.h"

#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "shared/document/shipment.h"

struct _TwReportDialog
{
  TwActionDialog parent_instance;

  TwFormRow *kind;
};

G_DEFINE_FINAL_TYPE (TwReportDialog, tw_report_dialog, TW_TYPE_ACTION_DIALOG)

static void
tw_report_dialog_begin (TwActionDialog *dialog, TwRecord *arguments, TwRecord *document)
{
  tw_form_row_set_choices (TW_REPORT_DIALOG (dialog)->kind,
                           tw_exception_reportable_kinds (((TwShipment *) document)->state));
}

static void
tw_report_dialog_class_init (TwReportDialogClass *klass)
{
  TW_ACTION_DIALOG_CLASS (klass)->begin = tw_report_dialog_begin;
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_action_dialog_class_set_template (GTK_WIDGET_CLASS (klass), "delivery/report-dialog.ui",
                                       tw_exception_arguments_get_type ());
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), TwReportDialog, kind);
}

static void
tw_report_dialog_init (TwReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
