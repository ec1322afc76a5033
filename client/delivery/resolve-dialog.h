/* resolve-dialog.h: how a problem is solved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_RESOLVE_DIALOG (tw_resolve_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwResolveDialog, tw_resolve_dialog, TW, RESOLVE_DIALOG, TwActionDialog)

G_END_DECLS
