/* report-dialog.h: what went wrong on the way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_REPORT_DIALOG (tw_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwReportDialog, tw_report_dialog, TW, REPORT_DIALOG, TwActionDialog)

G_END_DECLS
