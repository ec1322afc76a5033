/* action.c: see action.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/action.h"

static const TwField action_state_fields[] = {
  TW_TEXT (TwActionState, action, N_ ("Action"), 40, TW_SERVER),
  TW_TEXT (TwActionState, label, N_ ("Name"), 80, TW_SERVER),
  TW_BOOL (TwActionState, allowed, N_ ("Allowed"), TW_SERVER),
  TW_TEXT (TwActionState, reason, N_ ("Reason"), 500, TW_SERVER),
  TW_BOOL (TwActionState, needs_reason, N_ ("Needs a reason"), TW_SERVER),
  TW_BOOL (TwActionState, danger, N_ ("Cannot be undone"), TW_SERVER),
  TW_BOOL (TwActionState, primary, N_ ("Next step"), TW_SERVER),
};
TW_DEFINE_RECORD (TwActionState, tw_action_state, "action", N_ ("Action"), action_state_fields)

static const TwField action_arguments_fields[] = {
  TW_TEXT (TwActionArguments, reason, N_ ("Reason"), 500, 0),
  TW_TEXT (TwActionArguments, comment, N_ ("Comment"), 500, TW_MULTILINE),
};
TW_DEFINE_RECORD (TwActionArguments, tw_action_arguments, "action_arguments", N_ ("Action"), action_arguments_fields)
