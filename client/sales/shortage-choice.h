/* shortage-choice.h: what shall happen with an order's lines when there is not enough in stock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A TwEditor of the lines of an order. Each line has its own choice; here one is made for all of them, and lines that
 * are added take it over. Offered is what the release acts on.
 */
#pragma once

#include <adwaita.h>

#include "client/widget/editor.h"

G_BEGIN_DECLS

#define TW_TYPE_SHORTAGE_CHOICE (tw_shortage_choice_get_type ())
G_DECLARE_FINAL_TYPE (TwShortageChoice, tw_shortage_choice, TW, SHORTAGE_CHOICE, AdwBin)

/* Whether a line of the order is short. It is shown then, and where something was chosen. */
void tw_shortage_choice_set_short (TwShortageChoice *self, gboolean is_short);

G_END_DECLS
