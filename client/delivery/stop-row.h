/* stop-row.h: one stop of a trip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/document/trip.h"

G_BEGIN_DECLS

#define TW_TYPE_STOP_ROW (tw_stop_row_get_type ())
G_DECLARE_FINAL_TYPE (TwStopRow, tw_stop_row, TW, STOP_ROW, GtkListBoxRow)

/* Signals: "moved" (int by): one up (-1) or down (1); "removed" (); "deliver" (); "report" ().
 * Keys: Alt+Up and Alt+Down move, Delete removes. */
TwStopRow *tw_stop_row_new (TwTripStop *stop);
TwTripStop *tw_stop_row_get_stop (TwStopRow *self);
void tw_stop_row_set_place (TwStopRow *self, guint position, guint n, gboolean editable);

G_END_DECLS
