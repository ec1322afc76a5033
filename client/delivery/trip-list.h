/* trip-list.h: trips of drivers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/list-page.h"

G_BEGIN_DECLS

#define TW_TYPE_TRIP_LIST (tw_trip_list_get_type ())
G_DECLARE_FINAL_TYPE (TwTripList, tw_trip_list, TW, TRIP_LIST, TwListPage)

G_END_DECLS
