/* time-entry.h: a moment, typed as the clock on the wall shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/value-entry.h"

G_BEGIN_DECLS

#define TW_TYPE_TIME_ENTRY (tw_time_entry_get_type ())
G_DECLARE_FINAL_TYPE (TwTimeEntry, tw_time_entry, TW, TIME_ENTRY, TwValueEntry)

/* Takes 14:30 and 1430 (of today) and 2026-11-22 14:30, in local time; the value is UTC. */
TwTime tw_time_entry_get_time (TwTimeEntry *self); /* TW_TIME_NONE when empty */

G_END_DECLS
