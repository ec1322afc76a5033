/* date-entry.h: a date, typed or picked from a calendar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/value-entry.h"

G_BEGIN_DECLS

#define TW_TYPE_DATE_ENTRY (tw_date_entry_get_type ())
G_DECLARE_FINAL_TYPE (TwDateEntry, tw_date_entry, TW, DATE_ENTRY, TwValueEntry)

/* Takes 2026-11-22, 11-22, 22, 20261122 and +7; Alt+Down or the icon opens the calendar. */
TwDate tw_date_entry_get_date (TwDateEntry *self);
void tw_date_entry_set_date (TwDateEntry *self, TwDate date);

G_END_DECLS
