/* filter-chip.h: one click that narrows a list: "Mine", "On hold"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A toggle button, child of a list page's template. Of the chips with the same filter at most one is down.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TW_TYPE_FILTER_CHIP (tw_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (TwFilterChip, tw_filter_chip, TW, FILTER_CHIP, GtkToggleButton)

/* Properties beside the toggle button's:
 *  "filter"  query parameter: "state", "due_at.lt"
 *  "value"   what it is set to while the chip is down; "@user": the sign-in name of who looks, "@today": today */
const char *tw_filter_chip_get_filter (TwFilterChip *self);
char *tw_filter_chip_get_value (TwFilterChip *self); /* as it goes on the wire (transfer full) */

G_END_DECLS
