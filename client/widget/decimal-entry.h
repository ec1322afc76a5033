/* decimal-entry.h: exact numbers: amounts, prices, quantities, rates, whole numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/value-entry.h"

G_BEGIN_DECLS

#define TW_TYPE_DECIMAL_ENTRY (tw_decimal_entry_get_type ())
G_DECLARE_FINAL_TYPE (TwDecimalEntry, tw_decimal_entry, TW, DECIMAL_ENTRY, TwValueEntry)

/* Shown with the language's separators, kept in the wire's form; a rate is shown and typed in percent. */
TwDecimalEntry *tw_decimal_entry_new (TwKind kind);
/* The value; 0 when empty. */
TwDecimal tw_decimal_entry_get_decimal (TwDecimalEntry *self);
void tw_decimal_entry_set_decimal (TwDecimalEntry *self, TwDecimal value);

G_END_DECLS
