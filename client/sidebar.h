/* sidebar.h: the areas that the user's roles open, with what waits in each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "client/areas.h"

G_BEGIN_DECLS

#define TW_TYPE_SIDEBAR (tw_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (TwSidebar, tw_sidebar, TW, SIDEBAR, AdwBin)

/* Signals: "area-chosen" (const char *id). Properties: "folded" (boolean): it fills the window alone. */

/* Reads the session's permissions anew; the first area is chosen when none is. */
void tw_sidebar_rebuild (TwSidebar *self);
/* Shows @id as chosen without a signal; FALSE when the user has no such area. */
gboolean tw_sidebar_select (TwSidebar *self, const char *id);
/* The id of the nth area (0…), NULL beyond the last. */
const char *tw_sidebar_get_nth (TwSidebar *self, guint n);
void tw_sidebar_open_menu (TwSidebar *self);

G_END_DECLS
