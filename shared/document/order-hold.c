/* order-hold.c: see order-hold.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/order-hold.h"

#include "shared/document/order.h"

static const TwField order_hold_fields[] = {
  TW_KEY (TwOrderHold, hold, N_ ("Hold"), tw_order_hold_keys, 0),
  TW_TEXT (TwOrderHold, reason, N_ ("Reason"), 500, 0),
};
TW_DEFINE_RECORD (TwOrderHold, tw_order_hold, "order_hold", N_ ("Hold"), order_hold_fields)
