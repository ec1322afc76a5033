/* trip-page.h: a trip: planned by the dispatcher, driven by the driver
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"

G_BEGIN_DECLS

#define TW_TYPE_TRIP_PAGE (tw_trip_page_get_type ())
G_DECLARE_FINAL_TYPE (TwTripPage, tw_trip_page, TW, TRIP_PAGE, TwDetailPage)

G_END_DECLS
