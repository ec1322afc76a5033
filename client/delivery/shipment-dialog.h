/* shipment-dialog.h: which dialog asks for an action of a shipment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

/* The dialog of @action over the window of @parent, shown; NULL when it needs none. (transfer none) */
TwActionDialog *tw_shipment_dialog_ask (GtkWidget *parent, TwRecord *shipment, const char *action, const char *label);

G_END_DECLS
