/* status-pill.h: a state as a coloured word
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "shared/base/record.h"

G_BEGIN_DECLS

#define TW_TYPE_STATUS_PILL (tw_status_pill_get_type ())
G_DECLARE_FINAL_TYPE (TwStatusPill, tw_status_pill, TW, STATUS_PILL, AdwBin)

/* Properties: "state" (a key: decides the colour), "label" (the word). With "record" and "field" set instead, both come
 * from the record's KEY field and follow it. An empty state hides the pill. */
void tw_status_pill_set (TwStatusPill *self, const char *state, const char *label);

/* "neutral", "info", "warning", "success", "danger": what a state key means to whoever looks. */
const char *tw_status_pill_get_tone (const char *state);

G_END_DECLS
