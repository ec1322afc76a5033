/* instalment.h: how much of each instalment of an invoice is open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The instalments lie one after the other, in the order in which they are due. Payments cover them from the first,
 * credit notes from the last; what lies between is open. So it follows from the two sums alone, on whatever way they
 * came about.
 */
#pragma once

#include "shared/base/decimal.h"

G_BEGIN_DECLS

/* Fills @open for the @n @amounts; @paid + @credited is at most their sum. */
void tw_instalments_open (const TwDecimal *amounts, guint n, TwDecimal paid, TwDecimal credited, TwDecimal *open);

G_END_DECLS
