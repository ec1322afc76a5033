/* shipment-list.h: all shipments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_SHIPMENT_LIST (tw_shipment_list_get_type ())
G_DECLARE_FINAL_TYPE (TwShipmentList, tw_shipment_list, TW, SHIPMENT_LIST, TwListPage)

G_END_DECLS
