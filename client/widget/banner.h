/* banner.h: one line over a page that stays until its cause is gone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libadwaita has one of its own from 1.3 on.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_BANNER (tw_banner_get_type ())
G_DECLARE_FINAL_TYPE (TwBanner, tw_banner, TW, BANNER, AdwBin)

/* Properties: "title", "button-label" (nullable), "action-name" (of the button), "revealed". Signal: "button-clicked"
 * (). */
void tw_banner_set_title (TwBanner *self, const char *title);
void tw_banner_set_revealed (TwBanner *self, gboolean revealed);
gboolean tw_banner_get_revealed (TwBanner *self);

G_END_DECLS
