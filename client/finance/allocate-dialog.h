/* allocate-dialog.h: which invoices a payment pays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_ALLOCATE_DIALOG (tw_allocate_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwAllocateDialog, tw_allocate_dialog, TW, ALLOCATE_DIALOG, TwActionDialog)

/* An open invoice of the customer, and how much of it the payment pays. */
struct _TwAllocationChoice
{
  TwRecord parent;
  char *invoice; /* number */
  TwDate due_date;
  gint64 days_overdue;
  TwDecimal total;
  TwDecimal open_amount;
  TwDecimal amount;
};
TW_DECLARE_RECORD (TwAllocationChoice, tw_allocation_choice)

/* What the dialog's lines are written into. */
struct _TwAllocationSheet
{
  TwRecord parent;
  GListStore *lines; /* TwAllocationChoice, oldest due first */
};
TW_DECLARE_RECORD (TwAllocationSheet, tw_allocation_sheet)

/* (transfer none) */
TwAllocationSheet *tw_allocate_dialog_get_sheet (TwAllocateDialog *self);
/* Whether the open invoices have come. */
gboolean tw_allocate_dialog_is_loaded (TwAllocateDialog *self);
/* What of the payment is left. */
TwDecimal tw_allocate_dialog_get_rest (TwAllocateDialog *self);

G_END_DECLS
