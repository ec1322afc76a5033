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
};

G_DEFINE_FINAL_TYPE (TwReportDialog, tw_report_dialog, TW_TYPE_ACTION_DIALOG)

static void
tw_report_dialog_class_init (TwReportDialogClass *klass)
{
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  tw_action_dialog_class_set_template (GTK_WIDGET_CLASS (klass), "delivery/report-dialog.ui",
                                       tw_exception_arguments_get_type ());
}

static void
tw_report_dialog_init (TwReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
