/* credit-bar.h: how much of a customer's credit is used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/customer.h"

G_BEGIN_DECLS

#define TW_TYPE_CREDIT_BAR (tw_credit_bar_get_type ())
G_DECLARE_FINAL_TYPE (TwCreditBar, tw_credit_bar, TW, CREDIT_BAR, AdwBin)

/* Figures are as the server last said; what is typed into the limit counts at once. */
void tw_credit_bar_show (TwCreditBar *self, TwCustomer *customer);

G_END_DECLS
