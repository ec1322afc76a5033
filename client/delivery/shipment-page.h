/* shipment-page.h: a shipment, from the shelf to the customer's signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

#define TW_TYPE_SHIPMENT_PAGE (tw_shipment_page_get_type ())
G_DECLARE_FINAL_TYPE (TwShipmentPage, tw_shipment_page, TW, SHIPMENT_PAGE, TwDetailPage)

G_END_DECLS
