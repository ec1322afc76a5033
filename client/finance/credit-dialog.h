/* credit-dialog.h: takes an invoice back, whole or line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_CREDIT_DIALOG (tw_credit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwCreditDialog, tw_credit_dialog, TW, CREDIT_DIALOG, TwActionDialog)

/* A line of the invoice, and how much of it is credited. Its id is the invoice line's. */
struct _TwCreditChoice
{
  TwRecord parent;
  char *product;
  char *product_name;
  char *unit;
  TwDecimal invoiced;
  TwDecimal price;
  TwDecimal quantity;
};
TW_DECLARE_RECORD (TwCreditChoice, tw_credit_choice)

/* What the dialog's lines are written into. */
struct _TwCreditSheet
{
  TwRecord parent;
  GListStore *lines; /* TwCreditChoice */
};
TW_DECLARE_RECORD (TwCreditSheet, tw_credit_sheet)

TwCreditSheet *tw_credit_dialog_get_sheet (TwCreditDialog *self); /* (transfer none) */
/* Only parts are credited: the lines can be written into. */
void tw_credit_dialog_choose_part (TwCreditDialog *self);

G_END_DECLS
