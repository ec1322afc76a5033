/* collective-dialog.h: one invoice for all deliveries of a customer in a period
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/invoice.h"

G_BEGIN_DECLS

#define TW_TYPE_COLLECTIVE_DIALOG (tw_collective_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwCollectiveDialog, tw_collective_dialog, TW, COLLECTIVE_DIALOG, AdwWindow)

/* Signal: "created" (TwInvoice *invoice): the first draft that was made; the dialog closes by itself.
 * @customer: code to begin with, nullable. */
TwCollectiveDialog *tw_collective_dialog_new (GtkWindow *parent, const char *customer);
TwInvoiceRequest *tw_collective_dialog_get_request (TwCollectiveDialog *self); /* (transfer none) */
/* As if the button had been pressed. */
void tw_collective_dialog_create (TwCollectiveDialog *self);

G_END_DECLS
