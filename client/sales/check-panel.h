/* check-panel.h: what the server found when it looked at an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_CHECK_PANEL (tw_check_panel_get_type ())
G_DECLARE_FINAL_TYPE (TwCheckPanel, tw_check_panel, TW, CHECK_PANEL, AdwBin)

/* What is not in order comes first and is always seen; what is, is counted and shown on demand. Hidden while there
 * are no checks. Property: "checks" (GListModel of TwOrderCheck, nullable). */
void tw_check_panel_set_checks (TwCheckPanel *self, GListModel *checks);

G_END_DECLS
