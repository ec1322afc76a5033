/* pack-dialog.h: into which parcels the goods went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-dialog.h"

G_BEGIN_DECLS

#define TW_TYPE_PACK_DIALOG (tw_pack_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TwPackDialog, tw_pack_dialog, TW, PACK_DIALOG, TwActionDialog)

G_END_DECLS
