/* stop-editor.h: the stops of a trip in their order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "client/widget/editor.h"
#include "shared/document/trip.h"

G_BEGIN_DECLS

#define TW_TYPE_STOP_EDITOR (tw_stop_editor_get_type ())
G_DECLARE_FINAL_TYPE (TwStopEditor, tw_stop_editor, TW, STOP_EDITOR, AdwBin)

/* A TwEditor of the field `stops`: planning adds, orders and removes; on the road each stop has its buttons.
 * Signals, each with the TwTripStop: "deliver", "report", "open". */

/* Puts the shipment at the end; nothing when it is a stop already. */
void tw_stop_editor_add (TwStopEditor *self, const char *shipment, const char *customer_name, const char *address);
/* Moves the stop at @position by @by places. */
void tw_stop_editor_move (TwStopEditor *self, guint position, int by);
void tw_stop_editor_remove (TwStopEditor *self, guint position);

G_END_DECLS
