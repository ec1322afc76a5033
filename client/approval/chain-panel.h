/* chain-panel.h: who has to sign an order, why, and who has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_CHAIN_PANEL (tw_chain_panel_get_type ())
G_DECLARE_FINAL_TYPE (TwChainPanel, tw_chain_panel, TW, CHAIN_PANEL, AdwBin)

/* Properties: "steps" (GListModel of TwApprovalStep, nullable), "preview" (boolean): the order is not submitted yet, so
 * the steps are those that would come. Hidden while there are no steps and it is no preview. */
void tw_chain_panel_set_steps (TwChainPanel *self, GListModel *steps);

G_END_DECLS
