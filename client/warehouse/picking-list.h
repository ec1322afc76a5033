/* picking-list.h: shipments that are the warehouse's work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_PICKING_LIST (tw_picking_list_get_type ())
G_DECLARE_FINAL_TYPE (TwPickingList, tw_picking_list, TW, PICKING_LIST, TwListPage)

G_END_DECLS
