/* action.h: what may be done with a document now, and what an action is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* One entry of a document's `actions`. */
struct _TwActionState
{
  TwRecord parent;
  char *action;
  char *label;           /* in the reader's language */
  gboolean allowed;
  char *reason;          /* why not, when not allowed */
  gboolean needs_reason; /* the person has to give one */
  gboolean danger;
  gboolean primary;
};
TW_DECLARE_RECORD (TwActionState, tw_action_state)

/* The body of an action that has no fields of its own. */
struct _TwActionArguments
{
  TwRecord parent;
  char *reason;
  char *comment;
};
TW_DECLARE_RECORD (TwActionArguments, tw_action_arguments)

G_END_DECLS
