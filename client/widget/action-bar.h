/* action-bar.h: what may be done with a document now, as buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first expected next step is a button of its own; all actions are in a menu beside it, those not possible now with
 * the server's reason. A dangerous action asks first; one that needs a reason asks for it.
 */
#pragma once

#include <adwaita.h>

#include "shared/document/action.h"

G_BEGIN_DECLS

#define TW_TYPE_ACTION_BAR (tw_action_bar_get_type ())
G_DECLARE_FINAL_TYPE (TwActionBar, tw_action_bar, TW, ACTION_BAR, AdwBin)

/* Signals:
 *  "act" (TwActionState *action) → gboolean: a button was pressed; return TRUE to take it over (an own dialog);
 *  "confirmed" (const char *action, const char *reason): to be carried out now; reason NULL when none was asked.
 * Property: "actions" (GListModel of TwActionState, nullable). */
void tw_action_bar_set_actions (TwActionBar *self, GListModel *actions);
/* While a call runs nothing can be pressed. */
void tw_action_bar_set_busy (TwActionBar *self, gboolean busy);
/* A narrow page has no room for the next step beside its title: the button stands in @place, over the whole width, and
 * only the step that is expected has one. NULL: in the bar again. The menu stays where it is. */
void tw_action_bar_set_place (TwActionBar *self, GtkBox *place);
/* Whether only the step that is expected has a button: there is another one beside the bar. */
void tw_action_bar_set_expected_only (TwActionBar *self, gboolean expected_only);
/* As if @action's button had been pressed; FALSE when it is not offered or not possible. */
gboolean tw_action_bar_activate (TwActionBar *self, const char *action);
/* As if the highlighted button had been pressed; FALSE when none is. */
gboolean tw_action_bar_proceed (TwActionBar *self);

G_END_DECLS
